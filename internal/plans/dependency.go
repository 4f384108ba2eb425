package plans

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent/dependency"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// refuseLinked refuses to take out nodes that others wait for, or that wait for others: the dependency goes first, knowingly.
func (e *editing) refuseLinked(ctx context.Context, gone map[ident.ID]bool) error {
	rows, err := e.tx.Dependency.Query().Where(dependency.PlanID(e.plan.ID)).All(ctx)
	if err != nil {
		return fmt.Errorf("read dependencies: %w", err)
	}
	for _, r := range rows {
		if gone[r.BeforeID] != gone[r.AfterID] || gone[r.BeforeID] {
			return fault.New(fault.Conflict, "plan.node_has_dependency").With("before", r.BeforeID).With("after", r.AfterID)
		}
	}
	return nil
}
