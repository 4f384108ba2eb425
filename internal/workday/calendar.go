package workday

import (
	_ "embed"
	"sync"
	"time"
)

// Calendar says which days are worked. It never changes: With makes another one. Version names its content, so that a fact
// computed with it can say with which calendar. The zero Calendar works Monday to Friday and knows no notice.
type Calendar struct {
	Version string
	t       *table
}

//go:embed china.txt
var chinaText string

// China is the calendar of the State Council's notices that the program ships with (2007 to 2026).
func China() Calendar { return china() }

var china = sync.OnceValue(func() Calendar {
	notices, err := ParseNotices(chinaText)
	if err != nil {
		panic(err) // the file is part of the program; a test reads it
	}
	calendar, err := Calendar{}.With(notices...)
	if err != nil {
		panic(err)
	}
	return calendar
})

// IsWorkday reports whether the day is worked.
func (c Calendar) IsWorkday(d Date) bool {
	t := c.table()
	return t.rank(d.n) > t.rank(d.n-1)
}

// AddWorkdays is the n-th working day after d, or before it for a negative n; d itself is not counted and need not be worked.
// n = 0 is d. No date stays no date. Constant time.
func (c Calendar) AddWorkdays(d Date, n int) Date {
	if n == 0 || d.IsZero() {
		return d
	}
	t := c.table()
	if n > 0 {
		return Date{t.day(t.rank(d.n) + int32(n))}
	}
	return Date{t.day(t.rank(d.n-1) + int32(n) + 1)}
}

// WorkdaysBetween counts the working days after a up to and including b; if b is earlier, it is minus the count after b up to
// and including a. So Between(a,b) + Between(b,c) = Between(a,c). Constant time.
func (c Calendar) WorkdaysBetween(a, b Date) int {
	t := c.table()
	return int(t.rank(b.n) - t.rank(a.n))
}

// NextWorkday is d if it is worked, otherwise the first working day after it. The first working day strictly after d is
// AddWorkdays(d, 1).
func (c Calendar) NextWorkday(d Date) Date {
	if d.IsZero() || c.IsWorkday(d) {
		return d
	}
	return c.AddWorkdays(d, 1)
}

// Provisional reports whether no notice has settled the year of the day yet: the answer Monday to Friday may still change.
func (c Calendar) Provisional(d Date) bool { return !c.table().settled(d.Year()) }

// ProvisionalBetween reports whether any day from a to b, in either order, lies in a year without a notice.
func (c Calendar) ProvisionalBetween(a, b Date) bool {
	if b.Before(a) {
		a, b = b, a
	}
	t := c.table()
	for year, last := a.Year(), b.Year(); year <= last; year++ {
		if !t.settled(year) {
			return true
		}
	}
	return false
}

// LastOfficial is the last year that a notice has settled; 0 if none has.
func (c Calendar) LastOfficial() int { return c.table().lastYear }

// Fact is what a notice says of a day, and which notice; false if none names it and the weekday alone decides.
func (c Calendar) Fact(d Date) (Day, Notice, bool) {
	t := c.table()
	named, ok := t.facts[d]
	if !ok {
		return Day{}, Notice{}, false
	}
	return named.day, t.notices[named.notice], true
}

// Notices lists the notices that the calendar was made of, oldest first. The caller must not change them.
func (c Calendar) Notices() []Notice { return c.table().notices }

func (c Calendar) table() *table {
	if c.t == nil {
		return &weekdays
	}
	return c.t
}

// Weekend reports whether the day is a Saturday or a Sunday, worked or not.
func (d Date) Weekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}
