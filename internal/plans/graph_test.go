package plans_test

import (
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/workday"
)

func TestDependency(t *testing.T) {
	h := newHouse(t)
	p := h.answered(t)
	survey, list, shared := h.task(t, p.ID, "开展信息系统普查"), h.task(t, p.ID, "编制信息资源目录"), h.task(t, p.ID, "推送共享数据")
	first, err := h.plans.Link(h.office(), p.ID, plans.LinkTasksInput{BeforeID: survey.ID, AfterID: list.ID, Lag: 5})
	must(t, err)
	_, err = h.plans.Link(h.office(), p.ID, plans.LinkTasksInput{BeforeID: list.ID, AfterID: shared.ID})
	must(t, err)
	t.Run("a_circle_is_refused_with_the_shortest", func(t *testing.T) {
		_, err := h.plans.Link(h.office(), p.ID, plans.LinkTasksInput{BeforeID: shared.ID, AfterID: survey.ID})
		if f := fault.As(err); f == nil || f.Code != "plan.cycle" || f.Params["n"] != 3 {
			t.Errorf("got %v", err)
		}
	})
	t.Run("the_same_again_conflicts", func(t *testing.T) {
		_, err := h.plans.Link(h.office(), p.ID, plans.LinkTasksInput{BeforeID: survey.ID, AfterID: list.ID})
		if fault.CodeOf(err) != "dependency.exists" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a_slip_is_foreseen_and_saves_nothing", func(t *testing.T) {
		got, err := h.plans.Slip(h.office(), survey.ID, 60)
		must(t, err)
		at := slices.IndexFunc(got.Moves, func(m plans.TaskMove) bool { return m.TaskID == list.ID })
		want := workday.China().AddWorkdays(workday.China().AddWorkdays(survey.Deadline.Due, 60), 5)
		if at < 0 || got.Moves[at].To != want || len(got.Breaks) < 2 || len(got.Leaders) != 1 || got.Leaders[0].Name != "贺承远" {
			t.Errorf("slip: %+v, want %s at %s", got, list.Title, want)
		}
		if now := h.task(t, p.ID, list.Title); now.Deadline.Due != list.Deadline.Due {
			t.Errorf("the deadline moved to %s", now.Deadline.Due)
		}
	})
	t.Run("a_successor_due_too_early_is_an_error_of_lint", func(t *testing.T) {
		now := h.task(t, p.ID, list.Title)
		_, err := h.plans.EditTask(h.office(), now.ID, now.Version, plans.EditTaskInput{DueDate: ptr(workday.NewDate(2017, 6, 2))})
		must(t, err)
		report, err := h.plans.Lint(h.office(), p.ID)
		must(t, err)
		if report.Errors != 1 || !slices.ContainsFunc(report.Findings, func(f plans.LintFinding) bool { return f.Rule == "plan.successor_early" && f.TaskID == list.ID }) {
			t.Errorf("lint: %+v", report)
		}
	})
	t.Run("a_node_that_others_wait_for_is_not_deleted", func(t *testing.T) {
		if err := h.plans.DeleteTask(h.office(), survey.ID, survey.Version); fault.CodeOf(err) != "plan.node_has_dependency" {
			t.Errorf("got %v", err)
		}
		must(t, h.plans.Unlink(h.office(), first.ID))
		must(t, h.plans.DeleteTask(h.office(), survey.ID, survey.Version))
	})
}

func TestLint_finds_every_planted_defect(t *testing.T) {
	h := newHouse(t)
	p := h.answered(t)
	parent := h.task(t, p.ID, "健全公开制度")
	lead := func(code string) plans.AssignInput { return plans.AssignInput{Part: "lead", UnitID: h.unit[code].ID} }
	support := func(code string) plans.AssignInput {
		return plans.AssignInput{Part: "support", UnitID: h.unit[code].ID}
	}
	may := workday.NewDate(2017, 5, 31)
	_, err := h.plans.EditTask(h.office(), parent.ID, parent.Version, plans.EditTaskInput{DueDate: ptr(workday.NewDate(2017, 12, 29))})
	must(t, err)
	for rule, in := range map[string]plans.AddTaskInput{
		"plan.no_unit":            {DueDate: may},
		"plan.no_lead":            {DueDate: may, Assignments: []plans.AssignInput{support("D04")}},
		"plan.many_leads":         {DueDate: may, Assignments: []plans.AssignInput{lead("D04"), lead("D05")}},
		"plan.lead_supports":      {DueDate: may, Assignments: []plans.AssignInput{lead("D04"), support("D04")}},
		"plan.unknown_name":       {DueDate: may, Assignments: []plans.AssignInput{{Part: "lead", Name: "查无此处"}}},
		"plan.no_deadline":        {ParentID: h.task(t, p.ID, "加强解读回应").ID, Assignments: []plans.AssignInput{lead("D04")}},
		"plan.due_past":           {DueDate: workday.NewDate(2017, 3, 1), Assignments: []plans.AssignInput{lead("D04")}},
		"plan.day_off":            {DueDate: workday.NewDate(2017, 10, 2), Assignments: []plans.AssignInput{lead("D04")}},
		"plan.child_after_parent": {ParentID: parent.ID, DueDate: workday.NewDate(2018, 1, 5), Assignments: []plans.AssignInput{lead("D04")}},
	} {
		t.Run(rule, func(t *testing.T) {
			in.Kind, in.Title = "task", rule
			made, err := h.plans.AddTask(h.office(), p.ID, in)
			must(t, err)
			report, err := h.plans.Lint(h.office(), p.ID)
			must(t, err)
			if !slices.ContainsFunc(report.Findings, func(f plans.LintFinding) bool { return f.Rule == rule && f.TaskID == made.ID && f.Message != "" }) {
				t.Errorf("not found among %+v", report.Findings)
			}
		})
	}
}
