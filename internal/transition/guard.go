package transition

import (
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// Circumstances are the dates and counts that some rows look at; a table without guards leaves them all zero.
type Circumstances struct {
	Today  workday.Date // the local date of the action
	Due    workday.Date // the deadline now in force; none: it never falls due
	New    workday.Date // the date that the input names
	Latest workday.Date // the last day that the input may name; none: any
	Closed workday.Date // the day of close-out
	Window int          // natural days after close-out during which a fault that comes back reopens the notice
	Open   int          // parts that are still open
	Until  workday.Date // the last day on which it may be done; none: at any time
	Holds  Hold         // what stands in the way of single actions, in the terms of the object's own law
	Later  int          // steps of close-out that come after the one at hand
	Last   bool         // the step of close-out at hand is the last
	Again  bool         // the actor signed an earlier step, and the one at hand wants another person
	Ended  bool         // what the object belongs to (the duty of a report) had reached its end before the action
}

// Hold is a set of the things that stand in the way of single actions of an object; its law names them.
type Hold uint32

// If is the hold when the condition is true, none otherwise.
func (h Hold) If(stands bool) Hold {
	if stands {
		return h
	}
	return 0
}

// Unless refuses with a conflict of the code while one of the holds stands.
func Unless(h Hold, code string) Guard {
	refusal := fault.New(fault.Conflict, code)
	return func(c Circumstances) *fault.Error {
		if c.Holds&h != 0 {
			return refusal
		}
		return nil
	}
}

// Guard is a condition on the circumstances; nil means that they allow the action.
type Guard func(Circumstances) *fault.Error

// NewDateLater holds when the named date lies after the deadline in force and not in the past.
func NewDateLater(c Circumstances) *fault.Error {
	if !c.Due.IsZero() && !c.New.After(c.Due) {
		return badDate("due_date.not_later", c.Due)
	}
	return NewDateNotPast(c)
}

// NewDateNotPast holds when the named date, if there is one, is today or later.
func NewDateNotPast(c Circumstances) *fault.Error {
	if !c.New.IsZero() && c.New.Before(c.Today) {
		return badDate("due_date.past", c.Today)
	}
	return nil
}

func badDate(code string, limit workday.Date) *fault.Error {
	return fault.BadFields(fault.Field{Location: needFields[2], Code: code, Params: fault.Params{"limit": limit.String()}})
}
