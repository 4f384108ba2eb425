package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entreport "github.com/duban-gov/duban/ent/report"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	tr "github.com/duban-gov/duban/internal/transition"
)

// CorrectReportInput says why a confirmed report is corrected.
type CorrectReportInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"What was wrong with it" example:"学校数漏报3所"`
}

// CorrectReport begins a new version of a confirmed report (更正), with what that says, for its unit to change. Submitting, review and
// confirmation are those of any report, and so are the people who may not do them. A version is corrected once; the next
// correction is one of the new version.
func (s *Service) CorrectReport(ctx context.Context, id ident.ID, version int, in CorrectReportInput) (Report, error) {
	return s.onReport(ctx, id, version, access.ReportCorrect, func(ctx context.Context, tx *ent.Tx, f *filing) (Report, error) {
		if _, err := f.apply(duty.CorrectReport, tr.Reason.If(given(in.Reason))); err != nil {
			return Report{}, err
		}
		if err := f.work.apply(duty.Report, 0); err != nil {
			return Report{}, err
		}
		old := f.report
		made, err := tx.Report.Create().SetID(s.store.NewID()).SetAuthorityID(old.AuthorityID).SetDutyID(old.DutyID).SetKind(old.Kind).SetPeriod(old.Period).
			SetStatus(duty.ReportDraft).SetProgress(old.Progress).SetNarrative(old.Narrative).SetProblems(old.Problems).SetNextSteps(old.NextSteps).
			SetResponsible(old.Responsible).SetMeasures(old.Measures).SetFigures(old.Figures).SetOccurrenceID(old.OccurrenceID).SetDueDate(old.DueDate).
			SetCorrectsID(old.ID).SetRevision(old.Revision + 1).SetAuthorID(f.actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
		if store.IsDuplicate(err) {
			return Report{}, fault.New(fault.Conflict, "report.corrected")
		}
		if err != nil {
			return Report{}, fmt.Errorf("create correction: %w", err)
		}
		return s.file(ctx, tx, &filing{work: f.work, report: made, kind: made.Kind}, duty.CorrectReport, in.Reason, told{})
	})
}

// speaksLast reports whether a report that is being confirmed says how far the duty is: a new one always, a correction if nothing
// newer was confirmed than what it corrects.
func (s *Service) speaksLast(ctx context.Context, tx *ent.Tx, r *ent.Report) (bool, error) {
	first := r
	for !first.CorrectsID.IsZero() {
		var err error
		if first, err = tx.Report.Get(ctx, first.CorrectsID); err != nil {
			return false, fmt.Errorf("read corrected report: %w", err)
		}
	}
	if first == r {
		return true, nil
	}
	newer, err := tx.Report.Query().Where(entreport.DutyID(r.DutyID), entreport.KindEQ(duty.Progress), entreport.StatusEQ(duty.ReportConfirmed),
		entreport.Revision(1), entreport.ConfirmedAtGT(first.ConfirmedAt)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for newer report: %w", err)
	}
	return !newer, nil
}

// corrections finds the versions that correct reports.
func (s *Service) corrections(ctx context.Context, rows []*ent.Report) (map[ident.ID]*ent.Report, error) {
	var ids []ident.ID
	for _, row := range rows {
		if row.Status == duty.ReportConfirmed && row.Kind == duty.Progress {
			ids = append(ids, row.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := s.store.Read().Report.Query().Where(entreport.CorrectsIDIn(ids...), entreport.CorrectsIDNEQ(ident.ID{})).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	by := make(map[ident.ID]*ent.Report, len(found))
	for _, r := range found {
		by[r.CorrectsID] = r
	}
	return by, nil
}

// seenBy is the id of a correction, for whom it exists: a draft is its unit's own.
func seenBy(w *work, r *ent.Report) ident.ID {
	if r == nil || r.Status == duty.ReportDraft && !w.actor.InUnit(w.is.UnitID) {
		return ident.ID{}
	}
	return r.ID
}
