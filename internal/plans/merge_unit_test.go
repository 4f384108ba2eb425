package plans_test

import (
	"context"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
)

// leads are the names of the units that lead.
func leads(all []plans.Assignment) []string {
	var names []string
	for _, a := range all {
		if a.Part == plan.Lead {
			names = append(names, a.UnitName)
		}
	}
	return names
}

func TestHandOver_names_the_successor_in_drafts_only(t *testing.T) {
	h := newHouse(t)
	issued := h.issued(t)
	draft := h.importSample(t).Plan
	must(t, h.Store.Write(h.office(), func(ctx context.Context, tx *ent.Tx) error {
		return h.plans.HandOver(ctx, tx, h.unit["D02"].ID, h.unit["D06"].ID)
	}))
	for _, c := range []struct {
		of   string
		got  []string
		want string
	}{
		{"draft", leads(h.task(t, draft.ID, "梳理政务服务事项").Assignments), h.unit["D06"].Name},
		{"issued", leads(h.task(t, issued.ID, "梳理政务服务事项").Assignments), h.unit["D02"].Name},
	} {
		if len(c.got) != 1 || c.got[0] != c.want {
			t.Errorf("%s: %v leads, want %s", c.of, c.got, c.want)
		}
	}
}
