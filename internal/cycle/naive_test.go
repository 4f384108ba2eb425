package cycle_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/workday"
)

// The second implementation walks day by day: a day ends a period if the calendar page turns there, and the due date is found by
// looking at every day that could be it.

func endsPeriod(g cycle.Grid, d workday.Date) bool {
	if g.Every == cycle.Week {
		return d.Number()%(7*max(g.N, 1)) == 0
	}
	if d.AddDays(1).Day() != 1 {
		return false
	}
	m := d.Month()
	switch {
	case len(g.Months) > 0:
		return slices.Contains(g.Months, m)
	case g.Every == cycle.Quarter:
		return m%3 == 0
	case g.Every == cycle.HalfYear:
		return m == 6 || m == 12
	case g.Every == cycle.Semester:
		if g.Semesters == (cycle.Semesters{}) {
			return m == 1 || m == 7
		}
		return m == g.Semesters[0] || m == g.Semesters[1]
	case g.Every == cycle.Year:
		return m == 12 && d.Year()%max(g.N, 1) == 0
	}
	return true
}

func dueOf(c cycle.Cycle, to workday.Date) workday.Date {
	inWindow := func(d workday.Date) bool { return d.Year() == to.Year() && d.Month() == to.Month() }
	day := func(d workday.Date) int { return d.Day() }
	if c.Grid.Every == cycle.Week {
		inWindow = func(d workday.Date) bool { return !d.After(to) && d.After(to.AddDays(-7)) }
		day = func(d workday.Date) int { return (int(d.Weekday())+6)%7 + 1 }
	}
	if c.Due.After {
		from := to.AddDays(1)
		inWindow = func(d workday.Date) bool { return d.Year() == from.Year() && d.Month() == from.Month() }
		if c.Grid.Every == cycle.Week {
			inWindow = func(d workday.Date) bool { return d.After(to) && !d.After(to.AddDays(7)) }
		}
	}
	var due workday.Date
	for d := to.AddDays(-40); !d.After(to.AddDays(40)); d = d.AddDays(1) {
		if inWindow(d) && (c.Due.N == 0 || day(d) <= c.Due.N) {
			due = d // the last day of the window that is not beyond the rule's
		}
	}
	return due
}

func naive(c cycle.Cycle, a cycle.Anchor, after, through workday.Date, t cycle.Terms) []cycle.Occurrence {
	var all []cycle.Occurrence
	from := a.Assigned
	for !endsPeriod(c.Grid, from.AddDays(-1)) {
		from = from.AddDays(-1)
	}
	grace := a.Assigned
	for n := 0; n < t.Grace.N; {
		grace = grace.AddDays(1)
		if t.Grace.Unit == workday.ByDay || t.Calendar.IsWorkday(grace) {
			n++
		}
	}
	for d := from; !from.After(through); d = d.AddDays(1) {
		if !endsPeriod(c.Grid, d) {
			continue
		}
		o := cycle.Occurrence{Opens: from, Nominal: dueOf(c, d)}
		o.From, o.To = from, d
		if o.Opens.Before(a.Assigned) {
			o.Opens = a.Assigned
		}
		o.Due = o.Nominal
		for t.Roll && !t.Calendar.IsWorkday(o.Due) {
			o.Due = o.Due.AddDays(1)
		}
		fresh := after.IsZero() || o.Opens.After(after)
		if fresh && !o.Opens.After(through) && !o.Due.Before(grace) {
			all = append(all, o)
		}
		from = d.AddDays(1)
	}
	return all
}

func anyDate(from string, days int) *rapid.Generator[workday.Date] {
	return rapid.Custom(func(t *rapid.T) workday.Date {
		return workday.MustDate(from).AddDays(rapid.IntRange(0, days).Draw(t, "day"))
	})
}

func anySemesters() *rapid.Generator[cycle.Semesters] {
	return rapid.Custom(func(t *rapid.T) cycle.Semesters {
		first := rapid.IntRange(0, 12).Draw(t, "first end")
		if first == 0 { // the usual ones
			return cycle.Semesters{}
		}
		second := (first+rapid.IntRange(1, 11).Draw(t, "second end")-1)%12 + 1
		return cycle.Semesters{time.Month(first), time.Month(second)}
	})
}

func anyGrid() *rapid.Generator[cycle.Grid] {
	return rapid.Custom(func(t *rapid.T) cycle.Grid {
		every := cycle.Every(rapid.SampledFrom(cycle.Every("").Values()).Draw(t, "every"))
		g := cycle.Grid{Every: every}
		if every == cycle.Semester {
			g.Semesters = anySemesters().Draw(t, "semesters")
		}
		switch {
		case every == cycle.Week || every == cycle.Year:
			g.N = rapid.IntRange(0, 3).Draw(t, "n")
		case rapid.Bool().Draw(t, "months"):
			g = cycle.Grid{}
			for m := time.January; m <= time.December; m++ {
				if rapid.Bool().Draw(t, "ends") {
					g.Months = append(g.Months, m)
				}
			}
		}
		return g
	})
}

