package ladder

import (
	"fmt"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

var (
	shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)
	china    = workday.China()
)

func shipped(t testing.TB, subject Subject) RuleSet {
	t.Helper()
	sets, err := Load(policies.Rules, "rules")
	if err != nil {
		t.Fatalf("load the shipped ladders: %v", err)
	}
	return sets[subject]
}

// at is an instant of local time in Shanghai.
func at(t interface{ Fatal(...any) }, text string) time.Time {
	instant, err := time.ParseInLocation("2006-01-02 15:04:05.000", text, shanghai)
	if err != nil {
		instant, err = time.ParseInLocation("2006-01-02 15:04", text, shanghai)
	}
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

// names are the ids of the steps in order.
func names(steps []DueStep) string {
	ids := make([]string, 0, len(steps))
	for _, s := range steps {
		ids = append(ids, s.StepID)
	}
	return fmt.Sprint(ids)
}

// nationalDay is a duty set in September 2017 and due on the first working day after the National Day week.
var nationalDay = Facts{
	Subject: OnDuty, Revision: 1, Start: workday.MustDate("2017-09-01"), Due: workday.MustDate("2017-10-09"),
}

func TestAssess_light(t *testing.T) {
	set := shipped(t, OnDuty)
	for _, c := range []struct {
		name, now string
		change    func(*Facts)
		light     Light
		rule      string
	}{
		{"grey_before_its_start", "2017-08-31 23:59", nil, Grey, "not_started"},
		{"green_far_from_due", "2017-09-01 00:00", nil, Green, "on_time"},
		{"green_until_the_end_of_the_day_before", "2017-10-01 23:59:59.999", nil, Green, "on_time"},
		{"yellow_seven_days_before", "2017-10-02 00:00", nil, Yellow, "near"},
		{"yellow_until_the_last_millisecond_of_the_due_date", "2017-10-09 23:59:59.999", nil, Yellow, "near"},
		{"red_when_the_due_date_has_ended", "2017-10-10 00:00", nil, Red, "overdue"},
		{"grey_without_a_due_date", "2017-10-10 00:00", func(f *Facts) { f.Due = workday.Date{} }, Grey, "no_date"},
		{"done_when_closed_though_late", "2017-10-20 00:00", func(f *Facts) { f.Closed = true }, Done, "closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := nationalDay
			if c.change != nil {
				c.change(&facts)
			}
			got := Assess(facts, at(t, c.now), shanghai, china, set, nil)
			if got.Light != c.light || got.LightRule != c.rule {
				t.Errorf("light %s by %s, want %s by %s", got.Light, got.LightRule, c.light, c.rule)
			}
			if got.RuleSet != "duty.default" || got.RuleVersion != 1 || got.LightInputs.Calendar != china.Version {
				t.Errorf("the outcome does not say what produced it: %+v", got.Why())
			}
		})
	}
}

func TestAssess_stepsAreDueAtTheStartOfTheirDay(t *testing.T) {
	set := shipped(t, OnDuty)
	for _, c := range []struct{ step, last, first string }{
		{"remind_7", "2017-09-21 23:59:59.999", "2017-09-22 00:00"},
		{"remind_3", "2017-09-27 23:59:59.999", "2017-09-28 00:00"},
		{"remind_1", "2017-09-29 23:59:59.999", "2017-09-30 00:00"}, // a make-up Saturday
		{"due", "2017-10-08 23:59:59.999", "2017-10-09 00:00"},
		{"urge_1", "2017-10-09 23:59:59.999", "2017-10-10 00:00"},
		{"escalate_5", "2017-10-15 23:59:59.999", "2017-10-16 00:00"},
	} {
		t.Run(c.step, func(t *testing.T) {
			only := func(id string) bool { return id != c.step }
			before := Assess(nationalDay, at(t, c.last), shanghai, china, set, only)
			if len(before.Steps) != 0 {
				t.Errorf("due a millisecond early: %v", before.Steps)
			}
			got := Assess(nationalDay, at(t, c.first), shanghai, china, set, only)
			if len(got.Steps) != 1 || got.Steps[0].StepID != c.step || !got.Steps[0].PlannedAt.Equal(at(t, c.first)) {
				t.Errorf("steps at %s: %+v", c.first, got.Steps)
			}
		})
	}
}

