package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
)

// changeInput is the input of an act on one existing object.
type changeInput[T any] struct {
	ByID
	Match
	Body T
}

type usersInput struct {
	Page
	Name string `query:"name" maxLength:"60" doc:"Only users whose name or login name contains this" example:"张"`
}

// registerUsers adds the accounts of people.
func (a *API) registerUsers() {
	route(a, Op{ID: "list-users", Method: http.MethodGet, Path: "/users", Tag: "users", Permission: access.UserRead, Summary: "List users",
		Description: "The authority's users, oldest account first."},
		func(ctx context.Context, in *usersInput) (*plain[accounts.UserPage], error) {
			page, err := a.Accounts.Users(ctx, in.Name, in.After, in.Limit)
			return &plain[accounts.UserPage]{page}, err
		})
	route(a, Op{ID: "create-user", Method: http.MethodPost, Path: "/users", Tag: "users", Permission: access.UserManage, Status: http.StatusCreated, Creates: true, Summary: "Make an account",
		Description: "An account without a password and without a post, and a one-use link by which the person sets the password. Posts are granted by the security administrator."},
		func(ctx context.Context, in *struct{ Body accounts.Person }) (*plain[accounts.NewUser], error) {
			user, err := a.Accounts.CreateUser(ctx, in.Body)
			return &plain[accounts.NewUser]{user}, err
		})
	route(a, Op{ID: "get-user", Method: http.MethodGet, Path: "/users/{id}", Tag: "users", Permission: access.UserRead, Summary: "Get a user",
		Description: "One user of the authority."},
		func(ctx context.Context, in *byID) (*one[accounts.User], error) {
			user, err := a.Accounts.GetUser(ctx, in.ID)
			return reply(user, user.Version), err
		})
	change(a, Op{ID: "update-user", Method: http.MethodPut, Path: "/users/{id}", Tag: "users", Permission: access.UserManage, Summary: "Change an account",
		Description: "Replaces name, address and language. The login name stays."},
		a.Accounts.UpdateUser, userVersion)
	change(a, Op{ID: "disable-user", Method: http.MethodPost, Path: "/users/{id}/disable", Tag: "users", Permission: access.UserManage, Summary: "Close an account",
		Description: "The user can no longer sign in; sessions end and tokens are revoked at once. Nobody closes their own account."},
		a.Accounts.DisableUser, userVersion)
	change(a, Op{ID: "enable-user", Method: http.MethodPost, Path: "/users/{id}/enable", Tag: "users", Permission: access.UserManage, Summary: "Open a closed account",
		Description: "The user can sign in again; tokens stay revoked."},
		a.Accounts.EnableUser, userVersion)
	route(a, Op{ID: "send-password-link", Method: http.MethodPost, Path: "/users/{id}/link", Tag: "users", Permission: access.UserManage, Status: http.StatusCreated, Creates: true,
		Summary: "Make a password link", Description: "A new one-use link for a user who has lost the password; older links end. For an administrator only the operator can make one, on the command line."},
		func(ctx context.Context, in *byID) (*plain[accounts.PasswordLink], error) {
			link, err := a.Accounts.SendLink(ctx, in.ID)
			return &plain[accounts.PasswordLink]{link}, err
		})
}

func userVersion(u accounts.User) int { return u.Version }

// change registers an act on one existing object under its version.
func change[I, O any](a *API, op Op, act func(ctx context.Context, id ident.ID, version int, in I) (O, error), version func(O) int) {
	route(a, op, func(ctx context.Context, in *changeInput[I]) (*one[O], error) {
		n, err := in.Version()
		if err != nil {
			return nil, err
		}
		out, err := act(ctx, in.ID, n, in.Body)
		return reply(out, version(out)), err
	})
}
