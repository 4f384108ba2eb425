package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plans"
)

type copyPlanInput struct {
	ByID
	Body plans.CopyPlanInput
}

type saveTemplateInput struct {
	ByID
	Body plans.SaveTemplateInput
}

type comparePlansInput struct {
	ByID
	With ident.ID `query:"with" required:"true" doc:"The older plan" example:"0h2kz9f7x3b1c"`
}

type planChangesInput struct {
	ByID
	From time.Time `query:"from" doc:"Earlier instant; the issue of the plan if missing" example:"2017-03-16T01:00:00Z"`
	To   time.Time `query:"to" doc:"Later instant; now if missing" example:"2017-09-20T10:00:00Z"`
}

// registerPlanYear adds what happens to a plan after its issue: revisions, comparison, close, carry-over.
func (a *API) registerPlanYear() {
	version := func(p plans.Plan) int { return p.Version }
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/plans/{id}/" + path, Tag: "plans", Permission: permission, Summary: summary, Description: description}
	}
	change(a, op("amend-plan", http.MethodPost, "revisions", access.PlanAmend, "Amend an issued plan",
		"A numbered revision: adds tasks, cancels them, changes dates, all or nothing. Each changed date is a line in the deadline ledger; the baseline stays; everybody concerned gets one message."),
		a.Plans.Amend, version)
	route(a, op("list-plan-revisions", http.MethodGet, "revisions", access.PlanRead, "List a plan's revisions", "Supplements and amendments, first to last, with what each changed."),
		func(ctx context.Context, in *byID) (*plain[plans.RevisionList], error) {
			list, err := a.Plans.Revisions(ctx, in.ID)
			return &plain[plans.RevisionList]{list}, err
		})
	route(a, op("compare-plan-instants", http.MethodGet, "changes", access.PlanRead, "Compare an issued plan at two instants",
		"Tasks added, removed and changed in date, units or progress; from the history, so what was withdrawn since is found too."),
		func(ctx context.Context, in *planChangesInput) (*plain[plans.BaselineChanges], error) {
			changes, err := a.Plans.Changes(ctx, in.ID, in.From, in.To)
			return &plain[plans.BaselineChanges]{changes}, err
		})
	route(a, op("compare-plans", http.MethodGet, "compare", access.PlanRead, "Compare two plans",
		"Nodes added, removed, moved and changed against an older plan, with the old values; for a document that was imported again, or last year's plan."),
		func(ctx context.Context, in *comparePlansInput) (*plain[plans.PlanComparison], error) {
			c, err := a.Plans.Compare(ctx, in.With, in.ID)
			return &plain[plans.PlanComparison]{c}, err
		})
	copied := op("copy-plan", http.MethodPost, "copy", access.PlanCreate, "Take a plan over into another year",
		"Makes a draft from a plan with its dates shifted by the calendar; with open_only what is not done is carried over, and with withdraw the old duties are taken back (asks for plan.amend).")
	copied.Status, copied.Creates = http.StatusCreated, true
	route(a, copied, func(ctx context.Context, in *copyPlanInput) (*one[plans.Plan], error) {
		made, err := a.Plans.Copy(ctx, in.ID, in.Body)
		return reply(made, made.Version), err
	})
	template := op("save-plan-template", http.MethodPost, "template", access.PlanCreate, "Save a plan as a template",
		"Keeps the tree, wording, responsible bodies, dependencies and dates of a plan, without duties and progress. copy-plan makes a draft from it, for any year.")
	template.Status, template.Creates = http.StatusCreated, true
	route(a, template, func(ctx context.Context, in *saveTemplateInput) (*one[plans.Plan], error) {
		made, err := a.Plans.SaveTemplate(ctx, in.ID, in.Body)
		return reply(made, made.Version), err
	})
	actOn(a, op("close-plan", http.MethodPost, "close", access.PlanClose, "Close a plan", "Ends the year of a plan. Open duties forbid it."), a.Plans.Close, version)
	change(a, op("reopen-plan", http.MethodPost, "reopen", access.PlanReopen, "Reopen a plan", "Takes a closed plan up again, with the reason."), a.Plans.Reopen, version)
}
