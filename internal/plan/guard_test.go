package plan_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/plan"
	tr "github.com/duban-gov/duban/internal/transition"
)

func TestClose_waits_for_open_duties(t *testing.T) {
	facts := tr.Facts[plan.Status]{Status: plan.Issued}
	facts.Open = 3
	_, err := plan.Table.Apply(facts, plan.Close)
	if f := fault.As(err); f == nil || f.Code != "plan.open_duties" || f.Params["n"] != 3 {
		t.Errorf("got %v", err)
	}
	facts.Open = 0
	if got, err := plan.Table.Apply(facts, plan.Close); got != plan.Closed || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}
