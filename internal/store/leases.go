package store

import (
	"context"
	"fmt"
	"time"
)

// Held is who holds the lease of a job, and until when.
type Held struct {
	Holder string
	Until  time.Time
}

// Leases lists who leads the jobs whose names begin with a prefix. Lead counts by the database's clock on
// PostgreSQL; here the instants are put on the program's, as every other instant that is shown.
func (s *Store) Leases(ctx context.Context, prefix string) (map[string]Held, error) {
	text, ahead := "SELECT name, holder, until, until FROM leases WHERE name LIKE $1", false
	if s.Postgres() {
		text, ahead = "SELECT name, holder, until, clock_timestamp() FROM leases WHERE name LIKE $1", true
	}
	held := map[string]Held{}
	err := Each(ctx, s.readDB, text, []any{prefix + "%"}, func(scan func(...any) error) error {
		var name string
		var one Held
		var now time.Time
		if err := scan(&name, &one.Holder, &one.Until, &now); err != nil {
			return err
		}
		if ahead {
			one.Until = one.Until.Add(s.Now().Sub(now))
		}
		one.Until = one.Until.UTC()
		held[name[len(prefix):]] = one
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read leases: %w", err)
	}
	return held, nil
}
