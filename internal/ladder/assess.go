package ladder

import (
	"math"
	"slices"
	"time"

	"github.com/duban-gov/duban/internal/workday"
)

// Facts is what an assessment knows of one object.
type Facts struct {
	Subject  Subject
	Revision int          // which due date this is; a new one starts a new ladder
	Start    workday.Date // first day of the clock; zero if it is not known, and then it counts as started
	Set      workday.Date // day on which this due date was set; zero if that is Start
	Due      workday.Date // zero if it never falls due
	Closed   bool
	ClosedAt time.Time  // zero counts as just now
	Percent  int        // progress, in basis points
	Path     []Waypoint // planned trajectory between Start and Due in order; none means a straight line
	Yellows  int        // yellow lights on record in the period that the authority counts
}

// Outcome is what holds at the instant of the assessment.
type Outcome struct {
	Light       Light
	LightRule   string // id of the light rule; RuleClosed for a closed object
	LightInputs Inputs
	RuleSet     string
	RuleVersion int
	Steps       []DueStep // planned, not done, in the order planned; nil if none
	NextCheck   time.Time // earliest later instant at which light, steps or breach change by time alone; zero if there is none
	Breached    bool      // open after the due date has ended, or closed only then
	BreachedAt  time.Time // the end of the due date, never the moment it was noticed; zero if not breached
}

// DueStep is one step of the ladder. Object, Subject, Revision and StepID together name what happens once.
type DueStep struct {
	Subject     Subject
	Revision    int
	StepID      string
	Kind        StepKind
	Colour      Colour // of a letter
	PlannedOn   workday.Date
	PlannedAt   time.Time // start of that day in the zone, UTC
	To          []Recipient
	RuleID      string // the rule set
	RuleVersion int
	ReplyDue    workday.Date // zero if no reply is asked for; counted from the day the step really happens
}

// RuleClosed is the light rule of every closed object: it is no setting that what is done is done.
const RuleClosed = "closed"

// clock is one assessment at work.
type clock struct {
	facts    *Facts
	calendar workday.Calendar
	zone     *time.Location
	set      *RuleSet
	today    workday.Date
}

// Assess says what holds at now: the light with its rule and inputs, the steps that are due and not done, and when to look
// again. done tells whether a step of this revision is on record; nil means none is. Pure, and about a microsecond.
func Assess(f Facts, now time.Time, zone *time.Location, calendar workday.Calendar, set RuleSet, done func(stepID string) bool) Outcome {
	return Line{{Set: set}}.Assess(f, now, zone, calendar, done)
}

// Assess is the package's Assess by the version in force on each day.
func (l Line) Assess(f Facts, now time.Time, zone *time.Location, calendar workday.Calendar, done func(stepID string) bool) Outcome {
	c := clock{facts: &f, calendar: calendar, zone: zone, today: workday.DateOf(now, zone)}
	c.set = l.On(c.today)
	out := Outcome{LightInputs: c.inputs(), RuleSet: c.set.ID, RuleVersion: c.set.Version}
	out.Breached, out.BreachedAt = c.breach()
	if f.Closed {
		out.Light, out.LightRule = Done, RuleClosed
		return out
	}
	next := c.nextBreach()
	light, changes := c.light()
	out.Light, out.LightRule, next = light.Light, light.ID, min(next, changes, l.changes(c.today))
	l.plan(&c, func(set *RuleSet, rule *StepRule, day workday.Date) {
		switch {
		case done != nil && done(rule.ID):
		case day.After(c.today):
			next = min(next, day.Number())
		default:
			out.Steps = append(out.Steps, c.step(set, rule, day))
		}
	})
	inOrder(out.Steps)
	if next != math.MaxInt {
		out.NextCheck = workday.NumberedDate(next).Start(zone)
	}
	return out
}

// DryRun lists the steps that would happen after an instant if nothing else did: what Assess will give, in the same order.
func DryRun(f Facts, after time.Time, zone *time.Location, calendar workday.Calendar, set RuleSet) []DueStep {
	return Line{{Set: set}}.DryRun(f, after, zone, calendar)
}

