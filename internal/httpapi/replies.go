package httpapi

import (
	"net/http"

	"github.com/duban-gov/duban/internal/access"
)

// registerReplies adds the unit's reply to a notice and its verification.
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
}
