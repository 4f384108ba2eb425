package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

type postsInput struct {
	Page
	UserID ident.ID     `query:"user_id" doc:"Only posts of this user"`
	UnitID ident.ID     `query:"unit_id" doc:"Only posts in this unit"`
	Role   post.Role    `query:"role" enum:"leader,office,unit_head,unit_clerk,inspector,system_admin,security_admin,audit_admin" doc:"Only posts of this role" example:"unit_head"`
	On     workday.Date `query:"on" doc:"Only posts held on this day" example:"2017-03-06"`
}

// registerPosts adds who holds which role in which unit.
func (a *API) registerPosts() {
	route(a, Op{ID: "list-posts", Method: http.MethodGet, Path: "/posts", Tag: "posts", Permission: access.PostRead, Summary: "List posts",
		Description: "Who holds which role in which unit, and for which period; ended posts stay."},
		func(ctx context.Context, in *postsInput) (*plain[accounts.PostPage], error) {
			page, err := a.Accounts.Posts(ctx, accounts.PostQuery{UserID: in.UserID, UnitID: in.UnitID, Role: in.Role, On: in.On, After: in.After, Limit: in.Limit})
			return &plain[accounts.PostPage]{page}, err
		})
	route(a, Op{ID: "grant-post", Method: http.MethodPost, Path: "/posts", Tag: "posts", Permission: access.PostGrant, Status: http.StatusCreated, Creates: true, Summary: "Grant a post",
		Description: "Gives a user a role in a unit for a period, also as an acting officer. Nobody grants to themselves. Two different administrators, or an administrator and a business role, in one person at one time are a conflict."},
		func(ctx context.Context, in *struct{ Body accounts.GrantPostInput }) (*one[accounts.Post], error) {
			granted, err := a.Accounts.GrantPost(ctx, in.Body)
			return reply(granted, granted.Version), err
		})
	route(a, Op{ID: "get-post", Method: http.MethodGet, Path: "/posts/{id}", Tag: "posts", Permission: access.PostRead, Summary: "Get a post",
		Description: "One post of the authority."},
		func(ctx context.Context, in *byID) (*one[accounts.Post], error) {
			found, err := a.Accounts.GetPost(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, Op{ID: "end-post", Method: http.MethodPost, Path: "/posts/{id}/end", Tag: "posts", Permission: access.PostGrant, Summary: "End a post",
		Description: "Sets the last day, from yesterday (it ends now) up to the last day set so far. Nobody ends their own."},
		a.Accounts.EndPost, func(p accounts.Post) int { return p.Version })
}
