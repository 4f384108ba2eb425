package ladder

import (
	"math"

	"github.com/duban-gov/duban/internal/workday"
)

// ConditionKind is what a condition of a light looks at.
type ConditionKind uint8

const (
	Dated     ConditionKind = iota // dated: whether there is a due date
	Started                        // started: whether the clock's first day has come
	From                           // from: the day T+k has come
	ShareLeft                      // share_left: at most so many percent of the period are left
	Behind                         // behind: progress is so far behind the planned trajectory
	Yellows                        // yellows: at least so many yellow lights are on record
)

// Condition is one fact that a light asks for. Which fields count depends on the kind.
type Condition struct {
	Kind     ConditionKind
	Want     bool   // Dated, Started: the answer asked for
	At       Offset // From
	N        int    // ShareLeft: percent at most; Yellows: at least; Behind: more than
	UpTo     int    // Behind: at most; 0 for no limit
	Relative bool   // Behind: in percent of what was planned, instead of percentage points
}

// span is the days, by number, on which something holds: from, until but without until. Every condition holds on one span for
// given facts; so the light of any day, and the day on which it next changes, need no search.
type span struct{ from, until int }

var (
	always = span{math.MinInt, math.MaxInt}
	never  = span{math.MaxInt, math.MinInt}
)

func (s span) holds(day int) bool { return s.from <= day && day < s.until }

func (s span) and(other span) span { return span{max(s.from, other.from), min(s.until, other.until)} }

// since is the span from a day on; no day has none.
func since(d workday.Date) span {
	if d.IsZero() {
		return never
	}
	return span{d.Number(), math.MaxInt}
}

// given is always or never.
func given(holds bool) span {
	if holds {
		return always
	}
	return never
}

// conditions says for each kind on which days it holds.
var conditions = [...]func(*clock, Condition) span{
	Dated:     func(c *clock, k Condition) span { return given(c.facts.Due.IsZero() != k.Want) },
	Started:   started,
	From:      func(c *clock, k Condition) span { return since(k.At.on(c.facts.Due, c.calendar)) },
	ShareLeft: shareLeft,
	Behind:    behind,
	Yellows:   func(c *clock, k Condition) span { return given(c.facts.Yellows >= k.N) },
}

// started: a clock without a first day counts as started.
func started(c *clock, k Condition) span {
	if c.facts.Start.IsZero() {
		return given(k.Want)
	}
	first := c.facts.Start.Number()
	if k.Want {
		return span{first, math.MaxInt}
	}
	return span{math.MinInt, first}
}

// shareLeft counts natural days, the first and the last of the period included.
func shareLeft(c *clock, k Condition) span {
	if c.facts.Start.IsZero() || c.facts.Due.IsZero() {
		return never
	}
	end := c.facts.Due.Number() + 1
	total := max(end-c.facts.Start.Number(), 0)
	return span{end - total*k.N/100, math.MaxInt}
}

func behind(c *clock, k Condition) span {
	s := span{c.plannedAbove(k.allowed(c.facts.Percent, k.N)), math.MaxInt}
	if k.UpTo > 0 {
		s.until = c.plannedAbove(k.allowed(c.facts.Percent, k.UpTo))
	}
	return s
}

// allowed is the most that may have been planned, in basis points, for progress to be no more than the gap behind.
func (k Condition) allowed(percent, gap int) int {
	if !k.Relative {
		return percent + gap*100
	}
	if gap >= 100 {
		return whole
	}
	return percent * 100 / (100 - gap)
}
