package duties

import (
	"context"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// WithdrawExtension takes a request back (撤回) before it is decided.
func (s *Service) WithdrawExtension(ctx context.Context, id ident.ID, version int) (Extension, error) {
	return s.onExtension(ctx, id, version, access.ExtensionWithdraw, func(ctx context.Context, tx *ent.Tx, p *plea) (Extension, error) {
		status, err := p.apply(duty.WithdrawExtension, 0, workday.Date{})
		if err != nil {
			return Extension{}, err
		}
		if err := s.decide(ctx, tx, p, status, nil); err != nil {
			return Extension{}, err
		}
		return s.plead(ctx, tx, p, duty.WithdrawExtension, "", told{})
	})
}

// OpineExtensionInput is the opinion before the decision.
type OpineExtensionInput struct {
	Text string `json:"text" maxLength:"4000" doc:"The opinion" example:"情况属实，建议延期一个月"`
}

// OpineExtension gives an opinion on a request (预审), for the leader who decides.
func (s *Service) OpineExtension(ctx context.Context, id ident.ID, version int, in OpineExtensionInput) (Extension, error) {
	return s.onExtension(ctx, id, version, access.ExtensionOpine, func(ctx context.Context, tx *ent.Tx, p *plea) (Extension, error) {
		status, err := p.apply(duty.OpineExtension, tr.Text.If(given(in.Text)), workday.Date{})
		if err != nil {
			return Extension{}, err
		}
		err = s.decide(ctx, tx, p, status, func(u *ent.ExtensionUpdate) {
			u.SetOpinion(in.Text).SetOpinedByID(p.actor.ID).SetOpinedAt(s.store.Now())
		})
		if err != nil {
			return Extension{}, err
		}
		tell := told{template: "extension.opined", to: []ladder.Recipient{ladder.SupervisingLeader}, params: map[string]any{"wanted": p.ext.WantedDate.String()}}
		return s.plead(ctx, tx, p, duty.OpineExtension, in.Text, tell)
	})
}

// GrantExtensionInput names the new date.
type GrantExtensionInput struct {
	DueDate workday.Date `json:"due_date" doc:"The new due date; it need not be the one asked for" example:"2018-01-31"`
	Text    string       `json:"text,omitempty" maxLength:"4000" doc:"Remark to the decision" example:"同意"`
}

// GrantExtension gives more time (批准): the duty gets a new due date as a new revision, with a line in the deadline ledger; the
// original date stays on record.
func (s *Service) GrantExtension(ctx context.Context, id ident.ID, version int, in GrantExtensionInput) (Extension, error) {
	return s.onExtension(ctx, id, version, access.ExtensionGrant, func(ctx context.Context, tx *ent.Tx, p *plea) (Extension, error) {
		status, err := p.apply(duty.GrantExtension, tr.Date.If(!in.DueDate.IsZero()), in.DueDate)
		if err != nil {
			return Extension{}, err
		}
		if err := p.along("extension.grant"); err != nil {
			return Extension{}, err
		}
		err = s.decide(ctx, tx, p, status, func(u *ent.ExtensionUpdate) {
			u.SetGrantedDate(in.DueDate).SetDecision(in.Text).SetDecidedByID(p.actor.ID).SetDecidedAt(s.store.Now())
		})
		if err != nil {
			return Extension{}, err
		}
		return s.redate(ctx, tx, p, in)
	})
}

// redate moves the duty and its clock to the granted date; the event is the duty's.
func (s *Service) redate(ctx context.Context, tx *ent.Tx, p *plea, in GrantExtensionInput) (Extension, error) {
	due := watches.Due{Date: in.DueDate, ByID: p.actor.ID, Reason: p.ext.Reason, ExtensionID: p.ext.ID}
	revision, err := s.watches.Move(ctx, tx, ladder.OnDuty, p.is.ID, due)
	if err != nil {
		return Extension{}, err
	}
	p.will.DueDate, p.will.DueRevision = in.DueDate, revision
	tell := told{template: "extension.granted", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}, more: []ident.ID{p.ext.RequestedByID}}
	if err := s.save(ctx, tx, p.work, "extension."+duty.GrantExtension, in.Text, p.record(), tell); err != nil {
		return Extension{}, err
	}
	return s.showExtension(ctx, p), nil
}

// RefuseExtensionInput says why there is no more time.
type RefuseExtensionInput struct {
	Reason string `json:"reason" maxLength:"4000" doc:"Why not" example:"时限为国务院文件明确，不予延期"`
}

// RefuseExtension refuses more time (不批准); the due date stays.
func (s *Service) RefuseExtension(ctx context.Context, id ident.ID, version int, in RefuseExtensionInput) (Extension, error) {
	return s.onExtension(ctx, id, version, access.ExtensionRefuse, func(ctx context.Context, tx *ent.Tx, p *plea) (Extension, error) {
		status, err := p.apply(duty.RefuseExtension, tr.Reason.If(given(in.Reason)), workday.Date{})
		if err != nil {
			return Extension{}, err
		}
		err = s.decide(ctx, tx, p, status, func(u *ent.ExtensionUpdate) {
			u.SetDecision(in.Reason).SetDecidedByID(p.actor.ID).SetDecidedAt(s.store.Now())
		})
		if err != nil {
			return Extension{}, err
		}
		tell := told{template: "extension.refused", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}, more: []ident.ID{p.ext.RequestedByID}}
		return s.plead(ctx, tx, p, duty.RefuseExtension, in.Reason, tell)
	})
}
