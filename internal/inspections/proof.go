package inspections

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
)

// TakeEvidence lets evidence belong to findings, until they are closed or dismissed. It is the inspection's proof, so the unit in
// which the fault was found adds none.
func (s *Service) TakeEvidence(e *evidence.Service) {
	e.Belongs(evidence.OnFinding, func(ctx context.Context, client *ent.Client, id ident.ID) (evidence.Object, error) {
		row, err := client.Finding.Get(ctx, id)
		if ent.IsNotFound(err) {
			return evidence.Object{}, fault.Missing("finding")
		}
		if err != nil {
			return evidence.Object{}, fmt.Errorf("look up finding: %w", err)
		}
		actor, err := access.From(ctx)
		if err != nil {
			return evidence.Object{}, err
		}
		open := row.Status == rectify.FindingOpen || row.Status == rectify.FindingOrdered
		return evidence.Object{Facts: findingFacts(row), Open: open && !actor.InUnit(row.UnitID), Visible: true, Subject: "finding", EventID: id}, nil
	})
}
