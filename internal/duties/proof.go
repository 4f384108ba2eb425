package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// TakeEvidence lets evidence belong to duties and reports. A report takes some while its unit still writes it, a duty while it is
// open.
func (s *Service) TakeEvidence(e *evidence.Service) {
	e.Belongs(evidence.OnDuty, func(ctx context.Context, client *ent.Client, id ident.ID) (evidence.Object, error) {
		row, err := client.Duty.Get(ctx, id)
		if ent.IsNotFound(err) {
			return evidence.Object{}, fault.Missing("duty")
		}
		if err != nil {
			return evidence.Object{}, fmt.Errorf("look up duty: %w", err)
		}
		return evidence.Object{Facts: factsOf(row), Open: row.Open, Visible: true, Subject: "duty", EventID: id, PlanID: row.PlanID}, nil
	})
	e.Belongs(evidence.OnReport, func(ctx context.Context, client *ent.Client, id ident.ID) (evidence.Object, error) {
		r, err := client.Report.Get(ctx, id)
		if ent.IsNotFound(err) {
			return evidence.Object{}, fault.Missing("report")
		}
		if err != nil {
			return evidence.Object{}, fmt.Errorf("look up report: %w", err)
		}
		row, err := client.Duty.Get(ctx, r.DutyID)
		if err != nil {
			return evidence.Object{}, fmt.Errorf("look up duty of report: %w", err)
		}
		actor, err := access.From(ctx)
		if err != nil {
			return evidence.Object{}, err
		}
		writes := r.Status == duty.ReportDraft || r.Status == duty.ReportSentBack
		return evidence.Object{Facts: factsOf(row), Open: row.Open && writes, Visible: r.Status != duty.ReportDraft || actor.InUnit(row.UnitID),
			Subject: "duty", EventID: row.ID, PlanID: row.PlanID}, nil
	})
}
