package ladder

import (
	"fmt"
	"math/big"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/workday"
)

// anyDay draws a day within some months round the National Day week of 2017, or now and then no date.
func anyDay(t *rapid.T, label string) workday.Date {
	n := rapid.IntRange(-60, 90).Draw(t, label)
	if n == -60 {
		return workday.Date{}
	}
	return workday.MustDate("2017-09-10").AddDays(n)
}

func anyFacts(t *rapid.T) Facts {
	f := Facts{
		Subject: OnDuty, Revision: 1, Start: anyDay(t, "start"), Set: anyDay(t, "set"), Due: anyDay(t, "due"),
		Percent: rapid.IntRange(0, whole).Draw(t, "percent"), Yellows: rapid.IntRange(0, 3).Draw(t, "yellows"),
	}
	day, percent := f.Start, 0
	for range rapid.IntRange(0, 3).Draw(t, "waypoints") {
		day = day.AddDays(rapid.IntRange(1, 30).Draw(t, "days"))
		percent = min(percent+rapid.IntRange(0, 4000).Draw(t, "planned"), whole)
		f.Path = append(f.Path, Waypoint{day, percent})
	}
	if f.Start.IsZero() {
		f.Path = nil
	}
	return f
}

func anyOffset(t *rapid.T) Offset {
	return Offset{rapid.IntRange(-12, 12).Draw(t, "offset"), rapid.SampledFrom([]workday.Unit{workday.ByDay, workday.ByWorkday}).Draw(t, "unit")}
}

func anyCondition(t *rapid.T) Condition {
	k := Condition{Kind: ConditionKind(rapid.IntRange(0, len(conditions)-1).Draw(t, "condition"))}
	switch k.Kind {
	case Dated, Started:
		k.Want = rapid.Bool().Draw(t, "want")
	case From:
		k.At = anyOffset(t)
	case ShareLeft:
		k.N = rapid.IntRange(0, 100).Draw(t, "percent left")
	case Yellows:
		k.N = rapid.IntRange(1, 3).Draw(t, "yellows at least")
	case Behind:
		k.N, k.Relative = rapid.IntRange(0, 99).Draw(t, "more than"), rapid.Bool().Draw(t, "relative")
		if rapid.Bool().Draw(t, "limited") {
			k.UpTo = rapid.IntRange(k.N+1, 100).Draw(t, "up to")
		}
	}
	return k
}

func anySet(t *rapid.T) RuleSet {
	set := RuleSet{ID: "drawn", Version: 7, Subject: OnDuty, Plan: rapid.SampledFrom([]workday.Unit{"", workday.ByDay, workday.ByWorkday}).Draw(t, "plan")}
	colours := []Light{Grey, Green, Yellow, Red}
	for i := range rapid.IntRange(0, 5).Draw(t, "lights") {
		rule := LightRule{ID: fmt.Sprintf("l%d", i), Light: rapid.SampledFrom(colours).Draw(t, "light")}
		for range rapid.IntRange(1, 2).Draw(t, "conditions") {
			rule.When = append(rule.When, anyCondition(t))
		}
		set.Lights = append(set.Lights, rule)
	}
	set.Lights = append(set.Lights, LightRule{ID: "else", Light: Green})
	for i := range rapid.IntRange(0, 6).Draw(t, "steps") {
		kind := rapid.SampledFrom([]StepKind{Remind, Due, Urge, Escalate}).Draw(t, "kind")
		set.Steps = append(set.Steps, StepRule{ID: fmt.Sprintf("s%d", i), Kind: kind, At: anyOffset(t), To: []Recipient{Owner}})
	}
	return set
}

func anyInstant(t *rapid.T, label string) time.Time {
	return at(t, "2017-06-01 00:00").Add(time.Duration(rapid.IntRange(0, 300*24*60).Draw(t, label)) * time.Minute)
}

