package rectify

import (
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on a finding; the permission of each is "finding.<action>".
const (
	RecordFinding  tr.Action = "record"  // 记录
	OrderFinding   tr.Action = "order"   // 责令整改: its notice was served
	ReleaseFinding tr.Action = "release" // 解除: its notice was voided, so it waits for another
	PassOnFinding  tr.Action = "pass_on" // 转入再次通知: its notice failed, so a second one takes it over
	DismissFinding tr.Action = "dismiss" // 不予整改
	LinkFinding    tr.Action = "link"    // 认定是否重复
	CloseFinding   tr.Action = "close"   // 销号
	ReopenFinding  tr.Action = "reopen"  // 反弹重办
)

// FindingTable is the life of a finding. What was ordered by a notice is closed by the notice's verification; a finding is
// never recorded, dismissed or closed by the unit in which it was found.
var FindingTable = tr.New("finding", []FindingStatus{FindingClosed, FindingDismissed},
	tr.Row[FindingStatus]{Action: RecordFinding, From: []FindingStatus{""}, To: FindingOpen, Must: tr.PartOfTeam, MustNot: tr.Holder, Needs: tr.Text},
	tr.Row[FindingStatus]{Action: LinkFinding, From: []FindingStatus{FindingOpen, FindingOrdered, FindingClosed}, MustNot: tr.Holder},
	tr.Row[FindingStatus]{Action: OrderFinding, From: []FindingStatus{FindingOpen}, To: FindingOrdered, MustNot: tr.Holder, Via: "notice.serve"},
	tr.Row[FindingStatus]{Action: ReleaseFinding, From: []FindingStatus{FindingOrdered}, To: FindingOpen, MustNot: tr.Holder, Via: "notice.void"},
	tr.Row[FindingStatus]{Action: PassOnFinding, From: []FindingStatus{FindingOrdered}, To: FindingOpen, MustNot: verifier, Needs: tr.Reason, Via: "notice.fail"},
	tr.Row[FindingStatus]{Action: DismissFinding, From: []FindingStatus{FindingOpen}, To: FindingDismissed, MustNot: tr.Holder, Needs: tr.Reason},
	tr.Row[FindingStatus]{Action: DismissFinding, From: []FindingStatus{FindingOrdered}, To: FindingDismissed, MustNot: tr.Participant, Via: "objection.revoke"},
	tr.Row[FindingStatus]{Action: CloseFinding, From: []FindingStatus{FindingOrdered}, To: FindingClosed, MustNot: verifier, Via: "notice.close"},
	tr.Row[FindingStatus]{Action: ReopenFinding, From: []FindingStatus{FindingClosed}, To: FindingOrdered, MustNot: tr.Holder, Needs: tr.Reason, Via: "notice.reopen"},
)
