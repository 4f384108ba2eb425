package plans_test

import (
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/plans"
)

func TestLint_says_that_another_plan_asks_the_same_of_the_same_unit(t *testing.T) {
	h := newHouse(t)
	p := h.issued(t)
	draft, err := h.plans.Copy(h.office(), p.ID, plans.CopyPlanInput{Year: 2018})
	must(t, err)
	asks := func(title string) bool {
		t.Helper()
		report, err := h.plans.Lint(h.office(), draft.ID)
		must(t, err)
		node := h.task(t, draft.ID, title)
		return slices.ContainsFunc(report.Findings, func(f plans.LintFinding) bool {
			return f.Rule == "plan.same_ask" && f.TaskID == node.ID && f.Severity == plans.LintWarning && f.Params["plan"] == p.Title
		})
	}
	rename := func(from, to string) {
		t.Helper()
		node := h.task(t, draft.ID, from)
		_, err := h.plans.EditTask(h.office(), node.ID, node.Version, plans.EditTaskInput{Title: &to})
		must(t, err)
	}
	if !asks("编制主动公开目录") {
		t.Error("the same title is not found")
	}
	rename("编制主动公开目录", "继续编制2018年主动公开的目录。")
	if !asks("继续编制2018年主动公开的目录。") {
		t.Error("a title with another year, verb and mark is not found")
	}
	rename("继续编制2018年主动公开的目录。", "修订档案管理办法")
	if asks("修订档案管理办法") {
		t.Error("another title counts as the same")
	}
}
