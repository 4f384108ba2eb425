package plans_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/workday"
)

func TestCompare_of_a_reimported_document_names_what_was_rewritten(t *testing.T) {
	h := newHouse(t)
	first, err := h.plans.Import(h.office(), []byte(sample.PlanText), plans.ImportPlanInput{Name: "一稿.txt"})
	must(t, err)
	text := strings.Replace(sample.PlanText, "信息化管理办公室配合，2017年6月底前完成）", "信息化管理办公室配合，2017年7月底前完成）", 1)
	cut := text[:strings.Index(text, "13. 公开民办学校年检结果")] + text[strings.Index(text, "14. 公开教育督导结果"):]
	second, err := h.plans.Import(h.office(), []byte(cut), plans.ImportPlanInput{Name: "二稿.txt"})
	must(t, err)
	c, err := h.plans.Compare(h.office(), first.Plan.ID, second.Plan.ID)
	must(t, err)
	var got []string
	for _, d := range c.Items {
		line := d.Kind + " " + d.Title
		for _, f := range d.Fields {
			line += " " + f.Field + ":" + f.Before + ">" + f.After
		}
		got = append(got, line)
	}
	want := []string{"changed 编制主动公开目录 due_date:2017-06-30>2017-07-31", "removed 公开民办学校年检结果"}
	if !slices.Equal(got, want) || c.Same != second.Tasks-1 {
		t.Errorf("got %q, %d the same of %d", got, c.Same, second.Tasks)
	}
}

func TestChanges_tell_any_two_instants_apart(t *testing.T) {
	h := newHouse(t)
	p := h.issued(t)
	moved, gone := h.task(t, p.ID, "编制主动公开目录"), h.task(t, p.ID, "公开民办学校年检结果")
	amend := func(version int, change plans.AmendChange) plans.Plan {
		h.Clock.Advance(24 * time.Hour)
		p, err := h.plans.Amend(h.office(), p.ID, version, plans.AmendPlanInput{Reason: "调整", Changes: []plans.AmendChange{change}})
		must(t, err)
		return p
	}
	p = amend(p.Version, plans.AmendChange{Act: "redate", TaskID: moved.ID, DueDate: workday.NewDate(2017, 8, 31)})
	between := h.Clock.Now().Add(time.Hour)
	amend(p.Version, plans.AmendChange{Act: "cancel", TaskID: gone.ID})
	cases := []struct {
		name     string
		from, to time.Time
		want     []string
	}{
		{"baseline_to_now", time.Time{}, time.Time{}, []string{"changed 编制主动公开目录 2017-08-31", "removed 公开民办学校年检结果 "}},
		{"baseline_to_between", time.Time{}, between, []string{"changed 编制主动公开目录 2017-08-31"}},
		{"between_to_now", between, time.Time{}, []string{"removed 公开民办学校年检结果 "}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			changes, err := h.plans.Changes(h.office(), p.ID, c.from, c.to)
			must(t, err)
			var got []string
			for _, i := range changes.Items {
				got = append(got, i.Kind+" "+i.Title+" "+i.NewDue.String())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if now := h.plan(t, p.ID); now.Status != plan.Issued {
		t.Errorf("the plan is %s", now.Status)
	}
}
