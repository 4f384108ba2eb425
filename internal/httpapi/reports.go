package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
)

// onDuty is the input that adds something to a duty.
type onDuty[T any] struct {
	ID   ident.ID `path:"id" doc:"Id of the duty"`
	Body T
}

func reportVersion(r duties.Report) int { return r.Version }

func reportOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: path, Tag: "reports", Permission: permission, Summary: summary, Description: description}
}

// registerReports adds progress reports and completion requests.
func (a *API) registerReports() {
	route(a, reportOp("list-reports", http.MethodGet, "/duties/{id}/reports", access.ReportRead, "List the reports on a duty",
		"Oldest first; drafts exist for the unit only."),
		func(ctx context.Context, in *historyInput) (*plain[duties.ReportPage], error) {
			page, err := a.Duties.Reports(ctx, in.ID, in.After, in.Limit)
			return &plain[duties.ReportPage]{page}, err
		})
	save := reportOp("create-report", http.MethodPost, "/duties/{id}/reports", access.ReportSave, "Begin a report",
		"A draft of a progress report (进展报告) or, with the kind completion, of a completion request (办结申请).")
	save.Status, save.Creates = http.StatusCreated, true
	route(a, save, func(ctx context.Context, in *onDuty[duties.SaveReportInput]) (*one[duties.Report], error) {
		made, err := a.Duties.SaveReport(ctx, in.ID, in.Body)
		return reply(made, made.Version), err
	})
	route(a, reportOp("get-report", http.MethodGet, "/reports/{id}", access.ReportRead, "Get a report", "One report with what the caller may do with it."),
		func(ctx context.Context, in *byID) (*one[duties.Report], error) {
			found, err := a.Duties.Report(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, reportOp("update-report", http.MethodPut, "/reports/{id}", access.ReportSave, "Change a draft",
		"Replaces what a draft, or a report that was sent back, says. Only its author may."), a.Duties.EditReport, reportVersion)
	actOn(a, reportOp("submit-report", http.MethodPost, "/reports/{id}/submit", access.ReportSubmit, "Submit a report",
		"报送: to the unit head, who reviews it."), a.Duties.SubmitReport, reportVersion)
	actOn(a, reportOp("withdraw-report", http.MethodPost, "/reports/{id}/withdraw", access.ReportWithdraw, "Take a report back",
		"撤回: before it is reviewed, by its author."), a.Duties.WithdrawReport, reportVersion)
	actOn(a, reportOp("review-report", http.MethodPost, "/reports/{id}/review", access.ReportReview, "Pass a report inside the unit",
		"单位审核: by somebody of the unit who did not write it. A completion request puts the duty up for verification."), a.Duties.ReviewReport, reportVersion)
	actOn(a, reportOp("confirm-report", http.MethodPost, "/reports/{id}/confirm", access.ReportConfirm, "Confirm a progress report",
		"督查室确认: its progress becomes the duty's and rolls up to task and plan. A completion request is confirmed by closing the duty."), a.Duties.ConfirmReport, reportVersion)
	change(a, reportOp("send-back-report", http.MethodPost, "/reports/{id}/send-back", access.ReportSendBack, "Send a report back",
		"退办: by the unit head one that was submitted, by the office one that was reviewed, with a reason."), a.Duties.SendBackReport, reportVersion)
	correct := reportOp("correct-report", http.MethodPost, "/reports/{id}/correct", access.ReportCorrect, "Correct a confirmed report",
		"更正: begins a new version as a draft with what the confirmed one says. It goes the same way past the same reviewers; when it is confirmed, progress and figures move by the difference. The old version stays readable.")
	correct.Status, correct.Creates = http.StatusCreated, true
	change(a, correct, a.Duties.CorrectReport, reportVersion)
}