// TestAssess_eachStepOnceInWhateverOrderTheClockJumps plays a clock that jumps forward and back, with what was done on record.
func TestAssess_eachStepOnceInWhateverOrderTheClockJumps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, set := anyFacts(t), anySet(t)
		count, latest := map[string]int{}, time.Time{}
		for range rapid.IntRange(1, 12).Draw(t, "looks") {
			now := anyInstant(t, "now")
			if now.After(latest) {
				latest = now
			}
			out := Assess(facts, now, shanghai, china, set, func(id string) bool { return count[id] > 0 })
			for i, step := range out.Steps {
				count[step.StepID]++
				if step.PlannedAt.After(now) || i > 0 && step.PlannedAt.Before(out.Steps[i-1].PlannedAt) {
					t.Fatalf("at %s: step %s planned %s is early or out of order", now, step.StepID, step.PlannedAt)
				}
			}
		}
		for _, step := range DryRun(facts, time.Time{}, shanghai, china, set) {
			want := 1
			if step.PlannedAt.After(latest) {
				want = 0
			}
			if count[step.StepID] != want {
				t.Fatalf("step %s planned %s happened %d times up to %s", step.StepID, step.PlannedAt, count[step.StepID], latest)
			}
			delete(count, step.StepID)
		}
		if len(count) != 0 {
			t.Fatalf("steps that nobody planned: %v", count)
		}
	})
}

// state is all of an outcome that NextCheck promises to stand still until then.
func state(o Outcome) string {
	return fmt.Sprint(o.Light, o.LightRule, names(o.Steps), o.Breached, o.BreachedAt)
}

// TestAssess_nextCheckMissesNoChangeAndNamesNoOther steps through the hours: nothing changes before the next check, something at it.
func TestAssess_nextCheckMissesNoChangeAndNamesNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, set, now := anyFacts(t), anySet(t), anyInstant(t, "now")
		done := func(string) bool { return false }
		if rapid.Bool().Draw(t, "all done") {
			done = func(string) bool { return true }
		}
		look := func(at time.Time) Outcome { return Assess(facts, at, shanghai, china, set, done) }
		first := look(now)
		if !first.NextCheck.IsZero() {
			if !first.NextCheck.After(now) || state(look(first.NextCheck)) == state(first) {
				t.Fatalf("at %s: nothing changes at the next check %s: %s", now, first.NextCheck, state(first))
			}
			if last := look(first.NextCheck.Add(-time.Millisecond)); state(last) != state(first) {
				t.Fatalf("at %s: a change before the next check %s: %s, then %s", now, first.NextCheck, state(first), state(last))
			}
		}
		for at := now; at.Before(now.AddDate(0, 6, 0)); at = at.Add(7 * time.Hour) {
			if !first.NextCheck.IsZero() && !at.Before(first.NextCheck) {
				break
			}
			if got := look(at); state(got) != state(first) {
				t.Fatalf("at %s, next check %s: at %s already %s instead of %s", now, first.NextCheck, at, state(got), state(first))
			}
		}
	})
}

// TestAssess_aRunFromCheckToCheckEqualsTheDryRun wakes only at the next check, as the program does; also where a day begins at one
// o'clock because summer time skips midnight (São Paulo, 2017-10-15).
func TestAssess_aRunFromCheckToCheckEqualsTheDryRun(t *testing.T) {
	zones := []*time.Location{shanghai}
	if saoPaulo, err := time.LoadLocation("America/Sao_Paulo"); err == nil {
		zones = append(zones, saoPaulo)
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		facts, set, begin := anyFacts(t), anySet(t), anyInstant(t, "begin")
		for i := range set.Steps {
			set.Steps[i].ReplyWithin = &workday.Period{N: 2, Unit: workday.ByWorkday}
		}
		want := DryRun(facts, begin, zone, china, set)
		done := map[string]bool{}
		record := func(o Outcome) (steps []DueStep) {
			for _, s := range o.Steps {
				done[s.StepID] = true
			}
			return o.Steps
		}
		out := Assess(facts, begin, zone, china, set, nil)
		record(out) // what was due before the dry run begins
		var got []DueStep
		for checks := 0; !out.NextCheck.IsZero(); checks++ {
			if checks > 200 {
				t.Fatal("the next check never comes to an end")
			}
			out = Assess(facts, out.NextCheck, zone, china, set, func(id string) bool { return done[id] })
			got = append(got, record(out)...)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("the run:\n%+v\nthe dry run:\n%+v", got, want)
		}
	})
}