func TestAssess_afterDowntimeGivesAllStepsInOrderWithTheirTrueTimes(t *testing.T) {
	got := Assess(nationalDay, at(t, "2018-03-01 10:30"), shanghai, china, shipped(t, OnDuty), nil)
	want := DryRun(nationalDay, time.Time{}, shanghai, china, shipped(t, OnDuty))
	if len(got.Steps) != 6 || len(want) != 6 {
		t.Fatalf("%d steps are due, %d were planned, want 6", len(got.Steps), len(want))
	}
	for i, step := range got.Steps {
		if step.StepID != want[i].StepID || !step.PlannedAt.Equal(want[i].PlannedAt) {
			t.Errorf("step %d is %s planned %s, want %s planned %s", i, step.StepID, step.PlannedAt, want[i].StepID, want[i].PlannedAt)
		}
	}
	if !got.NextCheck.IsZero() {
		t.Errorf("nothing is left to happen, but the next check is %s", got.NextCheck)
	}
	if urge := got.Steps[4]; urge.ReplyDue != workday.MustDate("2018-03-05") {
		t.Errorf("a reply to %s heard on 2018-03-01 is due %s, want two working days later", urge.StepID, urge.ReplyDue)
	}
}

// TestAssess_theExampleOfTheDocs holds the downtime told in docs/ladder.md.
func TestAssess_theExampleOfTheDocs(t *testing.T) {
	facts := Facts{Subject: OnDuty, Revision: 4, Start: workday.MustDate("2017-03-01"), Due: workday.MustDate("2017-09-30")}
	got := Assess(facts, at(t, "2017-10-10 08:00"), shanghai, china, shipped(t, OnDuty), func(id string) bool { return id == "remind_7" })
	if names(got.Steps) != "[remind_3 remind_1 due urge_1]" {
		t.Fatalf("steps %s", names(got.Steps))
	}
	urge := got.Steps[3]
	if urge.PlannedOn != workday.MustDate("2017-10-09") || urge.ReplyDue != workday.MustDate("2017-10-12") {
		t.Errorf("urge planned on %s, reply due %s", urge.PlannedOn, urge.ReplyDue)
	}
	if urge.Subject != OnDuty || urge.Revision != 4 || urge.Rule() != "duty.default@1/urge_1" || got.Rule() != "duty.default@1/overdue" {
		t.Errorf("the step does not say what it belongs to: %+v", urge)
	}
	if !got.NextCheck.Equal(at(t, "2017-10-13 00:00")) {
		t.Errorf("next check %s, want the escalation", got.NextCheck.In(shanghai))
	}
}

func TestAssess_nextCheck(t *testing.T) {
	set := shipped(t, OnDuty)
	all := func(string) bool { return true }
	for _, c := range []struct {
		name, now string
		facts     Facts
		done      func(string) bool
		want      string
	}{
		{"the_start_tomorrow", "2017-08-31 12:00", nationalDay, nil, "2017-09-01 00:00"},
		{"the_first_reminder", "2017-09-01 12:00", nationalDay, nil, "2017-09-22 00:00"},
		{"the_yellow_light_when_reminders_are_done", "2017-09-30 12:00", nationalDay, all, "2017-10-02 00:00"},
		{"the_breach_on_the_due_date", "2017-10-09 12:00", nationalDay, all, "2017-10-10 00:00"},
		{"the_escalation_when_overdue", "2017-10-10 00:00", nationalDay, nil, "2017-10-16 00:00"},
		{"none_when_all_is_done_and_red", "2017-10-10 00:00", nationalDay, all, ""},
		{"none_without_a_due_date", "2017-10-10 00:00", Facts{Start: nationalDay.Start}, nil, ""},
		{"none_when_closed", "2017-09-10 00:00", Facts{Start: nationalDay.Start, Due: nationalDay.Due, Closed: true}, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Assess(c.facts, at(t, c.now), shanghai, china, set, c.done).NextCheck
			if c.want == "" && !got.IsZero() || c.want != "" && !got.Equal(at(t, c.want)) {
				t.Errorf("next check %s, want %q", got.In(shanghai), c.want)
			}
		})
	}
}

