package plans

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/timeline"
)

// undoDepth is how many events back undo looks.
const undoDepth = 500

// Undo takes back the last edit of a draft that was not taken back yet; called again, the one before it. Nothing left to take
// back is a conflict. The history keeps both the edit and its undoing.
func (s *Service) Undo(ctx context.Context, planID ident.ID, version int) (Plan, error) {
	if err := named(version); err != nil {
		return Plan{}, err
	}
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		e, err := s.open(ctx, tx, planID, version)
		if err != nil {
			return err
		}
		last, was, is, err := lastEdit(ctx, tx, planID)
		if err != nil {
			return err
		}
		if err := exchange(ctx, tx, is.rowset, was); err != nil {
			return err
		}
		if is.Memory != nil {
			if err := e.forget(ctx, *is.Memory); err != nil {
				return err
			}
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: e.plan.AuthorityID, Subject: subject, SubjectID: planID, PlanID: planID,
			Action: string(plan.Edit), Before: is.rowset, After: changed{Act: actUndo, Undoes: last, rowset: was}})
		return err
	})
	if err != nil {
		return Plan{}, err
	}
	return s.Get(ctx, planID)
}

// lastEdit finds the last edit that stands, with the rows before and after it.
func lastEdit(ctx context.Context, tx *ent.Tx, planID ident.ID) (id ident.ID, was rowset, is changed, err error) {
	rows, err := tx.Event.Query().Where(event.Subject(subject), event.SubjectID(planID), event.Action(string(plan.Edit))).
		Order(ent.Desc(event.FieldID)).Limit(undoDepth).All(ctx)
	if err != nil {
		return id, was, is, fmt.Errorf("read history of plan: %w", err)
	}
	undone := map[ident.ID]bool{}
	for _, r := range rows {
		is = changed{}
		if err := json.Unmarshal(r.After, &is); err != nil {
			return id, was, is, fmt.Errorf("read edit: %w", err)
		}
		if is.Act == actUndo {
			undone[is.Undoes] = true
			continue
		}
		if undone[r.ID] {
			continue
		}
		if len(r.Before) > 0 {
			err = json.Unmarshal(r.Before, &was)
		}
		return r.ID, was, is, err
	}
	return id, was, is, fault.New(fault.Conflict, "plan.nothing_to_undo")
}
