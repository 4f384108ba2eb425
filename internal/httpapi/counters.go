package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
)

type countersInput struct {
	PlanID ident.ID `query:"plan_id" doc:"Only duties of this plan"`
	UnitID ident.ID `query:"unit_id" doc:"Only duties of this unit"`
}

// registerCounters adds the maintained counts; lists count nothing.
func (a *API) registerCounters() {
	route(a, Op{ID: "count-duties", Method: http.MethodGet, Path: "/counters/duties", Tag: "counters", Permission: access.CounterRead, Summary: "Count duties by state",
		Description: "From maintained counters, within the caller's scope."},
		func(ctx context.Context, in *countersInput) (*plain[duties.DutyCounts], error) {
			counts, err := a.Duties.Counts(ctx, duties.CountQuery{PlanID: in.PlanID, UnitID: in.UnitID})
			return &plain[duties.DutyCounts]{counts}, err
		})
}
