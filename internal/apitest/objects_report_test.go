package apitest

import (
	"context"

	"github.com/duban-gov/duban/ent"
	entreport "github.com/duban-gov/duban/ent/report"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// report brings a report on an active duty to a state: written by a clerk, submitted by a second head; from the review on, it
// counts as submitted by one who is now an inspector and passed by another one.
func (w *world) report(dutyID ident.ID, kind duty.ReportKind, to duty.ReportStatus) ident.ID {
	w.T.Helper()
	s := w.app.Duties
	r, err := s.SaveReport(w.as("unit_clerk.own"), dutyID, duties.SaveReportInput{Kind: string(kind), Progress: 6000, Narrative: "已完成", Period: "2017-Q1"})
	w.must(err)
	if to == duty.ReportDraft {
		return r.ID
	}
	r, err = s.SubmitReport(w.as("unit_head.own2"), r.ID, r.Version)
	w.must(err)
	switch to {
	case duty.ReportSubmitted:
		return r.ID
	case duty.ReportSentBack:
		_, err = s.SendBackReport(w.as("unit_head.own"), r.ID, r.Version, duties.SendBackReportInput{Reason: "数据不一致"})
		w.must(err)
		return r.ID
	}
	r, err = s.ReviewReport(w.as("unit_head.own"), r.ID, r.Version)
	w.must(err)
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Report.Update().Where(entreport.ID(r.ID)).SetSubmittedByID(w.actor("inspector.was").id).SetReviewerID(w.actor("inspector.reviewed").id).Exec(ctx)
	})
	if to == duty.ReportConfirmed && kind == duty.Progress {
		_, err = s.ConfirmReport(w.as("office.home"), r.ID, r.Version)
		w.must(err)
	}
	return r.ID
}

// fillReports makes both kinds of report in every state, each on a duty of its own.
func (w *world) fillReports() {
	for _, kind := range []duty.ReportKind{duty.Progress, duty.Completion} {
		for _, to := range duty.ReportTable(kind).Statuses() {
			id := w.report(w.duty(duty.Active), kind, to)
			held := []string{"author", "unit_clerk.own"}
			switch to {
			case duty.ReportDraft:
			case duty.ReportSubmitted, duty.ReportSentBack:
				held = append(held, "author", "unit_head.own2")
			default:
				held = append(held, "author", "inspector.was", "reviewer", "inspector.reviewed")
			}
			if kind == duty.Completion && to == duty.ReportConfirmed {
				w.confirmCompletion(id)
			}
			w.add("report", string(kind)+"."+string(to), "reports", id, w.home.University, held...)
		}
	}
}

// confirmCompletion closes the duty of a completion request, which confirms the request.
func (w *world) confirmCompletion(id ident.ID) {
	w.T.Helper()
	r, err := w.app.Duties.Report(w.as("inspector.home"), id)
	w.must(err)
	d, err := w.app.Duties.Get(w.as("inspector.home"), r.DutyID)
	w.must(err)
	_, err = w.app.Duties.Close(w.as("inspector.home"), d.ID, d.Version, duties.CloseDutyInput{CloseReason: "done"})
	w.must(err)
}

// fillExtensions makes requests for more time in every state.
func (w *world) fillExtensions() {
	progress := 5000
	s := w.app.Duties
	for _, to := range duty.ExtensionTable.Statuses() {
		e, err := s.RequestExtension(w.as("unit_clerk.own"), w.duty(duty.Active), duties.RequestExtensionInput{DueDate: workday.MustDate("2017-12-29"),
			Reason: "招标流标", Progress: &progress})
		w.must(err)
		held := []string{"requester", "unit_clerk.own"}
		switch to {
		case duty.ExtensionRequested:
			w.turn(e.ID, "requested_by_id", "office.was")
			held = []string{"requester", "office.was"}
		case duty.ExtensionWithdrawn:
			_, err = s.WithdrawExtension(w.as("unit_clerk.own"), e.ID, e.Version)
		default:
			held = w.opined(e, to)
		}
		w.must(err)
		w.add("extension", string(to), "extensions", e.ID, w.home.University, held...)
	}
}

// opined takes a request over the opinion to the decision. The one that waits was asked for by one leader's earlier self and
// has the opinion of another's.
func (w *world) opined(e duties.Extension, to duty.ExtensionStatus) []string {
	w.T.Helper()
	s := w.app.Duties
	e, err := s.OpineExtension(w.as("office.home"), e.ID, e.Version, duties.OpineExtensionInput{Text: "情况属实"})
	w.must(err)
	switch to {
	case duty.ExtensionOpined:
		w.turn(e.ID, "requested_by_id", "leader.was")
		w.turn(e.ID, "opined_by_id", "leader.advised")
		return []string{"requester", "leader.was", "opiner", "leader.advised"}
	case duty.ExtensionGranted:
		_, err = s.GrantExtension(w.as("leader.home"), e.ID, e.Version, duties.GrantExtensionInput{DueDate: workday.MustDate("2017-12-29")})
	case duty.ExtensionRefused:
		_, err = s.RefuseExtension(w.as("leader.home"), e.ID, e.Version, duties.RefuseExtensionInput{Reason: "不予延期"})
	}
	w.must(err)
	return []string{"requester", "unit_clerk.own", "opiner", "office.home"}
}

// turn writes into the past of an extension who did something.
func (w *world) turn(id ident.ID, column, who string) {
	w.T.Helper()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE extensions SET "+column+" = $1 WHERE id = $2", w.actor(who).id, id)
		return err
	})
}
