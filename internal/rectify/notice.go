package rectify

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on a notice; the permission of each is "notice.<action>".
const (
	DraftNotice    tr.Action = "draft"     // 拟稿
	EditNotice     tr.Action = "edit"      // 修改
	ServeNotice    tr.Action = "serve"     // 送达: takes its number, the clock runs
	SignNotice     tr.Action = "sign"      // 签收
	ReplyNotice    tr.Action = "reply"     // 回复
	SendBackNotice tr.Action = "send_back" // 退回补办
	CloseNotice    tr.Action = "close"     // 销号
	VoidNotice     tr.Action = "void"      // 作废: a number taken stays used
	ReopenNotice   tr.Action = "reopen"    // 反弹重办
	UrgeNotice     tr.Action = "urge"      // 催办
)

// Actions on a reply; each happens along with one on the notice.
const (
	SubmitReply   tr.Action = "submit"    // 报送
	AcceptReply   tr.Action = "accept"    // 核查通过
	SendBackReply tr.Action = "send_back" // 退回补办
)

// verifier excludes whoever belongs to the unit or wrote the reply (核查与整改分离; Order 733 art. 18).
const verifier = tr.Holder | tr.Replier

// NoticeTable is the life of a rectification notice. The unit signs before it replies, so that the day of receipt is on
// record; a fault that comes back inside the rebound window reopens the notice with a new deadline.
var NoticeTable = tr.New("notice", []NoticeStatus{NoticeClosed, NoticeVoided},
	tr.Row[NoticeStatus]{Action: DraftNotice, From: []NoticeStatus{""}, To: NoticeDraft, MustNot: tr.Holder},
	tr.Row[NoticeStatus]{Action: EditNotice, From: []NoticeStatus{NoticeDraft}, MustNot: tr.Holder},
	tr.Row[NoticeStatus]{Action: ServeNotice, From: []NoticeStatus{NoticeDraft}, To: NoticeServed, MustNot: tr.Holder, Needs: tr.Date, Check: tr.NewDateNotPast},
	tr.Row[NoticeStatus]{Action: SignNotice, From: []NoticeStatus{NoticeServed}, To: NoticeSigned, Must: tr.Holder},
	tr.Row[NoticeStatus]{Action: ReplyNotice, From: []NoticeStatus{NoticeSigned}, To: NoticeReplied, Must: tr.Holder, Needs: tr.Text | tr.Evidence},
	tr.Row[NoticeStatus]{Action: SendBackNotice, From: []NoticeStatus{NoticeReplied}, To: NoticeSigned, MustNot: verifier, Needs: tr.Reason, Check: tr.NewDateNotPast},
	tr.Row[NoticeStatus]{Action: CloseNotice, From: []NoticeStatus{NoticeReplied}, To: NoticeClosed, MustNot: verifier},
	tr.Row[NoticeStatus]{Action: VoidNotice, From: []NoticeStatus{NoticeDraft, NoticeServed, NoticeSigned, NoticeReplied}, To: NoticeVoided,
		MustNot: tr.Holder, Needs: tr.Reason},
	tr.Row[NoticeStatus]{Action: ReopenNotice, From: []NoticeStatus{NoticeClosed}, To: NoticeSigned, MustNot: tr.Holder,
		Needs: tr.Reason | tr.Date, When: insideWindow, Check: tr.NewDateNotPast},
	tr.Row[NoticeStatus]{Action: UrgeNotice, From: []NoticeStatus{NoticeServed, NoticeSigned}, MustNot: tr.Holder},
)

// ReplyTable is the life of one reply; the next reply after a sending back is a new one.
var ReplyTable = tr.New("reply", []ReplyStatus{ReplyAccepted, ReplySentBack},
	tr.Row[ReplyStatus]{Action: SubmitReply, From: []ReplyStatus{""}, To: ReplySubmitted, Must: tr.Holder, Needs: tr.Text | tr.Evidence, Via: "notice.reply"},
	tr.Row[ReplyStatus]{Action: AcceptReply, From: []ReplyStatus{ReplySubmitted}, To: ReplyAccepted, MustNot: verifier, Via: "notice.close"},
	tr.Row[ReplyStatus]{Action: SendBackReply, From: []ReplyStatus{ReplySubmitted}, To: ReplySentBack, MustNot: verifier, Needs: tr.Reason, Via: "notice.send_back"},
)

// insideWindow holds up to and including the last day of the rebound window, counted in natural days from the day after
// close-out. A window of zero days means that the authority never reopens.
func insideWindow(c tr.Circumstances) *fault.Error {
	last := c.Closed.AddDays(c.Window)
	if c.Closed.IsZero() || c.Window <= 0 || c.Today.After(last) {
		return fault.New(fault.Conflict, "notice.rebound_over").With("closed", c.Closed.String()).With("days", c.Window)
	}
	return nil
}
