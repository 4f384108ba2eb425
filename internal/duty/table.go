package duty

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on a duty; the permission of each is "duty.<action>".
const (
	Assign            tr.Action = "assign"             // 交办
	Accept            tr.Action = "accept"             // 签收
	Return            tr.Action = "return"             // 退回
	Insist            tr.Action = "insist"             // 维持交办: sent back to be signed for
	Reassign          tr.Action = "reassign"           // 改派
	Report            tr.Action = "report"             // 填报进展
	Extend            tr.Action = "extend"             // 申请延期; asks for the permission "extension.request"
	RequestCompletion tr.Action = "request_completion" // 申请办结
	Redate            tr.Action = "redate"             // 调整时限
	SendBack          tr.Action = "send_back"          // 退办
	Pass              tr.Action = "pass"               // 审签: an earlier step of close-out
	Close             tr.Action = "close"              // 销号: the last step of close-out
	Cancel            tr.Action = "cancel"             // 撤销
	Reopen            tr.Action = "reopen"             // 恢复督办
	Urge              tr.Action = "urge"               // 催办
	Instruct          tr.Action = "instruct"           // 批示
)

// CloseReason is why a duty was struck off (销号理由).
type CloseReason string

const (
	Done      CloseReason = "done"      // 办结
	Merged    CloseReason = "merged"    // 并入其他事项
	Overtaken CloseReason = "overtaken" // 情况变化，不再办理
)

// Values lists the reasons; ent reads it.
func (CloseReason) Values() []string {
	return []string{string(Done), string(Merged), string(Overtaken)}
}

// Open reports whether the duty still waits for something: it is neither struck off nor cancelled.
func (s Status) Open() bool { return !Table.Final(s) }

// verifier excludes whoever did the work, reported it or passed it inside the unit (填报、审核、核查三分离).
const verifier = tr.Holder | tr.Author | tr.Reviewer

// Table is the life of a duty.
var Table = tr.New("duty", []Status{Closed, Cancelled},
	tr.Row[Status]{Action: Assign, From: []Status{""}, To: Assigned},
	tr.Row[Status]{Action: Accept, From: []Status{Assigned}, To: Active, Must: tr.Holder},
	tr.Row[Status]{Action: Return, From: []Status{Assigned}, To: Returned, Must: tr.Holder, Needs: tr.Reason},
	tr.Row[Status]{Action: Insist, From: []Status{Returned}, To: Assigned, MustNot: tr.Holder, Needs: tr.Reason},
	tr.Row[Status]{Action: Reassign, From: []Status{Assigned, Returned, Active}, To: Assigned, MustNot: tr.Holder, Needs: tr.Reason | tr.TargetUnit},
	tr.Row[Status]{Action: Report, From: []Status{Active}, Must: tr.Holder},
	tr.Row[Status]{Action: Extend, From: []Status{Active}, Must: tr.Holder, When: notAfterDue, Permission: "extension.request"},
	tr.Row[Status]{Action: RequestCompletion, From: []Status{Active}, To: Review, Must: tr.Holder, MustNot: tr.Author, Via: "report.review"},
	tr.Row[Status]{Action: Redate, From: []Status{Active, Review}, MustNot: tr.Holder, Via: "extension.grant"},
	tr.Row[Status]{Action: SendBack, From: []Status{Review}, To: Active, Must: tr.Signer, MustNot: verifier, Needs: tr.Reason, When: otherSigner},
	tr.Row[Status]{Action: Pass, From: []Status{Review}, Must: tr.Signer, MustNot: verifier, When: earlierStep},
	tr.Row[Status]{Action: Close, From: []Status{Review}, To: Closed, Must: tr.Signer, MustNot: verifier, Needs: tr.CloseCode, When: lastStep},
	tr.Row[Status]{Action: Cancel, From: []Status{Assigned, Returned, Active, Review}, To: Cancelled, MustNot: tr.Holder, Needs: tr.Reason},
	tr.Row[Status]{Action: Reopen, From: []Status{Closed}, To: Active, MustNot: tr.Holder, Needs: tr.Reason},
	tr.Row[Status]{Action: Urge, From: []Status{Assigned, Active}, MustNot: tr.Holder},
	tr.Row[Status]{Action: Instruct, From: []Status{Assigned, Returned, Active, Review, Closed}, Needs: tr.Text},
)

// otherSigner holds unless the step of close-out at hand wants somebody who signed no earlier one, and the actor did.
func otherSigner(c tr.Circumstances) *fault.Error {
	if c.Again {
		return fault.New(fault.Conflict, "separation.signer")
	}
	return nil
}

// earlierStep holds when the step at hand is not the last.
func earlierStep(c tr.Circumstances) *fault.Error {
	if c.Last {
		return fault.New(fault.Conflict, "duty.last_step")
	}
	return otherSigner(c)
}

// lastStep holds when the step at hand is the last.
func lastStep(c tr.Circumstances) *fault.Error {
	if c.Later > 0 {
		return fault.New(fault.Conflict, "duty.steps_left").With("n", c.Later)
	}
	return otherSigner(c)
}
