package indicators

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	entfigure "github.com/duban-gov/duban/ent/figure"
	entindicator "github.com/duban-gov/duban/ent/indicator"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// ReportedFigure is a figure as a report gives it.
type ReportedFigure struct {
	IndicatorID ident.ID `json:"indicator_id" doc:"The indicator"`
	Period      string   `json:"period,omitempty" maxLength:"20" doc:"Period that it is of; that of the report if missing" example:"2017-Q1"`
	Value       float64  `json:"value" doc:"The figure, of at most four decimals" example:"1280"`
	Reason      string   `json:"reason,omitempty" maxLength:"500" doc:"Why it differs from what is confirmed already" example:"原数漏报3所"`
}

// Given is the report that gives figures.
type Given struct {
	ReportID ident.ID
	Corrects []ident.ID // earlier versions of it: their figures it may change without a reason of its own
	DutyID   ident.ID
	PlanID   ident.ID
	TaskID   ident.ID
	On       workday.Date // day whose period a figure is of where it names none

	AuthorityID ident.ID
	UnitID      ident.ID
	UnitPath    string
}

const maxFigures = 100

// Check reads the figures of a draft: each of an indicator of the authority, once for each period, in its form. Where none is
// named, the period is that in which the day lies.
func (s *Service) Check(ctx context.Context, tx *ent.Tx, authorityID ident.ID, on workday.Date, figures []ReportedFigure) ([]ReportedFigure, error) {
	if len(figures) > maxFigures {
		return nil, fault.BadField("body.figures", "figure.too_many")
	}
	var faults []fault.Field
	out := slices.Clone(figures)
	seen := map[string]bool{}
	for i := range out {
		f := &out[i]
		bad := func(name, code string) {
			faults = append(faults, fault.Field{Location: fmt.Sprintf("body.figures[%d].%s", i, name), Code: code})
		}
		row, err := tx.Indicator.Query().Where(entindicator.ID(f.IndicatorID), entindicator.AuthorityID(authorityID)).Only(ctx)
		if ent.IsNotFound(err) {
			bad("indicator_id", "indicator.unknown")
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("look up indicator: %w", err)
		}
		if f.Period == "" {
			f.Period = s.periodOf(row, on).Label
		} else if p, err := s.occurrences.Set().ParsePeriod(f.Period); err != nil || s.periodOf(row, p.To) != p {
			bad("period", "figure.period")
		}
		if !figure.Fits(f.Value) {
			bad("value", "figure.value")
		}
		if key := f.IndicatorID.String() + f.Period; seen[key] {
			bad("indicator_id", "figure.twice")
		} else {
			seen[key] = true
		}
	}
	if len(faults) > 0 {
		return nil, fault.BadFields(faults...)
	}
	return out, nil
}

// Missing lists what a report that is submitted lacks: a figure that its task asks for and nobody confirmed yet, and a reason
// where it says something else than what is confirmed.
func (s *Service) Missing(ctx context.Context, tx *ent.Tx, g Given, figures []ReportedFigure) ([]fault.Field, error) {
	asked, err := s.of(ctx, tx.Client(), g.TaskID)
	if err != nil {
		return nil, err
	}
	var faults []fault.Field
	for _, i := range asked {
		period := s.periodOf(i, g.On).Label
		if slices.ContainsFunc(figures, func(f ReportedFigure) bool { return f.IndicatorID == i.ID && f.Period == period }) {
			continue
		}
		f, err := current(ctx, tx.Client(), i.ID, g.UnitID, period)
		if err != nil {
			return nil, err
		}
		if f == nil {
			faults = append(faults, fault.Field{Location: "report.figures", Code: "figure.asked", Params: fault.Params{"name": i.Name, "period": period}})
		}
	}
	more, err := s.contradictions(ctx, tx, g, figures)
	return append(faults, more...), err
}

// contradictions are figures that differ from what is confirmed and do not say why.
func (s *Service) contradictions(ctx context.Context, tx *ent.Tx, g Given, figures []ReportedFigure) ([]fault.Field, error) {
	var faults []fault.Field
	for i, f := range figures {
		was, err := current(ctx, tx.Client(), f.IndicatorID, g.UnitID, f.Period)
		if err != nil {
			return nil, err
		}
		if was == nil || figure.Value(was.Value) == figure.Of(f.Value) || strings.TrimSpace(f.Reason) != "" || slices.Contains(g.Corrects, was.ReportID) {
			continue
		}
		faults = append(faults, fault.Field{Location: fmt.Sprintf("report.figures[%d]", i), Code: "figure.contradicts",
			Params: fault.Params{"value": figure.Value(was.Value).Amount(), "period": f.Period}})
	}
	return faults, nil
}

// Confirm puts the figures of a confirmed report in force. One that is confirmed already, with the same value, stays with its first
// source; another value replaces it and keeps it. Errors: the conflict figure.contradicts, if one was confirmed meanwhile that the
// report knew nothing of.
func (s *Service) Confirm(ctx context.Context, tx *ent.Tx, g Given, byID ident.ID, figures []ReportedFigure) error {
	if len(figures) == 0 {
		return nil
	}
	faults, err := s.contradictions(ctx, tx, g, figures)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		f := fault.New(fault.Conflict, "figure.contradicts")
		f.Fields, f.Params = faults, faults[0].Params
		return f
	}
	for _, f := range figures {
		if err := s.put(ctx, tx, g, byID, f); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) put(ctx context.Context, tx *ent.Tx, g Given, byID ident.ID, f ReportedFigure) error {
	was, err := current(ctx, tx.Client(), f.IndicatorID, g.UnitID, f.Period)
	if err != nil {
		return err
	}
	value := figure.Of(f.Value)
	if was != nil && figure.Value(was.Value) == value {
		return nil
	}
	p, err := s.occurrences.Set().ParsePeriod(f.Period)
	if err != nil {
		return fmt.Errorf("period of figure %s: %w", f.Period, err)
	}
	id := s.store.NewID()
	entry := timeline.Entry{AuthorityID: g.AuthorityID, Subject: subject, SubjectID: f.IndicatorID, PlanID: g.PlanID, UnitID: g.UnitID, Action: "figure.confirm",
		Reason: f.Reason, After: map[string]any{"figure_id": id, "period": f.Period, "value": value.Amount(), "report_id": g.ReportID}}
	if was != nil {
		entry.Action, entry.Before = "figure.replace", map[string]any{"figure_id": was.ID, "value": figure.Value(was.Value).Amount(), "report_id": was.ReportID}
		n, err := tx.Figure.Update().Where(entfigure.ID(was.ID), entfigure.ReplacedByID(ident.ID{})).SetReplacedByID(id).Save(ctx)
		if err != nil {
			return fmt.Errorf("replace figure: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Stale, "stale")
		}
	}
	err = tx.Figure.Create().SetID(id).SetAuthorityID(g.AuthorityID).SetIndicatorID(f.IndicatorID).SetUnitID(g.UnitID).SetUnitPath(g.UnitPath).SetPeriod(f.Period).
		SetPeriodFrom(p.From).SetPeriodTo(p.To).SetValue(int64(value)).SetReportID(g.ReportID).SetDutyID(g.DutyID).SetPlanID(g.PlanID).
		SetConfirmedByID(byID).SetConfirmedAt(s.store.Now()).SetReason(f.Reason).Exec(ctx)
	if store.IsDuplicate(err) { // somebody else confirmed one at the same moment
		return fault.New(fault.Stale, "stale")
	}
	if err != nil {
		return fmt.Errorf("confirm figure: %w", err)
	}
	_, err = s.log.Append(ctx, tx, entry)
	return err
}
