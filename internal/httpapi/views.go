package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ledgers"
)

// registerViews adds saved views of the ledger.
func (a *API) registerViews() {
	op := func(id, method, path, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/views" + path, Tag: "views", Permission: access.ViewManage, Summary: summary, Description: description}
	}
	route(a, op("list-views", http.MethodGet, "", "List saved views", "The caller's own, those shared with their units, and those of their roles."),
		func(ctx context.Context, in *Page) (*plain[ledgers.SavedViewPage], error) {
			page, err := a.Ledgers.Views(ctx, in.After, in.Limit)
			return &plain[ledgers.SavedViewPage]{page}, err
		})
	save := op("save-view", http.MethodPost, "", "Save a view", "A question with its layout, order and columns; for oneself, for a unit and all below it, or as the beginning of a role.")
	save.Status, save.Creates = http.StatusCreated, true
	route(a, save, func(ctx context.Context, in *struct{ Body ledgers.SaveViewInput }) (*one[ledgers.SavedView], error) {
		made, err := a.Ledgers.SaveView(ctx, in.Body)
		return reply(made, made.Version), err
	})
	change(a, op("change-view", http.MethodPut, "/{id}", "Change a view", "Replaces one of the caller's views."), a.Ledgers.ChangeView,
		func(v ledgers.SavedView) int { return v.Version })
	drop := op("drop-view", http.MethodDelete, "/{id}", "Delete a view", "Deletes one of the caller's views.")
	drop.Status = http.StatusNoContent
	route(a, drop, func(ctx context.Context, in *byID) (*struct{}, error) { return nil, a.Ledgers.DropView(ctx, in.ID) })
}
