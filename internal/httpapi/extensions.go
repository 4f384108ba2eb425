package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
)

func extensionVersion(e duties.Extension) int { return e.Version }

func extensionOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: path, Tag: "extensions", Permission: permission, Summary: summary, Description: description}
}

// registerExtensions adds requests for more time.
func (a *API) registerExtensions() {
	route(a, extensionOp("list-extensions", http.MethodGet, "/duties/{id}/extensions", access.ExtensionRead, "List the extensions of a duty", "Requests for more time, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[duties.ExtensionPage], error) {
			page, err := a.Duties.Extensions(ctx, in.ID, in.After, in.Limit)
			return &plain[duties.ExtensionPage]{page}, err
		})
	request := extensionOp("request-extension", http.MethodPost, "/duties/{id}/extensions", access.ExtensionRequest, "Ask for more time",
		"申请延期: up to and including the due date, with reason, new date and progress. One request waits at a time.")
	request.Status, request.Creates = http.StatusCreated, true
	route(a, request, func(ctx context.Context, in *onDuty[duties.RequestExtensionInput]) (*one[duties.Extension], error) {
		made, err := a.Duties.RequestExtension(ctx, in.ID, in.Body)
		return reply(made, made.Version), err
	})
	route(a, extensionOp("get-extension", http.MethodGet, "/extensions/{id}", access.ExtensionRead, "Get an extension", "One request for more time."),
		func(ctx context.Context, in *byID) (*one[duties.Extension], error) {
			found, err := a.Duties.Extension(ctx, in.ID)
			return reply(found, found.Version), err
		})
	actOn(a, extensionOp("withdraw-extension", http.MethodPost, "/extensions/{id}/withdraw", access.ExtensionWithdraw, "Take a request for more time back",
		"撤回: before it is decided."), a.Duties.WithdrawExtension, extensionVersion)
	change(a, extensionOp("opine-extension", http.MethodPost, "/extensions/{id}/opine", access.ExtensionOpine, "Give an opinion on an extension",
		"预审: for the leader who decides, by somebody who did not ask."), a.Duties.OpineExtension, extensionVersion)
	change(a, extensionOp("grant-extension", http.MethodPost, "/extensions/{id}/grant", access.ExtensionGrant, "Grant more time",
		"批准: names the new date. The duty gets a new revision of its due date with a line in the deadline ledger; its original date stays on record."), a.Duties.GrantExtension, extensionVersion)
	change(a, extensionOp("refuse-extension", http.MethodPost, "/extensions/{id}/refuse", access.ExtensionRefuse, "Refuse more time",
		"不批准: the due date stays."), a.Duties.RefuseExtension, extensionVersion)
}
