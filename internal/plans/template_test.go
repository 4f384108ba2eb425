package plans_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/workday"
)

func TestTemplate(t *testing.T) {
	h := newHouse(t)
	p := h.issued(t)
	made, err := h.plans.SaveTemplate(h.office(), p.ID, plans.SaveTemplateInput{Title: "年度要点模板"})
	must(t, err)
	was := h.tasks(t, p.ID)
	t.Run("keeps_the_tree_and_no_progress", func(t *testing.T) {
		is := h.tasks(t, made.ID)
		if !made.Template || made.Status != plan.Draft || made.Duties != 0 || len(is) != len(was) {
			t.Fatalf("got %+v with %d nodes of %d", made, len(is), len(was))
		}
		for i := range is {
			if is[i].Title != was[i].Title || is[i].Deadline.Due != was[i].Deadline.Due || len(is[i].Assignments) != len(was[i].Assignments) || is[i].Parts != 0 || is[i].Progress != 0 {
				t.Errorf("%+v became %+v", was[i], is[i])
			}
		}
	})
	t.Run("stands_in_a_list_of_its_own", func(t *testing.T) {
		for _, templates := range []bool{false, true} {
			page, err := h.plans.List(h.office(), plans.PlanQuery{Templates: templates, Limit: 10})
			must(t, err)
			if want := map[bool]ident.ID{false: p.ID, true: made.ID}[templates]; len(page.Items) != 1 || page.Items[0].ID != want {
				t.Errorf("templates %v: got %+v", templates, page.Items)
			}
		}
	})
	t.Run("is_never_issued", func(t *testing.T) {
		if _, err := h.plans.Issue(h.office(), made.ID, made.Version, plans.IssuePlanInput{}); fault.CodeOf(err) != "plan.template" {
			t.Errorf("got %v", err)
		}
		for _, act := range made.AllowedActions {
			if act.Action == string(plan.Issue) {
				t.Error("issue is offered")
			}
		}
	})
	t.Run("makes_drafts_for_any_year", func(t *testing.T) {
		for year, due := range map[int]workday.Date{2017: workday.NewDate(2017, 6, 30), 2019: workday.NewDate(2019, 6, 30)} {
			draft, err := h.plans.Copy(h.office(), made.ID, plans.CopyPlanInput{Year: year, Title: "要点"})
			must(t, err)
			if draft.Template || draft.Year != year || draft.Title != "要点" {
				t.Errorf("got %+v", draft)
			}
			if got := h.task(t, draft.ID, "编制主动公开目录"); got.Deadline.Due != due {
				t.Errorf("%d: due %s", year, got.Deadline.Due)
			}
		}
	})
	t.Run("a_clerk_saves_none", func(t *testing.T) {
		if _, err := h.plans.SaveTemplate(h.clerk("D06"), p.ID, plans.SaveTemplateInput{Title: "模板"}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("got %v", err)
		}
	})
}
