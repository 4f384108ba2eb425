package inspections

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
)

// changing is a change of one inspection at work.
type changing struct {
	service       *Service
	actor         access.Actor
	row           *ent.Inspection
	update        *ent.InspectionUpdate
	action        tr.Action
	before, after any
	reason        string
	tell          []timeline.Note
}

// apply asks the state table and takes the state over.
func (c *changing) apply(ctx context.Context, tx *ent.Tx, action tr.Action, given tr.Need) error {
	status, err := c.service.apply(ctx, tx, c.actor, c.row, action, given)
	if err != nil {
		return err
	}
	c.action = action
	c.update.SetStatus(status)
	return nil
}

// change is the frame of every change of an inspection: permission, load, what fn does, update with the version, event.
func (s *Service) change(ctx context.Context, id ident.ID, version int, permission access.Permission,
	fn func(ctx context.Context, tx *ent.Tx, c *changing) error,
) (Inspection, error) {
	filter, err := s.gate.May(ctx, permission)
	if err != nil {
		return Inspection{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Inspection{}, err
	}
	var view Inspection
	err = s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := s.load(ctx, tx, id, version)
		if err != nil {
			return err
		}
		if err := reach(filter, permission, row); err != nil {
			return err
		}
		c := &changing{service: s, actor: actor, row: row,
			update: tx.Inspection.Update().Where(inspection.ID(id), inspection.Version(version)).AddVersion(1)}
		if err := fn(ctx, tx, c); err != nil {
			return err
		}
		if n, err := c.update.Save(ctx); err != nil || n == 0 {
			return orStale(err)
		}
		if _, err := s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "inspection", SubjectID: id, PlanID: row.PlanID,
			Action: string(c.action), Before: c.before, After: c.after, Reason: c.reason, Tell: c.tell}); err != nil {
			return err
		}
		if row, err = tx.Inspection.Get(ctx, id); err != nil {
			return fmt.Errorf("read inspection: %w", err)
		}
		view, err = s.detail(ctx, tx.Client(), actor, row)
		return err
	})
	return view, err
}

func orStale(err error) error {
	if err != nil {
		return fmt.Errorf("update: %w", err)
	}
	return staleVersion
}
