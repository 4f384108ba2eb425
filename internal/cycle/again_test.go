package cycle_test

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/workday"
)

func TestSemesters_end_where_the_rule_file_says(t *testing.T) {
	raw, err := os.ReadFile("../../policies/rules/cycles.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for ends, days := range map[string]map[string]string{
		"[1, 7]":  {"2017-01-31": "2016-S1 2016-08-01 2017-01-31", "2017-02-01": "2016-S2 2017-02-01 2017-07-31", "2017-08-01": "2017-S1 2017-08-01 2018-01-31"},
		"[2, 8]":  {"2017-02-28": "2016-S1 2016-09-01 2017-02-28", "2017-03-01": "2016-S2 2017-03-01 2017-08-31", "2017-12-01": "2017-S1 2017-09-01 2018-02-28"},
		"[12, 6]": {"2017-06-30": "2016-S2 2017-01-01 2017-06-30", "2017-07-01": "2017-S1 2017-07-01 2017-12-31", "2018-03-01": "2017-S2 2018-01-01 2018-06-30"},
	} {
		set, err := cycle.Parse("cycles.yaml", []byte(strings.Replace(string(raw), "semester_ends: [1, 7]", "semester_ends: "+ends, 1)))
		if err != nil {
			t.Fatal(err)
		}
		semesters, _ := set.Find("by_semester")
		for day, want := range days {
			p := set.Grid(cycle.Semester).Containing(workday.MustDate(day))
			if got := p.Label + " " + p.From.String() + " " + p.To.String(); got != want {
				t.Errorf("ends %s: %s lies in %s, want %s", ends, day, got, want)
			}
			if read, err := set.ParsePeriod(p.Label); err != nil || read != p {
				t.Errorf("ends %s: %s is read as %+v, %v", ends, p.Label, read, err)
			}
			if got := semesters.Grid.Containing(workday.MustDate(day)); got != p {
				t.Errorf("ends %s: the cycle has %+v, the set %+v", ends, got, p)
			}
		}
	}
}

// TestAgain_gives_the_due_date_that_another_calendar_would_have_given writes occurrences by one calendar and reckons them by another.
func TestAgain_gives_the_due_date_that_another_calendar_would_have_given(t *testing.T) {
	notices, err := workday.ReadNotices("2027 https://example.org/2027\n元旦 01-01..01-03 + 01-09\n清明节 03-31..04-02 + 04-03\n国庆节 09-27..10-07 + 10-09")
	if err != nil {
		t.Fatal(err)
	}
	before := workday.China()
	next, err := before.With(notices...)
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		c := cycle.Cycle{Kind: cycle.Kind(rapid.SampledFrom([]string{"regular", "milestones", "assigned"}).Draw(t, "kind")), Grid: anyGrid().Draw(t, "grid")}
		c.Due = cycle.DueDay{N: rapid.IntRange(0, 7).Draw(t, "day"), After: rapid.Bool().Draw(t, "after")}
		for n := range rapid.IntRange(1, 4).Draw(t, "points") {
			unit := rapid.SampledFrom([]workday.Unit{workday.ByDay, workday.ByWorkday}).Draw(t, "unit")
			c.Points = append(c.Points, cycle.Point{Period: workday.Period{N: 1 + 2*n, Unit: unit}})
		}
		a := cycle.Anchor{Assigned: anyDate("2026-11-01", 300).Draw(t, "assigned"), Milestones: rapid.SliceOfN(anyDate("2026-12-01", 400), 0, 5).Draw(t, "milestones")}
		roll := rapid.Bool().Draw(t, "roll")
		through := a.Assigned.AddDays(400)
		want := map[cycle.Period]cycle.Occurrence{}
		point := map[string]cycle.Occurrence{}
		for _, o := range c.Opening(a, workday.Date{}, through, cycle.Terms{Calendar: next, Roll: roll}) {
			want[o.Period], point[o.Label] = o, o
		}
		for _, o := range c.Opening(a, workday.Date{}, through, cycle.Terms{Calendar: before, Roll: roll}) {
			got, ok := c.Again(o, cycle.Terms{Calendar: next, Roll: roll})
			w := want[o.Period]
			if c.Kind == cycle.Assigned { // the period ends on the day that is reckoned
				w = point[o.Label]
			}
			if !ok || got.Due != w.Due || got.Nominal != w.Nominal || got.Period != w.Period {
				t.Fatalf("%+v became %+v (%v), want %+v", o, got, ok, w)
			}
			if got.Due != o.Due {
				moved++
			}
		}
	})
	if moved == 0 {
		t.Error("nothing moved: the test shows nothing")
	}
}

func TestAgain_leaves_what_the_cycle_does_not_know(t *testing.T) {
	set := shipped(t)
	terms := set.Terms(workday.China())
	monthly, _ := set.Find("monthly")
	quarterly, _ := set.Find("quarterly")
	days, _ := set.Find("days_1_3_7")
	first := quarterly.Opening(cycle.Anchor{Assigned: workday.MustDate("2017-01-01")}, workday.Date{}, workday.MustDate("2017-03-31"), terms)[0]
	if _, ok := monthly.Again(first, terms); ok {
		t.Error("a monthly cycle knows a quarter")
	}
	if _, ok := days.Again(first, terms); ok {
		t.Error("a cycle after the assignment knows a quarter")
	}
}
