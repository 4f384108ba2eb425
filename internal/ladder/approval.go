package ladder

import tr "github.com/duban-gov/duban/internal/transition"

// VersionStatus is the state of a rule version that an authority proposed.
type VersionStatus string

const (
	VersionProposed VersionStatus = "proposed" // 待批准
	VersionApproved VersionStatus = "approved" // 已批准: applies from its day on, for good
	VersionRejected VersionStatus = "rejected" // 未批准
)

// Values lists the states in the order of a version's life; ent reads it.
func (VersionStatus) Values() []string {
	return []string{string(VersionProposed), string(VersionApproved), string(VersionRejected)}
}

// Actions on a rule version; the permission of each is "rule.<action>".
const (
	ProposeVersion tr.Action = "propose" // 提出
	ApproveVersion tr.Action = "approve" // 批准
	RejectVersion  tr.Action = "reject"  // 不批准
)

// VersionTable is the life of a rule version: proposed by one person, decided by another. What was approved is never changed; the
// next version follows it.
var VersionTable = tr.New("rule", []VersionStatus{VersionApproved, VersionRejected},
	tr.Row[VersionStatus]{Action: ProposeVersion, From: []VersionStatus{""}, To: VersionProposed, Needs: tr.Date},
	tr.Row[VersionStatus]{Action: ApproveVersion, From: []VersionStatus{VersionProposed}, To: VersionApproved, MustNot: tr.Author},
	tr.Row[VersionStatus]{Action: RejectVersion, From: []VersionStatus{VersionProposed}, To: VersionRejected, MustNot: tr.Author, Needs: tr.Reason},
)
