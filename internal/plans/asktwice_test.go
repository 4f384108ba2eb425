package plans_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/plans"
)

// found lists the findings of a rule in a draft, as their texts name the other side.
func (h *house) found(t *testing.T, planID ident.ID, rule, param string) []string {
	t.Helper()
	report, err := h.plans.Lint(h.office(), planID)
	must(t, err)
	out := []string{}
	for _, f := range report.Findings {
		if f.Rule == rule {
			out = append(out, fmt.Sprint(f.Params["task"], "/", f.Params[param]))
		}
	}
	return out
}

// setTargets writes the figures that a node asks for, as the reader of documents would.
func (h *house) setTargets(t *testing.T, id ident.ID, json string) {
	t.Helper()
	must(t, h.Store.Write(access.System(t.Context(), "test"), func(ctx context.Context, tx *ent.Tx) error {
		return tx.Task.UpdateOneID(id).SetTargets([]byte(json)).Exec(ctx)
	}))
}

func TestLint_says_that_another_plan_asks_for_the_same_metric_of_the_same_unit(t *testing.T) {
	h := newHouse(t)
	p := h.issued(t)
	draft, err := h.plans.Copy(h.office(), p.ID, plans.CopyPlanInput{Year: 2018})
	must(t, err)
	other := "修订档案管理办法"
	node := h.task(t, draft.ID, "编制主动公开目录")
	_, err = h.plans.EditTask(h.office(), node.ID, node.Version, plans.EditTaskInput{Title: &other})
	must(t, err)
	finding := other + "/" + p.Title
	for _, c := range []struct {
		theirs, mine string
		want         bool
	}{
		{`[{"metric":"门户网站信息公开数","op":">=","value":1200,"unit":"条"}]`, `[{"metric":"2018年门户网站信息公开数","op":">=","value":1500,"unit":"条"}]`, true},
		{`[{"metric":"门户网站信息公开数","op":">=","value":1200,"unit":"条"}]`, `[{"metric":"门户网站信息公开数","op":">=","value":1200,"unit":"次"}]`, false},
		{`[{"metric":"门户网站信息公开数","op":">=","value":1200,"unit":"条"}]`, `[{"metric":"新媒体关注人数","op":">=","value":1200,"unit":"条"}]`, false},
		{`[{"metric":"培训","op":">=","value":2,"unit":"次"}]`, `[{"metric":"培训","op":">=","value":2,"unit":"次"}]`, false}, // too short to tell one from another
	} {
		h.setTargets(t, h.task(t, p.ID, "编制主动公开目录").ID, c.theirs)
		h.setTargets(t, node.ID, c.mine)
		if got := slices.Contains(h.found(t, draft.ID, "plan.same_ask", "plan"), finding); got != c.want {
			t.Errorf("%s beside %s: found %v, want %v", c.mine, c.theirs, got, c.want)
		}
	}
}

func TestLint_says_that_an_indicator_is_asked_of_a_unit_twice(t *testing.T) {
	h := newHouse(t)
	s := indicators.New(h.Store, h.Gate, h.Log, occurrences.New(h.Store, h.Gate, h.Log, h.watches))
	made, err := s.Create(h.office(), indicators.SaveIndicatorInput{Name: "主动公开信息数", Every: cycle.Quarter, Gather: figure.Sum})
	must(t, err)
	ask := func(planID ident.ID, title string) plans.Task {
		t.Helper()
		node := h.task(t, planID, title)
		p := h.plan(t, planID)
		in := plans.SetReportingInput{TaskID: node.ID, IndicatorIDs: &[]ident.ID{made.ID}}
		r, err := h.plans.SetReporting(h.office(), planID, p.Version, in)
		must(t, err)
		if i := slices.IndexFunc(r.Items, func(x plans.TaskReporting) bool { return x.TaskID == node.ID }); !slices.Equal(r.Items[i].IndicatorIDs, []ident.ID{made.ID}) {
			t.Fatalf("%s asks for %v", title, r.Items[i])
		}
		return node
	}
	draft := h.answered(t)
	ask(draft.ID, "编制主动公开目录")
	if got := h.found(t, draft.ID, "plan.asked_twice", "other"); len(got) != 0 {
		t.Errorf("one question is found twice: %v", got)
	}
	p := h.plan(t, draft.ID)
	p, err = h.plans.Issue(h.office(), p.ID, p.Version, plans.IssuePlanInput{Acknowledge: h.warnings(t, p.ID)})
	must(t, err)
	next, err := h.plans.Copy(h.office(), p.ID, plans.CopyPlanInput{Year: 2018}) // the question goes over with its task
	must(t, err)
	if got := h.found(t, next.ID, "plan.asked_twice", "other"); !slices.Equal(got, []string{"编制主动公开目录/" + p.Title}) {
		t.Errorf("beside the issued plan: %v", got)
	}
	_, err = h.plans.Issue(h.office(), next.ID, h.plan(t, next.ID).Version, plans.IssuePlanInput{})
	if err == nil {
		t.Error("issued without a word about it")
	}
	unknown := []ident.ID{h.Store.NewID()}
	_, err = h.plans.SetReporting(h.office(), next.ID, h.plan(t, next.ID).Version, plans.SetReportingInput{TaskID: h.task(t, next.ID, "编制主动公开目录").ID, IndicatorIDs: &unknown})
	if err == nil {
		t.Error("asked for an indicator that does not exist")
	}
}
