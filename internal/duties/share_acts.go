package duties

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	entsplit "github.com/duban-gov/duban/ent/split"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// SplitDutyInput gives a part of a duty, or of a share, to a unit below.
type SplitDutyInput struct {
	UnitID  ident.ID     `json:"unit_id" doc:"Unit that gets it: below the one that gives it" example:"0h2kz9f7x3b1d"`
	Title   string       `json:"title" minLength:"1" maxLength:"200" doc:"What the unit has to do" example:"编制附属学校主动公开目录"`
	Content string       `json:"content,omitempty" maxLength:"10000" doc:"In detail" example:"按主动公开基本目录编制"`
	DueDate workday.Date `json:"due_date,omitzero" doc:"Due date: before that of the whole by the days of review; may be missing if the whole has none" example:"2017-09-20"`
	Weight  int          `json:"weight,omitempty" minimum:"0" maximum:"1000" doc:"Weight in the suggested progress; 1 if missing" example:"1"`
	Free    bool         `json:"free,omitempty" doc:"Whether the whole may be submitted as complete without it"`
	RollUp  plan.RollUp  `json:"roll_up,omitempty" enum:"all,any,weighted,k_of_n" doc:"How the shares become the whole, from now on; as before if missing" example:"all"`
	K       int          `json:"k,omitempty" minimum:"0" maximum:"1000" doc:"For k_of_n: how many have to be confirmed" example:"2"`
}

// SplitDuty gives a part of a duty to a unit below (内部分解). The unit of the duty stays answerable for the whole.
func (s *Service) SplitDuty(ctx context.Context, id ident.ID, in SplitDutyInput) (Share, error) {
	reach, err := s.gate.May(ctx, access.ShareAssign)
	if err != nil {
		return Share{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Share, error) {
		w, err := s.take(ctx, tx, id, 0, access.ShareAssign, reach)
		if err != nil {
			return Share{}, err
		}
		if err := w.apply(duty.Split, 0); err != nil {
			return Share{}, err
		}
		return s.give(ctx, tx, &piece{duty: w.is, actor: w.actor, today: w.today, rules: s.Rules().Deadlines}, in)
	})
}

// SplitShare gives a part of a share to a unit further below.
func (s *Service) SplitShare(ctx context.Context, id ident.ID, in SplitDutyInput) (Share, error) {
	reach, err := s.gate.May(ctx, access.ShareAssign)
	if err != nil {
		return Share{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Share, error) {
		row, err := s.seenShare(ctx, tx.Client(), id)
		if err != nil {
			return Share{}, err
		}
		if !reach.Covers(shareFacts(row)) {
			return Share{}, access.Refused(access.ShareAssign, "relation")
		}
		if err := s.lockDuty(ctx, tx, row.DutyID); err != nil {
			return Share{}, err
		}
		p, err := s.about(ctx, tx.Client(), row)
		if err != nil {
			return Share{}, err
		}
		if _, err := duty.ShareTable.Apply(p.facts(0, workday.Date{}), duty.SplitShare); err != nil {
			return Share{}, err
		}
		return s.give(ctx, tx, &piece{duty: p.duty, outer: row, actor: p.actor, today: p.today, rules: p.rules}, in)
	})
}

// give makes a share of what the piece stands for.
func (s *Service) give(ctx context.Context, tx *ent.Tx, p *piece, in SplitDutyInput) (Share, error) {
	if _, err := duty.ShareTable.Apply(p.facts(tr.Text.If(given(in.Title)), in.DueDate), duty.AssignShare); err != nil {
		return Share{}, err
	}
	to, err := s.lower(ctx, tx, p, in.UnitID)
	if err != nil {
		return Share{}, err
	}
	var above ident.ID
	if p.outer != nil {
		above = p.outer.ID
	}
	if err := s.combine(ctx, tx, p.duty, above, in); err != nil {
		return Share{}, err
	}
	if in.Weight == 0 {
		in.Weight = 1
	}
	now := s.store.Now()
	p.is, err = tx.Share.Create().SetID(s.store.NewID()).SetAuthorityID(p.duty.AuthorityID).SetDutyID(p.duty.ID).SetParentID(above).SetUnitID(to.ID).
		SetUnitPath(to.Path).SetTitle(strings.TrimSpace(in.Title)).SetContent(in.Content).SetDueDate(in.DueDate).SetWeight(in.Weight).SetRequired(!in.Free).
		SetAssignedByID(p.actor.ID).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
	if err != nil {
		return Share{}, fmt.Errorf("create share: %w", err)
	}
	if err := s.recordShare(ctx, tx, p, duty.AssignShare, "", nil); err != nil {
		return Share{}, err
	}
	return s.showShare(ctx, tx.Client(), p)
}

