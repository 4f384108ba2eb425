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

	PlanNotice       tr.Action = "plan"        // 报整改方案
	AcceptPlanNotice tr.Action = "accept_plan" // 认可方案
	ReturnPlanNotice tr.Action = "return_plan" // 退回方案
	CheckNotice      tr.Action = "check"       // 现场核查
	FailNotice       tr.Action = "fail"        // 认定整改不力: a second notice takes its findings over
	AnnulNotice      tr.Action = "annul"       // 复核撤销
	ReviseNotice     tr.Action = "revise"      // 复核变更
)

// What stands in the way of single actions on a notice.
const (
	PlanMissing   tr.Hold = 1 << iota // a plan is wanted and none was accepted
	PlanWaits                         // a plan waits to be judged
	NoPlanWaits                       // none does
	SiteUnchecked                     // a check on the spot is wanted for the reply at hand, and none was made
	NotOverdue                        // the deadline has not passed
)

// Actions on a reply; each happens along with one on the notice.
const (
	SubmitReply   tr.Action = "submit"    // 报送
	AcceptReply   tr.Action = "accept"    // 核查通过
	SendBackReply tr.Action = "send_back" // 退回补办
	RejectReply   tr.Action = "reject"    // 认定整改不力

	OfferReply   tr.Action = "offer"   // 报送方案
	ApproveReply tr.Action = "approve" // 认可方案
	ReturnReply  tr.Action = "return"  // 退回方案
)

// verifier excludes whoever belongs to the unit or wrote the reply (核查与整改分离; Order 733 art. 18).
const verifier = tr.Holder | tr.Replier

// NoticeTable is the life of a rectification notice. The unit signs before it replies, so that the day of receipt is on
// record; a fault that comes back inside the rebound window reopens the notice with a new deadline.
var NoticeTable = tr.New("notice", []NoticeStatus{NoticeClosed, NoticeFailed, NoticeVoided},
	tr.Row[NoticeStatus]{Action: DraftNotice, From: []NoticeStatus{""}, To: NoticeDraft, MustNot: tr.Holder},
	tr.Row[NoticeStatus]{Action: EditNotice, From: []NoticeStatus{NoticeDraft}, MustNot: tr.Holder},
	tr.Row[NoticeStatus]{Action: ServeNotice, From: []NoticeStatus{NoticeDraft}, To: NoticeServed, MustNot: tr.Holder, Needs: tr.Date, Check: tr.NewDateNotPast},
	tr.Row[NoticeStatus]{Action: SignNotice, From: []NoticeStatus{NoticeServed}, To: NoticeSigned, Must: tr.Holder},
	tr.Row[NoticeStatus]{Action: PlanNotice, From: []NoticeStatus{NoticeSigned}, Must: tr.Holder, Needs: tr.Text, When: tr.Unless(PlanWaits, "notice.plan_waits")},
	tr.Row[NoticeStatus]{Action: AcceptPlanNotice, From: []NoticeStatus{NoticeSigned}, MustNot: verifier, When: tr.Unless(NoPlanWaits, "notice.no_plan")},
	tr.Row[NoticeStatus]{Action: ReturnPlanNotice, From: []NoticeStatus{NoticeSigned}, MustNot: verifier, Needs: tr.Reason,
		When: tr.Unless(NoPlanWaits, "notice.no_plan")},
	tr.Row[NoticeStatus]{Action: ReplyNotice, From: []NoticeStatus{NoticeSigned}, To: NoticeReplied, Must: tr.Holder, Needs: tr.Text | tr.Evidence,
		When: tr.Unless(PlanMissing, "notice.plan_first")},
	tr.Row[NoticeStatus]{Action: CheckNotice, From: []NoticeStatus{NoticeReplied}, MustNot: verifier, Needs: tr.Text},
	tr.Row[NoticeStatus]{Action: SendBackNotice, From: []NoticeStatus{NoticeReplied}, To: NoticeSigned, MustNot: verifier, Needs: tr.Reason, Check: tr.NewDateNotPast},
	tr.Row[NoticeStatus]{Action: CloseNotice, From: []NoticeStatus{NoticeReplied}, To: NoticeClosed, MustNot: verifier,
		When: tr.Unless(SiteUnchecked, "notice.site_check_first")},
	tr.Row[NoticeStatus]{Action: FailNotice, From: []NoticeStatus{NoticeServed, NoticeSigned}, To: NoticeFailed, MustNot: verifier, Needs: tr.Reason,
		When: tr.Unless(NotOverdue, "notice.not_overdue")},
	tr.Row[NoticeStatus]{Action: FailNotice, From: []NoticeStatus{NoticeReplied}, To: NoticeFailed, MustNot: verifier, Needs: tr.Reason},
	tr.Row[NoticeStatus]{Action: VoidNotice, From: []NoticeStatus{NoticeDraft, NoticeServed, NoticeSigned, NoticeReplied}, To: NoticeVoided,
		MustNot: tr.Holder, Needs: tr.Reason},
	tr.Row[NoticeStatus]{Action: ReopenNotice, From: []NoticeStatus{NoticeClosed}, To: NoticeSigned, MustNot: tr.Holder,
		Needs: tr.Reason | tr.Date, When: insideWindow, Check: tr.NewDateNotPast},
	tr.Row[NoticeStatus]{Action: AnnulNotice, From: []NoticeStatus{NoticeSigned, NoticeReplied}, To: NoticeVoided, MustNot: tr.Participant | tr.Holder,
		Via: "objection.revoke"},
	tr.Row[NoticeStatus]{Action: ReviseNotice, From: []NoticeStatus{NoticeSigned, NoticeReplied}, MustNot: tr.Participant | tr.Holder,
		Check: tr.NewDateNotPast, Via: "objection.change"},
	tr.Row[NoticeStatus]{Action: UrgeNotice, From: []NoticeStatus{NoticeServed, NoticeSigned}, MustNot: tr.Holder},
)

// ReplyTable is the life of one reply, a plan (整改方案) or a report (整改报告); the next after a sending back is a new one.
var ReplyTable = tr.New("reply", []ReplyStatus{ReplyAccepted, ReplySentBack},
	tr.Row[ReplyStatus]{Action: SubmitReply, From: []ReplyStatus{""}, To: ReplySubmitted, Must: tr.Holder, Needs: tr.Text | tr.Evidence, Via: "notice.reply"},
	tr.Row[ReplyStatus]{Action: AcceptReply, From: []ReplyStatus{ReplySubmitted}, To: ReplyAccepted, MustNot: verifier, Via: "notice.close"},
	tr.Row[ReplyStatus]{Action: SendBackReply, From: []ReplyStatus{ReplySubmitted}, To: ReplySentBack, MustNot: verifier, Needs: tr.Reason, Via: "notice.send_back"},
	tr.Row[ReplyStatus]{Action: RejectReply, From: []ReplyStatus{ReplySubmitted}, To: ReplySentBack, MustNot: verifier, Needs: tr.Reason, Via: "notice.fail"},
	tr.Row[ReplyStatus]{Action: OfferReply, From: []ReplyStatus{""}, To: ReplySubmitted, Must: tr.Holder, Needs: tr.Text, Via: "notice.plan"},
	tr.Row[ReplyStatus]{Action: ApproveReply, From: []ReplyStatus{ReplySubmitted}, To: ReplyAccepted, MustNot: verifier, Via: "notice.accept_plan"},
	tr.Row[ReplyStatus]{Action: ReturnReply, From: []ReplyStatus{ReplySubmitted}, To: ReplySentBack, MustNot: verifier, Needs: tr.Reason, Via: "notice.return_plan"},
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
