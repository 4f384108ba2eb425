package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entextension "github.com/duban-gov/duban/ent/extension"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// RequestExtensionInput asks for more time.
type RequestExtensionInput struct {
	DueDate  workday.Date `json:"due_date" doc:"The date asked for" example:"2018-01-31"`
	Reason   string       `json:"reason" maxLength:"4000" doc:"Why the date cannot be kept" example:"系统招标流标，需重新组织"`
	Progress *int         `json:"progress" minimum:"0" maximum:"10000" doc:"Where the work stands, in basis points" example:"6000"`
}

// plea is one extension in the hands of a use case, with its duty.
type plea struct {
	*work
	ext *ent.Extension // nil for one that is not there yet
}

func (p *plea) relations() tr.Relation {
	held := tr.Holder.If(p.actor.InUnit(p.is.UnitID))
	if p.ext != nil {
		held |= tr.Requester.If(is(p.actor.ID, p.ext.RequestedByID)) | tr.Opiner.If(is(p.actor.ID, p.ext.OpinedByID))
	}
	return held
}

func (p *plea) apply(action tr.Action, given tr.Need, date workday.Date) (duty.ExtensionStatus, error) {
	c := p.circumstances()
	c.New = date
	var status duty.ExtensionStatus
	if p.ext != nil {
		status = p.ext.Status
	}
	return duty.ExtensionTable.Apply(tr.Facts[duty.ExtensionStatus]{Status: status, Relations: p.relations(), Given: given, Circumstances: c}, action)
}

// RequestExtension asks for more time (申请延期), up to and including the due date. One request waits at a time.
func (s *Service) RequestExtension(ctx context.Context, dutyID ident.ID, in RequestExtensionInput) (Extension, error) {
	reach, err := s.gate.May(ctx, access.ExtensionRequest)
	if err != nil {
		return Extension{}, err
	}
	if err := s.watches.TimeHolds(); err != nil {
		return Extension{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Extension, error) {
		w, err := s.take(ctx, tx, dutyID, 0, access.ExtensionRequest, reach)
		if err != nil {
			return Extension{}, err
		}
		p := &plea{work: w}
		if err := w.apply(duty.Extend, 0); err != nil {
			return Extension{}, err
		}
		needs := tr.Reason.If(given(in.Reason)) | tr.Date.If(!in.DueDate.IsZero()) | tr.Progress.If(in.Progress != nil)
		status, err := p.apply(duty.RequestExtension, needs, in.DueDate)
		if err != nil {
			return Extension{}, err
		}
		if err := s.noneWaiting(ctx, tx, dutyID); err != nil {
			return Extension{}, err
		}
		p.ext, err = tx.Extension.Create().SetID(s.store.NewID()).SetAuthorityID(w.is.AuthorityID).SetDutyID(dutyID).SetStatus(status).
			SetFromDate(w.is.DueDate).SetWantedDate(in.DueDate).SetReason(in.Reason).SetProgress(*in.Progress).
			SetRequestedByID(w.actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return Extension{}, fmt.Errorf("create extension: %w", err)
		}
		tell := told{template: "extension.requested", to: []ladder.Recipient{ladder.Office}, params: map[string]any{"wanted": in.DueDate.String()}}
		return s.plead(ctx, tx, p, duty.RequestExtension, in.Reason, tell)
	})
}

func (s *Service) noneWaiting(ctx context.Context, tx *ent.Tx, dutyID ident.ID) error {
	waits, err := tx.Extension.Query().Where(entextension.DutyID(dutyID),
		entextension.StatusIn(duty.ExtensionRequested, duty.ExtensionOpined)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for waiting extension: %w", err)
	}
	if waits {
		return fault.New(fault.Conflict, "extension.waiting")
	}
	return nil
}

// plead appends the event of a changed extension, in the history of its duty, and answers with its view.
func (s *Service) plead(ctx context.Context, tx *ent.Tx, p *plea, action tr.Action, reason string, tell told) (Extension, error) {
	notes, err := s.note(ctx, tx, p.work, reason, tell)
	if err != nil {
		return Extension{}, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: p.is.AuthorityID, Subject: "duty", SubjectID: p.is.ID, PlanID: p.is.PlanID, UnitID: p.is.UnitID, PostID: p.by.ID,
		Action: "extension." + string(action), Reason: reason, After: p.record(), Tell: notes})
	if err != nil {
		return Extension{}, err
	}
	return s.showExtension(ctx, p), nil
}

// record is what the history keeps of an extension.
func (p *plea) record() map[string]any {
	kept := map[string]any{"extension_id": p.ext.ID, "extension_status": p.ext.Status, "wanted_date": p.ext.WantedDate}
	if !p.ext.GrantedDate.IsZero() {
		kept["granted_date"] = p.ext.GrantedDate
	}
	return kept
}

// onExtension is the course of every change of an extension that exists.
func (s *Service) onExtension(ctx context.Context, id ident.ID, version int, permission access.Permission, do func(ctx context.Context, tx *ent.Tx, p *plea) (Extension, error)) (Extension, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return Extension{}, err
	}
	if err := versioned(version); err != nil {
		return Extension{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Extension, error) {
		row, err := tx.Extension.Get(ctx, id)
		if ent.IsNotFound(err) {
			return Extension{}, fault.Missing("extension")
		}
		if err != nil {
			return Extension{}, fmt.Errorf("load extension: %w", err)
		}
		w, err := s.take(ctx, tx, row.DutyID, 0, permission, reach)
		if fault.KindOf(err) == fault.NotFound {
			return Extension{}, fault.Missing("extension")
		}
		if err != nil {
			return Extension{}, err
		}
		if row.Version != version {
			return Extension{}, stale
		}
		return do(ctx, tx, &plea{work: w, ext: row})
	})
}

// decide writes a changed extension by its version.
func (s *Service) decide(ctx context.Context, tx *ent.Tx, p *plea, status duty.ExtensionStatus, with func(*ent.ExtensionUpdate)) error {
	update := tx.Extension.Update().Where(entextension.ID(p.ext.ID), entextension.Version(p.ext.Version)).SetStatus(status).AddVersion(1)
	if with != nil {
		with(update)
	}
	n, err := update.Save(ctx)
	if err != nil {
		return fmt.Errorf("update extension: %w", err)
	}
	if n == 0 {
		return stale
	}
	if p.ext, err = tx.Extension.Get(ctx, p.ext.ID); err != nil {
		return fmt.Errorf("read extension: %w", err)
	}
	return nil
}