// lower is the unit that gets a share: in force, and below the one that gives it out.
func (s *Service) lower(ctx context.Context, tx *ent.Tx, p *piece, id ident.ID) (*ent.Unit, error) {
	outer, path := p.outerUnit()
	u, err := tx.Unit.Get(ctx, id)
	if ent.IsNotFound(err) || err == nil && (u.AuthorityID != p.duty.AuthorityID || !u.ValidTo.IsZero() && u.ValidTo.Before(p.today)) {
		return nil, fault.BadField("body.unit_id", "unit.unknown")
	}
	if err != nil {
		return nil, fmt.Errorf("read unit of share: %w", err)
	}
	if u.ID == outer || !unit.Within(path, u.Path) {
		return nil, fault.BadField("body.unit_id", "share.not_below")
	}
	return u, nil
}

// combine keeps how the shares become the whole, if the input says so.
func (s *Service) combine(ctx context.Context, tx *ent.Tx, d *ent.Duty, above ident.ID, in SplitDutyInput) error {
	if in.RollUp == "" {
		return nil
	}
	if in.RollUp == plan.KOfN && in.K < 1 {
		return fault.BadField("body.k", "required")
	}
	n, err := tx.Split.Update().Where(entsplit.DutyID(d.ID), entsplit.ShareID(above)).SetRollUp(in.RollUp).SetRollUpK(in.K).AddVersion(1).Save(ctx)
	if err == nil && n == 0 {
		err = tx.Split.Create().SetID(s.store.NewID()).SetAuthorityID(d.AuthorityID).SetDutyID(d.ID).SetShareID(above).SetRollUp(in.RollUp).SetRollUpK(in.K).
			SetCreatedAt(s.store.Now()).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("keep rule of split: %w", err)
	}
	return nil
}

// AcceptShare signs for a share.
func (s *Service) AcceptShare(ctx context.Context, id ident.ID, version int) (Share, error) {
	return s.onShare(ctx, id, version, access.ShareAccept, func(ctx context.Context, tx *ent.Tx, p *piece) error {
		return s.step(ctx, tx, p, duty.AcceptShare, 0, workday.Date{}, "", func(u *ent.ShareUpdate) {
			u.SetAcceptedByID(p.actor.ID).SetAcceptedAt(s.store.Now()).SetReason("")
		})
	})
}

// ShareReasonInput says why a share is returned, insisted on, sent back or withdrawn.
type ShareReasonInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why" example:"不属于本校职责"`
}

// because is the course of an action that needs no more than a reason, which the share then shows.
func (s *Service) because(ctx context.Context, id ident.ID, version int, permission access.Permission, action tr.Action, reason string) (Share, error) {
	return s.onShare(ctx, id, version, permission, func(ctx context.Context, tx *ent.Tx, p *piece) error {
		return s.step(ctx, tx, p, action, tr.Reason.If(given(reason)), workday.Date{}, reason, func(u *ent.ShareUpdate) { u.SetReason(reason) })
	})
}

// ReturnShare refuses a share with a reason; the unit that gave it out decides.
func (s *Service) ReturnShare(ctx context.Context, id ident.ID, version int, in ShareReasonInput) (Share, error) {
	return s.because(ctx, id, version, access.ShareReturn, duty.ReturnShare, in.Reason)
}

