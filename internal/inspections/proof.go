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
// which the fault was found adds none. Photographs of the check-list belong to its entries while the inspection is open.
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
	e.Belongs(evidence.OnCheck, func(ctx context.Context, client *ent.Client, id ident.ID) (evidence.Object, error) {
		row, err := client.InspectionCheck.Get(ctx, id)
		if ent.IsNotFound(err) {
			return evidence.Object{}, fault.Missing("check")
		}
		if err != nil {
			return evidence.Object{}, fmt.Errorf("look up check: %w", err)
		}
		parent, err := client.Inspection.Get(ctx, row.InspectionID)
		if err != nil {
			return evidence.Object{}, fmt.Errorf("look up inspection of check: %w", err)
		}
		actor, err := access.From(ctx)
		if err != nil {
			return evidence.Object{}, err
		}
		team, err := onTeam(ctx, client.InspectionMember, parent.ID, actor.ID)
		facts := access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath, OwnerID: row.CheckedByID}
		sees := s.gate.Filter(actor, access.InspectionRead).Covers(access.Facts{AuthorityID: parent.AuthorityID, OwnerID: parent.CreatedByID})
		return evidence.Object{Facts: facts, Open: parent.Status == rectify.InspectionOpen && team && !actor.InUnit(row.UnitID), Visible: sees,
			Subject: "inspection", EventID: parent.ID, PlanID: parent.PlanID}, err
	})
}
