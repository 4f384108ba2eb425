package cycle_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

func shipped(t *testing.T) cycle.Set {
	t.Helper()
	set, err := cycle.Load(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// year prints the occurrences of a cycle due in 2017 for a task handed out on 2017-03-16: "2017-Q1 03-31".
func year(c cycle.Cycle, terms cycle.Terms, milestones ...string) string {
	a := cycle.Anchor{Assigned: workday.MustDate("2017-03-16")}
	for _, m := range milestones {
		a.Milestones = append(a.Milestones, workday.MustDate(m))
	}
	var out []string
	for _, o := range c.Year(a, 2017, terms) {
		out = append(out, fmt.Sprintf("%s %s", o.Label, o.Due.String()[5:]))
	}
	return strings.Join(out, ", ")
}

func TestShipped_cycles_fall_due_as_the_docs_say(t *testing.T) {
	set := shipped(t)
	terms := set.Terms(workday.China())
	for id, want := range map[string]string{
		// 04-30 and 12-31 are days off and roll: 04-28 is a Friday, 05-28 is the Dragon Boat holiday, 10-28 a Saturday
		"monthly":       "2017-04 04-28, 2017-05 05-31, 2017-06 06-28, 2017-07 07-28, 2017-08 08-28, 2017-09 09-28, 2017-10 10-30, 2017-11 11-28, 2017-12 12-28",
		"monthly_after": "2017-03 04-05, 2017-04 05-05, 2017-05 06-05, 2017-06 07-05, 2017-07 08-07, 2017-08 09-05, 2017-09 10-09, 2017-10 11-06, 2017-11 12-05",
		"quarterly":     "2017-Q1 03-31, 2017-Q2 06-30, 2017-Q3 09-30",
		"half_yearly":   "2017-H1 06-30",
		"by_semester":   "2016-S2 07-31",
		"milestones":    "M2 04-05, M3 07-31",
		"days_1_3_7":    "D1 03-17, D3 03-20, D7 03-23",
	} {
		t.Run(id, func(t *testing.T) {
			c, ok := set.Find(id)
			if !ok {
				t.Fatal("not in the file")
			}
			if got := year(c, terms, "2017-02-01", "2017-07-31", "2017-04-02"); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
	days, _ := set.Find("days_1_3_7")
	for i, want := range [][]cycle.Field{{cycle.Responsible, cycle.NextSteps}, {cycle.Measures}, {cycle.Narrative}} {
		got := days.Opening(cycle.Anchor{Assigned: workday.MustDate("2017-03-16")}, workday.Date{}, workday.MustDate("2017-03-16"), terms)[i].Ask
		if !slices.Equal(got, want) {
			t.Errorf("report %d asks for %v, want %v", i, got, want)
		}
	}
}

func TestChoose_takes_task_then_clause_then_plan_then_default(t *testing.T) {
	set := shipped(t)
	for name, c := range map[string]struct {
		in   cycle.Named
		want string
	}{
		"nothing_said":                       {cycle.Named{}, "quarterly"},
		"plan":                               {cycle.Named{Plan: "monthly"}, "monthly"},
		"plan_asks_for_none":                 {cycle.Named{Plan: "none"}, "-"},
		"clause_before_plan":                 {cycle.Named{Plan: "monthly", Recurrence: "FREQ=WEEKLY"}, "FREQ=WEEKLY"},
		"task_before_clause":                 {cycle.Named{Task: "half_yearly", Recurrence: "FREQ=WEEKLY"}, "half_yearly"},
		"task_asks_for_none":                 {cycle.Named{Task: "none", Recurrence: "FREQ=WEEKLY"}, "-"},
		"unreadable_clause":                  {cycle.Named{Plan: "monthly", Recurrence: "FREQ=HOURLY"}, "monthly"},
		"a_cycle_that_the_file_lost":         {cycle.Named{Task: "gone", Plan: "monthly"}, "monthly"},
		"milestones_of_a_task_without":       {cycle.Named{Task: "milestones", Plan: "monthly"}, "monthly"},
		"milestones_of_a_task_that_has_some": {cycle.Named{Task: "milestones", Dated: true}, "milestones"},
	} {
		t.Run(name, func(t *testing.T) {
			got := "-"
			if chosen, recurrence, ok := set.Choose(c.in); ok {
				got = chosen.ID + recurrence
			}
			if got != c.want {
				t.Errorf("chose %s, want %s", got, c.want)
			}
		})
	}
	if _, _, ok := (cycle.Set{}).Choose(cycle.Named{Recurrence: "FREQ=WEEKLY"}); ok {
		t.Error("without a rule file something is asked for")
	}
}

func TestRecurrence(t *testing.T) {
	terms := cycle.Terms{Calendar: workday.China()}
	for rule, want := range map[string]string{
		"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1":  "2017-Q1 03-31, 2017-Q2 06-30, 2017-Q3 09-30, 2017-Q4 12-31",
		"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15":  "2017-Q1 03-15, 2017-Q2 06-15, 2017-Q3 09-15, 2017-Q4 12-15",
		"FREQ=MONTHLY;INTERVAL=6":                "2017-H1 06-30, 2017-H2 12-31",
		"FREQ=MONTHLY;INTERVAL=5":                "2017-04 04-30, 2017-08 08-31, 2017-12 12-31",
		"FREQ=MONTHLY;INTERVAL=24":               "",
		"FREQ=YEARLY":                            "2017 12-31",
		"FREQ=YEARLY;BYMONTH=6,11;BYMONTHDAY=-1": "2017-06 06-30, 2017-11 11-30",
		"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31":   "2017-12 12-31",
		"FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=2":  "2017-04 04-30, 2017-06 06-30, 2017-08 08-31, 2017-10 10-31, 2017-12 12-31",
		"FREQ=HOURLY":                            "!", "": "!", "FREQ=MONTHLY;INTERVAL=0": "!", "FREQ=WEEKLY;BYDAY=XX": "!", "FREQ=YEARLY;BYMONTH=13": "!",
		"FREQ=MONTHLY;BYMONTHDAY=32": "!", "FREQ=MONTHLY;FREQ=WEEKLY": "!", "FREQ=YEARLY;BYMONTH=9,3": "!",
	} {
		t.Run(rule, func(t *testing.T) {
			c, err := cycle.Recurrence(rule, nil)
			if err != nil {
				var f *fault.Error
				if want != "!" || !errors.As(err, &f) || f.Fields[0].Code != "cycle.recurrence" {
					t.Fatal(err)
				}
				return
			}
			if got := year(c, terms); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
	weekly, err := cycle.Recurrence("FREQ=WEEKLY;BYDAY=WE", nil)
	if err != nil || !strings.HasPrefix(year(weekly, terms), "2017-W11 03-15, 2017-W12 03-22") {
		t.Errorf("weekly on Wednesday: %s, %v", year(weekly, terms), err)
	}
	daily, err := cycle.Recurrence("FREQ=DAILY", nil)
	if err != nil || !strings.HasPrefix(year(daily, terms), "2017-W11 03-19, 2017-W12 03-26") {
		t.Errorf("daily is not reported weekly: %s, %v", year(daily, terms), err)
	}
}

// TestParse_names_every_fault_with_its_place changes one line of the shipped file at a time.
func TestParse_names_every_fault_with_its_place(t *testing.T) {
	raw, err := os.ReadFile("../../policies/rules/cycles.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, at, code string }{
		"unknown_key":         {"roll: true", "rol: true", "cycles.yaml", "rules.syntax"},
		"no_version":          {"version: 1", "version: 0", "cycles.yaml version", "rules.wrong_value"},
		"default_unknown":     {"default: quarterly", "default: never", "cycles.yaml default", "rules.wrong_value"},
		"month_grace":         {"{n: 10, unit: workday}", "{n: 10, unit: month}", "cycles.yaml grace.unit", "rules.wrong_value"},
		"two_of_one_id":       {"id: monthly_after", "id: monthly", "cycles.yaml cycles[2].id", "rules.twice"},
		"reserved_id":         {"id: monthly_after", "id: none", "cycles.yaml cycles[2].id", "rules.twice"},
		"unknown_length":      {"every: semester", "every: decade", "cycles.yaml cycles[5].every", "rules.wrong_value"},
		"one_semester":        {"semester_ends: [1, 7]", "semester_ends: [7]", "cycles.yaml semester_ends", "rules.wrong_value"},
		"same_end_twice":      {"semester_ends: [1, 7]", "semester_ends: [7, 7]", "cycles.yaml semester_ends", "rules.wrong_value"},
		"thirteenth_month":    {"semester_ends: [1, 7]", "semester_ends: [1, 13]", "cycles.yaml semester_ends", "rules.wrong_value"},
		"eighth_day_of_week":  {"due: {day: 5}", "due: {day: 8}", "cycles.yaml cycles[0].due.day", "rules.wrong_value"},
		"unknown_field":       {"ask: [measures]", "ask: [magic]", "cycles.yaml cycles[7].after_assignment[1].ask[0]", "rules.wrong_value"},
		"points_out_of_order": {"{n: 3, unit: day", "{n: 9, unit: day", "cycles.yaml cycles[7].after_assignment[2].n", "rules.wrong_value"},
		"two_kinds_at_once":   {"milestones: true", "milestones: true\n    every: week", "cycles.yaml cycles[6]", "rules.wrong_value"},
		"a_name_missing":      {"zh-TW: 每季度末, ", "", "cycles.yaml cycles[3].name.zh-TW", "rules.wrong_value"},
		"second_document":     {"cycles:\n", "cycles: []\n---\ncycles:\n", "cycles.yaml", "rules.second_document"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(string(raw), c.from, c.to, 1)
			if text == string(raw) {
				t.Fatalf("the file has no %q", c.from)
			}
			_, err := cycle.Parse("cycles.yaml", []byte(text))
			var f *fault.Error
			if !errors.As(err, &f) {
				t.Fatalf("accepted: %v", err)
			}
			if f.Fields[0].Location != c.at || f.Fields[0].Code != c.code {
				t.Errorf("got %+v, want %s at %s", f.Fields, c.code, c.at)
			}
		})
	}
}
