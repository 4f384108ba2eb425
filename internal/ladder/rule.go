package ladder

import "github.com/duban-gov/duban/internal/workday"

// RuleSet is one versioned ladder for one kind of object. Rules in force are never edited: a change is a higher version.
type RuleSet struct {
	ID      string
	Version int
	Subject Subject
	Period  *workday.Period // the period where nobody states a date, from the start of the clock; nil if there is no default
	Plan    workday.Unit    // what the planned trajectory is counted in: day or workday; "" is day
	Lights  []LightRule     // the first that holds gives the light; the last has no condition
	Steps   []StepRule
}

// LightRule gives a light while all of its conditions hold.
type LightRule struct {
	ID    string
	Light Light
	When  []Condition
}

// StepRule plans one step for every revision of a due date.
type StepRule struct {
	ID          string // unique in the set and stable over versions: what has been done is recorded under it
	Kind        StepKind
	Colour      Colour // of a letter
	At          Offset
	To          []Recipient
	ReplyWithin *workday.Period // a reply is owed within it; nil if none is
}

// Offset is a day told from the due date T: N before it if negative. It begins at the start of that local day, so T itself is
// the start of the due date, while the breach is its end. The unit is day or workday.
type Offset struct {
	N    int
	Unit workday.Unit
}

// on is the day of the offset for a due date; no due date, no day.
func (o Offset) on(due workday.Date, calendar workday.Calendar) workday.Date {
	return calendar.Shift(due, o.N, o.Unit)
}
