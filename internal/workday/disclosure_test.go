package workday

import (
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
)

func TestDisclosure(t *testing.T) {
	wait := func(asked, answered string) Wait { return Wait{MustDate(asked), MustDate(answered)} }
	for _, c := range []struct {
		name, received string
		extended       int
		waits          []Wait
		want, rules    string
	}{
		{"fifteen_working_days_before_the_revision", "2017-09-20", 0, nil, "2017-10-17", "disclosure.order_492"},
		{"last_day_of_the_old_law", "2019-05-14", 0, nil, "2019-06-04", "disclosure.order_492"},
		{"first_day_of_the_new_law", "2019-05-15", 0, nil, "2019-06-13", "disclosure.order_711"},
		{"twenty_over_spring_festival", "2025-01-20", 0, nil, "2025-02-21", "disclosure.order_711"},
		{"extended_in_full", "2025-01-20", 20, nil, "2025-03-21", "disclosure.order_711 disclosure.extended"},
		{"a_wait_of_four_working_days", "2025-03-03", 0, []Wait{wait("2025-03-10", "2025-03-14")}, "2025-04-07",
			"disclosure.order_711 disclosure.suspended"},
		{"waits_that_overlap_count_once", "2025-03-03", 0,
			[]Wait{wait("2025-03-12", "2025-03-14"), wait("2025-03-10", "2025-03-13")}, "2025-04-07",
			"disclosure.order_711 disclosure.suspended"},
		{"a_wait_over_a_weekend_costs_nothing", "2025-03-03", 0, []Wait{wait("2025-03-07", "2025-03-09")}, "2025-03-31",
			"disclosure.order_711"},
		{"a_wait_after_the_last_day_stops_nothing", "2025-03-03", 0, []Wait{wait("2025-04-01", "2025-04-10")}, "2025-03-31",
			"disclosure.order_711"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := China().Disclosure(MustDate(c.received), c.extended, c.waits...)
			if err != nil {
				t.Fatal(err)
			}
			var rules []string
			for _, step := range got.Steps[1:] {
				rules = append(rules, step.Rule)
			}
			if got.Date != MustDate(c.want) || strings.Join(rules, " ") != c.rules {
				t.Errorf("due %s by %v, want %s by %s", got.Date, rules, c.want, c.rules)
			}
		})
	}
}

func TestDisclosure_refuses(t *testing.T) {
	day := MustDate("2025-03-03")
	for name, c := range map[string]struct {
		received Date
		extended int
		wait     Wait
		code     string
	}{
		"a_request_before_the_law":          {MustDate("2008-04-30"), 0, Wait{day, day}, "disclosure.no_law"},
		"no_day_of_receipt":                 {Date{}, 0, Wait{day, day}, "disclosure.no_law"},
		"more_than_the_law_allows":          {day, 21, Wait{day, day}, "disclosure.extension"},
		"an_answer_before_the_question":     {day, 0, Wait{day.AddDays(2), day}, "disclosure.wait"},
		"a_consultation_before_the_receipt": {day, 0, Wait{day.AddDays(-1), day}, "disclosure.wait"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := China().Disclosure(c.received, c.extended, c.wait)
			if e := fault.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}
