package accounts

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/token"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// CreateTokenInput asks for an API token.
type CreateTokenInput struct {
	Name        string              `json:"name" minLength:"1" maxLength:"60" doc:"What it is for" example:"OA 系统对接"`
	Permissions []access.Permission `json:"permissions" minItems:"1" maxItems:"100" doc:"All that it may be used for, each a permission that the caller has" example:"[\"duty.read\",\"report.read\"]"`
	ExpiresAt   time.Time           `json:"expires_at" doc:"When it ends, at most 366 days ahead" example:"2017-12-31T16:00:00Z"`
}

// TokenPage is one page of tokens, oldest first.
type TokenPage struct {
	Items []Token `json:"items" doc:"Tokens of the caller, also ended ones"`
	Next  string  `json:"next" doc:"Cursor of the next page; empty at the end"`
}

var tokenColumns = access.Columns{Authority: token.FieldAuthorityID, Owner: token.FieldUserID}

// CreateToken makes an API token for the caller. It carries no more than the caller's posts give, and never the right to make
// tokens, so that one that leaks cannot outlive its revocation.
func (s *Service) CreateToken(ctx context.Context, in CreateTokenInput) (Token, error) {
	if _, err := s.gate.May(ctx, access.TokenManage); err != nil {
		return Token{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Token{}, err
	}
	if err := s.checkToken(actor, &in); err != nil {
		return Token{}, err
	}
	secret, hash := newSecret(TokenPrefix)
	made := false
	answer, err := create(ctx, s, func(ctx context.Context, tx *ent.Tx) (Token, error) {
		names := make([]string, len(in.Permissions))
		for i, p := range in.Permissions {
			names[i] = string(p)
		}
		row, err := tx.Token.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetUserID(actor.ID).SetName(in.Name).SetHash(hash).
			SetPermissions(names).SetCreatedAt(s.store.Now()).SetExpiresAt(in.ExpiresAt).Save(ctx)
		if err != nil {
			return Token{}, fmt.Errorf("create token: %w", err)
		}
		made = true
		_, err = s.log.Append(ctx, tx, tokenEvent(row, "create", in))
		return tokenView(row), err
	})
	if made && err == nil { // the secret is never kept with the answer, so a repeated request gets none
		answer.Secret = secret
	}
	return answer, err
}

func tokenEvent(r *ent.Token, action string, after any) timeline.Entry {
	return timeline.Entry{AuthorityID: r.AuthorityID, Subject: "token", SubjectID: r.ID, Action: action, After: after}
}

func (s *Service) checkToken(actor access.Actor, in *CreateTokenInput) error {
	var fields []fault.Field
	in.Name = strings.TrimSpace(in.Name)
	if in.Name == "" {
		fields = append(fields, fault.Field{Location: "body.name", Code: "required"})
	}
	if len(in.Permissions) == 0 {
		fields = append(fields, fault.Field{Location: "body.permissions", Code: "required"})
	}
	for i, p := range in.Permissions {
		if p == access.TokenManage || !slices.Contains(access.Permissions, p) || !s.gate.Can(actor, p) {
			fields = append(fields, fault.Field{Location: fmt.Sprintf("body.permissions[%d]", i), Code: "token.permission"})
		}
	}
	now := s.store.Now()
	in.ExpiresAt = in.ExpiresAt.UTC().Truncate(time.Millisecond)
	if !in.ExpiresAt.After(now) || in.ExpiresAt.After(now.Add(TokenLimit)) {
		fields = append(fields, fault.Field{Location: "body.expires_at", Code: "token.expires_at"})
	}
	if len(fields) > 0 {
		return fault.BadFields(fields...)
	}
	return nil
}

// Tokens lists the caller's tokens.
func (s *Service) Tokens(ctx context.Context, after string, limit int) (TokenPage, error) {
	filter, err := s.gate.May(ctx, access.TokenManage)
	if err != nil {
		return TokenPage{}, err
	}
	cursor, err := readCursor(after)
	if err != nil {
		return TokenPage{}, err
	}
	limit = pageSize(limit)
	rows, err := s.store.Read().Token.Query().Where(filter.Predicate(tokenColumns)).Where(token.IDGT(cursor)).Order(token.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return TokenPage{}, fmt.Errorf("list tokens: %w", err)
	}
	page := TokenPage{Items: []Token{}}
	rows, page.Next = cutPage(rows, limit, func(r *ent.Token) ident.ID { return r.ID })
	for _, r := range rows {
		page.Items = append(page.Items, tokenView(r))
	}
	return page, nil
}

// RevokeToken ends one of the caller's tokens at once; one that has been revoked stays so.
func (s *Service) RevokeToken(ctx context.Context, id ident.ID) error {
	filter, err := s.gate.May(ctx, access.TokenManage)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := tx.Token.Query().Where(token.ID(id)).Where(filter.Predicate(tokenColumns)).Only(ctx)
		if ent.IsNotFound(err) {
			return fault.Missing("token")
		}
		if err != nil {
			return fmt.Errorf("read token: %w", err)
		}
		n, err := tx.Token.Update().Where(token.ID(id), token.RevokedAtIsNil()).SetRevokedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return fmt.Errorf("revoke token: %w", err)
		}
		if n == 0 {
			return nil
		}
		_, err = s.log.Append(ctx, tx, tokenEvent(row, "revoke", nil))
		return err
	})
}
