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

// Milestones are the waypoints of dates that a plan names without saying how far the work is to be by then: n of them and the due
// date divide it into n+1 equal parts. Dates stand in order; those that are missing or outside of the period are passed over.
func Milestones(start, due workday.Date, dates []workday.Date) []Waypoint {
	var kept []Waypoint
	for _, d := range dates {
		last := start
		if len(kept) > 0 {
			last = kept[len(kept)-1].Date
		}
		if !d.IsZero() && !d.Before(start) && d.After(last) && (due.IsZero() || d.Before(due)) {
			kept = append(kept, Waypoint{Date: d})
		}
	}
	parts := len(kept)
	if !due.IsZero() {
		parts++
	}
	for i := range kept {
		kept[i].Percent = whole * (i + 1) / parts
	}
	return kept
}

// leg is one straight piece of the planned trajectory: from p0 at the start of day d0 to p1 at the start of day d1, in steps of
// one day of its count.
type leg struct {
	d0, p0, d1, p1 int
	total          int // days of the leg: working days if any lie in it and the rule asks for them
	workdays       bool
}

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
		l := leg{d0: day, p0: percent, d1: next, p1: p, total: next - day}
		if c.set.Plan == workday.ByWorkday {
			if n := c.worked(day, next); n > 0 { // a piece of holidays only is counted in natural days
				l.total, l.workdays = n, true
			}
		}
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

// worked counts the working days from one day up to but without another.
func (c *clock) worked(from, until int) int {
	return c.calendar.WorkdaysBetween(workday.NumberedDate(from-1), workday.NumberedDate(until-1))
}

// done counts the days of a leg that lie behind the start of a day.
func (c *clock) done(l leg, day int) int {
	day = min(day, l.d1)
	if l.workdays {
		return c.worked(l.d0, day)
	}
	return day - l.d0
}

// after is the first day at whose start n days of a leg lie behind.
func (c *clock) after(l leg, n int) int {
	if l.workdays && n > 0 {
		return c.calendar.AddWorkdays(workday.NumberedDate(l.d0-1), n).Number() + 1
	}
	return l.d0 + n
}

// planned is the progress that should have been reached by the start of a day, in basis points.
func (c *clock) planned(day int) int {
	reached := 0
	c.legs(func(l leg) bool {
		if day <= l.d0 {
			return false
		}
		reached = l.p0 + (l.p1-l.p0)*c.done(l, day)/l.total
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
		rise, need := l.p1-l.p0, percent+1-l.p0
		first = c.after(l, max(0, (need*l.total+rise-1)/rise))
		return false
	})
	return first
}
