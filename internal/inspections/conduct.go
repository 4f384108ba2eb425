package inspections

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/ent/lookitem"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
)

// Edit replaces the plan while it is a draft; from its approval on the scope is locked (Order 733 art. 15).
func (s *Service) Edit(ctx context.Context, id ident.ID, version int, in EditInspectionInput) (Inspection, error) {
	if err := in.check(); err != nil {
		return Inspection{}, err
	}
	return s.change(ctx, id, version, access.InspectionEdit, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.EditInspection, 0); err != nil {
			return err
		}
		if err := c.replace(ctx, tx, in.scheme()); err != nil {
			return err
		}
		team, err := teamIDs(ctx, tx.Client(), id)
		if err != nil {
			return err
		}
		return s.withdrawn(ctx, tx, team, in.scheme().UnitIDs)
	})
}

// replace writes a new plan over the old one.
func (c *changing) replace(ctx context.Context, tx *ent.Tx, plan rectify.Scheme) error {
	was, err := schemeOf(ctx, tx.Client(), c.row)
	if err != nil {
		return err
	}
	c.before, c.after = was, plan
	c.update.SetTitle(plan.Title).SetKind(plan.Kind).SetSupervision(plan.Supervision).SetDesignation(plan.Designation).SetBasis(plan.Basis).
		SetScope(plan.Scope).SetMatters(plan.Matters).SetMethods(plan.Methods).SetMethod(plan.Method).SetItems(plan.Items).
		SetStartsOn(plan.StartsOn).SetEndsOn(plan.EndsOn)
	return c.service.setUnits(ctx, tx, c.row, plan.UnitIDs)
}

// Staff replaces the team while the inspection is planned or open.
func (s *Service) Staff(ctx context.Context, id ident.ID, version int, in StaffInspectionInput) (Inspection, error) {
	if in.LeaderID.IsZero() {
		return Inspection{}, fault.BadField("body.leader_id", "required")
	}
	return s.change(ctx, id, version, access.InspectionStaff, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.StaffInspection, 0); err != nil {
			return err
		}
		if err := checkTeam(ctx, tx, c.row.AuthorityID, in); err != nil {
			return err
		}
		was, err := tx.InspectionMember.Query().Where(inspectionmember.InspectionID(id)).Order(inspectionmember.ByID()).All(ctx)
		if err != nil {
			return fmt.Errorf("read team: %w", err)
		}
		units, err := unitIDs(ctx, tx.Client(), id)
		if err != nil {
			return err
		}
		if err := s.withdrawn(ctx, tx, in.members(), units); err != nil {
			return err
		}
		c.before, c.after = teamOf(was), in
		c.tell = teamNote(c.row, in.members(), c.actor)
		return s.setTeam(ctx, tx, c.row, in)
	})
}

func teamOf(rows []*ent.InspectionMember) StaffInspectionInput {
	var team StaffInspectionInput
	for _, row := range rows {
		if row.Leads {
			team.LeaderID = row.UserID
		} else {
			team.MemberIDs = append(team.MemberIDs, row.UserID)
		}
	}
	return team
}

// Open starts an approved inspection. Errors: inspection.recusal if somebody of the team has meanwhile a post in an inspected unit.
func (s *Service) Open(ctx context.Context, id ident.ID, version int) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionOpen, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.OpenInspection, 0); err != nil {
			return err
		}
		if err := c.ready(ctx, tx); err != nil {
			return err
		}
		c.update.SetOpenedAt(s.store.Now())
		return nil
	})
}

// Finish ends the work on the spot; the conclusion follows. A look-back has judged every item by then.
func (s *Service) Finish(ctx context.Context, id ident.ID, version int) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionFinish, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.FinishInspection, 0); err != nil {
			return err
		}
		if err := c.looked(ctx, tx); err != nil {
			return err
		}
		c.update.SetFinishedAt(s.store.Now())
		return nil
	})
}

// looked refuses to end a look-back while items of its draw wait: what was drawn is looked at, or the draw could be steered.
func (c *changing) looked(ctx context.Context, tx *ent.Tx) error {
	if c.row.Kind != rectify.LookBack {
		return nil
	}
	n, err := tx.LookItem.Query().Where(lookitem.InspectionID(c.row.ID), lookitem.StatusEQ(rectify.LookPending)).Count(ctx)
	if err != nil {
		return fmt.Errorf("count items of look-back: %w", err)
	}
	if n > 0 {
		return fault.New(fault.Conflict, "look_back.pending").With("n", n)
	}
	return nil
}
