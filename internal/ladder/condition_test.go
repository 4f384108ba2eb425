package ladder

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/workday"
)

// withLights is the shipped ladder of duties with other lights.
func withLights(t *testing.T, lights string) RuleSet {
	t.Helper()
	set, err := Parse("test.yaml", []byte(
		"id: test\nversion: 1\nsubject: duty\nlights:\n"+lights+
			"\nsteps:\n- {id: due, kind: due, at: {offset: 0, unit: day}, to: [owner]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestLight_byGapToThePlannedTrajectory holds the two local rules known: by percentage points, and by a share of what was planned.
func TestLight_byGapToThePlannedTrajectory(t *testing.T) {
	points := withLights(t, `
- {id: far, light: red, when: {behind: {more_than: 30}}}
- {id: some, light: yellow, when: {behind: {more_than: 10, up_to: 30}}}
- {id: ok, light: green}`)
	share := withLights(t, `
- {id: far, light: red, when: {behind: {more_than: 50, in: share}}}
- {id: some, light: yellow, when: {behind: {more_than: 0, in: share}}}
- {id: ok, light: green}`)
	facts := Facts{ // one percent a day: on the morning of the k-th of these hundred days k-1 percent are planned
		Start: workday.MustDate("2017-03-01"), Due: workday.MustDate("2017-06-08"),
	}
	for _, c := range []struct {
		day, percent  int
		points, share Light
	}{
		{0, 0, Green, Green},
		{10, 0, Green, Red},
		{11, 0, Yellow, Red},
		{60, 6000, Green, Green},
		{60, 5999, Green, Yellow},
		{60, 5000, Green, Yellow},
		{60, 4999, Yellow, Yellow},
		{60, 3000, Yellow, Yellow},
		{60, 2999, Red, Red},
		{100, 10000, Green, Green},
		{300, 6999, Red, Yellow},
	} {
		t.Run(fmt.Sprintf("day_%d_at_%d", c.day, c.percent), func(t *testing.T) {
			f := facts
			f.Percent = c.percent
			now := facts.Start.AddDays(c.day).Start(shanghai).Add(9 * time.Hour)
			if got := Assess(f, now, shanghai, china, points, nil); got.Light != c.points {
				t.Errorf("in points: %s, want %s (planned %d)", got.Light, c.points, got.LightInputs.Planned)
			}
			if got := Assess(f, now, shanghai, china, share, nil); got.Light != c.share {
				t.Errorf("as a share: %s, want %s (planned %d)", got.Light, c.share, got.LightInputs.Planned)
			}
		})
	}
}

func TestLight_byRepetition(t *testing.T) {
	set := withLights(t, `
- {id: twice, light: red, when: {yellows: 2, from: {offset: -3, unit: workday}}}
- {id: near, light: yellow, when: {from: {offset: -3, unit: workday}}}
- {id: ok, light: green}`)
	for yellows, want := range []Light{Yellow, Yellow, Red, Red} {
		f := nationalDay
		f.Yellows = yellows
		if got := Assess(f, at(t, "2017-09-28 08:00"), shanghai, china, set, nil); got.Light != want {
			t.Errorf("with %d yellow lights on record: %s, want %s", yellows, got.Light, want)
		}
	}
}

func TestLight_byShareOfThePeriodLeft(t *testing.T) {
	set := withLights(t, "- {id: near, light: yellow, when: {share_left: 20}}\n- {id: ok, light: green}")
	f := Facts{Start: workday.MustDate("2017-03-01"), Due: workday.MustDate("2017-03-10")} // ten days: the last two are 20 %
	for now, want := range map[string]Light{"2017-03-08 23:59": Green, "2017-03-09 00:00": Yellow} {
		if got := Assess(f, at(t, now), shanghai, china, set, nil); got.Light != want {
			t.Errorf("%s: %s, want %s", now, got.Light, want)
		}
	}
}

// TestDryRun_ofAYear prints all that three objects send in 2017; docs/ladder.md walks through the first of them.
func TestDryRun_ofAYear(t *testing.T) {
	var b strings.Builder
	for _, c := range []struct {
		name  string
		facts Facts
	}{
		{"a duty due on the last day of September, a make-up Saturday",
			Facts{Subject: OnDuty, Start: workday.MustDate("2017-03-01"), Due: workday.MustDate("2017-09-30")}},
		{"its sign-for period of two working days",
			Facts{Subject: OnAcceptance, Start: workday.MustDate("2017-03-01"), Due: workday.MustDate("2017-03-03")}},
		{"a rectification notice due on the Sunday after Spring Festival",
			Facts{Subject: OnNotice, Start: workday.MustDate("2017-01-10"), Due: workday.MustDate("2017-02-05")}},
		{"the duty after an extension granted on 28 September",
			Facts{Subject: OnDuty, Revision: 2, Start: workday.MustDate("2017-03-01"), Set: workday.MustDate("2017-09-28"), Due: workday.MustDate("2017-10-20")}},
		{"a duty without an end",
			Facts{Subject: OnDuty, Start: workday.MustDate("2017-03-01")}},
	} {
		due := c.facts.Due.String()
		if due == "" {
			due = "never"
		}
		fmt.Fprintf(&b, "%s: start %s, due %s\n", c.name, c.facts.Start, due)
		for _, s := range DryRun(c.facts, at(t, "2017-01-01 00:00"), shanghai, china, shipped(t, c.facts.Subject)) {
			fmt.Fprintf(&b, "  %s %s  %-10s %-8s %s v%d → %v", s.PlannedOn, s.PlannedOn.Weekday().String()[:3], s.StepID, s.Kind, s.RuleID, s.RuleVersion, s.To)
			if !s.ReplyDue.IsZero() {
				fmt.Fprintf(&b, ", reply by %s", s.ReplyDue)
			}
			b.WriteString("\n")
		}
	}
	golden(t, "dryrun-2017.txt", b.String())
}
