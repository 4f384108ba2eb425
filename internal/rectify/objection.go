package rectify

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Actions on an objection; the permission of each is "objection.<action>".
const (
	FileObjection    tr.Action = "file"    // 申请复核
	RetractObjection tr.Action = "retract" // 撤回申请
	UpholdObjection  tr.Action = "uphold"  // 维持
	ChangeObjection  tr.Action = "change"  // 变更
	RevokeObjection  tr.Action = "revoke"  // 撤销
)

// ObjectionTable is the life of an objection: the unit files it within the period that runs from its receipt; whoever decides had
// no part in what is objected to (Order 733 art. 17).
var ObjectionTable = tr.New("objection", []ObjectionStatus{ObjectionUpheld, ObjectionChanged, ObjectionRevoked, ObjectionRetracted},
	tr.Row[ObjectionStatus]{Action: FileObjection, From: []ObjectionStatus{""}, To: ObjectionFiled, Must: tr.Holder, Needs: tr.Text, When: inTime},
	tr.Row[ObjectionStatus]{Action: RetractObjection, From: []ObjectionStatus{ObjectionFiled}, To: ObjectionRetracted, Must: tr.Holder},
	tr.Row[ObjectionStatus]{Action: UpholdObjection, From: []ObjectionStatus{ObjectionFiled}, To: ObjectionUpheld, MustNot: tr.Participant | tr.Holder, Needs: tr.Text},
	tr.Row[ObjectionStatus]{Action: ChangeObjection, From: []ObjectionStatus{ObjectionFiled}, To: ObjectionChanged, MustNot: tr.Participant | tr.Holder, Needs: tr.Text},
	tr.Row[ObjectionStatus]{Action: RevokeObjection, From: []ObjectionStatus{ObjectionFiled}, To: ObjectionRevoked, MustNot: tr.Participant | tr.Holder, Needs: tr.Text},
)

// inTime holds up to and including the last day of the period.
func inTime(c tr.Circumstances) *fault.Error {
	if !c.Until.IsZero() && c.Today.After(c.Until) {
		return fault.New(fault.Conflict, "objection.late").With("until", c.Until.String())
	}
	return nil
}

// Took is a part that somebody had in what an objection is about; a word of the field in a message.
type Took string

// The parts that exclude from deciding (Order 733 art. 17).
const (
	TookTeam      Took = "team"      // 督查组成员
	TookFound     Took = "found"     // 记录问题
	TookDrafted   Took = "drafted"   // 拟稿
	TookServed    Took = "served"    // 送达
	TookApproved  Took = "approved"  // 批准督查方案
	TookJudged    Took = "judged"    // 审核整改方案或核查整改
	TookConcluded Took = "concluded" // 作出督查结论
	TookApplied   Took = "applied"   // 申请单位人员
)

// WordKey is the key of the part's name in the language files.
func (t Took) WordKey() string { return "took." + string(t) }

// Values lists the parts.
func (Took) Values() []string {
	return []string{string(TookTeam), string(TookFound), string(TookDrafted), string(TookServed), string(TookApproved), string(TookJudged), string(TookConcluded),
		string(TookApplied)}
}
