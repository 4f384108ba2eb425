package store

import (
	"context"
	"time"

	"github.com/duban-gov/duban/ent"
)

// Lead takes or renews the lease of a job for a holder and reports whether the holder has it. Several servers ask; one leads
// until the lease runs out. On PostgreSQL the database's clock decides, so that the servers' clocks need not agree; on SQLite
// all servers share one machine and its clock.
func (s *Store) Lead(ctx context.Context, job, holder string, lasts time.Duration) (bool, error) {
	led := false
	err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		now := s.Now()
		if s.Postgres() {
			if err := Each(ctx, tx, "SELECT clock_timestamp()", nil, func(scan func(...any) error) error { return scan(&now) }); err != nil {
				return err
			}
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO leases (id, name, holder, until) VALUES ($1, $2, $3, $4)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
			WHERE leases.holder = excluded.holder OR leases.until <= $5`, s.NewID(), job, holder, now.Add(lasts).UTC(), now.UTC())
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		led = n == 1
		return err
	})
	return led, err
}
