package httpapi

import (
	"net/http"

	"github.com/duban-gov/duban/internal/access"
)

// registerReplies adds the unit's two answers to a notice, plan and report, and their verification.
func (a *API) registerReplies() {
	send := noticeOp("reply-notice", http.MethodPost, "/{id}/reply", access.NoticeReply, "Reply to a notice",
		"The unit says what was done and what it led to. Evidence is added before, with the subject reply and the notice's reply_id.")
	send.Creates = true
	change(a, send, a.Notices.Reply, noticeVersion)
	change(a, noticeOp("send-back-notice", http.MethodPost, "/{id}/send-back", access.NoticeSendBack, "Send a reply back",
		"The verification found the reply wanting; the unit replies again, maybe by a new deadline, which goes into the ledger. Never by the unit or by whoever replied."),
		a.Notices.SendBack, noticeVersion)
	change(a, noticeOp("close-notice", http.MethodPost, "/{id}/close", access.NoticeClose, "Verify and close a notice",
		"The verification accepts the reply: the notice and its findings are closed. Never by the unit or by whoever replied."),
		a.Notices.Close, noticeVersion)
	a.registerNoticePlans()
	check := noticeOp("check-notice", http.MethodPost, "/{id}/check", access.NoticeCheck, "Record a check on the spot",
		"What was seen on the spot of what the reply at hand claims (Order 733 art. 18). Where the rules want one, only a check that conforms lets the notice be closed. Photographs follow with the subject site_check.")
	check.Creates = true
	change(a, check, a.Notices.Check, noticeVersion)
	fail := noticeOp("fail-notice", http.MethodPost, "/{id}/fail", access.NoticeFail, "Declare a rectification failed",
		"When a reply does not convince, or once the deadline has passed. Drafts the second notice, which takes the findings over and names the first; the field next of the answer names it.")
	fail.Creates = true
	change(a, fail, a.Notices.Fail, noticeVersion)
}

// registerNoticePlans adds the rectification plan.
func (a *API) registerNoticePlans() {
	plan := noticeOp("plan-notice", http.MethodPost, "/{id}/plan", access.NoticePlan, "Hand in a rectification plan",
		"The unit says what will be done, by whom and by when. Evidence is added before, with the subject reply and the notice's plan_id.")
	plan.Creates = true
	change(a, plan, a.Notices.Plan, noticeVersion)
	change(a, noticeOp("accept-plan-notice", http.MethodPost, "/{id}/accept-plan", access.NoticeAcceptPlan, "Accept a rectification plan",
		"The report follows. Never by the unit or by whoever wrote the plan."), a.Notices.AcceptPlan, noticeVersion)
	change(a, noticeOp("return-plan-notice", http.MethodPost, "/{id}/return-plan", access.NoticeReturnPlan, "Return a rectification plan",
		"The unit hands in a new one. Never by the unit or by whoever wrote the plan."), a.Notices.ReturnPlan, noticeVersion)
}
