// Package handover is the law of handing work over when a post changes (工作交接): the life of a hand-over list, its rows, the text
// that its hash is taken of, and what tells a list that no longer says what is open.
package handover

import (
	"github.com/duban-gov/duban/internal/fault"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Status is the state of a hand-over list (交接清单).
type Status string

const (
	Drawn Status = "drawn" // 待移交: nobody has signed yet
	Given Status = "given" // 待接收: the one who leaves has signed
	Taken Status = "taken" // 已接收: the successor has signed; it changes no more
	Void  Status = "void"  // 已作废: it was drawn anew, or not needed after all
)

// Values lists the states in the order of a list's life; ent reads it.
func (Status) Values() []string {
	return []string{string(Drawn), string(Given), string(Taken), string(Void)}
}

// Part is whose signature stands under a list.
type Part string

const (
	Giver   Part = "giver"   // 移交人: who leaves the post
	Taker   Part = "taker"   // 接收人: the successor
	Witness Part = "witness" // 监交人: who heads the unit, or a unit above
)

// Values lists the parts in the order in which they sign; ent reads it.
func (Part) Values() []string { return []string{string(Giver), string(Witness), string(Taker)} }

// Actions on a list.
const (
	Draw     tr.Action = "draw"    // 编制
	Redraw   tr.Action = "redraw"  // 重新编制: this one is void, a new one takes its place
	Give     tr.Action = "give"    // 移交
	Attest   tr.Action = "witness" // 监交
	TakeOver tr.Action = "take"    // 接收
	Cancel   tr.Action = "void"    // 作废
)

// What stands in the way of single actions.
const (
	Unattested tr.Hold = 1 << iota // a witness is named and has not signed
	Attested                       // the witness has signed
	Present                        // the one who leaves can sign in person
)

// Table is the life of a hand-over list. Three different people sign in this order: who leaves, the witness if one is named, the
// successor. Where the one who leaves can no longer sign (the account is closed, or no post is left), the witness's signature
// hands over in their place.
var Table = tr.New("hand_over", []Status{Taken, Void},
	tr.Row[Status]{Action: Draw, From: []Status{""}, To: Drawn},
	tr.Row[Status]{Action: Give, From: []Status{Drawn}, To: Given, Must: tr.Giver, Permission: "hand_over.sign"},
	tr.Row[Status]{Action: Attest, From: []Status{Drawn}, To: Given, Must: tr.Witness, MustNot: tr.Giver, Permission: "hand_over.sign",
		When: tr.Unless(Present, "hand_over.giver_first")},
	tr.Row[Status]{Action: Attest, From: []Status{Given}, Must: tr.Witness, MustNot: tr.Giver, Permission: "hand_over.sign",
		When: tr.Unless(Attested, "hand_over.attested")},
	tr.Row[Status]{Action: TakeOver, From: []Status{Given}, To: Taken, Must: tr.Taker, MustNot: tr.Giver | tr.Witness, Permission: "hand_over.sign",
		When: tr.Unless(Unattested, "hand_over.witness_first")},
	tr.Row[Status]{Action: Redraw, From: []Status{Drawn, Given}, To: Void, Permission: "hand_over.draw"},
	tr.Row[Status]{Action: Cancel, From: []Status{Drawn, Given}, To: Void, Needs: tr.Reason, Permission: "hand_over.draw"},
)

// Persons are the people of a list; the witness may be missing.
type Persons[ID comparable] struct{ Giver, Taker, Witness ID }

// Check refuses people who are not different, naming the field of the input.
func (p Persons[ID]) Check() error {
	var none ID
	var fields []fault.Field
	if p.Taker == p.Giver {
		fields = append(fields, fault.Field{Location: "body.taker_id", Code: "hand_over.same_person"})
	}
	if p.Witness != none && (p.Witness == p.Giver || p.Witness == p.Taker) {
		fields = append(fields, fault.Field{Location: "body.witness_id", Code: "hand_over.same_person"})
	}
	if len(fields) > 0 {
		return fault.BadFields(fields...)
	}
	return nil
}
