package plans_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/plans"
)

// TestLarge_plan_is_forecast reads a plan of ten thousand nodes from the database and logs how long its schedule and a slip take.
func TestLarge_plan_is_forecast(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	h := newHouse(t)
	var text strings.Builder
	text.WriteString("2017年工作要点\n一、重点任务\n")
	for i := range 10_000 {
		fmt.Fprintf(&text, "（%s）落实第%d项重点任务，2017年%d月底前完成。（办公室牵头）\n", "一", i+1, 4+i%9)
	}
	made, err := h.plans.Import(h.office(), []byte(text.String()), plans.ImportPlanInput{Name: "要点.txt", Year: 2017})
	must(t, err)
	page, err := h.plans.Tasks(h.office(), made.Plan.ID, plans.TaskQuery{Limit: 3})
	must(t, err)
	if n := h.Store.Read().Task.Query().Where(task.PlanID(made.Plan.ID)).CountX(t.Context()); n < 10_000 {
		t.Fatalf("%d nodes were read", n)
	}
	start := time.Now()
	_, err = h.plans.Schedule(h.office(), made.Plan.ID)
	must(t, err)
	opened := time.Since(start)
	start = time.Now()
	slip, err := h.plans.Slip(h.office(), page.Items[2].ID, 5)
	must(t, err)
	t.Logf("schedule %v, slip %v", opened, time.Since(start))
	if len(slip.Moves) == 0 {
		t.Error("nothing moves")
	}
}
