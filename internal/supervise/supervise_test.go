package supervise_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

func TestTables(t *testing.T) {
	t.Run("matter", func(t *testing.T) {
		transitiontest.Laws(t, supervise.MatterTable)
		transitiontest.Golden(t, "testdata/matter.golden", transitiontest.Matrix(supervise.MatterTable))
		transitiontest.Diagram(t, supervise.MatterTable, "matter")
	})
	t.Run("instruction", func(t *testing.T) {
		transitiontest.Laws(t, supervise.InstructionTable)
		transitiontest.Golden(t, "testdata/instruction.golden", transitiontest.Matrix(supervise.InstructionTable))
		transitiontest.Diagram(t, supervise.InstructionTable, "instruction")
	})
	t.Run("interview", func(t *testing.T) {
		transitiontest.Laws(t, supervise.InterviewTable)
		transitiontest.Golden(t, "testdata/interview.golden", transitiontest.Matrix(supervise.InterviewTable))
		transitiontest.Diagram(t, supervise.InterviewTable, "interview")
	})
	t.Run("circular", func(t *testing.T) {
		transitiontest.Laws(t, supervise.CircularTable)
		transitiontest.Golden(t, "testdata/circular.golden", transitiontest.Matrix(supervise.CircularTable))
		transitiontest.Diagram(t, supervise.CircularTable, "circular")
	})
}

func shipped(t testing.TB) supervise.Rules {
	t.Helper()
	rules, err := supervise.Load(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// TestDue holds the worked examples of docs/matters.md.
func TestDue(t *testing.T) {
	rules, from := shipped(t).Matters, workday.MustDate("2017-03-06")
	for name, c := range map[string]struct {
		source  supervise.Source
		urgency supervise.Urgency
		due     string
		rule    string
	}{
		"a_document_has_30_days":              {supervise.FromDocument, supervise.Ordinary, "2017-04-05", "matters.default@1:document"},
		"minutes_have_20_days":                {supervise.FromMinutes, supervise.Ordinary, "2017-03-27", "matters.default@1:minutes"},
		"an_urgent_instruction_has_5_days":    {supervise.FromInstruction, supervise.Urgent, "2017-03-13", "matters.default@1:instruction.urgent"},
		"an_ordinary_instruction_has_15_days": {supervise.FromInstruction, supervise.Ordinary, "2017-03-21", "matters.default@1:instruction.ordinary"},
		"a_hard_instruction_has_30_days":      {supervise.FromInstruction, supervise.Hard, "2017-04-05", "matters.default@1:instruction.hard"},
	} {
		t.Run(name, func(t *testing.T) {
			due, rule := rules.Due(workday.China(), from, c.source, c.urgency)
			if due.String() != c.due || rule != c.rule {
				t.Errorf("got %s by %s", due, rule)
			}
		})
	}
}

func TestReplyDue_is_two_working_days_over_a_holiday(t *testing.T) {
	if got, _ := shipped(t).Urges.ReplyDue(workday.China(), workday.MustDate("2017-09-30")); got.String() != "2017-10-10" {
		t.Errorf("got %s", got)
	}
}

func TestAgain(t *testing.T) {
	rules, last := shipped(t).Urges, time.Date(2017, 3, 6, 1, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		last, now time.Time
		reason    string
		code      string
	}{
		"a_first_urge_needs_no_reason":               {time.Time{}, last, "", ""},
		"a_second_one_the_same_day_does":             {last, last.Add(3 * time.Hour), "", "urge.cool_down"},
		"with_a_reason_it_goes":                      {last, last.Add(3 * time.Hour), "省厅领导今日过问", ""},
		"a_minute_before_the_end_it_still_needs_one": {last, last.Add(24*time.Hour - time.Minute), "", "urge.cool_down"},
		"at_the_end_of_the_cool_down_it_needs_none":  {last, last.Add(24 * time.Hour), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if code := fault.CodeOf(rules.Again(c.last, c.now, c.reason)); (c.code != "" || rules.Again(c.last, c.now, c.reason) != nil) && code != c.code {
				t.Errorf("got %q", code)
			}
		})
	}
}

// TestAgain_needs_a_reason_exactly_within_the_cool_down over any two instants and any length.
func TestAgain_needs_a_reason_exactly_within_the_cool_down(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := supervise.UrgeRules{CoolDownHours: rapid.IntRange(0, 100).Draw(t, "hours")}
		last := time.Unix(1_500_000_000, 0)
		passed := time.Duration(rapid.Int64Range(0, int64(200*time.Hour)).Draw(t, "passed"))
		refused := rules.Again(last, last.Add(passed), "") != nil
		if want := passed < time.Duration(rules.CoolDownHours)*time.Hour; refused != want {
			t.Errorf("%v after %d hours' cool-down: refused %v", passed, rules.CoolDownHours, refused)
		}
	})
}

func TestLoad_names_every_fault(t *testing.T) {
	for name, c := range map[string]struct{ file, old, fresh, at string }{
		"an_unknown_key":            {"matters.yaml", "version: 1", "version: 1\ncolour: red", "matters.yaml"},
		"a_source_without_a_period": {"matters.yaml", "  minutes: {n: 20, unit: day, roll: true}\n", "", "matters.yaml periods.minutes"},
		"a_period_of_no_days":       {"matters.yaml", "hard: {n: 30", "hard: {n: 0", "matters.yaml instructions.hard.n"},
		"an_unknown_unit":           {"matters.yaml", "media: {n: 5, unit: day, roll: true}", "media: {n: 5, unit: hour, roll: true}", "matters.yaml periods.media.unit"},
		"two_series_of_one_letter":  {"matters.yaml", "criticism: 批", "criticism: 表", "matters.yaml numbers"},
		"a_negative_cool_down":      {"urges.yaml", "hours: 24", "hours: -1", "urges.yaml cool_down_hours"},
		"no_version":                {"urges.yaml", "version: 1", "version: 0", "urges.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{}
			for _, n := range []string{"matters.yaml", "urges.yaml"} {
				raw, err := fs.ReadFile(policies.Rules, "rules/"+n)
				if err != nil {
					t.Fatal(err)
				}
				text := string(raw)
				if n == c.file {
					if text = strings.Replace(text, c.old, c.fresh, 1); text == string(raw) {
						t.Fatalf("%q is not in the file", c.old)
					}
				}
				files["rules/"+n] = &fstest.MapFile{Data: []byte(text)}
			}
			_, err := supervise.Load(files, "rules")
			f := fault.As(err)
			if f == nil || len(f.Fields) != 1 || f.Fields[0].Location != c.at {
				t.Errorf("got %v", err)
			}
		})
	}
}
