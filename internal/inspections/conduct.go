package inspections

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Edit replaces the plan while the inspection is not open; from then on the scope is locked (Order 733 art. 15).
func (s *Service) Edit(ctx context.Context, id ident.ID, version int, in EditInspectionInput) (Inspection, error) {
	if err := in.check(); err != nil {
		return Inspection{}, err
	}
	return s.change(ctx, id, version, access.InspectionEdit, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.EditInspection, 0); err != nil {
			return err
		}
		old := c.row
		c.before = EditInspectionInput{Title: old.Title, Kind: old.Kind, Basis: old.Basis, Scope: old.Scope, Method: old.Method,
			StartsOn: old.StartsOn, EndsOn: old.EndsOn}
		c.after = in
		c.update.SetTitle(in.Title).SetKind(in.Kind).SetBasis(in.Basis).SetScope(in.Scope).SetMethod(in.Method).
			SetStartsOn(in.StartsOn).SetEndsOn(in.EndsOn)
		return s.setUnits(ctx, tx, old, in.UnitIDs)
	})
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

// Open starts the inspection; from here on its scope is locked. Errors: inspection.no_leader if nobody leads the team.
func (s *Service) Open(ctx context.Context, id ident.ID, version int) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionOpen, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.OpenInspection, 0); err != nil {
			return err
		}
		led, err := tx.InspectionMember.Query().Where(inspectionmember.InspectionID(id), inspectionmember.Leads(true)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("read team: %w", err)
		}
		if !led {
			return fault.New(fault.Conflict, "inspection.no_leader")
		}
		c.update.SetOpenedAt(s.store.Now())
		return nil
	})
}

// Finish ends the inspection with its conclusion (督查结论, Order 733 art. 16); a member of the team makes it.
func (s *Service) Finish(ctx context.Context, id ident.ID, version int, in FinishInspectionInput) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionFinish, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		given := tr.Text.If(strings.TrimSpace(in.Conclusion) != "")
		if err := c.apply(ctx, tx, rectify.FinishInspection, given); err != nil {
			return err
		}
		c.after = in
		c.update.SetConclusion(in.Conclusion).SetFinishedAt(s.store.Now())
		return nil
	})
}
