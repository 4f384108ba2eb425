package indicators

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	entfigure "github.com/duban-gov/duban/ent/figure"
	entindicator "github.com/duban-gov/duban/ent/indicator"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/unit"
)

// FigureRow is one figure of one unit, as the roll-up traces to it.
type FigureRow struct {
	ID           ident.ID  `json:"id" doc:"Id of the figure"`
	UnitID       ident.ID  `json:"unit_id" doc:"Unit that gave it"`
	UnitName     string    `json:"unit_name" doc:"Its name" example:"岚山大学"`
	Period       string    `json:"period" doc:"Period that it is of" example:"2017-Q1"`
	Value        float64   `json:"value" doc:"The figure" example:"1280"`
	Counted      bool      `json:"counted" doc:"Whether the roll-up counts it: not where a unit above gave a figure that stands for it, nor where it was replaced"`
	ReportID     ident.ID  `json:"report_id" doc:"Report that gave it"`
	DutyID       ident.ID  `json:"duty_id" doc:"Duty of that report"`
	ConfirmedAt  time.Time `json:"confirmed_at" doc:"Instant of the confirmation"`
	Reason       string    `json:"reason,omitempty" doc:"Why it differs from the figure that it replaced"`
	ReplacedByID ident.ID  `json:"replaced_by_id,omitzero" doc:"Figure that replaced it"`
}

// FigureRollUp is what the figures of a unit and all below it come to in a period.
type FigureRollUp struct {
	IndicatorID ident.ID      `json:"indicator_id" doc:"The indicator"`
	Name        string        `json:"name" doc:"What is counted" example:"主动公开信息数"`
	Measure     string        `json:"measure,omitempty" doc:"Unit of measure" example:"条"`
	Gather      figure.Gather `json:"gather" enum:"sum,last,avg,max" doc:"How figures become one" example:"sum"`
	UnitID      ident.ID      `json:"unit_id" doc:"The unit"`
	UnitName    string        `json:"unit_name" doc:"Its name" example:"岚江省教育厅"`
	Period      string        `json:"period" doc:"The period; a longer one gathers those within it" example:"2017"`
	Value       *float64      `json:"value,omitempty" doc:"What they come to; missing if there is none" example:"15320"`
	Counted     int           `json:"counted" doc:"Figures that it counts" example:"14"`
	Covered     int           `json:"covered" doc:"Figures that a unit above stands for, or a later period" example:"3"`
	Rows        []FigureRow   `json:"rows" doc:"The figures, in the order of the unit tree; the first 1000"`
}

// maxRows bounds the rows that a roll-up shows; all are counted.
const maxRows = 1000