// DryRun is the package's DryRun by the version in force on each day.
func (l Line) DryRun(f Facts, after time.Time, zone *time.Location, calendar workday.Calendar) []DueStep {
	if f.Closed {
		return nil
	}
	c := clock{facts: &f, calendar: calendar, zone: zone}
	var steps []DueStep
	l.plan(&c, func(set *RuleSet, rule *StepRule, day workday.Date) {
		if day.Start(zone).After(after) {
			steps = append(steps, c.step(set, rule, day))
		}
	})
	inOrder(steps)
	return steps
}

// plan is the day of a step; zero if it has none. A reminder planned for no later than the day on which the clock started or
// this due date was set is left out: the letter that set the date has just said so.
func (c *clock) plan(rule *StepRule) workday.Date {
	day := rule.At.on(c.facts.Due, c.calendar)
	if rule.Kind != Remind || day.IsZero() {
		return day
	}
	if !day.After(c.facts.Start) || !day.After(c.facts.Set) {
		return workday.Date{}
	}
	return day
}

func (c *clock) step(set *RuleSet, rule *StepRule, day workday.Date) DueStep {
	s := DueStep{
		Subject: c.facts.Subject, Revision: c.facts.Revision,
		StepID: rule.ID, Kind: rule.Kind, Colour: rule.Colour, PlannedOn: day, PlannedAt: day.Start(c.zone), To: rule.To,
		RuleID: set.ID, RuleVersion: set.Version,
	}
	if rule.ReplyWithin != nil {
		heard := day
		if c.today.After(day) {
			heard = c.today
		}
		s.ReplyDue = c.calendar.End(heard, *rule.ReplyWithin)
	}
	return s
}

func inOrder(steps []DueStep) {
	if len(steps) > 1 {
		slices.SortStableFunc(steps, func(a, b DueStep) int { return a.PlannedOn.Compare(b.PlannedOn) })
	}
}

// breach tells whether the due date ended while the object was open, and when it ended.
func (c *clock) breach() (bool, time.Time) {
	last := c.today // the last day on which it was open, as far as is known
	if c.facts.Closed && !c.facts.ClosedAt.IsZero() {
		last = workday.DateOf(c.facts.ClosedAt, c.zone)
	}
	if c.facts.Due.IsZero() || !last.After(c.facts.Due) {
		return false, time.Time{}
	}
	return true, c.facts.Due.End(c.zone)
}

// nextBreach is the number of the day at whose start an open object is in breach; math.MaxInt if it is already or never will be.
func (c *clock) nextBreach() int {
	if c.facts.Due.IsZero() || c.today.After(c.facts.Due) {
		return math.MaxInt
	}
	return c.facts.Due.Number() + 1
}

// usualLights is how many light rules fit without an allocation.
const usualLights = 12

// light is the first rule that holds today, and the number of the first later day on which another one does.
func (c *clock) light() (rule LightRule, next int) {
	var room [usualLights]span
	spans := room[:0]
	for i := range c.set.Lights {
		s := always
		for _, k := range c.set.Lights[i].When {
			s = s.and(conditions[k.Kind](c, k))
		}
		spans = append(spans, s)
	}
	today := c.today.Number()
	now := first(spans, today)
	for next = change(spans, today); next != math.MaxInt && first(spans, next) == now; {
		next = change(spans, next)
	}
	if now == len(spans) {
		return LightRule{Light: Grey}, next // no file passes the reader without a last rule that always holds
	}
	return c.set.Lights[now], next
}

// first is the index of the first span that holds on a day; len(spans) if none does.
func first(spans []span, day int) int {
	for i, s := range spans {
		if s.holds(day) {
			return i
		}
	}
	return len(spans)
}

// change is the first day after day on which any span begins or ends; math.MaxInt if there is none.
func change(spans []span, day int) int {
	next := math.MaxInt
	for _, s := range spans {
		if s.from >= s.until {
			continue
		}
		if s.from > day {
			next = min(next, s.from)
		}
		if s.until > day {
			next = min(next, s.until)
		}
	}
	return next
}
