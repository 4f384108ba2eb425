package duty

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on a report; the permission of each is "report.<action>".
const (
	SaveReport     tr.Action = "save"      // 保存
	SubmitReport   tr.Action = "submit"    // 报送
	WithdrawReport tr.Action = "withdraw"  // 撤回
	ReviewReport   tr.Action = "review"    // 单位审核
	ConfirmReport  tr.Action = "confirm"   // 督查室确认
	SendBackReport tr.Action = "send_back" // 退办
	CorrectReport  tr.Action = "correct"   // 更正: begins a new version of a confirmed report
)

// written are the rows that both kinds of report share: inside the unit nobody passes or refuses what they wrote.
var written = []tr.Row[ReportStatus]{
	{Action: SaveReport, From: []ReportStatus{""}, To: ReportDraft, Must: tr.Holder, When: dutyOpen},
	{Action: SaveReport, From: []ReportStatus{ReportDraft, ReportSentBack}, Must: tr.Holder | tr.Author, When: dutyOpen},
	{Action: SubmitReport, From: []ReportStatus{"", ReportDraft, ReportSentBack}, To: ReportSubmitted, Must: tr.Holder, Needs: tr.Text, When: dutyOpen},
	{Action: WithdrawReport, From: []ReportStatus{ReportSubmitted}, To: ReportDraft, Must: tr.Holder | tr.Author, When: dutyOpen},
	{Action: ReviewReport, From: []ReportStatus{ReportSubmitted}, To: ReportReviewed, Must: tr.Holder, MustNot: tr.Author, When: dutyOpen},
	{Action: SendBackReport, From: []ReportStatus{ReportSubmitted}, To: ReportSentBack, Must: tr.Holder, MustNot: tr.Author, Needs: tr.Reason, When: dutyOpen},
}

// ProgressTable is the life of a progress report (进展报告): written, reviewed in the unit, confirmed by the office.
// What was confirmed stays; a correction is a report of its own that goes the same way and replaces it when it is confirmed.
var ProgressTable = reportTable("", "", tr.Row[ReportStatus]{Action: CorrectReport, From: []ReportStatus{ReportConfirmed}, Must: tr.Holder,
	Needs: tr.Reason, When: dutyOpen})

// CompletionTable is the life of a completion request (办结申请): its last step is the duty's close-out or sending back.
var CompletionTable = reportTable("duty.close", "duty.send_back")

func reportTable(confirmVia, sendBackVia string, more ...tr.Row[ReportStatus]) *tr.Table[ReportStatus] {
	rows := append([]tr.Row[ReportStatus]{}, written...)
	rows = append(rows,
		tr.Row[ReportStatus]{Action: ConfirmReport, From: []ReportStatus{ReportReviewed}, To: ReportConfirmed, MustNot: verifier,
			When: dutyOpen, Via: confirmVia},
		tr.Row[ReportStatus]{Action: SendBackReport, From: []ReportStatus{ReportReviewed}, To: ReportSentBack, MustNot: verifier,
			Needs: tr.Reason, When: dutyOpen, Via: sendBackVia},
	)
	rows = append(rows, more...)
	return tr.New("report", []ReportStatus{ReportConfirmed}, rows...)
}

// ReportTable is the table for a kind of report.
func ReportTable(kind ReportKind) *tr.Table[ReportStatus] {
	if kind == Completion {
		return CompletionTable
	}
	return ProgressTable
}

// dutyOpen holds while the duty is open (Circumstances.Ended is false): the reports and extensions of a duty that was struck
// off or cancelled stay as they are.
func dutyOpen(c tr.Circumstances) *fault.Error {
	if c.Ended {
		return fault.New(fault.Conflict, "duty.ended")
	}
	return nil
}
