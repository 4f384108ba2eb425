package inspections

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/authority"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Propose asks for the approval of a plan (提请审批). Errors: inspection.no_leader, inspection.no_method, inspection.recusal,
// inspection.duplicate while another inspection of the same object over the same matter is not answered with a reason (Order 733
// art. 15).
func (s *Service) Propose(ctx context.Context, id ident.ID, version int, in ProposeInspectionInput) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionPropose, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.ProposeInspection, 0); err != nil {
			return err
		}
		if err := c.ready(ctx, tx); err != nil {
			return err
		}
		if err := c.answer(ctx, tx, in.Duplicates); err != nil {
			return err
		}
		c.after = in
		c.update.SetProposedByID(c.actor.ID).SetReason("")
		return nil
	})
}

// ready refuses a plan that cannot go to work: no leader, no method, or somebody of the team who has to withdraw.
func (c *changing) ready(ctx context.Context, tx *ent.Tx) error {
	led, err := tx.InspectionMember.Query().Where(inspectionmember.InspectionID(c.row.ID), inspectionmember.Leads(true)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("read team: %w", err)
	}
	if !led {
		return fault.New(fault.Conflict, "inspection.no_leader")
	}
	if len(c.row.Methods) == 0 {
		return fault.New(fault.Conflict, "inspection.no_method")
	}
	team, err := teamIDs(ctx, tx.Client(), c.row.ID)
	if err != nil {
		return err
	}
	units, err := unitIDs(ctx, tx.Client(), c.row.ID)
	if err != nil {
		return err
	}
	return c.service.withdrawn(ctx, tx, team, units)
}

// SendBack returns a proposed plan with a reason (退回修改).
func (s *Service) SendBack(ctx context.Context, id ident.ID, version int, in SendBackInspectionInput) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionSendBack, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.SendBackInspection, tr.Reason.If(strings.TrimSpace(in.Reason) != "")); err != nil {
			return err
		}
		c.reason = in.Reason
		c.update.SetReason(in.Reason)
		c.tellProposer("inspection.sent_back", map[string]any{"title": c.row.Title, "reason": in.Reason})
		return nil
	})
}

// Approve approves a plan (Order 733 art. 11): it takes its number and becomes version 1; from here on its scope is locked (art. 15).
// Never by whoever proposed it.
func (s *Service) Approve(ctx context.Context, id ident.ID, version int) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionApprove, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.ApproveInspection, 0); err != nil {
			return err
		}
		if err := c.ready(ctx, tx); err != nil {
			return err
		}
		plan, err := schemeOf(ctx, tx.Client(), c.row)
		if err != nil {
			return err
		}
		if err := c.keep(ctx, tx, 1, plan, ""); err != nil {
			return err
		}
		year, serial, number, err := s.number(ctx, tx, c.row.AuthorityID, numbers.Inspection, s.rules.Numbers.Inspection)
		if err != nil {
			return err
		}
		c.after = map[string]any{"number": number, "revision": 1}
		c.update.SetYear(year).SetSerial(serial).SetNumber(number).SetRevision(1).SetApprovedByID(c.actor.ID).SetApprovedAt(s.store.Now())
		c.tellProposer("inspection.approved", map[string]any{"title": c.row.Title, "number": number})
		return nil
	})
}

// Amend changes an approved plan and makes a new version of it. Errors: inspection.scope_locked if it would be widened or directed
// at other objects (Order 733 art. 15).
func (s *Service) Amend(ctx context.Context, id ident.ID, version int, in AmendInspectionInput) (Inspection, error) {
	if err := in.check(); err != nil {
		return Inspection{}, err
	}
	return s.change(ctx, id, version, access.InspectionAmend, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.AmendInspection, tr.Reason.If(strings.TrimSpace(in.Reason) != "")); err != nil {
			return err
		}
		approved, err := schemeOf(ctx, tx.Client(), c.row)
		if err != nil {
			return err
		}
		changed := in.scheme()
		if refusal := rectify.Locked(approved, changed); refusal != nil {
			return refusal
		}
		if len(changed.Methods) == 0 {
			return fault.New(fault.Conflict, "inspection.no_method")
		}
		if err := c.replace(ctx, tx, changed); err != nil {
			return err
		}
		c.reason = in.Reason
		c.update.SetRevision(c.row.Revision + 1)
		return c.keep(ctx, tx, c.row.Revision+1, changed, in.Reason)
	})
}

// Cancel withdraws an inspection that has not begun (撤销). A number that it took stays used, with the reason.
func (s *Service) Cancel(ctx context.Context, id ident.ID, version int, in CancelInspectionInput) (Inspection, error) {
	return s.change(ctx, id, version, access.InspectionCancel, func(ctx context.Context, tx *ent.Tx, c *changing) error {
		if err := c.apply(ctx, tx, rectify.CancelInspection, tr.Reason.If(strings.TrimSpace(in.Reason) != "")); err != nil {
			return err
		}
		c.reason = in.Reason
		c.update.SetReason(in.Reason)
		if c.row.Number == "" {
			return nil
		}
		return s.series.Void(ctx, tx, c.row.AuthorityID, numbers.Inspection, c.row.Year, c.row.Serial, c.actor.ID, in.Reason)
	})
}

// keep writes a version of the plan that was approved.
func (c *changing) keep(ctx context.Context, tx *ent.Tx, number int, plan rectify.Scheme, reason string) error {
	err := tx.InspectionRevision.Create().SetID(c.service.store.NewID()).SetAuthorityID(c.row.AuthorityID).SetInspectionID(c.row.ID).SetNumber(number).
		SetScheme(plan).SetReason(reason).SetMadeByID(c.actor.ID).SetCreatedAt(c.service.store.Now()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keep version of plan: %w", err)
	}
	return nil
}

func (c *changing) tellProposer(template string, params map[string]any) {
	if c.row.ProposedByID != c.actor.ID {
		c.tell = append(c.tell, timeline.Note{To: []ident.ID{c.row.ProposedByID}, Template: template, Params: params})
	}
}

// number takes the next number of a kind of document of this year.
func (s *Service) number(ctx context.Context, tx *ent.Tx, owner ident.ID, kind numbers.Kind, infix string) (year, serial int, number string, err error) {
	row, err := tx.Authority.Query().Where(authority.ID(owner)).Only(ctx)
	if err != nil {
		return 0, 0, "", fmt.Errorf("read authority: %w", err)
	}
	if row.DocPrefix == "" {
		return 0, 0, "", fault.New(fault.Conflict, "notice.no_prefix")
	}
	year = s.clocks.Today().Year()
	if serial, err = s.series.Next(ctx, tx, owner, kind, year); err != nil {
		return 0, 0, "", err
	}
	return year, serial, numbers.Format(row.DocPrefix+infix, year, serial), nil
}
