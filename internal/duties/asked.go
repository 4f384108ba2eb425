package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// answer ties what is written to the occurrence that it answers. Once a report was handed in it answers the same one for good.
func (s *Service) answer(ctx context.Context, tx *ent.Tx, f *filing, in *SaveReportInput) error {
	if r := f.report; r != nil && in.OccurrenceID != r.OccurrenceID && (!r.HandedInOn.IsZero() || r.Revision > 1) {
		return fault.BadField("body.occurrence_id", "report.occurrence_fixed")
	}
	if in.OccurrenceID.IsZero() {
		return nil
	}
	if f.kind != duty.Progress {
		return fault.BadField("body.occurrence_id", "report.occurrence")
	}
	asked, err := s.occurrences.Asked(ctx, tx, f.is.TaskID, f.is.ID, in.OccurrenceID)
	if err != nil {
		return err
	}
	f.asked, in.Period = asked, asked.Period
	return nil
}

// answered turns the database's refusal of a second report on one occurrence into a fault.
func answered(doing string, err error) error {
	if store.IsDuplicate(err) {
		return fault.New(fault.Conflict, "report.occurrence_answered")
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// reportParts are what a content rule can ask for, in a report.
var reportParts = map[cycle.Field]func(*ent.Report) string{
	cycle.Responsible: func(r *ent.Report) string { return r.Responsible },
	cycle.Measures:    func(r *ent.Report) string { return r.Measures },
	cycle.Narrative:   func(r *ent.Report) string { return r.Narrative },
	cycle.Problems:    func(r *ent.Report) string { return r.Problems },
	cycle.NextSteps:   func(r *ent.Report) string { return r.NextSteps },
}

// said reports whether a report says anything: what its occurrence asks for, else what was done. Missing is what the content rule
// of the occurrence asks for besides.
func (s *Service) said(ctx context.Context, tx *ent.Tx, f *filing) (said bool, missing []fault.Field, err error) {
	r := f.report
	if r.OccurrenceID.IsZero() {
		return given(r.Narrative), nil, nil
	}
	if f.asked, err = s.occurrences.Asked(ctx, tx, f.is.TaskID, f.is.ID, r.OccurrenceID); err != nil {
		return false, nil, err
	}
	if len(f.asked.Ask) == 0 {
		return given(r.Narrative), nil, nil
	}
	for _, field := range f.asked.Ask {
		if !given(reportParts[field](r)) {
			missing = append(missing, fault.Field{Location: "report." + string(field), Code: "report.asked", Params: fault.Params{"period": f.asked.Period}})
		}
	}
	return true, missing, nil
}

// handIn is the day on which a report counts as handed in: that of its first submission, whatever is sent back later. A lapse of the
// duty learns of it.
func (s *Service) handIn(ctx context.Context, tx *ent.Tx, f *filing) (workday.Date, error) {
	if !f.report.HandedInOn.IsZero() {
		return f.report.HandedInOn, nil
	}
	if f.report.OccurrenceID.IsZero() || f.report.Revision > 1 {
		return f.today, nil
	}
	return f.today, s.occurrences.HandIn(ctx, tx, f.report.OccurrenceID, f.is.ID, f.today)
}

// takeBack undoes handIn: what the unit took back is not in.
func (s *Service) takeBack(ctx context.Context, tx *ent.Tx, f *filing) error {
	if f.report.OccurrenceID.IsZero() || f.report.Revision > 1 {
		return nil
	}
	if _, err := s.occurrences.Asked(ctx, tx, f.is.TaskID, f.is.ID, f.report.OccurrenceID); err != nil {
		return err
	}
	return s.occurrences.HandIn(ctx, tx, f.report.OccurrenceID, f.is.ID, workday.Date{})
}
