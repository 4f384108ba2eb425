package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// redated is how the history names a date that a revision of the plan changed.
const redated tr.Action = "plan.amend"

// WithdrawTask withdraws the open duties of a task and returns their units. It belongs to the transaction of a revision of the
// plan, which has asked for the permission and tells people once, not for each duty. The act is the plan's and not that of a
// unit, so it does not matter in which unit the actor sits.
func (s *Service) WithdrawTask(ctx context.Context, tx *ent.Tx, taskID ident.ID, reason string) ([]ident.ID, error) {
	return s.eachOpen(ctx, tx, taskID, func(w *work) error {
		to, err := duty.Table.Apply(tr.Facts[duty.Status]{Status: w.is.Status, Given: tr.Reason, Circumstances: w.circumstances()}, duty.Cancel)
		if err != nil {
			return err
		}
		w.will.Status, w.will.Open = to, to.Open()
		if err := s.save(ctx, tx, w, duty.Cancel, reason, nil, told{}); err != nil {
			return err
		}
		return s.watches.Withdraw(ctx, tx, ladder.OnDuty, w.is.ID)
	})
}

// RedateTask gives the open duties of a task a new due date, each with a line in the deadline ledger, and returns their units.
// The original date stays on record. As with WithdrawTask, it belongs to a revision of the plan.
func (s *Service) RedateTask(ctx context.Context, tx *ent.Tx, taskID ident.ID, due workday.Date, reason string) ([]ident.ID, error) {
	return s.eachOpen(ctx, tx, taskID, func(w *work) error {
		revision, err := s.watches.Move(ctx, tx, ladder.OnDuty, w.is.ID, watches.Due{Date: due, ByID: w.actor.ID, Reason: reason})
		if err != nil {
			return err
		}
		w.will.DueDate, w.will.DueRevision = due, revision
		return s.save(ctx, tx, w, redated, reason, nil, told{})
	})
}

// eachOpen does something with every open duty of a task, in the order of their ids.
func (s *Service) eachOpen(ctx context.Context, tx *ent.Tx, taskID ident.ID, do func(w *work) error) ([]ident.ID, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Duty.Query().Where(entduty.TaskID(taskID), entduty.Open(true)).Order(entduty.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read open duties of task: %w", err)
	}
	units := make([]ident.ID, len(rows))
	for i, row := range rows {
		units[i] = row.UnitID
		if err := do(&work{is: row, will: *row, actor: actor, today: s.watches.Today()}); err != nil {
			return nil, err
		}
	}
	return units, nil
}
