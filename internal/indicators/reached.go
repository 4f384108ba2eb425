package indicators

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entfigure "github.com/duban-gov/duban/ent/figure"
	entindicator "github.com/duban-gov/duban/ent/indicator"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// Reached is what the confirmed figures of a unit and all below it come to, for the indicators of the names given, over the periods
// that begin on a day or later. A name without an indicator, or without a figure, is missing from the answer. The caller has asked
// for the permission.
func (s *Service) Reached(ctx context.Context, client *ent.Client, authorityID ident.ID, below unit.Path, since workday.Date, names []string) (map[string]float64, error) {
	reached := make(map[string]float64, len(names))
	if len(names) == 0 {
		return reached, nil
	}
	known, err := client.Indicator.Query().Where(entindicator.AuthorityID(authorityID), entindicator.NameIn(names...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("look up indicators: %w", err)
	}
	for _, i := range known {
		rows, err := client.Figure.Query().Where(entfigure.IndicatorID(i.ID), entfigure.UnitPathGTE(below), entfigure.UnitPathLT(unit.PathEnd(below)),
			entfigure.PeriodFromGTE(since), entfigure.ReplacedByID(ident.ID{})).Order(ent.Asc(entfigure.FieldUnitPath, entfigure.FieldPeriodTo)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read figures: %w", err)
		}
		if value, _, any := figure.Gathered(i.Gather, figureRows(rows)); any {
			reached[i.Name] = value.Amount()
		}
	}
	return reached, nil
}

// figureRows are figures as the law of the roll-up reads them.
func figureRows(rows []*ent.Figure) []figure.Row {
	law := make([]figure.Row, len(rows))
	for i, r := range rows {
		law[i] = figure.Row{Unit: r.UnitPath, To: r.PeriodTo, Value: figure.Value(r.Value)}
	}
	return law
}
