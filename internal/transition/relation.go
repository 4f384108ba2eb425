package transition

import (
	"math/bits"

	"github.com/duban-gov/duban/internal/fault"
)

// Relation is a set of the ways in which the actor stands to the object, in the field's terms. Relations that say who did a
// thing follow the person and outlast a change of post; those that say for whom one acts come from the posts of the moment.
type Relation uint32

const (
	// Holder 承办单位: acts for the unit that holds the duty or to which the notice or finding is addressed.
	Holder Relation = 1 << iota
	// Author 填报人: wrote or submitted the report; for a duty, its pending completion report.
	Author
	// Reviewer 审核人: passed the report inside the unit; for a duty, its pending completion report.
	Reviewer
	// Requester 申请人: asked for the extension.
	Requester
	// Opiner 预审人: gave the opinion on the extension.
	Opiner
	// Replier 回复人: wrote the reply to the notice that waits for verification.
	Replier
	// PartOfTeam 督查组成员: belongs to the inspection's team.
	PartOfTeam
	// Proposer 提出人: put the inspection's plan, the supervised matter, the interview, the circular or the instruction forward.
	Proposer
	// Participant 参与人: had a part in what an objection is about: inspected, found, drafted, served, verified or concluded.
	Participant
	// Outer 上级承办单位: acts for the unit that gave the share out and stays answerable for the whole.
	Outer
	// Signer 本步骤审签人: the step of close-out at hand is theirs by its rule.
	Signer
	// Giver 移交人: leaves the post whose work a list hands over.
	Giver
	// Taker 接收人: takes the work of a list over.
	Taker
	// Witness 监交人: is named to witness the hand-over of a list.
	Witness
)

var relationNames = []string{"holder", "author", "reviewer", "requester", "opiner", "replier", "team", "proposer", "participant", "outer", "signer", "giver", "taker", "witness"}

// Relations lists every single relation in order.
func Relations() []Relation { return Relation(1<<len(relationNames) - 1).each() }

// String names the relations, joined by "+"; "-" for none.
func (r Relation) String() string { return join(uint32(r), relationNames) }

// If is the relation when the condition holds, none otherwise: Holder.If(a) | Author.If(b).
func (r Relation) If(holds bool) Relation {
	if holds {
		return r
	}
	return 0
}

// Has reports whether every one of the others is in the set.
func (r Relation) Has(others Relation) bool { return r&others == others }

func (r Relation) first() Relation { return r & -r }
func (r Relation) name() string    { return relationNames[bits.TrailingZeros32(uint32(r))] }

func (r Relation) each() []Relation {
	var all []Relation
	for ; r != 0; r &^= r.first() {
		all = append(all, r.first())
	}
	return all
}

// Need is a set of the things that an input has to bring.
type Need uint32

const (
	Reason     Need = 1 << iota // 理由
	CloseCode                   // 销号理由代码 (duty.CloseReason)
	Date                        // 新的时限
	Progress                    // 当前进展
	Text                        // 文字内容: narrative, opinion, conclusion
	Evidence                    // 佐证材料
	TargetUnit                  // 接办单位
)

var (
	needNames  = []string{"reason", "close_code", "date", "progress", "text", "evidence", "unit"}
	needFields = []string{"body.reason", "body.close_reason", "body.due_date", "body.progress", "body.text", "body.evidence", "body.unit_id"}
)

// If is the need when the condition holds, none otherwise: Reason.If(in.Reason != "").
func (n Need) If(given bool) Need {
	if given {
		return n
	}
	return 0
}

// String names the needs, joined by "+"; "-" for none.
func (n Need) String() string { return join(uint32(n), needNames) }

// Names lists the needs one by one, for a view that tells the page what to ask for.
func (n Need) Names() []string {
	names := []string{}
	for i, name := range needNames {
		if n&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// missing lists every need that was not given, as fields of the request's body.
func (n Need) missing(given Need) error {
	lack := n &^ given
	if lack == 0 {
		return nil
	}
	var fields []fault.Field
	for i, location := range needFields {
		if lack&(1<<i) != 0 {
			fields = append(fields, fault.Field{Location: location, Code: "required"})
		}
	}
	return fault.BadFields(fields...)
}

func join(set uint32, names []string) string {
	text := ""
	for i, name := range names {
		if set&(1<<i) == 0 {
			continue
		}
		if text != "" {
			text += "+"
		}
		text += name
	}
	if text == "" {
		return "-"
	}
	return text
}