func TestOpening_agrees_with_a_walk_over_every_day(t *testing.T) {
	calendar := workday.China()
	rapid.Check(t, func(t *rapid.T) {
		c := cycle.Cycle{Kind: cycle.Regular, Grid: anyGrid().Draw(t, "grid")}
		c.Due = cycle.DueDay{N: rapid.IntRange(0, 31).Draw(t, "day"), After: rapid.Bool().Draw(t, "after")}
		if c.Grid.Every == cycle.Week {
			c.Due.N %= 8
		}
		terms := cycle.Terms{Calendar: calendar, Roll: rapid.Bool().Draw(t, "roll"),
			Grace: workday.Period{N: rapid.IntRange(0, 20).Draw(t, "grace"), Unit: workday.ByWorkday}}
		a := cycle.Anchor{Assigned: anyDate("2016-11-01", 700).Draw(t, "assigned")}
		var after workday.Date
		if rapid.Bool().Draw(t, "resumed") {
			after = a.Assigned.AddDays(rapid.IntRange(-3, 400).Draw(t, "after"))
		}
		through := a.Assigned.AddDays(rapid.IntRange(0, 800).Draw(t, "through"))
		got, want := c.Opening(a, after, through, terms), naive(c, a, after, through, terms)
		if len(got) != len(want) {
			t.Fatalf("%d occurrences, want %d: %v, want %v", len(got), len(want), got, want)
		}
		for i, g := range got {
			w := want[i]
			if g.From != w.From || g.To != w.To || g.Opens != w.Opens || g.Nominal != w.Nominal || g.Due != w.Due {
				t.Fatalf("occurrence %d is %+v, want %+v", i, g, w)
			}
		}
	})
}

// TestOpening_in_steps_gives_what_one_step_gives: however long nobody looked, each occurrence comes once and none is left out.
func TestOpening_in_steps_gives_what_one_step_gives(t *testing.T) {
	terms := cycle.Terms{Calendar: workday.China(), Roll: true, Grace: workday.Period{N: 5, Unit: workday.ByWorkday}}
	rapid.Check(t, func(t *rapid.T) {
		c := cycle.Cycle{Kind: cycle.Kind(rapid.SampledFrom([]string{"regular", "milestones", "assigned"}).Draw(t, "kind")), Grid: anyGrid().Draw(t, "grid")}
		for n := range rapid.IntRange(0, 4).Draw(t, "points") {
			c.Points = append(c.Points, cycle.Point{Period: workday.Period{N: 1 + 2*n, Unit: workday.ByDay}})
		}
		a := cycle.Anchor{Assigned: anyDate("2017-01-01", 300).Draw(t, "assigned"),
			Milestones: rapid.SliceOfN(anyDate("2016-12-01", 900), 0, 5).Draw(t, "milestones")}
		end := a.Assigned.AddDays(500)
		var got []cycle.Occurrence
		var last workday.Date
		for day := a.Assigned.AddDays(-2); day.Before(end); {
			day = day.AddDays(rapid.IntRange(1, 120).Draw(t, "away"))
			if day.After(end) {
				day = end
			}
			got = append(got, c.Opening(a, last, day, terms)...)
			last = day
		}
		want := c.Opening(a, workday.Date{}, end, terms)
		labels := func(all []cycle.Occurrence) (out []string) {
			for _, o := range all {
				out = append(out, o.Label+" "+o.Due.String())
			}
			return out
		}
		if !slices.Equal(labels(got), labels(want)) {
			t.Fatalf("in steps %v, at once %v", labels(got), labels(want))
		}
		for day := a.Assigned.AddDays(-3); day.Before(end); day = day.AddDays(1) { // the next look is never later than what opens
			next := c.NextOpens(a, day, terms)
			for _, o := range c.Opening(a, day, end, terms) {
				if next.IsZero() || o.Opens.Before(next) {
					t.Fatalf("after %s the next look is %q, but %s opens on %s", day, next, o.Label, o.Opens)
				}
			}
		}
	})
}

func TestParsePeriod_reads_what_a_grid_names(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := cycle.Grid{Every: cycle.Every(rapid.SampledFrom(cycle.Every("").Values()).Draw(t, "every")), Semesters: anySemesters().Draw(t, "semesters")}
		d := anyDate("1999-12-20", 20000).Draw(t, "day")
		p := g.Containing(d)
		if d.Before(p.From) || d.After(p.To) {
			t.Fatalf("%s is not in %+v", d, p)
		}
		read, err := cycle.ParsePeriod(p.Label, g.Semesters)
		if err != nil || read != p {
			t.Fatalf("%s reads as %+v (%v), want %+v", p.Label, read, err, p)
		}
		if next := g.Next(p); next.From != p.To.AddDays(1) || next.Label == p.Label {
			t.Fatalf("after %+v comes %+v", p, next)
		}
	})
}
