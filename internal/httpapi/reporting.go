package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/workday"
)

type dueReportsInput struct {
	Page
	State  string       `query:"state" enum:"due,missing,late" default:"due" doc:"due (待报), missing (欠报) or late (迟报)"`
	PlanID ident.ID     `query:"plan_id" doc:"Only of this plan"`
	UnitID ident.ID     `query:"unit_id" doc:"Only of this unit"`
	Mine   bool         `query:"mine" doc:"Only of the caller's own units"`
	DueTo  workday.Date `query:"due_to" doc:"Of those that are due, only what has to be handed in by this day" example:"2017-09-27"`
}

type countReportsInput struct {
	PlanID ident.ID     `query:"plan_id" doc:"Only of this plan"`
	UnitID ident.ID     `query:"unit_id" doc:"Only of this unit"`
	Mine   bool         `query:"mine" doc:"Only of the caller's own units"`
	DueTo  workday.Date `query:"due_to" doc:"Of those that are due, only what has to be handed in by this day" example:"2017-09-27"`
}

type standingInput struct {
	By     string   `query:"by" enum:"unit,plan" default:"unit" doc:"What is counted by"`
	PlanID ident.ID `query:"plan_id" doc:"Only of this plan"`
	Limit  int      `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many"`
}

// registerReporting adds the reports that are asked for: cycles, what is due, missing and late.
func (a *API) registerReporting() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: path, Tag: "reporting", Permission: permission, Summary: summary, Description: description}
	}
	version := func(r plans.PlanReporting) int { return r.Version }
	route(a, op("list-report-cycles", http.MethodGet, "/report-cycles", access.PlanRead, "List the report cycles",
		"All cycles of the rule file (policies/rules/cycles.yaml) that a plan or task can name, at most 50."),
		func(ctx context.Context, _ *struct{}) (*plain[occurrences.ReportCycleList], error) {
			list, err := a.Occurrences.Cycles(ctx)
			return &plain[occurrences.ReportCycleList]{list}, err
		})
	route(a, op("get-plan-reporting", http.MethodGet, "/plans/{id}/reporting", access.PlanRead, "Get how a plan is reported on",
		"The cycle of the plan and, for each task, the cycle in force: chosen for the task, else what its clause states, else the plan's, else the default."),
		func(ctx context.Context, in *byID) (*one[plans.PlanReporting], error) {
			found, err := a.Plans.Reporting(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, op("set-plan-reporting", http.MethodPut, "/plans/{id}/reporting", access.PlanEdit, "Choose the report cycle of a draft",
		"For the whole plan or one task of it."), a.Plans.SetReporting, version)
	change(a, op("change-plan-reporting", http.MethodPost, "/plans/{id}/reporting", access.PlanAmend, "Choose another report cycle for an issued plan",
		"From today on. Reports that somebody has begun, and those whose day has ended, stay; the rest is asked for by the new cycle."), a.Plans.ChangeReporting, version)
	route(a, op("list-due-reports", http.MethodGet, "/due-reports", access.ReportRead, "List reports that are due, missing or late",
		"Reports asked for by the cycles of the plans. due: open and not handed in, the first due first; missing: their day ended without them; late: they came later, with the day."),
		func(ctx context.Context, in *dueReportsInput) (*plain[occurrences.DueReportPage], error) {
			page, err := a.Occurrences.List(ctx, occurrences.DueReportQuery{State: occurrences.State(in.State), PlanID: in.PlanID, UnitID: in.UnitID,
				Mine: in.Mine, DueTo: in.DueTo, After: in.After, Limit: in.Limit})
			return &plain[occurrences.DueReportPage]{page}, err
		})
	route(a, op("count-due-reports", http.MethodGet, "/due-report-counts", access.ReportRead, "Count the reports that are due and missing",
		"As many as list-due-reports lists; ten thousand of a kind at most, and capped says so."),
		func(ctx context.Context, in *countReportsInput) (*plain[occurrences.DueReportCounts], error) {
			counts, err := a.Occurrences.Counts(ctx, occurrences.DueReportQuery{PlanID: in.PlanID, UnitID: in.UnitID, Mine: in.Mine, DueTo: in.DueTo})
			return &plain[occurrences.DueReportCounts]{counts}, err
		})
	route(a, op("get-duty-due-reports", http.MethodGet, "/duties/{id}/due-reports", access.ReportRead, "Get the reports that a duty was asked for",
		"The first due first, with what became of each; the first 500."),
		func(ctx context.Context, in *byID) (*plain[occurrences.DueReportPage], error) {
			page, err := a.Occurrences.OfDuty(ctx, in.ID)
			return &plain[occurrences.DueReportPage]{page}, err
		})
	route(a, op("count-missing-reports", http.MethodGet, "/report-standings", access.CounterRead, "Count missing and late reports",
		"By unit or by plan, those with the most missing first."),
		func(ctx context.Context, in *standingInput) (*plain[occurrences.ReportStandings], error) {
			list, err := a.Occurrences.Standings(ctx, occurrences.StandingQuery{By: in.By, PlanID: in.PlanID, Limit: in.Limit})
			return &plain[occurrences.ReportStandings]{list}, err
		})
}
