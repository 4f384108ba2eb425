package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
)

// client is where a request comes from.
func client(ctx context.Context, agent string) accounts.Client {
	info, _ := ctx.Value(infoKey{}).(requestInfo)
	return accounts.Client{Address: info.address, Agent: agent}
}

// withCookie answers with a body and a session cookie.
type withCookie[T any] struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      T
}

type signInInput struct {
	Agent string `header:"User-Agent" hidden:"true"`
	Body  accounts.SignInInput
}

// SetUpNeed says whether the installation waits for its set-up.
type SetUpNeed struct {
	Needed bool `json:"needed" doc:"Whether nobody can sign in yet, so that the set-up link is to be used" example:"false"`
}

// registerSession adds signing in and out, the caller's own account, and the first set-up.
func (a *API) registerSession() {
	route(a, Op{ID: "get-set-up", Method: http.MethodGet, Path: "/set-up", Tag: "session", Permission: Public, Summary: "Is the installation set up",
		Description: "A new installation has no user and no default password: the program prints a one-use link at its start."},
		func(ctx context.Context, _ *struct{}) (*plain[SetUpNeed], error) {
			needed, err := a.Accounts.NeedsSetUp(ctx)
			return &plain[SetUpNeed]{SetUpNeed{Needed: needed}}, err
		})
	route(a, Op{ID: "set-up", Method: http.MethodPost, Path: "/set-up", Tag: "session", Permission: Public, Status: http.StatusCreated, Summary: "Set the installation up",
		Description: "Uses the printed link up: founds the authority and names its system, security and audit administrator, who must be three people. Each gets a one-use link to set a password."},
		func(ctx context.Context, in *struct{ Body accounts.SetUpInput }) (*plain[accounts.SetUp], error) {
			out, err := a.Accounts.SetUp(ctx, in.Body)
			return &plain[accounts.SetUp]{out}, err
		})
	route(a, Op{ID: "sign-in", Method: http.MethodPost, Path: "/session", Tag: "session", Permission: Public, Status: http.StatusCreated, Summary: "Sign in",
		Description: "Checks a password and sets the session cookie. Wrong passwords and unknown names get one answer; a user with a second factor is asked for a code (sign_in.code_needed) and signs in with both. Repeated failures wait (429 with Retry-After), longer each time."},
		a.signIn)
	route(a, Op{ID: "get-me", Method: http.MethodGet, Path: "/session", Tag: "session", Permission: Signed, Summary: "Who am I",
		Description: "The caller's account, authority, posts held today, and what they permit."},
		func(ctx context.Context, _ *struct{}) (*plain[accounts.Me], error) {
			me, err := a.Accounts.Me(ctx)
			return &plain[accounts.Me]{me}, err
		})
	route(a, Op{ID: "sign-out", Method: http.MethodDelete, Path: "/session", Tag: "session", Permission: Signed, Status: http.StatusNoContent, Summary: "Sign out",
		Description: "Ends the session on the server and in the browser."},
		func(ctx context.Context, _ *struct{}) (*signedOut, error) {
			return &signedOut{SetCookie: a.sessionCookie("", time.Time{}), Clear: `"cache", "storage"`}, a.Accounts.Logout(ctx)
		})
	a.registerPasswords()
	a.registerFactors()
	a.registerSessions()
}

// signedOut ends the cookie and what the browser kept.
type signedOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Clear     string      `header:"Clear-Site-Data"`
}

func (a *API) signIn(ctx context.Context, in *signInInput) (*withCookie[accounts.Me], error) {
	session, err := a.Accounts.Login(ctx, in.Body, client(ctx, in.Agent))
	if err != nil {
		return nil, err
	}
	actor, err := a.Accounts.BySession(ctx, session.Secret)
	if err != nil {
		return nil, err
	}
	me, err := a.Accounts.Me(access.With(ctx, actor))
	return &withCookie[accounts.Me]{SetCookie: a.sessionCookie(session.Secret, session.ExpiresAt), Body: me}, err
}

// registerPasswords adds setting a password by link and changing one's own.
func (a *API) registerPasswords() {
	route(a, Op{ID: "set-password", Method: http.MethodPost, Path: "/password", Tag: "session", Permission: Public, Status: http.StatusNoContent, Summary: "Set a password by link",
		Description: "Uses a one-use link up. At least 15 characters, at most 200, any characters, no rule of composition; not built of common words, names or runs. Ends all sessions of the user."},
		func(ctx context.Context, in *struct{ Body accounts.SetPasswordInput }) (*struct{}, error) {
			return nil, a.Accounts.SetPassword(ctx, in.Body)
		})
	route(a, Op{ID: "change-password", Method: http.MethodPost, Path: "/session/password", Tag: "session", Permission: Signed, Status: http.StatusNoContent, Summary: "Change one's own password",
		Description: "Needs the present password and a session of one's own, not a token. Ends all sessions, also this one."},
		func(ctx context.Context, in *struct{ Body accounts.ChangePasswordInput }) (*struct{}, error) {
			return nil, a.Accounts.ChangePassword(ctx, in.Body, client(ctx, ""))
		})
}

type sessionsInput struct {
	Page
	UserID ident.ID `query:"user_id" doc:"Whose sessions; the caller's own if missing (others need user.manage)"`
}

// registerSessions adds the list of sessions and ending one.
func (a *API) registerSessions() {
	route(a, Op{ID: "list-sessions", Method: http.MethodGet, Path: "/sessions", Tag: "session", Permission: Signed, Summary: "List sessions",
		Description: "Where the caller is signed in, or, with user.manage, where a user is. Ended sessions are not shown."},
		func(ctx context.Context, in *sessionsInput) (*plain[accounts.SessionPage], error) {
			actor, err := access.From(ctx)
			if err != nil {
				return nil, err
			}
			if in.UserID.IsZero() {
				in.UserID = actor.ID
			}
			page, err := a.Accounts.Sessions(ctx, in.UserID, in.After, in.Limit)
			return &plain[accounts.SessionPage]{page}, err
		})
	route(a, Op{ID: "end-session", Method: http.MethodDelete, Path: "/sessions/{id}", Tag: "session", Permission: Signed, Status: http.StatusNoContent, Summary: "End a session",
		Description: "Ends a session of the caller, or, with user.manage, of a user. It takes effect with the next request on every server."},
		func(ctx context.Context, in *byID) (*struct{}, error) { return nil, a.Accounts.KillSession(ctx, in.ID) })
}
