package workday

import (
	"crypto/sha256"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// firstYear and finalYear bound what a notice may name.
const (
	firstYear = 1949
	finalYear = 2199
)

// With makes a calendar that also knows the notices given; on a day that an earlier notice named too, the later word stands.
// The Version follows from the content, so the same facts have the same version everywhere. Errors: input.invalid with every
// day at fault.
func (c Calendar) With(notices ...Notice) (Calendar, error) {
	var faults []fault.Field
	for i, notice := range notices {
		faults = append(faults, notice.check(fmt.Sprintf("notices[%d]", i))...)
	}
	if len(faults) > 0 {
		return Calendar{}, fault.BadFields(faults...)
	}
	known := c.table().notices
	t := newTable(append(known[:len(known):len(known)], notices...))
	return Calendar{Version: t.version(), t: t}, nil
}

// check finds days without a date, outside any sensible year, far from the notice's year, or named twice in one notice.
func (n Notice) check(at string) []fault.Field {
	var faults []fault.Field
	fail := func(where, code, value string) {
		faults = append(faults, fault.Field{Location: at + where, Code: code, Params: fault.Params{"value": value}})
	}
	if n.Year != 0 && (n.Year < firstYear || n.Year > finalYear) {
		fail(".year", "calendar.year", fmt.Sprint(n.Year))
	}
	seen := make(map[Date]bool, len(n.Days))
	for i, day := range n.Days {
		where := fmt.Sprintf(".days[%d]", i)
		switch {
		case day.Date.IsZero() || day.Date.Year() < firstYear || day.Date.Year() > finalYear:
			fail(where, "calendar.year", day.Date.String())
		case n.Year != 0 && !n.near(day.Date):
			fail(where, "calendar.other_year", day.Date.String())
		case seen[day.Date]:
			fail(where, "calendar.day_twice", day.Date.String())
		}
		seen[day.Date] = true
	}
	return faults
}

// near allows the notice's year and the month on either side of it: New Year's days off reach over.
func (n Notice) near(d Date) bool {
	return !d.Before(NewDate(n.Year-1, 12, 1)) && d.Before(NewDate(n.Year+1, 2, 1))
}

// version is the last settled year and a digest of the settled years and the days, so that it says something to a reader and
// differs whenever a day does.
func (t *table) version() string {
	lines := make([]string, 0, len(t.facts)+len(t.years))
	for year := range t.years {
		lines = append(lines, fmt.Sprintf("%04d", year))
	}
	for date, f := range t.facts {
		lines = append(lines, fmt.Sprintf("%s %t", date, f.day.Work))
	}
	sort.Strings(lines)
	digest := sha256.New()
	_, _ = io.WriteString(digest, strings.Join(lines, "\n")) // a hash never fails to write
	return fmt.Sprintf("%d-%x", t.lastYear, digest.Sum(nil)[:4])
}

// Deadline is a due date with what it was computed from, so that another calendar can compute it again.
type Deadline struct {
	ID     ident.ID
	From   Date
	Period Period
}

// Move is a deadline that falls on another day under another calendar.
type Move struct {
	ID       ident.ID
	Old, New Date
}

// Diff lists the deadlines that would move if the calendar became next, in the order given. Nothing is changed by asking.
func (c Calendar) Diff(next Calendar, deadlines []Deadline) []Move {
	var moves []Move
	for _, d := range deadlines {
		before, after := c.End(d.From, d.Period), next.End(d.From, d.Period)
		if before != after {
			moves = append(moves, Move{d.ID, before, after})
		}
	}
	return moves
}
