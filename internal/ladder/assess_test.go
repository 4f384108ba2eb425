package ladder

import (
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
func at(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation("2006-01-02 15:04:05.000", text, shanghai)
	if err != nil {
		instant, err = time.ParseInLocation("2006-01-02 15:04", text, shanghai)
	}
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

func ids(steps []DueStep) (names []string) {
	for _, s := range steps {
		names = append(names, s.StepID)
	}
	return names
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
