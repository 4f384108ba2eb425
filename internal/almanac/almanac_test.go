package almanac_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
)

func TestTable(t *testing.T) {
	transitiontest.Laws(t, almanac.Table)
	transitiontest.Golden(t, "testdata/calendar.golden", transitiontest.Matrix(almanac.Table))
}

func TestApprove_is_not_for_the_one_who_proposed(t *testing.T) {
	facts := transition.Facts[almanac.Status]{Status: almanac.Proposed, Relations: transition.Requester}
	if _, err := almanac.Table.Apply(facts, almanac.Approve); fault.CodeOf(err) != "separation.requester" {
		t.Errorf("got %v", err)
	}
	facts.Relations = 0
	if got, err := almanac.Table.Apply(facts, almanac.Approve); got != almanac.Approved || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}
