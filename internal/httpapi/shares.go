package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
)

type sharesInput struct {
	Page
	DutyID ident.ID `query:"duty_id" doc:"Only shares of this duty"`
	Mine   bool     `query:"mine" doc:"Only shares that the caller's own units hold" example:"true"`
	Open   bool     `query:"open" doc:"Only shares that still wait for something" example:"true"`
}

func shareVersion(s duties.Share) int { return s.Version }

func shareOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: path, Tag: "shares", Permission: permission, Summary: summary, Description: description}
}

// registerShares adds what a unit gives to the units below it of a duty.
func (a *API) registerShares() {
	a.registerShareReads()
	split := func(id, path, summary, description string, do func(context.Context, ident.ID, duties.SplitDutyInput) (duties.Share, error)) {
		op := shareOp(id, http.MethodPost, path, access.ShareAssign, summary, description)
		op.Status, op.Creates = http.StatusCreated, true
		route(a, op, func(ctx context.Context, in *onDuty[duties.SplitDutyInput]) (*one[duties.Share], error) {
			made, err := do(ctx, in.ID, in.Body)
			return reply(made, made.Version), err
		})
	}
	split("split-duty", "/duties/{id}/shares", "Give a part of a duty to a unit below",
		"内部分解: within the unit's own subtree. The due date leaves the unit its days of review; it stays answerable for the whole.", a.Duties.SplitDuty)
	split("split-share", "/shares/{id}/shares", "Give a part of a share to a unit further below", "再分解: by the unit that holds the share.", a.Duties.SplitShare)
	actOn(a, shareOp("accept-share", http.MethodPost, "/shares/{id}/accept", access.ShareAccept, "Sign for a share", "签收."), a.Duties.AcceptShare, shareVersion)
	change(a, shareOp("return-share", http.MethodPost, "/shares/{id}/return", access.ShareReturn, "Return a share",
		"退回: with a reason, before it is signed for; the unit that gave it out decides."), a.Duties.ReturnShare, shareVersion)
	change(a, shareOp("insist-share", http.MethodPost, "/shares/{id}/insist", access.ShareInsist, "Insist on a share", "维持分解: a returned share has to be signed for again."),
		a.Duties.InsistShare, shareVersion)
	change(a, shareOp("report-share", http.MethodPost, "/shares/{id}/report", access.ShareReport, "Report on a share",
		"填报进展: for the unit that gave it out; its own report to the office stays its own."), a.Duties.ReportShare, shareVersion)
	change(a, shareOp("hand-in-share", http.MethodPost, "/shares/{id}/hand-in", access.ShareHandIn, "Hand a share in",
		"报请确认: once its own required shares are confirmed."), a.Duties.HandInShare, shareVersion)
	actOn(a, shareOp("confirm-share", http.MethodPost, "/shares/{id}/confirm", access.ShareConfirm, "Confirm a share",
		"确认办结: by the unit that gave it out, and by nobody who handed it in."), a.Duties.ConfirmShare, shareVersion)
	change(a, shareOp("send-back-share", http.MethodPost, "/shares/{id}/send-back", access.ShareSendBack, "Send a share back", "退办: what was handed in is not enough."),
		a.Duties.SendBackShare, shareVersion)
	change(a, shareOp("redate-share", http.MethodPost, "/shares/{id}/redate", access.ShareRedate, "Move the due date of a share",
		"调整时限: not beyond the due date of the whole less the days of review."), a.Duties.RedateShare, shareVersion)
	change(a, shareOp("cancel-share", http.MethodPost, "/shares/{id}/cancel", access.ShareCancel, "Take a share back", "撤回: with a reason."), a.Duties.CancelShare, shareVersion)
}

func (a *API) registerShareReads() {
	route(a, shareOp("list-shares", http.MethodGet, "/shares", access.ShareRead, "List shares", "What units gave to units below, within the caller's scope, the first given out first."),
		func(ctx context.Context, in *sharesInput) (*plain[duties.SharePage], error) {
			page, err := a.Duties.Shares(ctx, duties.ShareFilter{DutyID: in.DutyID, Mine: in.Mine, Open: in.Open, After: in.After, Limit: in.Limit})
			return &plain[duties.SharePage]{page}, err
		})
	route(a, shareOp("get-share", http.MethodGet, "/shares/{id}", access.ShareRead, "Get a share", "One share with what the caller may do with it."),
		func(ctx context.Context, in *byID) (*one[duties.Share], error) {
			found, err := a.Duties.GetShare(ctx, in.ID)
			return reply(found, found.Version), err
		})
	route(a, shareOp("get-split", http.MethodGet, "/duties/{id}/split", access.DutyRead, "Read how the shares of a duty come to the whole",
		"The rule, the progress that they suggest, how many still have to be confirmed, and the last due date that one may have."),
		func(ctx context.Context, in *byID) (*plain[duties.DutySplit], error) {
			found, err := a.Duties.Split(ctx, in.ID)
			return &plain[duties.DutySplit]{found}, err
		})
}
