package duties

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	tr "github.com/duban-gov/duban/internal/transition"
)

// given reports whether a text says anything.
func given(text string) bool { return strings.TrimSpace(text) != "" }

// ReassignDutyInput names the unit that takes a duty over.
type ReassignDutyInput struct {
	UnitID ident.ID `json:"unit_id" doc:"Unit that takes the duty over"`
	Reason string   `json:"reason" maxLength:"2000" doc:"Why it changes hands" example:"职责调整"`
}

// Reassign hands a duty to another unit (改派), which has to sign for it anew.
func (s *Service) Reassign(ctx context.Context, id ident.ID, version int, in ReassignDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutyReassign, func(ctx context.Context, tx *ent.Tx, w *work) error {
		needs := tr.Reason.If(given(in.Reason)) | tr.TargetUnit.If(!in.UnitID.IsZero())
		if err := w.apply(duty.Reassign, needs); err != nil {
			return err
		}
		if err := s.hand(ctx, tx, w, in.UnitID); err != nil {
			return err
		}
		former, err := s.watches.Tell(ctx, tx, w.formerly(), ladder.Owner)
		if err != nil {
			return err
		}
		tell := told{template: "duty.reassigned", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}, more: former}
		if err := s.save(ctx, tx, w, duty.Reassign, in.Reason, nil, tell); err != nil {
			return err
		}
		return s.watches.Assign(ctx, tx, ladder.OnDuty, w.holder(), w.will.AcceptDueDate)
	})
}

// hand puts the duty under a unit of the same authority that has no share in the task yet.
func (s *Service) hand(ctx context.Context, tx *ent.Tx, w *work, to ident.ID) error {
	u, err := tx.Unit.Query().Where(entunit.ID(to), entunit.AuthorityID(w.is.AuthorityID)).Only(ctx)
	if ent.IsNotFound(err) {
		return fault.BadField("body.unit_id", "unit.unknown")
	}
	if err != nil {
		return fmt.Errorf("load unit: %w", err)
	}
	if !u.ValidTo.IsZero() && u.ValidTo.Before(w.today) {
		return fault.BadField("body.unit_id", "duty.unit_ended")
	}
	shares, err := tx.Duty.Query().Where(entduty.TaskID(w.is.TaskID), entduty.UnitID(to)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for other share: %w", err)
	}
	if shares {
		return fault.New(fault.Conflict, "duty.unit_has_share").With("unit", u.Name)
	}
	w.will.UnitID, w.will.UnitPath = u.ID, u.Path
	w.will.AcceptedAt, w.will.AcceptedByID = time.Time{}, ident.ID{}
	w.will.AcceptDueDate = s.watches.SignTerm(w.is.AuthorityID, w.today)
	return nil
}

// CancelDutyInput says why a duty is withdrawn.
type CancelDutyInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why the duty is withdrawn" example:"任务取消"`
}

// Cancel withdraws a duty (撤销): it counts for nothing any more, and its clock stops.
func (s *Service) Cancel(ctx context.Context, id ident.ID, version int, in CancelDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutyCancel, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.Cancel, tr.Reason.If(given(in.Reason))); err != nil {
			return err
		}
		tell := told{template: "duty.cancelled", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}}
		if err := s.save(ctx, tx, w, duty.Cancel, in.Reason, nil, tell); err != nil {
			return err
		}
		return s.watches.Withdraw(ctx, tx, ladder.OnDuty, id)
	})
}

// InstructDutyInput is a leader's written instruction.
type InstructDutyInput struct {
	Text string `json:"text" maxLength:"4000" doc:"The instruction" example:"请抓紧办理，月底前报我"`
}

// Instruct writes a leader's instruction (批示) into the history of a duty and tells the unit and the office.
func (s *Service) Instruct(ctx context.Context, id ident.ID, version int, in InstructDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutyInstruct, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.Instruct, tr.Text.If(given(in.Text))); err != nil {
			return err
		}
		tell := told{template: "duty.instructed", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead, ladder.Office}}
		return s.save(ctx, tx, w, duty.Instruct, in.Text, nil, tell)
	})
}
