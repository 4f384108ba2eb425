package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/accounts"
)

// registerFactors adds the second factor of sign-in: the caller's own, and taking one away from a user who has lost it.
func (a *API) registerFactors() {
	route(a, Op{ID: "get-second-factor", Method: http.MethodGet, Path: "/session/second-factor", Tag: "session", Permission: Signed, Summary: "How the caller signs in",
		Description: "Whether a one-time code is asked for, and whether the installation requires one."},
		func(ctx context.Context, _ *struct{}) (*plain[accounts.SecondFactor], error) {
			out, err := a.Accounts.SecondFactor(ctx)
			return &plain[accounts.SecondFactor]{out}, err
		})
	route(a, Op{ID: "enrol-second-factor", Method: http.MethodPost, Path: "/session/second-factor", Tag: "session", Permission: Signed, Summary: "Begin a second factor",
		Description: "Needs the present password and a session, not a token. Gives the key of a generator of one-time codes (RFC 6238), which counts once confirm-second-factor has seen its first code."},
		func(ctx context.Context, in *struct {
			Agent string `header:"User-Agent" hidden:"true"`
			Body  accounts.EnrolFactorInput
		}) (*plain[accounts.EnrolledFactor], error) {
			out, err := a.Accounts.EnrolFactor(ctx, in.Body, client(ctx, in.Agent))
			return &plain[accounts.EnrolledFactor]{out}, err
		})
	route(a, Op{ID: "confirm-second-factor", Method: http.MethodPost, Path: "/session/second-factor/confirm", Tag: "session", Permission: Signed, Summary: "Confirm a second factor",
		Description: "Takes the first code. From now on sign-in asks for one. Answers with one-use recovery codes, shown once."},
		func(ctx context.Context, in *struct{ Body accounts.ConfirmFactorInput }) (*plain[accounts.RecoveryCodes], error) {
			out, err := a.Accounts.ConfirmFactor(ctx, in.Body)
			return &plain[accounts.RecoveryCodes]{out}, err
		})
	route(a, Op{ID: "remove-second-factor", Method: http.MethodPost, Path: "/session/second-factor/remove", Tag: "session", Permission: Signed, Status: http.StatusNoContent, Summary: "Remove one's second factor",
		Description: "Needs the password and a code. Ends the caller's other sessions."},
		func(ctx context.Context, in *struct {
			Agent string `header:"User-Agent" hidden:"true"`
			Body  accounts.RemoveFactorInput
		}) (*struct{}, error) {
			return nil, a.Accounts.RemoveFactor(ctx, in.Body, client(ctx, in.Agent))
		})
	route(a, Op{ID: "reset-second-factor", Method: http.MethodPost, Path: "/users/{id}/reset-second-factor", Tag: "users", Permission: "user.manage", Status: http.StatusNoContent, Summary: "Take a user's second factor away",
		Description: "For a user who has lost it; their sessions end. Administrators are reset only from the operator's command line."},
		func(ctx context.Context, in *struct {
			ByID
			Body accounts.ResetFactorInput
		}) (*struct{}, error) {
			return nil, a.Accounts.ResetFactor(ctx, in.ID, in.Body)
		})
}
