package workday

import (
	"testing"

	"pgregory.net/rapid"
)

// anyCalendar draws the shipped calendar, one without notices, or the shipped one with local days.
func anyCalendar(t *rapid.T) Calendar {
	switch rapid.IntRange(0, 2).Draw(t, "calendar") {
	case 0:
		return China()
	case 1:
		return Calendar{}
	}
	numbers := rapid.SliceOfNDistinct(rapid.IntRange(732_000, 742_000), 0, 30, rapid.ID[int]).Draw(t, "local days")
	days := make([]Day, len(numbers))
	for i, n := range numbers {
		days[i] = Day{Date: NumberedDate(n), Work: rapid.Bool().Draw(t, "worked"), Name: "local"}
	}
	c, err := China().With(Notice{Days: days})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func anyDate(t *rapid.T) Date { return NumberedDate(rapid.IntRange(700_000, 760_000).Draw(t, "day")) }

func anyCount(t *rapid.T) int { return rapid.IntRange(-3000, 3000).Draw(t, "n") }

func TestAddWorkdays_thereAndBackIsTheSameWorkday(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, n := anyCalendar(t), anyCount(t)
		d := c.NextWorkday(anyDate(t))
		if back := c.AddWorkdays(c.AddWorkdays(d, n), -n); back != d {
			t.Fatalf("%s %+d and back = %s", d, n, back)
		}
	})
}

func TestAddWorkdays_neverEndsOnADayOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, d, n := anyCalendar(t), anyDate(t), anyCount(t)
		if end := c.AddWorkdays(d, n); n != 0 && !c.IsWorkday(end) {
			t.Fatalf("%s %+d working days = %s, a day off", d, n, end)
		}
	})
}

func TestAddWorkdays_isMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, a, b, n := anyCalendar(t), anyDate(t), anyDate(t), anyCount(t)
		if b.Before(a) {
			a, b = b, a
		}
		if n != 0 && c.AddWorkdays(b, n).Before(c.AddWorkdays(a, n)) {
			t.Fatalf("%s is before %s, but not %d working days on", a, b, n)
		}
		if !c.AddWorkdays(a, n+1).After(c.AddWorkdays(a, n)) && (n != 0 && n != -1) {
			t.Fatalf("%s: one working day more than %d is no later", a, n)
		}
	})
}

func TestWorkdaysBetween_addsUpAndInvertsAddWorkdays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cal, a, b, c, n := anyCalendar(t), anyDate(t), anyDate(t), anyDate(t), anyCount(t)
		if cal.WorkdaysBetween(a, b)+cal.WorkdaysBetween(b, c) != cal.WorkdaysBetween(a, c) {
			t.Fatalf("%s, %s, %s: the parts do not add up", a, b, c)
		}
		a = cal.NextWorkday(a)
		if got := cal.WorkdaysBetween(a, cal.AddWorkdays(a, n)); got != n {
			t.Fatalf("%s: %d working days on are %d", a, n, got)
		}
	})
}

func TestAddMonths_staysInTheMonthAndNeverRunsOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDate(t), rapid.IntRange(-500, 500).Draw(t, "months")
		moved := d.AddMonths(n)
		months := func(d Date) int { return d.Year()*12 + int(d.Month()) }
		if months(moved) != months(d)+n {
			t.Fatalf("%s %+d months = %s, in another month", d, n, moved)
		}
		if moved.Day() != d.Day() && (moved.Day() > d.Day() || moved.AddDays(1).Day() != 1) {
			t.Fatalf("%s %+d months = %s: neither the same day nor the last of the month", d, n, moved)
		}
	})
}
