package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
)

type colleaguesInput struct {
	Page
	PostID ident.ID `query:"post_id" required:"true" doc:"One's own post that is to be delegated"`
}

// registerDelegations adds who acts in one's own post for a time.
func (a *API) registerDelegations() {
	op := func(id, method, path, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/delegations" + path, Tag: "delegations", Permission: access.PostDelegate, Summary: summary, Description: description}
	}
	route(a, op("list-delegations", http.MethodGet, "", "List delegations", "委托代办: what the caller delegated and what was delegated to the caller, also what has ended."),
		func(ctx context.Context, in *Page) (*plain[accounts.DelegationPage], error) {
			page, err := a.Accounts.Delegations(ctx, in.After, in.Limit)
			return &plain[accounts.DelegationPage]{page}, err
		})
	route(a, op("list-colleagues", http.MethodGet, "/colleagues", "List to whom a post may be delegated",
		"Who holds a post of their own in the unit of one's own post, or below it; one line for each such post."),
		func(ctx context.Context, in *colleaguesInput) (*plain[accounts.ColleaguePage], error) {
			page, err := a.Accounts.Colleagues(ctx, in.PostID, in.After, in.Limit)
			return &plain[accounts.ColleaguePage]{page}, err
		})
	give := op("delegate-post", http.MethodPost, "", "Let another act in one's own post",
		"委托代办: a head or clerk names somebody of the unit or below it, from one day to another, within their own post. They keep the post. Nothing is delegated further.")
	give.Creates, give.Status = true, http.StatusCreated
	route(a, give, func(ctx context.Context, in *struct{ Body accounts.DelegatePostInput }) (*one[accounts.Delegation], error) {
		made, err := a.Accounts.Delegate(ctx, in.Body)
		return reply(made, made.Version), err
	})
	change(a, op("take-back-post", http.MethodPost, "/{id}/take-back", "Take a delegation back", "收回委托: by whoever gave it, at any moment, or given back by whoever got it; it holds from the next request on."),
		a.Accounts.TakeBack, func(d accounts.Delegation) int { return d.Version })
}
