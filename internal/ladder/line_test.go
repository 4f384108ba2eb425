package ladder

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/workday"
)

// ladderOf is a set with one step at each day told, all of one kind.
func ladderOf(version int, steps ...StepRule) RuleSet {
	return RuleSet{ID: "test", Version: version, Subject: OnDuty, Lights: []LightRule{{ID: "ok", Light: Green}}, Steps: steps}
}

func stepAt(id string, offset int) StepRule {
	return StepRule{ID: id, Kind: Urge, At: Offset{offset, workday.ByDay}, To: []Recipient{Owner}}
}

func planned(steps []DueStep) string {
	words := make([]string, len(steps))
	for i, s := range steps {
		words[i] = fmt.Sprintf("%s@%d:%s", s.StepID, s.RuleVersion, s.PlannedOn)
	}
	return strings.Join(words, " ")
}

func TestLine_aStepBelongsToTheVersionOfItsDay(t *testing.T) {
	f := Facts{Subject: OnDuty, Start: workday.MustDate("2017-03-01"), Due: workday.MustDate("2017-09-20")}
	old := ladderOf(1, stepAt("early", -10), stepAt("urge", 1), stepAt("late", 9))
	for name, c := range map[string]struct {
		next RuleSet
		from string
		want string
	}{
		"what was planned before the new version keeps the old one": {ladderOf(2, stepAt("early", -8), stepAt("urge", 1)), "2017-09-15", "early@1:2017-09-10 urge@2:2017-09-21"},
		"what the new version would have done before is left out":   {ladderOf(2, stepAt("other", -8), stepAt("urge", 1)), "2017-09-15", "early@1:2017-09-10 urge@2:2017-09-21"},
		"what was still to come is not lost":                        {ladderOf(2, stepAt("late", -8)), "2017-09-15", "early@1:2017-09-10 late@2:2017-09-15"},
		"what happened is not done again":                           {ladderOf(2, stepAt("urge", 5)), "2017-09-22", "early@1:2017-09-10 urge@1:2017-09-21"},
	} {
		t.Run(name, func(t *testing.T) {
			line := Line{{Set: old}, {From: workday.MustDate(c.from), Set: c.next}}
			if got := planned(line.DryRun(f, time.Time{}, shanghai, china)); got != c.want {
				t.Errorf("planned %s, want %s", got, c.want)
			}
			late := line.Assess(f, at(t, "2018-01-01 08:00"), shanghai, china, nil)
			if got := planned(late.Steps); got != c.want {
				t.Errorf("after a long downtime %s, want %s", got, c.want)
			}
		})
	}
}

func TestLine_lightAndNextLookFollowTheVersion(t *testing.T) {
	amber := RuleSet{ID: "test", Version: 2, Subject: OnDuty, Lights: []LightRule{{ID: "all", Light: Yellow}}}
	line := Line{{Set: ladderOf(1)}, {From: workday.MustDate("2017-05-01"), Set: amber}}
	f := Facts{Subject: OnDuty, Start: workday.MustDate("2017-03-01")}
	before := line.Assess(f, at(t, "2017-04-30 23:59"), shanghai, china, nil)
	if before.Light != Green || !before.NextCheck.Equal(at(t, "2017-05-01 00:00")) {
		t.Errorf("the day before: %s, next look %s", before.Light, before.NextCheck)
	}
	after := line.Assess(f, before.NextCheck, shanghai, china, nil)
	if after.Light != Yellow || after.Rule() != "test@2/all" || !after.NextCheck.IsZero() {
		t.Errorf("from the day on: %s by %s, next look %s", after.Light, after.Rule(), after.NextCheck)
	}
}

// TestLine_aRunFromCheckToCheckEqualsTheDryRun_overVersions wakes only at the next check while versions change.
func TestLine_aRunFromCheckToCheckEqualsTheDryRun_overVersions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, begin := anyFacts(t), anyInstant(t, "begin")
		line := Line{{Set: anySet(t)}}
		from := workday.MustDate("2017-07-01")
		for v := range rapid.IntRange(0, 2).Draw(t, "versions") {
			from = from.AddDays(rapid.IntRange(0, 80).Draw(t, "later"))
			set := anySet(t)
			set.Version = 8 + v
			line = append(line, Version{From: from, Set: set})
		}
		want := line.DryRun(facts, begin, shanghai, china)
		done := map[string]bool{}
		record := func(o Outcome) []DueStep {
			for _, s := range o.Steps {
				if done[s.StepID] {
					t.Fatalf("step %s twice", s.StepID)
				}
				done[s.StepID] = true
			}
			return o.Steps
		}
		isDone := func(id string) bool { return done[id] }
		out := line.Assess(facts, begin, shanghai, china, nil)
		record(out)
		var got []DueStep
		for checks := 0; !out.NextCheck.IsZero(); checks++ {
			if checks > 300 {
				t.Fatal("the next check never comes to an end")
			}
			out = line.Assess(facts, out.NextCheck, shanghai, china, isDone)
			got = append(got, record(out)...)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("the run:\n%s\nthe dry run:\n%s", planned(got), planned(want))
		}
	})
}

func TestMilestones_divideTheWorkEvenly(t *testing.T) {
	dates := func(all ...string) (list []workday.Date) {
		for _, d := range all {
			list = append(list, workday.MustDate(d))
		}
		return list
	}
	for name, c := range map[string]struct {
		due  string
		in   []workday.Date
		want string
	}{
		"three and the due date":         {"2017-12-31", dates("2017-03-31", "2017-06-30", "2017-09-30"), "[{2017-03-31 2500} {2017-06-30 5000} {2017-09-30 7500}]"},
		"outside of the period or twice": {"2017-12-31", dates("2017-01-01", "2017-06-30", "2017-06-30", "2018-01-31"), "[{2017-06-30 5000}]"},
		"without a due date":             {"", dates("2017-06-30", "2017-09-30"), "[{2017-06-30 5000} {2017-09-30 10000}]"},
		"none":                           {"2017-12-31", nil, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			var due workday.Date
			if c.due != "" {
				due = workday.MustDate(c.due)
			}
			if got := fmt.Sprint(Milestones(workday.MustDate("2017-03-01"), due, c.in)); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
