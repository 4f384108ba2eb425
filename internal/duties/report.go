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
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/store"
	tr "github.com/duban-gov/duban/internal/transition"
)

// SaveReportInput is what a unit writes into a report. A completion request is a report of the kind completion.
type SaveReportInput struct {
	Kind      string `json:"kind" enum:"progress,completion" doc:"progress (进展报告) or completion (办结申请)" example:"progress"`
	Period    string `json:"period,omitempty" maxLength:"20" doc:"Period reported on; that of the occurrence where one is answered" example:"2017-Q1"`
	Progress  int    `json:"progress" minimum:"0" maximum:"10000" doc:"Progress in basis points" example:"4500"`
	Narrative string `json:"narrative" maxLength:"20000" doc:"What was done" example:"已完成方案起草并征求意见"`

	OccurrenceID ident.ID `json:"occurrence_id,omitzero" doc:"The report asked for that this one answers"`
	Responsible  string   `json:"responsible,omitempty" maxLength:"200" doc:"Who does it" example:"政策法规处 李敏"`
	Measures     string   `json:"measures,omitempty" maxLength:"20000" doc:"Measures taken" example:"成立专班，倒排工期"`

	Problems  string `json:"problems,omitempty" maxLength:"20000" doc:"What stands in the way" example:"部分高校报送不及时"`
	NextSteps string `json:"next_steps,omitempty" maxLength:"20000" doc:"What comes next" example:"四月底前印发"`

	Figures []indicators.ReportedFigure `json:"figures,omitempty" maxItems:"100" doc:"Figures reported; of a progress report only"`
}

// filing is one report in the hands of a use case, with the duty that it is about.
type filing struct {
	*work
	report *ent.Report // nil for one that is not there yet
	kind   duty.ReportKind
	asked  occurrences.Asked // the occurrence that it answers; zero if none
	later  ident.ID          // the version that corrects it
}

// relations is how the actor stands to the report; another report of the duty does not matter here.
func (f *filing) relations() tr.Relation {
	held := tr.Holder.If(f.actor.InUnit(f.is.UnitID))
	if r := f.report; r != nil {
		held |= tr.Author.If(f.wrote(r)) | tr.Reviewer.If(f.themselves(r.ReviewerID))
	}
	return held
}

// apply asks the report's state table.
func (f *filing) apply(action tr.Action, given tr.Need) (duty.ReportStatus, error) {
	var status duty.ReportStatus
	if f.report != nil {
		status = f.report.Status
	}
	return duty.ReportTable(f.kind).Apply(tr.Facts[duty.ReportStatus]{Status: status, Relations: f.relations(), Given: given,
		Circumstances: f.circumstances()}, action)
}

// SaveReport begins a report on a duty as a draft.
func (s *Service) SaveReport(ctx context.Context, dutyID ident.ID, in SaveReportInput) (Report, error) {
	reach, err := s.gate.May(ctx, access.ReportSave)
	if err != nil {
		return Report{}, err
	}
	if in.Kind != string(duty.Progress) && in.Kind != string(duty.Completion) {
		return Report{}, fault.BadField("body.kind", "report.kind")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Report, error) {
		w, err := s.take(ctx, tx, dutyID, 0, access.ReportSave, reach)
		if err != nil {
			return Report{}, err
		}
		f := &filing{work: w, kind: duty.ReportKind(in.Kind)}
		if err := w.apply(duty.Report, 0); err != nil {
			return Report{}, err
		}
		status, err := f.apply(duty.SaveReport, 0)
		if err != nil {
			return Report{}, err
		}
		if err := s.answer(ctx, tx, f, &in); err != nil {
			return Report{}, err
		}
		create := tx.Report.Create().SetID(s.store.NewID()).SetAuthorityID(w.is.AuthorityID).SetDutyID(dutyID).SetKind(f.kind).SetPeriod(in.Period).
			SetStatus(status).SetProgress(in.Progress).SetNarrative(in.Narrative).SetProblems(in.Problems).SetNextSteps(in.NextSteps).
			SetResponsible(in.Responsible).SetMeasures(in.Measures).SetOccurrenceID(in.OccurrenceID).SetDueDate(f.asked.DueDate).
			SetAuthorID(w.actor.ID).SetCreatedAt(s.store.Now())
		if len(in.Figures) > 0 {
			create.SetFigures(columnOf(in.Figures))
		}
		if f.report, err = create.Save(ctx); err != nil {
			return Report{}, answered("create report", err)
		}
		return s.file(ctx, tx, f, duty.SaveReport, "", told{})
	})
}

