package duties

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	enttask "github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/watches"
)

// MoveDates writes dates that a calendar has moved into the duties, all of them to one day, in the transaction that moved their
// clocks and appends the events. A task whose date moved for its duties gives the new date to those yet to come.
func (s *Service) MoveDates(ctx context.Context, tx *ent.Tx, moved []watches.Moved) error {
	ids := make([]ident.ID, len(moved))
	for i, m := range moved {
		ids[i] = m.SubjectID
	}
	update := tx.Duty.Update().Where(entduty.IDIn(ids...)).AddVersion(1).SetUpdatedAt(s.store.Now())
	if moved[0].What == watches.SignDate {
		update.SetAcceptDueDate(moved[0].New)
	} else {
		update.SetDueDate(moved[0].New).AddDueRevision(1)
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("move dates of duties: %w", err)
	}
	if moved[0].What == watches.SignDate {
		return nil
	}
	rows, err := tx.Duty.Query().Where(entduty.IDIn(ids...)).Select(entduty.FieldTaskID).All(ctx)
	if err != nil {
		return fmt.Errorf("read tasks of duties: %w", err)
	}
	tasks := make(map[ident.ID]bool)
	for _, row := range rows {
		tasks[row.TaskID] = true
	}
	if err := tx.Task.Update().Where(enttask.IDIn(slices.SortedFunc(maps.Keys(tasks), ident.ID.Compare)...), enttask.DueDate(moved[0].Old)).SetDueDate(moved[0].New).AddVersion(1).Exec(ctx); err != nil {
		return fmt.Errorf("move dates of tasks: %w", err)
	}
	return nil
}
