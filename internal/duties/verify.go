package duties

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/closeout"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	tr "github.com/duban-gov/duban/internal/transition"
)

// CloseDutyInput says why a duty is struck off.
type CloseDutyInput struct {
	CloseReason string `json:"close_reason" enum:"done,merged,overtaken" doc:"Why the duty is struck off" example:"done"`
	Note        string `json:"note,omitempty" maxLength:"2000" doc:"What was verified and how" example:"现场核查，材料齐全"`
}

// Close strikes a duty off (销号) after verification, by somebody who neither held, reported nor passed it. It is the last step of
// close-out; the completion request at hand is confirmed with it.
func (s *Service) Close(ctx context.Context, id ident.ID, version int, in CloseDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutyClose, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.Close, tr.CloseCode.If(in.CloseReason != "")); err != nil {
			return err
		}
		if !slices.Contains(duty.CloseReason("").Values(), in.CloseReason) {
			return fault.BadField("body.close_reason", "duty.close_reason")
		}
		now := s.store.Now()
		w.will.ClosedAt, w.will.ClosedByID, w.will.CloseReason = now, w.actor.ID, in.CloseReason
		if duty.CloseReason(in.CloseReason) == duty.Done {
			w.will.Progress = graph.Full
		}
		record, err := s.sign(ctx, tx, w, closeout.Closed, in.Note)
		if err != nil {
			return err
		}
		if err := s.settleCompletion(ctx, tx, w, "duty.close", ""); err != nil {
			return err
		}
		tell := told{template: "duty.closed", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}}
		if err := s.save(ctx, tx, w, duty.Close, in.Note, record, tell); err != nil {
			return err
		}
		return s.watches.Stop(ctx, tx, ladder.OnDuty, id)
	})
}

// SendBackDutyInput says what is missing before a duty can be struck off.
type SendBackDutyInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"What is missing" example:"缺少公开目录清单"`
}

// SendBack refuses a completion request (退办) at whichever step of close-out it is: the duty goes on, the request goes back to
// the unit, and the next one begins with the first step.
func (s *Service) SendBack(ctx context.Context, id ident.ID, version int, in SendBackDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutySendBack, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.SendBack, tr.Reason.If(given(in.Reason))); err != nil {
			return err
		}
		record, err := s.sign(ctx, tx, w, closeout.Refused, in.Reason)
		if err != nil {
			return err
		}
		if err := s.settleCompletion(ctx, tx, w, "duty.send_back", in.Reason); err != nil {
			return err
		}
		w.will.CompletionID = ident.ID{}
		tell := told{template: "duty.sent_back", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}}
		if err := s.save(ctx, tx, w, duty.SendBack, in.Reason, record, tell); err != nil {
			return err
		}
		return s.watches.Resume(ctx, tx, ladder.OnDuty, id)
	})
}

// settleCompletion does to the completion request at hand what follows from the verifier's decision.
func (s *Service) settleCompletion(ctx context.Context, tx *ent.Tx, w *work, via, reason string) error {
	r := w.completion
	if r == nil {
		return fmt.Errorf("duty %s is in review without a completion request", w.is.ID)
	}
	status, err := duty.CompletionTable.Along(tr.Facts[duty.ReportStatus]{Status: r.Status, Relations: w.relations(),
		Given: tr.Reason.If(given(reason)), Circumstances: w.circumstances()}, via)
	if err != nil {
		return err
	}
	update := tx.Report.UpdateOneID(r.ID).SetStatus(status).SetSendBackReason(reason).AddVersion(1)
	if status == duty.ReportConfirmed {
		update.SetConfirmedAt(s.store.Now()).SetConfirmedByID(w.actor.ID)
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("settle completion request: %w", err)
	}
	return nil
}

// ReopenDutyInput says why a duty that was struck off is open again.
type ReopenDutyInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why the duty is open again" example:"复查发现问题反弹"`
}

// Reopen takes a close-out back (恢复督办): the duty goes on with its due date, and its clock with it.
func (s *Service) Reopen(ctx context.Context, id ident.ID, version int, in ReopenDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutyReopen, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.Reopen, tr.Reason.If(given(in.Reason))); err != nil {
			return err
		}
		w.will.ClosedAt, w.will.ClosedByID, w.will.CloseReason, w.will.CompletionID = time.Time{}, ident.ID{}, "", ident.ID{}
		tell := told{template: "duty.reopened", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}}
		if err := s.save(ctx, tx, w, duty.Reopen, in.Reason, nil, tell); err != nil {
			return err
		}
		return s.watches.Resume(ctx, tx, ladder.OnDuty, id)
	})
}