// EditReport changes a draft, or a report that was sent back.
func (s *Service) EditReport(ctx context.Context, id ident.ID, version int, in SaveReportInput) (Report, error) {
	return s.onReport(ctx, id, version, access.ReportSave, func(ctx context.Context, tx *ent.Tx, f *filing) (Report, error) {
		if in.Kind != string(f.kind) {
			return Report{}, fault.BadField("body.kind", "report.kind_fixed")
		}
		status, err := f.apply(duty.SaveReport, 0)
		if err != nil {
			return Report{}, err
		}
		if err := s.answer(ctx, tx, f, &in); err != nil {
			return Report{}, err
		}
		err = s.set(ctx, tx, f, func(u *ent.ReportUpdate) {
			u.SetStatus(status).SetPeriod(in.Period).SetProgress(in.Progress).SetNarrative(in.Narrative).SetProblems(in.Problems).
				SetNextSteps(in.NextSteps).SetFigures(columnOf(in.Figures)).SetResponsible(in.Responsible).SetMeasures(in.Measures).
				SetOccurrenceID(in.OccurrenceID).SetDueDate(f.asked.DueDate)
		})
		if err != nil {
			return Report{}, err
		}
		return s.file(ctx, tx, f, duty.SaveReport, "", told{})
	})
}

// onReport is the course of every change of a report that exists: permission, one transaction, the duty within what the actor
// may see, the report in the version that the change is based on.
func (s *Service) onReport(ctx context.Context, id ident.ID, version int, permission access.Permission, do func(ctx context.Context, tx *ent.Tx, f *filing) (Report, error)) (Report, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return Report{}, err
	}
	if err := versioned(version); err != nil {
		return Report{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Report, error) {
		row, err := tx.Report.Get(ctx, id)
		if ent.IsNotFound(err) {
			return Report{}, fault.Missing("report")
		}
		if err != nil {
			return Report{}, fmt.Errorf("load report: %w", err)
		}
		w, err := s.take(ctx, tx, row.DutyID, 0, permission, reach)
		if fault.KindOf(err) == fault.NotFound || w != nil && !s.mayRead(w, row) { // also to whom the act is refused, a draft does not exist
			return Report{}, fault.Missing("report")
		}
		if err != nil {
			return Report{}, err
		}
		if row.Version != version {
			return Report{}, stale
		}
		return do(ctx, tx, &filing{work: w, report: row, kind: row.Kind})
	})
}

// mayRead hides drafts from everybody outside the unit.
func (s *Service) mayRead(w *work, r *ent.Report) bool {
	see := s.gate.Filter(w.actor, access.ReportRead)
	return see.Covers(factsOf(w.is)) && (r.Status != duty.ReportDraft || w.actor.InUnit(w.is.UnitID))
}

// set writes a changed report by its version.
func (s *Service) set(ctx context.Context, tx *ent.Tx, f *filing, with func(*ent.ReportUpdate)) error {
	update := tx.Report.Update().Where(entreport.ID(f.report.ID), entreport.Version(f.report.Version)).AddVersion(1)
	with(update)
	n, err := update.Save(ctx)
	if err != nil {
		return answered("update report", err)
	}
	if n == 0 {
		return stale
	}
	if f.report, err = tx.Report.Get(ctx, f.report.ID); err != nil {
		return fmt.Errorf("read report: %w", err)
	}
	return nil
}
