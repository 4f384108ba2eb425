package workday

import (
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
)

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name, from string
		period     Period
		want       string
		rules      string
	}{
		{"first_day_is_not_counted", "2017-11-01", Period{N: 5, Unit: ByDay}, "2017-11-06", "period.first_day"},
		{"natural_days_may_end_on_a_day_off", "2017-09-21", Period{N: 10, Unit: ByDay}, "2017-10-01", "period.first_day"},
		{"rolls_over_the_whole_holiday", "2017-09-21", Period{N: 10, Unit: ByDay, Roll: true}, "2017-10-09",
			"period.first_day period.roll"},
		{"does_not_roll_off_a_make_up_saturday", "2017-09-20", Period{N: 10, Unit: ByDay, Roll: true}, "2017-09-30",
			"period.first_day"},
		{"rolls_off_a_weekday_that_is_off", "2017-04-01", Period{N: 3, Unit: ByDay, Roll: true}, "2017-04-05",
			"period.first_day period.roll"},
		{"working_days", "2017-09-20", Period{N: 15, Unit: ByWorkday, Roll: true}, "2017-10-17",
			"period.first_day period.workday"},
		{"month_without_the_day_ends_on_its_last", "2017-01-31", Period{N: 1, Unit: ByMonth}, "2017-02-28",
			"period.first_day period.month_end"},
		{"month_in_a_leap_year", "2024-01-31", Period{N: 1, Unit: ByMonth}, "2024-02-29",
			"period.first_day period.month_end"},
		{"month_keeps_the_day", "2017-06-15", Period{N: 3, Unit: ByMonth}, "2017-09-15", "period.first_day"},
		{"month_end_is_no_anchor", "2017-02-28", Period{N: 1, Unit: ByMonth}, "2017-03-28", "period.first_day"},
		{"months_over_the_year", "2017-11-30", Period{N: 3, Unit: ByMonth}, "2018-02-28",
			"period.first_day period.month_end"},
		{"month_end_on_a_day_off_rolls_too", "2017-03-31", Period{N: 1, Unit: ByMonth, Roll: true}, "2017-05-02",
			"period.first_day period.month_end period.roll"},
		{"year_from_a_leap_day", "2024-02-29", Period{N: 1, Unit: ByYear}, "2025-02-28",
			"period.first_day period.month_end"},
		{"at_once", "2017-06-15", Period{N: 0, Unit: ByDay}, "2017-06-15", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := China().Resolve(MustDate(c.from), c.period)
			if err != nil {
				t.Fatal(err)
			}
			var rules []string
			for _, step := range got.Steps {
				rules = append(rules, step.Rule)
			}
			if got.Date != MustDate(c.want) || strings.Join(rules, " ") != c.rules {
				t.Errorf("%s + %+v = %s by %v, want %s by %s", c.from, c.period, got.Date, rules, c.want, c.rules)
			}
			if got.Calendar != China().Version || got.Provisional {
				t.Errorf("calendar %q, provisional %t", got.Calendar, got.Provisional)
			}
			if end := China().End(MustDate(c.from), c.period); end != got.Date {
				t.Errorf("End says %s, Resolve %s", end, got.Date)
			}
		})
	}
}

func TestResolve_isProvisionalBeyondTheLastNotice(t *testing.T) {
	got, err := China().Resolve(MustDate("2026-12-25"), Period{N: 15, Unit: ByWorkday})
	if err != nil || !got.Provisional {
		t.Errorf("15 working days from 2026-12-25: %+v, %v", got, err)
	}
}

func TestResolve_refuses(t *testing.T) {
	for name, c := range map[string]struct {
		from   Date
		period Period
		code   string
	}{
		"a_negative_length": {MustDate("2017-01-01"), Period{N: -1, Unit: ByDay}, "period.length"},
		"an_unknown_unit":   {MustDate("2017-01-01"), Period{N: 1, Unit: "week"}, "period.unit"},
		"no_first_day":      {Date{}, Period{N: 1, Unit: ByDay}, "period.no_start"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := China().Resolve(c.from, c.period)
			if e := fault.As(err); e == nil || e.Kind != fault.Invalid || len(e.Fields) != 1 || e.Fields[0].Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}