// TestAssess_lightEqualsTheConditionsReadOutDayByDay compares with a second implementation that asks each condition of the day
// itself, without spans, and reckons the trajectory in fractions.
func TestAssess_lightEqualsTheConditionsReadOutDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, set, now := anyFacts(t), anySet(t), anyInstant(t, "now")
		today := workday.DateOf(now, shanghai)
		want := ""
		for _, rule := range set.Lights {
			holds := true
			for _, k := range rule.When {
				holds = holds && plainly(facts, k, today, set.Plan)
			}
			if holds {
				want = rule.ID
				break
			}
		}
		if got := Assess(facts, now, shanghai, china, set, nil); got.LightRule != want {
			t.Fatalf("on %s light rule %s, plainly %s\n%+v", today, got.LightRule, want, facts)
		}
	})
}

func plainly(f Facts, k Condition, today workday.Date, unit workday.Unit) bool {
	switch k.Kind {
	case Dated:
		return k.Want == !f.Due.IsZero()
	case Started:
		return k.Want == (f.Start.IsZero() || !today.Before(f.Start))
	case Yellows:
		return f.Yellows >= k.N
	case From:
		if f.Due.IsZero() {
			return false
		}
		day := f.Due.AddDays(k.At.N)
		if k.At.Unit == workday.ByWorkday {
			day = china.AddWorkdays(f.Due, k.At.N)
		}
		return !today.Before(day)
	case ShareLeft:
		if f.Start.IsZero() || f.Due.IsZero() {
			return false
		}
		total := max(f.Start.DaysUntil(f.Due)+1, 0)
		return 100*(today.DaysUntil(f.Due)+1) <= k.N*total
	}
	planned := plannedPlainly(f, today, unit)
	gap := planned - f.Percent
	limit := func(percent int) bool { // whether the gap is larger
		if k.Relative {
			return gap*100 > percent*planned
		}
		return gap > percent*100
	}
	return limit(k.N) && (k.UpTo == 0 || !limit(k.UpTo))
}

// daysPlainly counts day by day: natural days, or working days where the trajectory asks for them and any lie in the whole piece.
func daysPlainly(from, until, end workday.Date, unit workday.Unit) (done, total int) {
	count := func(works func(workday.Date) bool) {
		done, total = 0, 0
		for d := from; d.Before(end); d = d.AddDays(1) {
			if works(d) {
				total++
				if d.Before(until) {
					done++
				}
			}
		}
	}
	if unit == workday.ByWorkday {
		if count(china.IsWorkday); total > 0 {
			return done, total
		}
	}
	count(func(workday.Date) bool { return true })
	return done, total
}

func plannedPlainly(f Facts, today workday.Date, unit workday.Unit) int {
	if f.Start.IsZero() {
		return 0
	}
	points := append([]Waypoint{}, f.Path...)
	if !f.Due.IsZero() {
		points = append(points, Waypoint{f.Due, whole})
	}
	from, reached := f.Start, 0
	for _, p := range points {
		end := p.Date.AddDays(1) // reached by the end of the date
		if !end.After(from) || p.Percent < reached {
			continue
		}
		if today.Before(end) {
			days, total := daysPlainly(from, today, end, unit)
			share := big.NewRat(int64(days*(p.Percent-reached)), int64(total))
			return reached + int(new(big.Int).Quo(share.Num(), share.Denom()).Int64())
		}
		from, reached = end, p.Percent
	}
	return reached
}
