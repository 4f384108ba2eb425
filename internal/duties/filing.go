package duties

import (
	"context"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// file appends the event of a changed report and answers with its view. The event stands in the history of the duty.
func (s *Service) file(ctx context.Context, tx *ent.Tx, f *filing, action tr.Action, reason string, tell told) (Report, error) {
	notes, err := s.note(ctx, tx, f.work, reason, tell)
	if err != nil {
		return Report{}, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: f.is.AuthorityID, Subject: "duty", SubjectID: f.is.ID, PlanID: f.is.PlanID, UnitID: f.is.UnitID, PostID: f.by.ID,
		Action: "report." + string(action), Reason: reason, Tell: notes,
		After: f.record()})
	if err != nil {
		return Report{}, err
	}
	return s.showReport(ctx, f), nil
}

// record is what the history keeps of a report.
func (f *filing) record() map[string]any {
	return map[string]any{"report_id": f.report.ID, "report_kind": f.kind, "report_status": f.report.Status,
		"report_progress": f.report.Progress, "report_period": f.report.Period}
}

// SubmitReport sends a draft to the unit's own review (报送). A completion request has to meet the completion contract: what is
// missing is refused, all of it at once (conflict "contract.incomplete" with a field for each gap).
func (s *Service) SubmitReport(ctx context.Context, id ident.ID, version int) (Report, error) {
	return s.onReport(ctx, id, version, access.ReportSubmit, func(ctx context.Context, tx *ent.Tx, f *filing) (Report, error) {
		said, missing, err := s.said(ctx, tx, f)
		if err != nil {
			return Report{}, err
		}
		status, err := f.apply(duty.SubmitReport, tr.Text.If(said))
		if err != nil {
			return Report{}, err
		}
		lacking, err := s.lacks(ctx, tx, f)
		if err != nil {
			return Report{}, err
		}
		if missing = append(missing, lacking...); len(missing) > 0 {
			return Report{}, fault.BadFields(missing...)
		}
		day, err := s.handIn(ctx, tx, f)
		if err != nil {
			return Report{}, err
		}
		if err := s.fulfilled(ctx, tx, f); err != nil {
			return Report{}, err
		}
		tell := told{template: "report.submitted", to: []ladder.Recipient{ladder.UnitHead}}
		err = s.set(ctx, tx, f, func(u *ent.ReportUpdate) {
			u.SetStatus(status).SetSubmittedByID(f.actor.ID).SetSubmittedAt(s.store.Now()).SetHandedInOn(day).SetSendBackReason("")
		})
		if err != nil {
			return Report{}, err
		}
		return s.file(ctx, tx, f, duty.SubmitReport, "", tell)
	})
}

// WithdrawReport takes a submitted report back before it is reviewed (撤回).
func (s *Service) WithdrawReport(ctx context.Context, id ident.ID, version int) (Report, error) {
	return s.onReport(ctx, id, version, access.ReportWithdraw, func(ctx context.Context, tx *ent.Tx, f *filing) (Report, error) {
		status, err := f.apply(duty.WithdrawReport, 0)
		if err != nil {
			return Report{}, err
		}
		if err := s.takeBack(ctx, tx, f); err != nil {
			return Report{}, err
		}
		err = s.set(ctx, tx, f, func(u *ent.ReportUpdate) {
			u.SetStatus(status).SetSubmittedByID(ident.ID{}).ClearSubmittedAt().SetHandedInOn(workday.Date{})
		})
		if err != nil {
			return Report{}, err
		}
		return s.file(ctx, tx, f, duty.WithdrawReport, "", told{})
	})
}

