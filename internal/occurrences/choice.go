package occurrences

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/cyclechoice"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/reportclock"
	"github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// ReportCycle is a cycle of the rule file (报送周期).
type ReportCycle struct {
	ID      string             `json:"id" doc:"Id in the rule file" example:"quarterly"`
	Name    string             `json:"name" doc:"Name in the reader's language" example:"每季度末"`
	Kind    cycle.Kind         `json:"kind" enum:"regular,milestones,assigned" doc:"regular: by the calendar; milestones: of the task; assigned: days after the assignment" example:"regular"`
	Ask     []cycle.Field      `json:"ask" doc:"Fields that its reports have to fill in" example:"[\"narrative\"]"`
	Points  []ReportCyclePoint `json:"points" doc:"Reports of a cycle that counts from the assignment"`
	Default bool               `json:"default,omitempty" doc:"The cycle of a plan that names none"`
}

// ReportCyclePoint is one report of a cycle that counts from the assignment.
type ReportCyclePoint struct {
	N    int           `json:"n" doc:"Days after the assignment" example:"3"`
	Unit workday.Unit  `json:"unit" enum:"day,workday" doc:"Natural or working days" example:"day"`
	Ask  []cycle.Field `json:"ask" doc:"Fields that it has to fill in" example:"[\"measures\"]"`
}

// ReportCycleList is the cycles of the rule file.
type ReportCycleList struct {
	Rule  string        `json:"rule" doc:"Rule file and its version" example:"cycles.default@1"`
	Items []ReportCycle `json:"items" doc:"In the order of the file"`
}

// Cycles lists the cycles that a plan or task can name.
func (s *Service) Cycles(ctx context.Context) (ReportCycleList, error) {
	list := ReportCycleList{Items: []ReportCycle{}}
	if _, err := s.gate.May(ctx, access.PlanRead); err != nil {
		return list, err
	}
	set := s.watches.Rules().Cycles
	list.Rule = set.Rule()
	lang := words.From(ctx)
	for _, c := range set.Cycles {
		item := ReportCycle{ID: c.ID, Name: set.Names[c.ID][string(lang)], Kind: c.Kind, Ask: append([]cycle.Field{}, c.Ask...),
			Points: []ReportCyclePoint{}, Default: c.ID == set.Default}
		for _, p := range c.Points {
			item.Points = append(item.Points, ReportCyclePoint{N: p.Period.N, Unit: p.Period.Unit, Ask: append([]cycle.Field{}, p.Ask...)})
		}
		list.Items = append(list.Items, item)
	}
	return list, nil
}

// Choices are the cycles that a plan and its tasks name, by task; that of the plan stands under the zero id.
func (s *Service) Choices(ctx context.Context, client *ent.Client, planID ident.ID) (map[ident.ID]string, error) {
	rows, err := client.CycleChoice.Query().Where(cyclechoice.PlanID(planID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read chosen cycles: %w", err)
	}
	chosen := make(map[ident.ID]string, len(rows))
	for _, row := range rows {
		chosen[row.TaskID] = row.Cycle
	}
	return chosen, nil
}

// Effective is the cycle by which a task is asked for reports: its id, or the recurrence of its clause; "none" if it is not.
func (s *Service) Effective(t *ent.Task, plan, task string) string {
	set := s.watches.Rules().Cycles
	c, recurrence, ok := set.Choose(cycle.Named{Task: task, Plan: plan, Recurrence: t.Recurrence, Dated: len(milestones(t)) > 0})
	switch {
	case !ok:
		return cycle.None
	case recurrence != "":
		return recurrence
	}
	return c.ID
}

// Choose names the cycle of a plan, or of one of its tasks; an empty name takes the choice back. The caller has asked for the
// permission and appends the event. Errors: the field cycle, if the rule file has no such cycle.
func (s *Service) Choose(ctx context.Context, tx *ent.Tx, p *ent.Plan, taskID ident.ID, name string) error {
	if _, known := s.watches.Rules().Cycles.Find(name); !known && name != "" && name != cycle.None {
		return fault.BadField("body.cycle", "cycle.unknown")
	}
	if _, err := tx.CycleChoice.Delete().Where(cyclechoice.PlanID(p.ID), cyclechoice.TaskID(taskID)).Exec(ctx); err != nil {
		return fmt.Errorf("take back chosen cycle: %w", err)
	}
	if name == "" {
		return nil
	}
	err := tx.CycleChoice.Create().SetID(s.store.NewID()).SetAuthorityID(p.AuthorityID).SetPlanID(p.ID).SetTaskID(taskID).SetCycle(name).Exec(ctx)
	if err != nil {
		return fmt.Errorf("choose cycle: %w", err)
	}
	return nil
}

// Replan lets an issued plan, or one task of it, go by the cycle that is now chosen, from today on. What opened before stays if
// somebody has begun to answer it or its day has ended; the rest is asked for no more.
func (s *Service) Replan(ctx context.Context, tx *ent.Tx, p *ent.Plan, taskID ident.ID) error {
	query := tx.Task.Query().Where(task.PlanID(p.ID), task.PartsGT(0))
	if !taskID.IsZero() {
		query.Where(task.ID(taskID))
	}
	tasks, err := query.All(ctx)
	if err != nil {
		return fmt.Errorf("read tasks: %w", err)
	}
	chosen, err := tx.CycleChoice.Query().Where(cyclechoice.PlanID(p.ID)).All(ctx)
	if err != nil {
		return fmt.Errorf("read chosen cycles: %w", err)
	}
	now := s.store.Now()
	for _, t := range tasks {
		if err := s.replan(ctx, tx, t, chosen, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) replan(ctx context.Context, tx *ent.Tx, t *ent.Task, chosen []*ent.CycleChoice, now time.Time) error {
	direct, err := tx.Duty.Query().Where(entduty.TaskID(t.ID)).Exist(ctx)
	if err != nil || !direct {
		return err
	}
	c, recurrence, ok := s.watches.Rules().Cycles.Choose(named(t, chosen))
	shared, err := tx.ReportClock.Query().Where(reportclock.TaskID(t.ID), reportclock.DutyID(ident.ID{})).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return fmt.Errorf("read report clock: %w", err)
	}
	if shared != nil && ok && shared.Cycle == c.ID && shared.Recurrence == recurrence && !shared.NextAt.IsZero() {
		return nil
	}
	text := `DELETE FROM occurrences WHERE task_id = $1 AND due_at > $2 AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.occurrence_id = occurrences.id)`
	if _, err := tx.ExecContext(ctx, text, t.ID, now); err != nil {
		return fmt.Errorf("withdraw occurrences: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM report_clocks WHERE task_id = $1", t.ID); err != nil {
		return fmt.Errorf("end report clocks: %w", err)
	}
	if !ok {
		return nil
	}
	_, err = s.write(ctx, tx, t, c, recurrence, []ident.ID{{}})
	return err
}
