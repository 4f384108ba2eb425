package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

type dutiesInput struct {
	Page
	PlanID  ident.ID     `query:"plan_id" doc:"Only duties of this plan"`
	TaskID  ident.ID     `query:"task_id" doc:"Only duties in this task"`
	UnitID  ident.ID     `query:"unit_id" doc:"Only duties of this unit"`
	Mine    bool         `query:"mine" doc:"Only duties of the caller's own units" example:"true"`
	Status  duty.Status  `query:"status" enum:"assigned,returned,active,review,closed,cancelled" doc:"Only duties in this state; without it, all that are open" example:"active"`
	Light   ladder.Light `query:"light" enum:"grey,green,yellow,red,done" doc:"Only duties that show this light" example:"red"`
	Part    duty.Part    `query:"part" enum:"lead,support" doc:"Only duties with this part" example:"lead"`
	Overdue bool         `query:"overdue" doc:"Only what is open after its due date" example:"true"`
	DueFrom workday.Date `query:"due_from" doc:"Due on this day or later" example:"2017-10-01"`
	DueTo   workday.Date `query:"due_to" doc:"Due on this day or earlier" example:"2017-10-31"`
}

func dutyVersion(d duties.Duty) int { return d.Version }

func dutyOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: path, Tag: "duties", Permission: permission, Summary: summary, Description: description}
}

// registerDuties adds the work on duties.
func (a *API) registerDuties() {
	a.registerDutyReads()
	actOn(a, dutyOp("accept-duty", http.MethodPost, "/duties/{id}/accept", access.DutyAccept, "Sign for a duty",
		"签收: the unit takes the duty on; the sign-for period ends."), a.Duties.Accept, dutyVersion)
	change(a, dutyOp("return-duty", http.MethodPost, "/duties/{id}/return", access.DutyReturn, "Return a duty",
		"退回: refused within the sign-for period, with a reason; the office insists, reassigns or cancels."), a.Duties.Return, dutyVersion)
	change(a, dutyOp("insist-duty", http.MethodPost, "/duties/{id}/insist", access.DutyInsist, "Insist on a duty",
		"维持交办: a returned duty stays with its unit, with a new sign-for period."), a.Duties.Insist, dutyVersion)
	change(a, dutyOp("reassign-duty", http.MethodPost, "/duties/{id}/reassign", access.DutyReassign, "Hand a duty to another unit",
		"改派: the other unit has to sign for it anew."), a.Duties.Reassign, dutyVersion)
	change(a, dutyOp("cancel-duty", http.MethodPost, "/duties/{id}/cancel", access.DutyCancel, "Withdraw a duty",
		"撤销: it counts for nothing any more, its clock stops."), a.Duties.Cancel, dutyVersion)
	change(a, dutyOp("instruct-duty", http.MethodPost, "/duties/{id}/instruct", access.DutyInstruct, "Write an instruction",
		"批示: a leader's written instruction; it stands in the history, unit and office are told."), a.Duties.Instruct, dutyVersion)
	change(a, dutyOp("pass-duty", http.MethodPost, "/duties/{id}/pass", access.DutyPass, "Countersign a step of close-out",
		"审签: an earlier step of the course of close-out is signed and the next one is told. By whom the rules say; never by who held, reported or passed the work."), a.Duties.Pass, dutyVersion)
	change(a, dutyOp("close-duty", http.MethodPost, "/duties/{id}/close", access.DutyClose, "Strike a duty off",
		"销号: the last step of close-out, by somebody who neither held, reported nor passed it. The completion request is confirmed with it."), a.Duties.Close, dutyVersion)
	change(a, dutyOp("send-back-duty", http.MethodPost, "/duties/{id}/send-back", access.DutySendBack, "Send a completion request back",
		"退办: at any step of close-out, by whose step it is; the duty goes on, the request goes back to the unit with the reason."), a.Duties.SendBack, dutyVersion)
	change(a, dutyOp("reopen-duty", http.MethodPost, "/duties/{id}/reopen", access.DutyReopen, "Reopen a duty",
		"恢复督办: a close-out is taken back; the duty goes on with its due date."), a.Duties.Reopen, dutyVersion)
}

func (a *API) registerDutyReads() {
	route(a, dutyOp("list-duties", http.MethodGet, "/duties", access.DutyRead, "List duties",
		"Duties within the caller's scope, the earliest due date first. Open ones, unless a state is asked for. Nothing is counted: ask the counters."),
		func(ctx context.Context, in *dutiesInput) (*plain[duties.DutyPage], error) {
			page, err := a.Duties.List(ctx, duties.DutyQuery{PlanID: in.PlanID, TaskID: in.TaskID, UnitID: in.UnitID, Mine: in.Mine, Status: in.Status, Light: in.Light,
				Part: in.Part, Overdue: in.Overdue, DueFrom: in.DueFrom, DueTo: in.DueTo, After: in.After, Limit: in.Limit})
			return &plain[duties.DutyPage]{page}, err
		})
	route(a, dutyOp("list-waiting", http.MethodGet, "/waiting", access.DutyRead, "List what waits for me",
		"What the caller has to sign for, review, confirm, verify, decide or reply to: at most fifty of each kind, oldest first."),
		func(ctx context.Context, _ *struct{}) (*plain[duties.WaitingList], error) {
			list, err := a.Duties.Waiting(ctx)
			return &plain[duties.WaitingList]{list}, err
		})
	route(a, dutyOp("get-duty", http.MethodGet, "/duties/{id}", access.DutyRead, "Get a duty", "One duty with its light and what the caller may do with it."),
		func(ctx context.Context, in *byID) (*one[duties.Duty], error) {
			found, err := a.Duties.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	route(a, dutyOp("get-duty-timeline", http.MethodGet, "/duties/{id}/timeline", access.EventRead, "Read a duty's history",
		"Its dispatch, then every change of it and of its reports and extensions, and every step of the ladder, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[duties.DutyTimeline], error) {
			page, err := a.Duties.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[duties.DutyTimeline]{page}, err
		})
	route(a, dutyOp("get-duty-checklist", http.MethodGet, "/duties/{id}/checklist", access.DutyRead, "Hold a duty against its completion contract",
		"办结标准: every item of the contract with what is on file today. Expired evidence and older versions count for nothing. A completion request that leaves an item open is refused (409 contract.incomplete) with the same list."),
		func(ctx context.Context, in *byID) (*plain[duties.CompletionChecklist], error) {
			list, err := a.Duties.Checklist(ctx, in.ID)
			return &plain[duties.CompletionChecklist]{list}, err
		})
	route(a, dutyOp("get-close-out", http.MethodGet, "/duties/{id}/close-out", access.DutyRead, "Read a duty's steps of close-out",
		"销号流程: the steps of the request at hand with their signatures and whose turn it is, and what became of earlier requests. Without a request, the steps that the next one will take."),
		func(ctx context.Context, in *byID) (*plain[duties.CloseOut], error) {
			found, err := a.Duties.CloseOut(ctx, in.ID)
			return &plain[duties.CloseOut]{found}, err
		})
	route(a, dutyOp("get-due-ledger", http.MethodGet, "/duties/{id}/due-dates", access.DutyRead, "Read a duty's deadline ledger",
		"时限台账: every due date that it ever had, who set it, when and why. It is bounded by the number of extensions and not paged."),
		func(ctx context.Context, in *byID) (*plain[duties.DueLedger], error) {
			ledger, err := a.Duties.Ledger(ctx, in.ID)
			return &plain[duties.DueLedger]{ledger}, err
		})
}
