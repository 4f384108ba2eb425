package rectify

import (
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on a conclusion delivered to an object; the permission of each is "conclusion.<action>".
const (
	DeliverConclusion tr.Action = "deliver" // 送达
	ReceiveConclusion tr.Action = "receive" // 签收: the period to object runs from here (Order 733 art. 17)
	AnnulConclusion   tr.Action = "annul"   // 复核撤销
	ReviseConclusion  tr.Action = "revise"  // 复核变更
)

// ConclusionTable is the life of the part of a conclusion that is about one object: it is delivered to it (Order 733 art. 16), which
// signs for it, and may be changed or revoked by the decision on its objection.
var ConclusionTable = tr.New("conclusion", []ConclusionStatus{ConclusionRevoked},
	tr.Row[ConclusionStatus]{Action: DeliverConclusion, From: []ConclusionStatus{""}, To: ConclusionDelivered, Via: "inspection.conclude"},
	tr.Row[ConclusionStatus]{Action: ReceiveConclusion, From: []ConclusionStatus{ConclusionDelivered}, To: ConclusionReceived, Must: tr.Holder},
	tr.Row[ConclusionStatus]{Action: AnnulConclusion, From: []ConclusionStatus{ConclusionReceived}, To: ConclusionRevoked, MustNot: tr.Participant | tr.Holder,
		Via: "objection.revoke"},
	tr.Row[ConclusionStatus]{Action: ReviseConclusion, From: []ConclusionStatus{ConclusionReceived}, MustNot: tr.Participant | tr.Holder, Via: "objection.change"},
)
