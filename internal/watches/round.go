package watches

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

const (
	timeMark  = "time"           // lease row: the latest instant that any server has seen
	roundMark = "deadlines.done" // lease row: the instant up to which everything due was done
	slack     = 5 * time.Second  // how far a clock may step back without harm
	// longDowntime is the gap after which people get one digest instead of every message that was missed.
	longDowntime = 36 * time.Hour
)

// round is one run of the check.
type round struct {
	now   time.Time
	since time.Time // the instant up to which everything due was done before; zero if no round was ever closed
	hold  bool      // messages are held back for a digest
	idle  bool      // nothing was due
}

// openRound holds the clock against the latest instant seen and moves that mark. A clock that stands before it stops the
// round: what follows from a deadline cannot be taken back. When nothing is due, the round is closed at once.
func (s *Service) openRound(ctx context.Context, now time.Time) (round, error) {
	var r round
	back := false
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		r, back = round{now: now}, false
		seen, err := s.mark(ctx, tx, timeMark)
		if err != nil {
			return err
		}
		if back = s.back(now, seen); back {
			return nil
		}
		if err := s.Reload(ctx, tx); err != nil {
			return err
		}
		if r.since, err = s.mark(ctx, tx, roundMark); err != nil {
			return err
		}
		r.hold = !r.since.IsZero() && now.Sub(r.since) > longDowntime
		if r.idle, err = nothingDue(ctx, tx, now); err != nil {
			return err
		}
		if now.After(seen) {
			if err := s.setMark(ctx, tx, timeMark, now); err != nil {
				return err
			}
		}
		if r.idle && r.hold { // a round that broke off before its digest still owes it
			if r.idle, err = nothingTaken(ctx, tx, r); err != nil {
				return err
			}
		}
		if !r.idle {
			return nil
		}
		return s.setMark(ctx, tx, roundMark, now)
	})
	s.behind.Store(back)
	if err != nil {
		return r, fmt.Errorf("open round: %w", err)
	}
	return r, s.TimeHolds()
}

// closeRound moves the mark of what is done and, after a long downtime, sends each person one digest. If another server has
// closed the round, or still works on rows that are due, there is nothing to do.
func (s *Service) closeRound(ctx context.Context, r round) error {
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		done, err := nothingDue(ctx, tx, r.now)
		if err != nil || !done {
			return err
		}
		since, err := s.mark(ctx, tx, roundMark)
		if err != nil || !since.Equal(r.since) {
			return err
		}
		if r.hold {
			if err := s.digest(ctx, tx, r); err != nil {
				return err
			}
		}
		return s.setMark(ctx, tx, roundMark, r.now)
	})
	if err != nil {
		return fmt.Errorf("close round: %w", err)
	}
	return nil
}

// ResetTime believes the clock again after it ran ahead by mistake and was put right: the mark of the latest instant is set
// back to now. What was done meanwhile stays done. It is for the operator of the installation.
func (s *Service) ResetTime(ctx context.Context) error {
	if _, err := s.gate.May(ctx, access.DeadlineCheck); err != nil {
		return err
	}
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := s.setMark(ctx, tx, timeMark, s.store.Now()); err != nil {
			return err
		}
		return s.setMark(ctx, tx, roundMark, s.store.Now())
	})
	if err == nil {
		s.behind.Store(false)
	}
	return err
}

// back reports whether an instant stands before another that was already seen.
func (*Service) back(now, seen time.Time) bool { return now.Before(seen.Add(-slack)) }

// marks reads both marks.
func (s *Service) marks(ctx context.Context, q store.Queryer, into *ClockState) error {
	err := store.Each(ctx, q, "SELECT name, mark FROM leases WHERE name IN ($1, $2)", []any{timeMark, roundMark}, func(scan func(...any) error) error {
		var name string
		var at time.Time
		if err := scan(&name, &at); err != nil {
			return err
		}
		if name == timeMark {
			into.Seen = at.UTC()
		} else {
			into.Checked = at.UTC()
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read marks of time: %w", err)
	}
	return nil
}

// mark reads a mark and, on PostgreSQL, locks it until the end of the transaction; the zero time if there is none.
func (s *Service) mark(ctx context.Context, tx *ent.Tx, name string) (time.Time, error) {
	text := "SELECT mark FROM leases WHERE name = $1"
	if s.store.Postgres() {
		text += " FOR UPDATE"
	}
	var at time.Time
	err := store.Each(ctx, tx, text, []any{name}, func(scan func(...any) error) error { return scan(&at) })
	return at.UTC(), err
}

func (s *Service) setMark(ctx context.Context, tx *ent.Tx, name string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO leases (id, name, holder, until, mark) VALUES ($1, $2, '', $3, $3)
		ON CONFLICT (name) DO UPDATE SET mark = excluded.mark`, s.store.NewID(), name, at)
	return err
}

func nothingDue(ctx context.Context, tx *ent.Tx, now time.Time) (bool, error) {
	var first ident.ID
	err := store.Each(ctx, tx, "SELECT id FROM watches WHERE next_check_at <= $1 ORDER BY next_check_at LIMIT 1", []any{now},
		func(scan func(...any) error) error { return scan(&first) })
	return first.IsZero(), err
}