func TestAssess_breachIsTheEndOfTheDueDate(t *testing.T) {
	set, end := shipped(t, OnDuty), at(t, "2017-10-10 00:00")
	for _, c := range []struct {
		name, now, closed string
		breached          bool
	}{
		{"open_in_the_last_millisecond", "2017-10-09 23:59:59.999", "", false},
		{"open_at_the_end", "2017-10-10 00:00", "", true},
		{"noticed_half_a_year_later", "2018-04-10 09:00", "", true},
		{"closed_in_the_last_millisecond", "2018-04-10 09:00", "2017-10-09 23:59:59.999", false},
		{"closed_at_the_end", "2018-04-10 09:00", "2017-10-10 00:00", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := nationalDay
			if c.closed != "" {
				facts.Closed, facts.ClosedAt = true, at(t, c.closed)
			}
			got := Assess(facts, at(t, c.now), shanghai, china, set, nil)
			if got.Breached != c.breached || c.breached && !got.BreachedAt.Equal(end) || !c.breached && !got.BreachedAt.IsZero() {
				t.Errorf("breached %t at %s, want %t at %s", got.Breached, got.BreachedAt, c.breached, end)
			}
			if facts.Closed && got.Steps != nil {
				t.Errorf("a closed duty has steps: %v", names(got.Steps))
			}
		})
	}
}

func TestAssess_remindersNotAfterTheDayTheDateWasSetAreLeftOut(t *testing.T) {
	set := shipped(t, OnDuty)
	for _, c := range []struct {
		name   string
		change func(*Facts)
		want   string
	}{
		{"set_long_before", func(*Facts) {}, "[remind_7 remind_3 remind_1 due urge_1 escalate_5]"},
		{"started_on_the_day_of_a_reminder", func(f *Facts) { f.Start = workday.MustDate("2017-09-28") }, "[remind_1 due urge_1 escalate_5]"},
		{"extended_on_the_day_of_a_reminder", func(f *Facts) { f.Set = workday.MustDate("2017-09-28"); f.Revision = 2 }, "[remind_1 due urge_1 escalate_5]"},
		{"set_when_already_past", func(f *Facts) { f.Set = workday.MustDate("2017-12-01") }, "[due urge_1 escalate_5]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := nationalDay
			c.change(&facts)
			if got := names(DryRun(facts, time.Time{}, shanghai, china, set)); got != c.want {
				t.Errorf("steps %s, want %s", got, c.want)
			}
		})
	}
}

func TestAssess_saysWhyInFigures(t *testing.T) {
	facts := nationalDay
	facts.Percent = 4_000
	why := Assess(facts, at(t, "2017-09-29 15:00"), shanghai, china, shipped(t, OnDuty), nil).Why()
	want := Why{
		Light: Green, Rule: "on_time", RuleSet: "duty.default", RuleVersion: 1,
		Inputs: Inputs{
			Today: workday.MustDate("2017-09-29"), Due: facts.Due, DaysLeft: 10, WorkdaysLeft: 2,
			Percent: 4_000, Planned: 8_695, Calendar: china.Version, // 20 of 23 working days have passed: the holiday week is none
		},
	}
	if why != want {
		t.Errorf("why:\n got %+v\nwant %+v", why, want)
	}
	facts.Due = workday.MustDate("2027-03-01")
	if !Assess(facts, at(t, "2017-09-29 15:00"), shanghai, china, shipped(t, OnDuty), nil).LightInputs.Provisional {
		t.Error("a due date in a year without a notice is not marked provisional")
	}
}

func BenchmarkAssess(b *testing.B) {
	set, now := shipped(b, OnDuty), at(b, "2017-10-10 08:00")
	sent := func(id string) bool { return id != "urge_1" }
	b.ReportAllocs()
	for b.Loop() {
		Assess(nationalDay, now, shanghai, china, set, sent)
	}
}