// RollUp gathers the figures of an indicator over a unit and all below it. No unit means the whole authority.
func (s *Service) RollUp(ctx context.Context, id, unitID ident.ID, label string) (FigureRollUp, error) {
	reach, err := s.gate.May(ctx, access.IndicatorRead)
	if err != nil {
		return FigureRollUp{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return FigureRollUp{}, err
	}
	i, err := s.store.Read().Indicator.Query().Where(entindicator.ID(id), entindicator.AuthorityID(actor.AuthorityID)).Only(ctx)
	if ent.IsNotFound(err) {
		return FigureRollUp{}, fault.Missing(subject)
	}
	if err != nil {
		return FigureRollUp{}, fmt.Errorf("read indicator: %w", err)
	}
	p, err := s.occurrences.Set().ParsePeriod(label)
	if err != nil {
		return FigureRollUp{}, fault.BadField("query.period", "period.name")
	}
	u, err := s.top(ctx, actor, reach, unitID)
	if err != nil {
		return FigureRollUp{}, err
	}
	out := FigureRollUp{IndicatorID: id, Name: i.Name, Measure: i.Measure, Gather: i.Gather, UnitID: u.ID, UnitName: u.Name, Period: label}
	return out, s.gather(ctx, reach, u, p, &out)
}

// top is the unit whose figures are gathered.
func (s *Service) top(ctx context.Context, actor access.Actor, reach access.Filter, id ident.ID) (*ent.Unit, error) {
	query := s.store.Read().Unit.Query().Where(entunit.AuthorityID(actor.AuthorityID))
	if id.IsZero() {
		query.Where(entunit.ParentID(ident.ID{}))
	} else {
		query.Where(entunit.ID(id))
	}
	u, err := query.First(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("unit")
	}
	if err != nil {
		return nil, fmt.Errorf("read unit: %w", err)
	}
	if !reach.Covers(access.Facts{AuthorityID: u.AuthorityID, UnitID: u.ID, Path: u.Path}) {
		if id.IsZero() { // the caller's own unit, where the authority is not theirs to see
			for _, post := range actor.Posts {
				if post.UnitID != u.ID {
					return s.top(ctx, actor, reach, post.UnitID)
				}
			}
		}
		return nil, fault.Missing("unit")
	}
	return u, nil
}

var figureColumns = access.Columns{Authority: entfigure.FieldAuthorityID, Unit: entfigure.FieldUnitID, Path: entfigure.FieldUnitPath}

func (s *Service) gather(ctx context.Context, reach access.Filter, u *ent.Unit, p cycle.Period, out *FigureRollUp) error {
	rows, err := s.store.Read().Figure.Query().Where(predicate.Figure(reach.Predicate(figureColumns)), entfigure.IndicatorID(out.IndicatorID),
		entfigure.UnitPathGTE(u.Path), entfigure.UnitPathLT(unit.PathEnd(u.Path)), entfigure.PeriodFromGTE(p.From), entfigure.PeriodToLTE(p.To),
		entfigure.ReplacedByID(ident.ID{})).Order(ent.Asc(entfigure.FieldUnitPath, entfigure.FieldPeriodTo)).All(ctx)
	if err != nil {
		return fmt.Errorf("read figures: %w", err)
	}
	sum, counted, ok := figure.Gathered(out.Gather, figureRows(rows))
	if ok {
		amount := sum.Amount()
		out.Value = &amount
	}
	for _, c := range counted {
		if c {
			out.Counted++
		}
	}
	out.Covered = len(rows) - out.Counted
	n := min(len(rows), maxRows)
	out.Rows, err = s.rows(ctx, rows[:n], counted[:n])
	return err
}

// rows names the units of figures.
func (s *Service) rows(ctx context.Context, figures []*ent.Figure, counted []bool) ([]FigureRow, error) {
	ids := make([]ident.ID, len(figures))
	for i, f := range figures {
		ids[i] = f.UnitID
	}
	names := make(map[ident.ID]string, len(ids))
	if len(ids) > 0 {
		list, args := store.In(s.store, 1, ids)
		err := store.Each(ctx, s.store.DB(), "SELECT id, name FROM units WHERE id IN "+list, args, func(scan func(...any) error) error {
			var id ident.ID
			var name string
			err := scan(&id, &name)
			names[id] = name
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("name units: %w", err)
		}
	}
	out := make([]FigureRow, len(figures))
	for i, f := range figures {
		out[i] = FigureRow{ID: f.ID, UnitID: f.UnitID, UnitName: names[f.UnitID], Period: f.Period, Value: figure.Value(f.Value).Amount(), Counted: counted[i],
			ReportID: f.ReportID, DutyID: f.DutyID, ConfirmedAt: f.ConfirmedAt.UTC(), Reason: f.Reason, ReplacedByID: f.ReplacedByID}
	}
	return out, nil
}

// FigurePage is a page of figures.
type FigurePage struct {
	Items []FigureRow `json:"items" doc:"Figures, the first confirmed first; those that were replaced too"`
	Next  string      `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Figures lists every figure of an indicator that the caller may see, in the order of confirmation, replaced ones included: the
// history behind the roll-up.
func (s *Service) Figures(ctx context.Context, id, unitID ident.ID, after string, limit int) (FigurePage, error) {
	page := FigurePage{Items: []FigureRow{}}
	reach, err := s.gate.May(ctx, access.IndicatorRead)
	if err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	known, err := s.store.Read().Indicator.Query().Where(entindicator.ID(id), entindicator.AuthorityID(actor.AuthorityID)).Exist(ctx)
	if err != nil || !known {
		return page, orFault(err, fault.Missing(subject))
	}
	from, limit, err := cursor(after, limit)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Figure.Query().Where(predicate.Figure(reach.Predicate(figureColumns)), entfigure.IndicatorID(id), entfigure.IDGT(from))
	if !unitID.IsZero() {
		query.Where(entfigure.UnitID(unitID))
	}
	rows, err := query.Order(entfigure.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list figures: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	counted := make([]bool, len(rows))
	for i, r := range rows {
		counted[i] = r.ReplacedByID.IsZero()
	}
	page.Items, err = s.rows(ctx, rows, counted)
	return page, err
}
