package plans

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/assignment"
	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
)

// HandOver lets the drafts name the successor of a merged unit, in the transaction of the merge. Issued plans keep the name that
// they were issued with: their duties are handed over by the duties themselves.
func (s *Service) HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error {
	ids, err := tx.Assignment.Query().Where(assignment.UnitID(from)).Select(assignment.FieldPlanID).All(ctx)
	if err != nil {
		return fmt.Errorf("find drafts of merged unit: %w", err)
	}
	for planID := range idSet(ids, func(a *ent.Assignment) ident.ID { return a.PlanID }) {
		draft, err := tx.Plan.Query().Where(entplan.ID(planID), entplan.StatusEQ(plan.Draft), entplan.IssuedByID(ident.ID{})).Exist(ctx)
		if err != nil {
			return fmt.Errorf("read plan of merged unit: %w", err)
		}
		if !draft {
			continue
		}
		if err := tx.Assignment.Update().Where(assignment.PlanID(planID), assignment.UnitID(from)).SetUnitID(to).AddVersion(1).Exec(ctx); err != nil {
			return fmt.Errorf("name successor in draft: %w", err)
		}
	}
	return nil
}
