package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/proceedings"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
)

type proceedingsInput struct {
	Page
	Kind   supervise.ProceedingKind   `query:"kind" enum:"interview,commendation,criticism" doc:"Only proceedings of this kind" example:"criticism"`
	Status supervise.ProceedingStatus `query:"status" enum:"proposed,approved,refused,issued,signed,withdrawn" doc:"Only proceedings in this state" example:"proposed"`
	UnitID ident.ID                   `query:"unit_id" doc:"Only proceedings about this unit"`
}

func proceedingVersion(p proceedings.Proceeding) int { return p.Version }

func proceedingOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: "/proceedings" + path, Tag: "proceedings", Permission: permission, Summary: summary, Description: description}
}

// registerProceedings adds interviews, commendations and criticisms.
func (a *API) registerProceedings() {
	route(a, proceedingOp("list-proceedings", http.MethodGet, "", access.ProceedingRead, "List interviews and circulars",
		"Newest first. A unit sees what was issued about it or below it, the interviews that it is called to, and the circulars for the whole authority."),
		func(ctx context.Context, in *proceedingsInput) (*plain[proceedings.ProceedingPage], error) {
			page, err := a.Proceedings.List(ctx, proceedings.ProceedingQuery{Kind: in.Kind, Status: in.Status, UnitID: in.UnitID, After: in.After, Limit: in.Limit})
			return &plain[proceedings.ProceedingPage]{page}, err
		})
	propose := proceedingOp("propose-proceeding", http.MethodPost, "", access.ProceedingPropose, "Propose an interview or a circular",
		"约谈、通报表扬、通报批评: with grounds and the duties, notices or findings that it rests on. A leader who did not propose it decides (Order 733 art. 21).")
	propose.Creates, propose.Status = true, http.StatusCreated
	route(a, propose, func(ctx context.Context, in *struct {
		Body proceedings.ProposeProceedingInput
	}) (*one[proceedings.Proceeding], error) {
		made, err := a.Proceedings.Suggest(ctx, in.Body)
		return reply(made, made.Version), err
	})
	route(a, proceedingOp("get-proceeding", http.MethodGet, "/{id}", access.ProceedingRead, "Get an interview or a circular", "One of them with its basis and what the caller may do."),
		func(ctx context.Context, in *byID) (*one[proceedings.Proceeding], error) {
			found, err := a.Proceedings.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	route(a, proceedingOp("list-proceeding-events", http.MethodGet, "/{id}/events", access.EventRead, "Read its history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Proceedings.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
	a.registerProceedingActs()
}

func (a *API) registerProceedingActs() {
	actOn(a, proceedingOp("withdraw-proceeding", http.MethodPost, "/{id}/withdraw", access.ProceedingWithdraw, "Take a proposal back",
		"撤回建议: by whoever made it, before it is decided."), a.Proceedings.Withdraw, proceedingVersion)
	change(a, proceedingOp("approve-proceeding", http.MethodPost, "/{id}/approve", access.ProceedingApprove, "Approve a proposal",
		"批准: by a leader who did not make it and is not of the unit."), a.Proceedings.Approve, proceedingVersion)
	change(a, proceedingOp("refuse-proceeding", http.MethodPost, "/{id}/refuse", access.ProceedingRefuse, "Refuse a proposal", "不予批准, with a reason."), a.Proceedings.Refuse, proceedingVersion)
	change(a, proceedingOp("arrange-proceeding", http.MethodPost, "/{id}/arrange", access.ProceedingIssue, "Arrange an interview",
		"安排约谈: day, place and participants; the unit is called. Again, it moves it."), a.Proceedings.Arrange, proceedingVersion)
	hold := proceedingOp("hold-proceeding", http.MethodPost, "/{id}/hold", access.ProceedingIssue, "Record an interview as held",
		"约谈记录: from its day on; it takes the next number, and the unit signs the record.")
	hold.Creates = true
	change(a, hold, a.Proceedings.Hold, proceedingVersion)
	publish := proceedingOp("publish-proceeding", http.MethodPost, "/{id}/publish", access.ProceedingIssue, "Publish a circular",
		"印发通报: it takes the next number of its kind, and its audience sees it.")
	publish.Creates = true
	actOn(a, publish, a.Proceedings.Publish, proceedingVersion)
	actOn(a, proceedingOp("sign-proceeding", http.MethodPost, "/{id}/sign", access.ProceedingSign, "Sign for the unit",
		"签字、签收: under the record of an interview, or for a circular."), a.Proceedings.Sign, proceedingVersion)
	change(a, proceedingOp("revoke-proceeding", http.MethodPost, "/{id}/revoke", access.ProceedingRevoke, "Take an interview or a circular back",
		"撤销, with a reason. A number that it had stays used and says why."), a.Proceedings.Revoke, proceedingVersion)
}
