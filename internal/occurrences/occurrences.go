// Package occurrences runs the report cycles (报送周期): a clock beside each task says when its next report opens; an occurrence is
// written when its period opens, one row for all duties of the task; one reminder goes out before its due date; and when that day
// has ended, every duty that handed nothing in gets a lapse (欠报), which keeps the day on which the report came after all (迟报).
//
// Which duties still owe a report follows from the reports themselves, so a million duties cost as many rows as there are tasks.
// State decides, not the minute: after any downtime the job opens, reminds and closes what was passed, each exactly once.
package occurrences

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/cyclechoice"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Service owns the clocks, occurrences and lapses.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
}

// New returns the service. The cycles, the calendar and the zone are those of the watches' rules.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service) *Service {
	return &Service{store: s, gate: gate, log: log, watches: w}
}

// Today is the local date by which reports fall due.
func (s *Service) Today() workday.Date { return s.watches.Today() }

// Set is the rule file of cycles in force.
func (s *Service) Set() cycle.Set { return s.watches.Rules().Cycles }

// terms are those of the rule file with the calendar in force for an authority.
func (s *Service) terms(authority ident.ID) cycle.Terms {
	return s.Set().Terms(s.watches.Calendar(authority))
}

// Start starts the clock of a task whose duties are handed out (交办). What was there before has its clock: duties that join it
// owe the reports that fall due after they came, and those of a cycle that counts from the assignment get clocks of their own.
func (s *Service) Start(ctx context.Context, tx *ent.Tx, t *ent.Task, dutyIDs []ident.ID) error {
	chosen, recurrence, ok, err := s.choose(ctx, tx, t)
	if err != nil || !ok {
		return err
	}
	fresh, err := s.write(ctx, tx, t, chosen, recurrence, []ident.ID{{}})
	if err != nil || fresh > 0 || chosen.Kind != cycle.Assigned {
		return err
	}
	_, err = s.write(ctx, tx, t, chosen, recurrence, dutyIDs)
	return err
}

// Restart is Start for one duty that changed hands: reports that count from the assignment begin anew for it, the others go on.
func (s *Service) Restart(ctx context.Context, tx *ent.Tx, taskID, dutyID ident.ID) error {
	t, err := tx.Task.Get(ctx, taskID)
	if err != nil {
		return fmt.Errorf("read task: %w", err)
	}
	chosen, recurrence, ok, err := s.choose(ctx, tx, t)
	if err != nil || !ok || chosen.Kind != cycle.Assigned {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM report_clocks WHERE task_id = $1 AND duty_id = $2", taskID, dutyID); err != nil {
		return fmt.Errorf("end clock of duty: %w", err)
	}
	_, err = s.write(ctx, tx, t, chosen, recurrence, []ident.ID{dutyID})
	return err
}

var clockColumns = []string{"id", "authority_id", "plan_id", "task_id", "duty_id", "cycle", "recurrence", "assigned_on", "opened_through", "next_at"}

// write starts clocks that are not there yet; they open what they have to at the next round of the job.
func (s *Service) write(ctx context.Context, tx *ent.Tx, t *ent.Task, c cycle.Cycle, recurrence string, dutyIDs []ident.ID) (int, error) {
	rows := make([][]any, len(dutyIDs))
	for i, id := range dutyIDs {
		rows[i] = []any{s.store.NewID(), t.AuthorityID, t.PlanID, t.ID, id, c.ID, recurrence, s.watches.Today(), workday.Date{}, s.store.Now()}
	}
	fresh, err := s.store.InsertNew(ctx, tx, "report_clocks", clockColumns, rows)
	if err != nil {
		return 0, fmt.Errorf("start report clocks: %w", err)
	}
	return len(fresh), nil
}

// choose finds the cycle of a task.
func (s *Service) choose(ctx context.Context, tx *ent.Tx, t *ent.Task) (cycle.Cycle, string, bool, error) {
	set := s.watches.Rules().Cycles
	if set.Version == 0 {
		return cycle.Cycle{}, "", false, nil
	}
	chosen, err := tx.CycleChoice.Query().Where(cyclechoice.PlanID(t.PlanID), cyclechoice.TaskIDIn(ident.ID{}, t.ID)).All(ctx)
	if err != nil {
		return cycle.Cycle{}, "", false, fmt.Errorf("read chosen cycles: %w", err)
	}
	c, recurrence, ok := set.Choose(named(t, chosen))
	return c, recurrence, ok, nil
}

// named gathers what decides over the cycle of a task.
func named(t *ent.Task, chosen []*ent.CycleChoice) cycle.Named {
	n := cycle.Named{Recurrence: t.Recurrence, Dated: len(milestones(t)) > 0}
	for _, c := range chosen {
		switch c.TaskID {
		case ident.ID{}:
			n.Plan = c.Cycle
		case t.ID:
			n.Task = c.Cycle
		}
	}
	return n
}

// milestones are the dates of a task's milestones.
func milestones(t *ent.Task) []workday.Date {
	var all []struct {
		Due workday.Date `json:"due"`
	}
	if len(t.Milestones) == 0 || json.Unmarshal(t.Milestones, &all) != nil { // the column is the program's own; none is no milestone
		return nil
	}
	var days []workday.Date
	for _, m := range all {
		if !m.Due.IsZero() && !slices.Contains(days, m.Due) {
			days = append(days, m.Due)
		}
	}
	return days
}

// cycleOf is the cycle by which a clock runs. One that the rule file has lost gives way to the default.
func cycleOf(set cycle.Set, id, recurrence string) (cycle.Cycle, bool) {
	if recurrence != "" {
		c, err := cycle.Recurrence(recurrence, set.Clause)
		return c, err == nil
	}
	if c, ok := set.Find(id); ok {
		return c, true
	}
	return set.Find(set.Default)
}
