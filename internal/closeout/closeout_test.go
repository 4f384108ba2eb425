package closeout_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/closeout"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/rulefile"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/policies"
)

func shipped(t *testing.T) closeout.Rules {
	t.Helper()
	rules, err := closeout.Load(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestLoad_the_shipped_default_is_one_step_for_everything(t *testing.T) {
	rules := shipped(t)
	for _, node := range plan.NodeKind("").Values() {
		for _, part := range duty.Part("").Values() {
			c := rules.For(closeout.Case{Node: plan.NodeKind(node), Part: duty.Part(part)})
			if len(c.Steps) != 1 || rules.Name(c) != "closeout.default@1:standard" {
				t.Errorf("%s, %s takes %+v", node, part, c)
			}
		}
	}
}

func TestFor(t *testing.T) {
	rules := shipped(t)
	rules.Choose = []closeout.Choice{{Course: "leader", When: closeout.When{Node: []plan.NodeKind{plan.KeyPoint}, Part: []duty.Part{duty.Lead}}}, {Course: "standard"}}
	for name, c := range map[string]struct {
		of   closeout.Case
		want string
		last []closeout.By
	}{
		"the_first_choice_that_fits":             {closeout.Case{Node: plan.KeyPoint, Part: duty.Lead}, "leader", []closeout.By{closeout.Inspector}},
		"every_key_of_a_condition_has_to_hold":   {closeout.Case{Node: plan.KeyPoint, Part: duty.Support}, "standard", closeout.Closers},
		"what_the_contract_names_comes_first":    {closeout.Case{Node: plan.Task, Named: "upward"}, "upward", []closeout.By{closeout.Inspector}},
		"a_course_that_is_gone_falls_back":       {closeout.Case{Node: plan.Task, Named: "gone"}, "standard", closeout.Closers},
		"a_named_verifier_narrows_the_last_step": {closeout.Case{Node: plan.Task, Verifier: post.Inspector}, "standard", []closeout.By{closeout.Inspector}},
		"and_so_may_the_office":                  {closeout.Case{Named: "leader", Verifier: post.Office}, "leader", []closeout.By{closeout.Office}},
	} {
		t.Run(name, func(t *testing.T) {
			got := rules.For(c.of)
			if got.ID != c.want || !slices.Equal(got.Steps[len(got.Steps)-1].By, c.last) {
				t.Errorf("got %+v", got)
			}
		})
	}
	if course, _ := rules.Course("standard"); len(course.Steps[0].By) != 2 {
		t.Error("narrowing for one duty changed the rules for all")
	}
}

const head = "id: x\nversion: 1\n"

func TestParse_names_every_fault(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		codes []string
	}{
		"unknown_key":               {head + "curses: []\n", []string{"rules.syntax"}},
		"no_course":                 {head + "courses: []\nchoose: [{course: a}]\n", []string{"rules.wrong_value", "rules.wrong_value"}},
		"seven_steps":               {head + "courses: [{id: a, steps: [" + strings.Repeat("{id: s, by: [office]},", 7) + "]}]\nchoose: [{course: a}]\n", []string{"rules.wrong_value", "rules.twice", "rules.twice", "rules.twice", "rules.twice", "rules.twice", "rules.twice"}},
		"a_leader_strikes_off":      {head + "courses: [{id: a, steps: [{id: s, by: [supervising_leader]}]}]\nchoose: [{course: a}]\n", []string{"rules.wrong_value"}},
		"nobody_signs":              {head + "courses: [{id: a, steps: [{id: s}]}]\nchoose: [{course: a}]\n", []string{"rules.wrong_value"}},
		"no_choice":                 {head + "courses: [{id: a, steps: [{id: s, by: [office]}]}]\n", []string{"rules.missing_key"}},
		"the_last_choice_must_fit":  {head + "courses: [{id: a, steps: [{id: s, by: [office]}]}]\nchoose: [{course: a, when: {part: [lead]}}]\n", []string{"rules.last_conditional"}},
		"a_choice_nobody_reaches":   {head + "courses: [{id: a, steps: [{id: s, by: [office]}]}]\nchoose: [{course: a}, {course: a}]\n", []string{"rules.rest_unreachable"}},
		"an_unknown_kind_of_node":   {head + "courses: [{id: a, steps: [{id: s, by: [office]}]}]\nchoose: [{course: a, when: {node: [chapter]}}, {course: a}]\n", []string{"rules.wrong_value"}},
		"no_version":                {"id: x\ncourses: [{id: a, steps: [{id: s, by: [office]}]}]\nchoose: [{course: a}]\n", []string{"rules.wrong_value"}},
		"two_documents_in_one_file": {head + "courses: [{id: a, steps: [{id: s, by: [office]}]}]\nchoose: [{course: a}]\n---\nid: y\n", []string{"rules.second_document"}},
	} {
		t.Run(name, func(t *testing.T) {
			var rules closeout.Rules
			f := fault.As(rulefile.Parse(closeout.File, []byte(c.text), &rules))
			if f == nil || len(f.Fields) != len(c.codes) {
				t.Fatalf("got %v", f)
			}
			for i, field := range f.Fields {
				if field.Code != c.codes[i] {
					t.Errorf("fault %d is %s, want %s", i, field.Code, c.codes[i])
				}
				if !words.Has("fault."+field.Code) && !words.Has("field."+field.Code) {
					t.Errorf("no text for %s", field.Code)
				}
			}
		})
	}
}

// TestRun_signs_every_step_once_in_order walks random courses with random people: a step is signed only by somebody whose it
// is, nobody signs twice where the rule wants another person, and the run ends after its last step and not before.
func TestRun_signs_every_step_once_in_order(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) closeout.Step {
			return closeout.Step{By: rapid.SliceOfN(rapid.SampledFrom(closeout.Signers), 1, 2).Draw(t, "by"), Other: rapid.Bool().Draw(t, "other")}
		}), 1, 6).Draw(t, "steps")
		run := closeout.Run{Steps: steps}
		for try := range 40 {
			p := closeout.Person{ID: ident.FromInt(int64(rapid.IntRange(1, 4).Draw(t, "who"))),
				As: rapid.SliceOfN(rapid.SampledFrom(closeout.Signers), 0, 2).Draw(t, "as")}
			step, open := run.At()
			turn := run.Turn(p)
			if !open {
				if !turn.Foreign {
					t.Fatal("somebody has a turn after the last step")
				}
				return
			}
			mine := slices.ContainsFunc(step.By, func(by closeout.By) bool { return slices.Contains(p.As, by) })
			if turn.Foreign == mine || turn.Again && !slices.Contains(run.Signed, p.ID) || turn.Later != len(steps)-len(run.Signed)-1 {
				t.Fatalf("try %d: turn %+v of %+v at %+v", try, turn, p, step)
			}
			if !turn.Foreign && !turn.Again {
				run.Signed = append(run.Signed, p.ID)
			}
		}
	})
}
