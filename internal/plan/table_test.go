package plan_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
)

func TestTables(t *testing.T) {
	t.Run("plan", func(t *testing.T) {
		transitiontest.Laws(t, plan.Table)
		transitiontest.Golden(t, "testdata/plan.golden", transitiontest.Matrix(plan.Table))
		transitiontest.Diagram(t, plan.Table, "plan")
	})
}
