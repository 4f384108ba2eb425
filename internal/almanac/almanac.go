// Package almanac holds the words of an authority's calendar (工作日历): the states of a notice that is proposed to it and their
// table, the cycles in which work comes round, and the semesters of its schools.
package almanac

import tr "github.com/duban-gov/duban/internal/transition"

// Status is the state of a notice of days off that was proposed to a calendar.
type Status string

const (
	Proposed  Status = "proposed"  // 待审定: it is known what would move, and nothing has
	Approved  Status = "approved"  // 已审定: in force; dates are being moved
	Applied   Status = "applied"   // 已生效: every date that had to move has moved
	Refused   Status = "refused"   // 未通过
	Withdrawn Status = "withdrawn" // 已撤回
)

// Values lists the states; ent reads it.
func (Status) Values() []string {
	return []string{string(Proposed), string(Approved), string(Applied), string(Refused), string(Withdrawn)}
}

// Actions on a calendar; the permission of each is "calendar.<action>".
const (
	Propose  tr.Action = "propose"  // 提出
	Approve  tr.Action = "approve"  // 审定: by somebody else than who proposed it
	Refuse   tr.Action = "refuse"   // 不予通过
	Withdraw tr.Action = "withdraw" // 撤回
	Apply    tr.Action = "apply"    // 生效: the program has moved every date
)

// Table is the life of a proposed notice. Who proposes does not approve: a calendar moves deadlines, and nobody moves deadlines
// alone.
var Table = tr.New("calendar", []Status{Applied, Refused, Withdrawn},
	tr.Row[Status]{Action: Propose, From: []Status{""}, To: Proposed},
	tr.Row[Status]{Action: Approve, From: []Status{Proposed}, To: Approved, MustNot: tr.Requester},
	tr.Row[Status]{Action: Refuse, From: []Status{Proposed}, To: Refused, MustNot: tr.Requester, Needs: tr.Reason, Permission: "calendar.approve"},
	tr.Row[Status]{Action: Withdraw, From: []Status{Proposed}, To: Withdrawn, Must: tr.Requester, Permission: "calendar.propose"},
	tr.Row[Status]{Action: Apply, From: []Status{Approved}, To: Applied, Via: "calendar.approve"},
)