// InsistShare gives a returned share out again.
func (s *Service) InsistShare(ctx context.Context, id ident.ID, version int, in ShareReasonInput) (Share, error) {
	return s.because(ctx, id, version, access.ShareInsist, duty.InsistShare, in.Reason)
}

// SendBackShare sends what was handed in back to the unit below.
func (s *Service) SendBackShare(ctx context.Context, id ident.ID, version int, in ShareReasonInput) (Share, error) {
	return s.because(ctx, id, version, access.ShareSendBack, duty.SendBackShare, in.Reason)
}

// CancelShare takes a share back.
func (s *Service) CancelShare(ctx context.Context, id ident.ID, version int, in ShareReasonInput) (Share, error) {
	return s.because(ctx, id, version, access.ShareCancel, duty.CancelShare, in.Reason)
}

// ReportShareInput says how far a share has come.
type ReportShareInput struct {
	Progress  *int   `json:"progress" minimum:"0" maximum:"10000" doc:"Progress in basis points" example:"6000"`
	Narrative string `json:"narrative,omitempty" maxLength:"10000" doc:"What was done" example:"目录已编制，待校内审核"`
}

// ReportShare says how far a share has come; the outer unit reads it, and its report stays its own.
func (s *Service) ReportShare(ctx context.Context, id ident.ID, version int, in ReportShareInput) (Share, error) {
	return s.onShare(ctx, id, version, access.ShareReport, func(ctx context.Context, tx *ent.Tx, p *piece) error {
		return s.step(ctx, tx, p, duty.ReportShare, tr.Progress.If(in.Progress != nil), workday.Date{}, "", func(u *ent.ShareUpdate) {
			u.SetProgress(*in.Progress).SetNarrative(in.Narrative)
		})
	})
}

// HandInShareInput says what was done.
type HandInShareInput struct {
	Narrative string `json:"narrative" maxLength:"10000" doc:"What was done" example:"目录已在校园网公开"`
}

// HandInShare says that a share is done; the unit that gave it out confirms it.
func (s *Service) HandInShare(ctx context.Context, id ident.ID, version int, in HandInShareInput) (Share, error) {
	return s.onShare(ctx, id, version, access.ShareHandIn, func(ctx context.Context, tx *ent.Tx, p *piece) error {
		return s.step(ctx, tx, p, duty.HandInShare, tr.Text.If(given(in.Narrative)), workday.Date{}, "", func(u *ent.ShareUpdate) {
			u.SetNarrative(in.Narrative).SetProgress(full).SetSubmittedByID(p.actor.ID).SetSubmittedAt(s.store.Now()).SetReason("")
		})
	})
}

// ConfirmShare closes a share that was handed in.
func (s *Service) ConfirmShare(ctx context.Context, id ident.ID, version int) (Share, error) {
	return s.onShare(ctx, id, version, access.ShareConfirm, func(ctx context.Context, tx *ent.Tx, p *piece) error {
		return s.step(ctx, tx, p, duty.ConfirmShare, 0, workday.Date{}, "", func(u *ent.ShareUpdate) {
			u.SetConfirmedByID(p.actor.ID).SetClosedAt(s.store.Now())
		})
	})
}

// RedateShareInput moves the due date of a share.
type RedateShareInput struct {
	DueDate workday.Date `json:"due_date" doc:"New due date" example:"2017-09-25"`
	Reason  string       `json:"reason" maxLength:"2000" doc:"Why" example:"招标推迟"`
}

// RedateShare moves the due date of a share, within what the whole allows.
func (s *Service) RedateShare(ctx context.Context, id ident.ID, version int, in RedateShareInput) (Share, error) {
	return s.onShare(ctx, id, version, access.ShareRedate, func(ctx context.Context, tx *ent.Tx, p *piece) error {
		needs := tr.Reason.If(given(in.Reason)) | tr.Date.If(!in.DueDate.IsZero())
		return s.step(ctx, tx, p, duty.RedateShare, needs, in.DueDate, in.Reason, func(u *ent.ShareUpdate) { u.SetDueDate(in.DueDate) })
	})
}
