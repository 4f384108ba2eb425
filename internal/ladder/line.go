package ladder

import (
	"math"

	"github.com/duban-gov/duban/internal/workday"
)

// Version is a rule set from the day on which it applies; the zero date means ever since.
type Version struct {
	From workday.Date
	Set  RuleSet
}

// Line is the versions of a ladder for one kind of object, in the order of their days. The past keeps its version: a step
// belongs to the version that was in force on the day for which it was planned, however late it is taken.
type Line []Version

// On is the set in force on a day; before the first day of the line that is the first.
func (l Line) On(day workday.Date) *RuleSet {
	at := 0
	for i := range l {
		if !l[i].From.IsZero() && l[i].From.After(day) {
			break
		}
		at = i
	}
	return &l[at].Set
}

// changes is the number of the first day after a day on which another version begins; math.MaxInt if none does.
func (l Line) changes(day workday.Date) int {
	for i := range l {
		if l[i].From.After(day) && !l[i].From.IsZero() {
			return l[i].From.Number()
		}
	}
	return math.MaxInt
}

// plan hands each step with its day to use, once for each step id: the first version that has a day for it decides.
//
// A step has a day in a version if it falls from the version's first day on and before that of the next. One which a new version
// puts before its own first day is past and left out, unless the version before had it still to come: then it happens on that
// first day, for nothing that was promised is lost.
func (l Line) plan(c *clock, use func(*RuleSet, *StepRule, workday.Date)) {
	for i := range l {
		set := &l[i].Set
		for k := range set.Steps {
			rule := &set.Steps[k]
			day := l.day(c, i, rule)
			if day.IsZero() || i > 0 && l.earlier(c, i, rule.ID) {
				continue
			}
			use(set, rule, day)
		}
	}
}

// day is the day that version i has for a step; zero if it has none.
func (l Line) day(c *clock, i int, rule *StepRule) workday.Date {
	day := c.plan(rule)
	if day.IsZero() {
		return day
	}
	if from := l[i].From; i > 0 && day.Before(from) {
		before := l[i-1].Set.step(rule.ID)
		if before == nil || c.plan(before).IsZero() || c.plan(before).Before(from) {
			return workday.Date{}
		}
		day = from
	}
	if i+1 < len(l) && !day.Before(l[i+1].From) {
		return workday.Date{}
	}
	return day
}

// earlier reports whether a version before i has a day for a step.
func (l Line) earlier(c *clock, i int, id string) bool {
	for j := range i {
		if rule := l[j].Set.step(id); rule != nil && !l.day(c, j, rule).IsZero() {
			return true
		}
	}
	return false
}

// step is the rule of a step by its id; nil if the set has none.
func (s *RuleSet) step(id string) *StepRule {
	for i := range s.Steps {
		if s.Steps[i].ID == id {
			return &s.Steps[i]
		}
	}
	return nil
}

// Uses reports whether a light of the set asks for a fact, so that facts which cost a look are only read where they count.
func (s *RuleSet) Uses(kind ConditionKind) bool {
	for _, light := range s.Lights {
		for _, k := range light.When {
			if k.Kind == kind {
				return true
			}
		}
	}
	return false
}

// Uses reports whether any version of the line asks for a fact.
func (l Line) Uses(kind ConditionKind) bool {
	for i := range l {
		if l[i].Set.Uses(kind) {
			return true
		}
	}
	return false
}
