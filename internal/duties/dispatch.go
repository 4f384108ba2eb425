package duties

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// Recipient is a unit that gets a share in a task.
type Recipient struct {
	UnitID   ident.ID
	UnitPath string
	Part     duty.Part
}

// Dispatched is one duty that a dispatch made.
type Dispatched struct {
	ID ident.ID
	Recipient
}

// dispatchText writes all duties of a task in one statement.
const dispatchText = `INSERT INTO duties (id, authority_id, plan_id, task_id, unit_id, unit_path, part, status, open, progress, due_date,
	original_due_date, due_revision, accept_due_date, leader_id, accepted_by_id, closed_by_id, close_reason, note, completion_id,
	created_at, updated_at, version)
	SELECT v.id, $2, $3, $4, v.unit_id, v.unit_path, v.part, $5, $6, 0, $7, $7, 1, $8, $9, 0, 0, '', '', 0, $10, $10, 1 FROM `

const dispatchCountText = `INSERT INTO duty_counts (id, authority_id, plan_id, unit_id, unit_path, status, n)
	SELECT v.id, $2, $3, v.unit_id, v.unit_path, $4, 1 FROM %s WHERE v.id > 0
	ON CONFLICT (unit_id, plan_id, status) DO UPDATE SET n = duty_counts.n + 1`

// Dispatch gives each unit its duty in a task (交办): the duties with their clocks and counters, and one event on the task. It
// belongs to the transaction of the plan's issue, which has asked for the permission. A unit stands in the list once.
func (s *Service) Dispatch(ctx context.Context, tx *ent.Tx, task *ent.Task, to []Recipient) ([]Dispatched, error) {
	if len(to) == 0 {
		return nil, nil
	}
	made := make([]Dispatched, len(to))
	holders := make([]watches.Holder, len(to))
	for i, r := range inUnitOrder(to) {
		made[i] = Dispatched{ID: s.store.NewID(), Recipient: r}
		holders[i] = watches.Holder{SubjectID: made[i].ID, UnitID: r.UnitID, UnitPath: r.UnitPath}
	}
	if err := s.writeDuties(ctx, tx, task, made); err != nil {
		return nil, err
	}
	clock, err := ClockOf(s.watches, task.AuthorityID, task.LeaderID, task.StartDate, task.DueDate, task.Milestones)
	if err != nil {
		return nil, err
	}
	if err := s.watches.Start(ctx, tx, clock, holders); err != nil {
		return nil, err
	}
	if err := rollUp(ctx, tx, task.ID, share{parts: len(to)}); err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE plans SET duties = duties + $1 WHERE id = $2", len(to), task.PlanID); err != nil {
		return nil, fmt.Errorf("count duties of plan: %w", err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: task.AuthorityID, Subject: "task", SubjectID: task.ID, PlanID: task.PlanID,
		Action: string(duty.Assign), After: map[string]any{"duties": len(to), "due_date": task.DueDate, "accept_due_date": clock.SignBy}})
	return made, err
}

// inUnitOrder sorts by unit: two dispatches side by side lock the counters in one order, and indexes by unit grow in order.
func inUnitOrder(to []Recipient) []Recipient {
	sorted := slices.Clone(to)
	slices.SortFunc(sorted, func(a, b Recipient) int { return a.UnitID.Compare(b.UnitID) })
	return sorted
}

func (s *Service) writeDuties(ctx context.Context, tx *ent.Tx, task *ent.Task, made []Dispatched) error {
	rows := make([][4]any, len(made))
	for i, d := range made {
		rows[i] = [4]any{d.ID.Int(), d.UnitID.Int(), d.UnitPath, string(d.Part)}
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("dispatch task: %w", err)
	}
	from := s.store.RowsFrom("$1", "id bigint", "unit_id bigint", "unit_path text", "part text")
	_, err = tx.ExecContext(ctx, dispatchText+from, string(raw), task.AuthorityID, task.PlanID, task.ID, string(duty.Assigned), true,
		task.DueDate, s.watches.SignTerm(task.AuthorityID, s.watches.Today()), task.LeaderID, s.store.Now())
	if err != nil {
		return fmt.Errorf("dispatch task: %w", err)
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf(dispatchCountText, from), string(raw), task.AuthorityID, task.PlanID, string(duty.Assigned))
	if err != nil {
		return fmt.Errorf("count dispatched duties: %w", err)
	}
	return nil
}