// ReviewReport passes a report inside the unit (单位审核). A completion request that passes puts the duty up for verification.
func (s *Service) ReviewReport(ctx context.Context, id ident.ID, version int) (Report, error) {
	return s.onReport(ctx, id, version, access.ReportReview, func(ctx context.Context, tx *ent.Tx, f *filing) (Report, error) {
		status, err := f.apply(duty.ReviewReport, 0)
		if err != nil {
			return Report{}, err
		}
		if err := s.fulfilled(ctx, tx, f); err != nil { // what held when it was submitted may have expired
			return Report{}, err
		}
		err = s.set(ctx, tx, f, func(u *ent.ReportUpdate) {
			u.SetStatus(status).SetReviewerID(f.actor.ID).SetReviewedAt(s.store.Now())
		})
		if err != nil {
			return Report{}, err
		}
		if f.kind == duty.Completion {
			return s.requestCompletion(ctx, tx, f)
		}
		tell := told{template: "report.reviewed", to: []ladder.Recipient{ladder.Office}}
		return s.file(ctx, tx, f, duty.ReviewReport, "", tell)
	})
}

// requestCompletion moves the duty along with the request that passed; the event is the duty's.
func (s *Service) requestCompletion(ctx context.Context, tx *ent.Tx, f *filing) (Report, error) {
	author := *f.report
	author.ReviewerID = ident.ID{} // the one who passes it now is its reviewer only from now on
	f.completion = &author
	if err := f.along("report.review"); err != nil {
		return Report{}, err
	}
	f.will.CompletionID = f.report.ID
	if err := s.begin(ctx, tx, f.work, f.report.ID); err != nil {
		return Report{}, err
	}
	record := f.record()
	record["close_out"] = f.run.rule
	tell := told{template: "duty.completion_requested", to: tellStep(f.run)}
	if err := s.save(ctx, tx, f.work, duty.RequestCompletion, "", record, tell); err != nil {
		return Report{}, err
	}
	return s.showReport(ctx, f), s.watches.Pause(ctx, tx, ladder.OnDuty, f.is.ID)
}

// ConfirmReport accepts a progress report for the office (督查室确认): its progress becomes the duty's and rolls up to the plan.
func (s *Service) ConfirmReport(ctx context.Context, id ident.ID, version int) (Report, error) {
	return s.onReport(ctx, id, version, access.ReportConfirm, func(ctx context.Context, tx *ent.Tx, f *filing) (Report, error) {
		status, err := f.apply(duty.ConfirmReport, 0)
		if err != nil {
			return Report{}, err
		}
		now := s.store.Now()
		if err := s.confirmFigures(ctx, tx, f); err != nil {
			return Report{}, err
		}
		latest, err := s.speaksLast(ctx, tx, f.report)
		if err != nil {
			return Report{}, err
		}
		if latest {
			f.will.Progress, f.will.ReportedAt = f.report.Progress, now
		}
		err = s.set(ctx, tx, f, func(u *ent.ReportUpdate) {
			u.SetStatus(status).SetConfirmedByID(f.actor.ID).SetConfirmedAt(now)
		})
		if err != nil {
			return Report{}, err
		}
		tell := told{template: "report.confirmed", to: []ladder.Recipient{ladder.Owner}}
		if err := s.save(ctx, tx, f.work, "report."+duty.ConfirmReport, "", f.record(), tell); err != nil {
			return Report{}, err
		}
		return s.showReport(ctx, f), s.watches.Progress(ctx, tx, ladder.OnDuty, f.is.ID, f.will.Progress)
	})
}

// SendBackReportInput says what is wrong with a report.
type SendBackReportInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"What is wrong with it" example:"数据与附件不一致"`
}

// SendBackReport refuses a report with a reason (退办): the unit head one that was submitted, the office one that was reviewed.
func (s *Service) SendBackReport(ctx context.Context, id ident.ID, version int, in SendBackReportInput) (Report, error) {
	return s.onReport(ctx, id, version, access.ReportSendBack, func(ctx context.Context, tx *ent.Tx, f *filing) (Report, error) {
		status, err := f.apply(duty.SendBackReport, tr.Reason.If(given(in.Reason)))
		if err != nil {
			return Report{}, err
		}
		tell := told{template: "report.sent_back", to: []ladder.Recipient{ladder.Owner}, more: []ident.ID{f.report.AuthorID}}
		err = s.set(ctx, tx, f, func(u *ent.ReportUpdate) {
			u.SetStatus(status).SetSendBackReason(in.Reason)
		})
		if err != nil {
			return Report{}, err
		}
		return s.file(ctx, tx, f, duty.SendBackReport, in.Reason, tell)
	})
}
