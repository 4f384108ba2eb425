package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// A due date seven working days ahead: the ladder's first reminder is planned for the day on which the run takes place.
var (
	nearDue  = workday.MustDate("2017-03-15")
	nearLook = time.Date(2017, 3, 5, 16, 0, 0, 0, time.UTC)
)

const (
	checkRounds = 3 // each on a hundredth of the duties of its own
	idleRounds  = 200
)

// deadlineChecks lets one duty in a hundred come due and checks: for each a step, an event, a message to the clerk, and the
// clock's next look. The bare side writes the same rows with four set statements in one transaction.
func deadlineChecks(ctx context.Context, s *site) ([]Row, error) {
	as := access.System(ctx, "deadlines")
	var ours, bare timing
	oursHits, bareHits := 0, 0
	for round := range checkRounds {
		n, err := s.arm(ctx, 2*round)
		if err != nil {
			return nil, err
		}
		if err := ours.of(func() error { return s.check(as, n) }); err != nil {
			return nil, err
		}
		oursHits += n
		if n, err = s.arm(ctx, 2*round+1); err != nil {
			return nil, err
		}
		if err := bare.of(func() error { return s.bareCheck(ctx, n) }); err != nil {
			return nil, fmt.Errorf("bare check: %w", err)
		}
		bareHits += n
	}
	return []Row{row("check", s, 0, "steps", ours.cost(oursHits), bare.cost(bareHits))}, nil
}

func (s *site) check(ctx context.Context, want int) error {
	done, err := s.app.Watches.Check(ctx, 0)
	if err == nil && done.Steps != want {
		return fmt.Errorf("%d steps were taken for %d duties", done.Steps, want)
	}
	return err
}

// idleChecks asks when nothing is due; the bare side reads the first instant of the index.
func idleChecks(ctx context.Context, s *site) ([]Row, error) {
	as := access.System(ctx, "deadlines")
	var ours, bare timing
	for range idleRounds {
		if err := ours.of(func() error { return s.check(as, 0) }); err != nil {
			return nil, err
		}
		err := bare.of(func() error {
			var id ident.ID
			return s.bare.QueryRowContext(ctx, "SELECT id FROM watches WHERE next_check_at <= $1 LIMIT 1", s.store.Now()).Scan(&id)
		})
		if !errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("something was due: %w", err)
		}
	}
	return []Row{row("check, idle", s, 0, "checks", ours.cost(idleRounds), bare.cost(idleRounds))}, nil
}

// arm makes every hundredth open duty due for a look, beginning with the nth; how many is the answer.
func (s *site) arm(ctx context.Context, nth int) (int, error) {
	var ids []ident.ID
	for i := nth; i < len(s.duties); i += 100 {
		ids = append(ids, s.duties[i].id)
	}
	for rest := ids; len(rest) > 0; {
		n := min(500, len(rest))
		list, args := store.In(s.store, 3, rest[:n])
		if _, err := s.bare.ExecContext(ctx, "UPDATE watches SET due_date = $1, next_check_at = $2 WHERE id IN "+list, append([]any{nearDue, nearLook}, args...)...); err != nil {
			return 0, fmt.Errorf("let duties come due: %w", err)
		}
		rest = rest[n:]
	}
	return len(ids), s.fold(ctx)
}

// fold lets no measure pay for what came before it: SQLite writes its log back into the database; PostgreSQL looks at the tables
// again, as its own vacuum does every minute, or statements go on with the plans that suited empty tables.
func (s *site) fold(ctx context.Context) error {
	text := "PRAGMA wal_checkpoint(TRUNCATE)"
	if s.store.Postgres() {
		text = "ANALYZE"
	}
	_, err := s.bare.ExecContext(ctx, text)
	return err
}

const (
	bareSteps = `INSERT INTO steps (id, authority_id, subject, subject_id, rule_step, due_revision, kind, rule, due_date, planned_at, taken_at,
		unit_id, recipients, inputs) SELECT $2 + row_number() OVER (ORDER BY w.id), w.authority_id, 'duty', w.id, 'remind_7', w.due_revision,
		'remind', 'duty.default@1', w.due_date, $1, $1, w.unit_id, 1, '{"days_left":9}' FROM watches w WHERE w.next_check_at <= $1`
	bareEvents = `INSERT INTO events (id, authority_id, at, actor_id, post_id, actor_name, subject, subject_id, plan_id, unit_id, action, after,
		reason, request_id) SELECT $2 + row_number() OVER (ORDER BY w.id), w.authority_id, $1, 0, 0, 'deadlines', 'duty', w.id, d.plan_id, w.unit_id,
		'step.remind', '{"step":"duty.remind_7","rule":"duty.default@1","due_revision":1,"due_date":"2017-03-15","recipients":1}', '', ''
		FROM watches w JOIN duties d ON d.id = w.id WHERE w.next_check_at <= $1`
	bareMessages = `INSERT INTO messages (id, authority_id, event_id, recipient_id, channel, template, params, subject, subject_id, status, sent_at,
		webhook_id, digest_id, created_at) SELECT $2 + row_number() OVER (ORDER BY w.id), w.authority_id, $2 + row_number() OVER (ORDER BY w.id),
		p.user_id, 'inbox', 'watch.duty.remind', %s, 'duty', w.id, 'sent', $1, 0, 0, $1
		FROM watches w JOIN duties d ON d.id = w.id JOIN tasks t ON t.id = d.task_id JOIN units u ON u.id = w.unit_id
		JOIN posts p ON p.unit_id = w.unit_id AND p.role = 'unit_clerk' WHERE w.next_check_at <= $1`
	bareNext    = "UPDATE watches SET next_check_at = $2 WHERE next_check_at <= $1"
	liteParams  = "json_object('title', t.number || t.title, 'unit', u.name, 'due', w.due_date, 'days', 9)"
	elephParams = "json_build_object('title', t.number || t.title, 'unit', u.name, 'due', w.due_date, 'days', 9)"
)

func (s *site) bareCheck(ctx context.Context, want int) error {
	params := liteParams
	if s.store.Postgres() {
		params = elephParams
	}
	now := s.store.Now()
	tx, err := s.bare.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after the commit there is nothing to roll back
	for i, text := range []string{bareSteps, bareEvents, fmt.Sprintf(bareMessages, params), bareNext} {
		var second any = s.rawIDs()
		if i == 3 {
			second = now.AddDate(0, 1, 0)
		}
		res, err := tx.ExecContext(ctx, text, now, second)
		if err != nil {
			return err
		}
		if n, _ := res.RowsAffected(); int(n) != want {
			return fmt.Errorf("statement %d wrote %d rows, want %d", i+1, n, want)
		}
	}
	return tx.Commit()
}

// rawIDs is a number from which ids can be counted up in SQL without meeting those of the program.
func (s *site) rawIDs() int64 {
	s.rawBlocks++
	return 1<<62 + s.rawBlocks<<32
}
