package closeout

import (
	"slices"

	"github.com/duban-gov/duban/internal/ident"
)

// Run is a completion request on its way through the steps of its course.
type Run struct {
	Steps  []Step
	Signed []ident.ID // who signed, step by step
}

// Person is somebody who may want to sign, by how they stand to the duty.
type Person struct {
	ID ident.ID
	As []By
}

// Turn says of a person whether the step at hand is theirs.
type Turn struct {
	Later   int  // steps that come after the one at hand; 0: it is the last
	Foreign bool // the step is for somebody else
	Again   bool // the step wants somebody who signed no earlier one, and this person did
}

// At is the step at hand; false when all are signed.
func (r Run) At() (Step, bool) {
	if len(r.Signed) >= len(r.Steps) {
		return Step{}, false
	}
	return r.Steps[len(r.Signed)], true
}

// Turn says whether the step at hand is a person's.
func (r Run) Turn(p Person) Turn {
	step, open := r.At()
	if !open {
		return Turn{Foreign: true}
	}
	mine := slices.ContainsFunc(step.By, func(by By) bool { return slices.Contains(p.As, by) })
	return Turn{Later: len(r.Steps) - len(r.Signed) - 1, Foreign: !mine, Again: step.Other && slices.Contains(r.Signed, p.ID)}
}
