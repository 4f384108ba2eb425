package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
)

// registerTokens adds the caller's API tokens.
func (a *API) registerTokens() {
	route(a, Op{ID: "list-tokens", Method: http.MethodGet, Path: "/tokens", Tag: "tokens", Permission: access.TokenManage, Summary: "List one's API tokens",
		Description: "The caller's tokens, also ended ones, without their secrets."},
		func(ctx context.Context, in *Page) (*plain[accounts.TokenPage], error) {
			page, err := a.Accounts.Tokens(ctx, in.After, in.Limit)
			return &plain[accounts.TokenPage]{page}, err
		})
	route(a, Op{ID: "create-token", Method: http.MethodPost, Path: "/tokens", Tag: "tokens", Permission: access.TokenManage, Status: http.StatusCreated, Creates: true,
		Summary:     "Make an API token",
		Description: "Carries the listed permissions of the caller and nothing else, never token.manage. The secret is in this answer only; send it as a bearer token."},
		func(ctx context.Context, in *struct{ Body accounts.CreateTokenInput }) (*plain[accounts.Token], error) {
			token, err := a.Accounts.CreateToken(ctx, in.Body)
			return &plain[accounts.Token]{token}, err
		})
	route(a, Op{ID: "revoke-token", Method: http.MethodDelete, Path: "/tokens/{id}", Tag: "tokens", Permission: access.TokenManage, Status: http.StatusNoContent,
		Summary: "Revoke an API token", Description: "Ends one of the caller's tokens with the next request. Revoking again changes nothing."},
		func(ctx context.Context, in *byID) (*struct{}, error) { return nil, a.Accounts.RevokeToken(ctx, in.ID) })
}
