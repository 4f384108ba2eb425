package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/plans"
)

type dependenciesInput struct {
	ByID
	Page
}

type linkInput struct {
	ByID
	Body plans.LinkTasksInput
}

// registerDependencies adds what waits for what in a plan.
func (a *API) registerDependencies() {
	route(a, Op{ID: "list-dependencies", Method: http.MethodGet, Path: "/plans/{id}/dependencies", Tag: "dependencies", Permission: access.PlanRead, Summary: "List a plan's dependencies",
		Description: "Which task waits for which, with the lag."},
		func(ctx context.Context, in *dependenciesInput) (*plain[plans.DependencyPage], error) {
			page, err := a.Plans.Dependencies(ctx, in.ID, in.After, in.Limit)
			return &plain[plans.DependencyPage]{page}, err
		})
	route(a, Op{ID: "link-tasks", Method: http.MethodPost, Path: "/plans/{id}/dependencies", Tag: "dependencies", Permission: access.PlanEdit, Status: http.StatusCreated, Creates: true,
		Summary: "Make a task wait for another", Description: "Finish to start, with a lag in working or natural days. One that closes a circle is refused with the shortest circle. In an issued plan it asks for plan.amend."},
		func(ctx context.Context, in *linkInput) (*plain[plans.Dependency], error) {
			made, err := a.Plans.Link(ctx, in.ID, in.Body)
			return &plain[plans.Dependency]{made}, err
		})
	route(a, Op{ID: "unlink-tasks", Method: http.MethodDelete, Path: "/dependencies/{id}", Tag: "dependencies", Permission: access.PlanEdit, Status: http.StatusNoContent,
		Summary: "Take a dependency away", Description: "The tasks no longer wait for each other. In an issued plan it asks for plan.amend."},
		func(ctx context.Context, in *byID) (*struct{}, error) { return nil, a.Plans.Unlink(ctx, in.ID) })
}
