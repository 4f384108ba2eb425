package ladder

import (
	"math"

	"github.com/duban-gov/duban/internal/workday"
)

// whole is all of the work, in basis points.
const whole = 10_000

// Waypoint is the progress planned to be reached by the end of a date (形象进度), in basis points.
type Waypoint struct {
	Date    workday.Date
	Percent int
}

// leg is one straight piece of the planned trajectory: from p0 at the start of day d0 to p1 at the start of day d1.
type leg struct{ d0, p0, d1, p1 int }

// legs calls visit for each piece in order until it says stop: from nothing at the start of the first day through the waypoints to
// all of it at the end of the due date. Without a first day there is no trajectory; without a due date it ends with the last
// waypoint. Waypoints out of order, or that fall, are passed over.
func (c *clock) legs(visit func(leg) (more bool)) {
	if c.facts.Start.IsZero() {
		return
	}
	day, percent := c.facts.Start.Number(), 0
	to := func(d workday.Date, p int) bool {
		next := d.Number() + 1
		if d.IsZero() || next <= day || p < percent {
			return true
		}
		l := leg{day, percent, next, p}
		day, percent = next, p
		return visit(l)
	}
	for _, w := range c.facts.Path {
		if !to(w.Date, w.Percent) {
			return
		}
	}
	to(c.facts.Due, whole)
}

// planned is the progress that should have been reached by the start of a day, in basis points.
func (c *clock) planned(day int) int {
	reached := 0
	c.legs(func(l leg) bool {
		if day <= l.d0 {
			return false
		}
		reached = l.p0 + (l.p1-l.p0)*(min(day, l.d1)-l.d0)/(l.d1-l.d0)
		return day > l.d1
	})
	return reached
}

// plannedAbove is the first day at whose start more than percent was planned; math.MaxInt if that never happens.
func (c *clock) plannedAbove(percent int) int {
	first := math.MaxInt
	c.legs(func(l leg) bool {
		if l.p1 <= percent {
			return true
		}
		rise, need, days := l.p1-l.p0, percent+1-l.p0, l.d1-l.d0
		first = l.d0 + max(0, (need*days+rise-1)/rise)
		return false
	})
	return first
}
