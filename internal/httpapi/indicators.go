package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
)

type rollUpInput struct {
	ByID
	UnitID ident.ID `query:"unit_id" doc:"The unit with all below it; the authority, or the caller's unit, if missing"`
	Period string   `query:"period" required:"true" maxLength:"20" doc:"Period; a longer one gathers those within it" example:"2017"`
}

type figuresInput struct {
	ByID
	Page
	UnitID ident.ID `query:"unit_id" doc:"Only of this unit"`
}

type askedFiguresInput struct {
	ByID
	OccurrenceID ident.ID `query:"occurrence_id" doc:"Report asked for that they are about; today's periods if missing"`
}

type burdenInput struct {
	ByID
	Year int `query:"year" required:"true" minimum:"1949" maximum:"2200" doc:"Year" example:"2017"`
}

type burdensInput struct {
	Year  int `query:"year" required:"true" minimum:"1949" maximum:"2200" doc:"Year" example:"2017"`
	Month int `query:"month" minimum:"0" maximum:"12" doc:"Order by this month; by the whole year if 0" example:"6"`
	Limit int `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many"`
}

func indicatorVersion(i indicators.Indicator) int { return i.Version }

// registerIndicators adds indicators, their figures and the burden meter.
func (a *API) registerIndicators() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: path, Tag: "indicators", Permission: permission, Summary: summary, Description: description}
	}
	route(a, op("list-indicators", http.MethodGet, "/indicators", access.IndicatorRead, "List the indicators", "指标: figures that are asked for once a period; oldest first, retired ones too."),
		func(ctx context.Context, in *Page) (*plain[indicators.IndicatorPage], error) {
			page, err := a.Indicators.List(ctx, in.After, in.Limit)
			return &plain[indicators.IndicatorPage]{page}, err
		})
	create := op("create-indicator", http.MethodPost, "/indicators", access.IndicatorManage, "Make an indicator", "With its unit of measure, its period and how figures become one.")
	create.Status, create.Creates = http.StatusCreated, true
	route(a, create, func(ctx context.Context, in *struct{ Body indicators.SaveIndicatorInput }) (*one[indicators.Indicator], error) {
		made, err := a.Indicators.Create(ctx, in.Body)
		return reply(made, made.Version), err
	})
	change(a, op("update-indicator", http.MethodPut, "/indicators/{id}", access.IndicatorManage, "Change an indicator",
		"Period and way of gathering stay once a figure was confirmed."), a.Indicators.Update, indicatorVersion)
	actOn(a, op("retire-indicator", http.MethodPost, "/indicators/{id}/retire", access.IndicatorManage, "Ask for an indicator no more", "Its figures stay."),
		a.Indicators.Retire, indicatorVersion)
	actOn(a, op("restore-indicator", http.MethodPost, "/indicators/{id}/restore", access.IndicatorManage, "Ask for a retired indicator again", "As before it was retired."),
		a.Indicators.Restore, indicatorVersion)
	route(a, op("roll-up-indicator", http.MethodGet, "/indicators/{id}/roll-up", access.IndicatorRead, "Roll the figures of an indicator up",
		"Over a unit and all below it, for a period; with the figures that it counts and those that a unit above stands for."),
		func(ctx context.Context, in *rollUpInput) (*plain[indicators.FigureRollUp], error) {
			sum, err := a.Indicators.RollUp(ctx, in.ID, in.UnitID, in.Period)
			return &plain[indicators.FigureRollUp]{sum}, err
		})
	route(a, op("list-figures", http.MethodGet, "/indicators/{id}/figures", access.IndicatorRead, "List the figures of an indicator",
		"In the order of confirmation, with those that were replaced and why."),
		func(ctx context.Context, in *figuresInput) (*plain[indicators.FigurePage], error) {
			page, err := a.Indicators.Figures(ctx, in.ID, in.UnitID, in.After, in.Limit)
			return &plain[indicators.FigurePage]{page}, err
		})
	route(a, op("get-asked-figures", http.MethodGet, "/duties/{id}/asked-figures", access.ReportRead, "Get the figures that a duty's report has to give",
		"With what is confirmed already, in whichever plan, and its source: that need not be given again."),
		func(ctx context.Context, in *askedFiguresInput) (*plain[indicators.AskedFigures], error) {
			asked, err := a.Indicators.Asked(ctx, in.ID, in.OccurrenceID)
			return &plain[indicators.AskedFigures]{asked}, err
		})
	route(a, op("get-unit-burden", http.MethodGet, "/units/{id}/burden", access.CounterRead, "Get what a unit is asked for",
		"填报负担: reports, fields and figures in each month of a year, from its open duties, their cycles and indicators; a figure that several plans ask for counts once."),
		func(ctx context.Context, in *burdenInput) (*plain[indicators.UnitBurden], error) {
			b, err := a.Indicators.Burden(ctx, in.ID, in.Year)
			return &plain[indicators.UnitBurden]{b}, err
		})
	route(a, op("rank-burdens", http.MethodGet, "/burdens", access.CounterRead, "Rank the units by what they are asked for", "Most fields first."),
		func(ctx context.Context, in *burdensInput) (*plain[indicators.UnitBurdens], error) {
			list, err := a.Indicators.Burdens(ctx, in.Year, in.Month, in.Limit)
			return &plain[indicators.UnitBurdens]{list}, err
		})
}
