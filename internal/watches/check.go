package watches

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
)

// chunk is how many clocks one transaction looks at: the writer is held for some tens of milliseconds.
const chunk = 1000

// Checked is what a round of the check did.
type Checked struct {
	Looked int  `json:"looked" doc:"Clocks that were due for a look"`
	Steps  int  `json:"steps" doc:"Steps of the ladder taken"`
	Lights int  `json:"lights" doc:"Lights that changed"`
	More   bool `json:"more" doc:"Whether the limit was reached before everything due was looked at"`
}

// Check looks at every clock that is due, oldest first, at most limit of them (0: all). Any number of servers may check at the
// same time: a step is taken once. It refuses while the clock stands before an instant that was already seen.
func (s *Service) Check(ctx context.Context, limit int) (Checked, error) {
	if _, err := s.gate.May(ctx, access.DeadlineCheck); err != nil {
		return Checked{}, err
	}
	if err := s.LoadCalendars(ctx, s.store.DB()); err != nil {
		return Checked{}, err
	}
	now := s.store.Now()
	round, err := s.openRound(ctx, now)
	if err != nil || round.idle {
		return Checked{}, err
	}
	var sum Checked
	for {
		n := chunk
		if limit > 0 {
			n = min(n, limit-sum.Looked)
		}
		if n == 0 {
			sum.More = true
			return sum, nil
		}
		var part Checked
		err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
			part, err = s.checkChunk(ctx, tx, round, n)
			return err
		})
		if err != nil {
			return sum, fmt.Errorf("check deadlines: %w", err)
		}
		sum.Looked += part.Looked
		sum.Steps += part.Steps
		sum.Lights += part.Lights
		if part.Looked < n {
			return sum, s.closeRound(ctx, round)
		}
	}
}

func (s *Service) checkChunk(ctx context.Context, tx *ent.Tx, round round, n int) (Checked, error) {
	rows, err := s.due(ctx, tx, round.now, n)
	if err != nil || len(rows) == 0 {
		return Checked{}, err
	}
	if err := s.LoadCalendars(ctx, tx); err != nil { // after the rows are locked: a calendar approved later wakes them again
		return Checked{}, err
	}
	past, err := s.history(ctx, tx, rows)
	if err != nil {
		return Checked{}, err
	}
	verdicts, turns := make([]verdict, len(rows)), make([][]turn, len(rows))
	for i := range rows {
		rows[i] = past.known(rows[i])
		verdicts[i], turns[i] = s.weigh(rows[i], round.now, past.done(rows[i]))
	}
	taken, err := s.take(ctx, tx, round, rows, verdicts)
	if err != nil {
		return Checked{}, err
	}
	lights, err := s.settle(ctx, tx, rows, verdicts, turns, round.now)
	return Checked{Looked: len(rows), Steps: taken, Lights: lights}, err
}

const dueText = `SELECT id, authority_id, subject, unit_id, unit_path, leader_id, start_date, due_date, due_revision,
	sign_due_date, light, light_rule, next_check_at, progress FROM watches WHERE next_check_at <= $1 ORDER BY next_check_at, id LIMIT $2`

// due selects the clocks to look at, oldest first. On PostgreSQL they are locked, and those of another server passed over.
func (s *Service) due(ctx context.Context, tx *ent.Tx, now time.Time, n int) ([]row, error) {
	text := dueText
	if s.store.Postgres() {
		text += " FOR UPDATE SKIP LOCKED"
	}
	rows := make([]row, 0, n)
	err := store.Each(ctx, tx, text, []any{now, n}, func(scan func(...any) error) error {
		var r row
		if err := scan(&r.ID, &r.AuthorityID, &r.Subject, &r.UnitID, &r.UnitPath, &r.LeaderID, &r.Start, &r.Due,
			&r.Revision, &r.SignBy, &r.Light, &r.Rule, &r.LookAt, &r.Progress); err != nil {
			return err
		}
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("select due clocks: %w", err)
	}
	return rows, nil
}

// rung is the key under which a step is taken once.
type rung struct {
	Subject  ladder.Subject
	ID       ident.ID
	Step     string
	Revision int
}
