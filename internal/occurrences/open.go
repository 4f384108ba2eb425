package occurrences

import (
	"context"
	"fmt"
	"strings"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/reportclock"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// CheckedReports is what a round of the job did.
type CheckedReports struct {
	Opened   int `json:"opened" doc:"Reports that opened"`
	Reminded int `json:"reminded" doc:"Reports that were reminded of"`
	Closed   int `json:"closed" doc:"Reports whose due date ended"`
	Lapsed   int `json:"lapsed" doc:"Duties that had not handed in by then"`
}

// atOnce is how many clocks or occurrences one transaction works on.
const atOnce = 50

// Check opens, reminds of and closes all reports whose time has come. It can run at any time, on any number of servers.
func (s *Service) Check(ctx context.Context) (CheckedReports, error) {
	var sum CheckedReports
	if _, err := s.gate.May(ctx, access.DeadlineCheck); err != nil {
		return sum, err
	}
	if err := s.watches.TimeHolds(); err != nil {
		return sum, err
	}
	now := s.store.Now()
	for _, step := range []func(context.Context, *ent.Tx, time.Time, *CheckedReports) (int, error){s.open, s.turn} {
		for n := 1; n > 0; {
			var done CheckedReports
			err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
				done = CheckedReports{}
				n, err = step(ctx, tx, now, &done)
				return err
			})
			if err != nil {
				return sum, fmt.Errorf("check reports: %w", err)
			}
			sum.add(done)
		}
	}
	return sum, nil
}

func (c *CheckedReports) add(more CheckedReports) {
	c.Opened += more.Opened
	c.Reminded += more.Reminded
	c.Closed += more.Closed
	c.Lapsed += more.Lapsed
}

// open lets the clocks that are due write the occurrences that opened since they were last looked at.
func (s *Service) open(ctx context.Context, tx *ent.Tx, now time.Time, done *CheckedReports) (int, error) {
	query := tx.ReportClock.Query().Where(reportclock.NextAtLTE(now)).Order(ent.Asc(reportclock.FieldNextAt, reportclock.FieldID)).Limit(atOnce)
	if s.store.Postgres() { // two servers take different clocks; SQLite has one writer
		query.ForUpdate(entsql.WithLockAction(entsql.SkipLocked))
	}
	clocks, err := query.All(ctx)
	if err != nil || len(clocks) == 0 {
		return 0, err
	}
	active, err := s.active(ctx, tx, clocks)
	if err != nil {
		return 0, err
	}
	var rows [][]any
	for _, c := range clocks {
		opened, err := s.openClock(ctx, tx, c, now, active[c.TaskID])
		if err != nil {
			return 0, err
		}
		rows = append(rows, opened...)
	}
	fresh, err := s.store.InsertNew(ctx, tx, "occurrences", occurrenceColumns, rows)
	done.Opened = len(fresh)
	return len(clocks), err
}

// active finds the tasks of which a duty is still open: nobody owes reports on the others.
func (s *Service) active(ctx context.Context, tx *ent.Tx, clocks []*ent.ReportClock) (map[ident.ID]bool, error) {
	ids := make([]ident.ID, len(clocks))
	for i, c := range clocks {
		ids[i] = c.TaskID
	}
	list, args := store.In(s.store, 2, ids)
	active := make(map[ident.ID]bool)
	err := store.Each(ctx, tx, "SELECT DISTINCT task_id FROM duties WHERE open = $1 AND task_id IN "+list, append([]any{true}, args...),
		func(scan func(...any) error) error {
			var id ident.ID
			err := scan(&id)
			active[id] = true
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("find tasks at work: %w", err)
	}
	return active, nil
}

var occurrenceColumns = []string{"id", "authority_id", "clock_id", "plan_id", "task_id", "duty_id", "cycle", "rule", "relative", "period",
	"period_from", "period_to", "opens_on", "due_date", "due_at", "ask", "next_at"}

// openClock moves a clock to its next look and returns the rows of what opened.
func (s *Service) openClock(ctx context.Context, tx *ent.Tx, c *ent.ReportClock, now time.Time, active bool) ([][]any, error) {
	rules := s.watches.Rules()
	update := tx.ReportClock.UpdateOneID(c.ID)
	cyc, ok := cycleOf(rules.Cycles, c.Cycle, c.Recurrence)
	if !ok {
		return nil, update.ClearNextAt().Exec(ctx)
	}
	anchor := cycle.Anchor{Assigned: c.AssignedOn}
	if cyc.Kind == cycle.Milestones {
		t, err := tx.Task.Get(ctx, c.TaskID)
		if err != nil {
			return nil, fmt.Errorf("read task: %w", err)
		}
		anchor.Milestones = milestones(t)
	}
	today, terms := workday.DateOf(now, rules.Zone), s.terms(c.AuthorityID)
	var rows [][]any
	if active {
		for _, o := range cyc.Opening(anchor, c.OpenedThrough, today, terms) {
			rows = append(rows, s.row(c, cyc, o, now))
		}
	}
	update.SetOpenedThrough(today)
	if next := cyc.NextOpens(anchor, today, terms); next.IsZero() {
		update.ClearNextAt()
	} else {
		update.SetNextAt(next.Start(rules.Zone))
	}
	if err := update.Exec(ctx); err != nil {
		return nil, fmt.Errorf("move report clock: %w", err)
	}
	return rows, nil
}

// row is an occurrence on its way to the table. It is looked at next when its reminder is due.
func (s *Service) row(c *ent.ReportClock, cyc cycle.Cycle, o cycle.Occurrence, now time.Time) []any {
	rules := s.watches.Rules()
	dueAt := o.Due.End(rules.Zone)
	next := dueAt
	if rules.Cycles.Remind.N > 0 {
		if next = s.remindAt(c.AuthorityID, o); next.Before(now) {
			next = now
		}
	}
	rule := rules.Cycles.Rule()
	id := cyc.ID
	if c.Recurrence != "" {
		id = c.Recurrence
	}
	return []any{s.store.NewID(), c.AuthorityID, c.ID, c.PlanID, c.TaskID, c.DutyID, id, rule, cyc.Kind == cycle.Assigned, o.Label,
		o.From, o.To, o.Opens, o.Due, dueAt, asks(o.Ask), next}
}

// remindAt is the instant at which an occurrence is reminded of.
func (s *Service) remindAt(authority ident.ID, o cycle.Occurrence) time.Time {
	return s.Set().RemindOn(o, s.watches.Calendar(authority)).Start(s.watches.Rules().Zone)
}

// asks writes the fields of a content rule into a column; fieldsOf reads them.
func asks(fields []cycle.Field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = string(f)
	}
	return strings.Join(names, ",")
}

func fieldsOf(column string) []cycle.Field {
	all := []cycle.Field{}
	for _, name := range strings.Split(column, ",") {
		if name != "" {
			all = append(all, cycle.Field(name))
		}
	}
	return all
}
