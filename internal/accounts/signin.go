package accounts

import (
	"context"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/session"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// SignInInput is a login name and its password.
type SignInInput struct {
	Login    string `json:"login" minLength:"1" maxLength:"60" doc:"Login name" example:"zhang.wei"`
	Password string `json:"password" minLength:"1" maxLength:"800" doc:"Password" example:"correct horse battery staple"`
	Code     string `json:"code,omitempty" maxLength:"40" doc:"One-time code, or a recovery code, of a user who has a second factor: asked for by sign_in.code_needed" example:"123456"`
}

// SignedIn is a new session. Secret goes into the cookie and nowhere else.
type SignedIn struct {
	Secret    string
	SessionID ident.ID
	UserID    ident.ID
	ExpiresAt time.Time
}

// Login checks a password and opens a session. A wrong password, an unknown name and a disabled user get one answer and take
// the same time; guessing is slowed down for the account and for the address, passwords and one-time codes alike. The history tells of every sign-in and refusal.
func (s *Service) Login(ctx context.Context, in SignInInput, from Client) (SignedIn, error) {
	login := foldLogin(in.Login)
	tried, err := s.reserve(ctx, login, from.Address)
	if err != nil {
		return SignedIn{}, err
	}
	u, err := s.store.Read().User.Query().Where(user.Login(login)).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return SignedIn{}, fmt.Errorf("read user: %w", err)
	}
	hash := ""
	if u != nil && u.DisabledAt.IsZero() {
		hash = u.PasswordHash
	}
	ok, err := s.hasher.matches(ctx, in.Password, hash)
	if err != nil {
		return SignedIn{}, err
	}
	if !ok {
		return SignedIn{}, s.refuse(ctx, u, from, wrong())
	}
	if err := s.second(ctx, u, in.Code); fault.CodeOf(err) == "sign_in.code_wrong" {
		return SignedIn{}, s.refuse(ctx, u, from, err)
	} else if err != nil {
		return SignedIn{}, err
	}
	return s.open(ctx, u, from, tried)
}

// foldLogin is the form in which login names are kept and compared.
func foldLogin(login string) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(login)))
}

// wrong is the one answer to every refused sign-in.
func wrong() error { return fault.New(fault.Unauthenticated, "sign_in.wrong") }

// refuse writes the refusal into the history. The name that was typed is not kept when nobody bears it: people type passwords there.
func (s *Service) refuse(ctx context.Context, u *ent.User, from Client, answer error) error {
	e := timeline.Entry{Subject: "user", Action: "refuse_sign_in", After: map[string]any{"address": from.Address}}
	if u != nil {
		e.AuthorityID, e.SubjectID = u.AuthorityID, u.ID
	}
	err := s.store.Write(access.System(ctx, "sign_in"), func(ctx context.Context, tx *ent.Tx) error {
		_, err := s.log.Append(ctx, tx, e)
		return err
	})
	if err != nil {
		return err
	}
	return answer
}

// open makes a session for a user who has proved who they are.
func (s *Service) open(ctx context.Context, u *ent.User, from Client, tried tries) (SignedIn, error) {
	secret, hash := newSecret("")
	now := s.store.Now()
	in := SignedIn{Secret: secret, SessionID: s.store.NewID(), UserID: u.ID, ExpiresAt: now.Add(AbsoluteLimit)}
	ctx = access.With(ctx, access.Actor{ID: u.ID, AuthorityID: u.AuthorityID, Name: u.Name, SessionID: in.SessionID, RequestID: requestID(ctx)})
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.User.Update().Where(user.ID(u.ID), user.DisabledAtIsNil()).SetLastLoginAt(now).Save(ctx)
		if err != nil {
			return fmt.Errorf("note sign-in: %w", err)
		}
		if n == 0 { // disabled meanwhile
			return wrong()
		}
		if err := tx.Session.Create().SetID(in.SessionID).SetAuthorityID(u.AuthorityID).SetUserID(u.ID).SetHash(hash).SetCreatedAt(now).
			SetSeenAt(now).SetExpiresAt(in.ExpiresAt).SetAgent(cut(from.Agent, 200)).Exec(ctx); err != nil {
			return fmt.Errorf("create session: %w", err)
		}
		if err := s.succeed(ctx, tx, tried); err != nil {
			return err
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: u.AuthorityID, Subject: "user", SubjectID: u.ID, Action: "sign_in",
			After: map[string]any{"address": from.Address, "session_id": in.SessionID}})
		return err
	})
	return in, err
}

// requestID is the request id of the context's actor, if there is one.
func requestID(ctx context.Context) string {
	actor, err := access.From(ctx)
	if err != nil {
		return ""
	}
	return actor.RequestID
}

// cut makes a header's value fit to be stored: at most n bytes of valid text.
func cut(text string, n int) string {
	return strings.ToValidUTF8(text[:min(len(text), n)], "")
}

// Logout ends the session of the context's actor.
func (s *Service) Logout(ctx context.Context) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	if actor.SessionID.IsZero() {
		return nil
	}
	return s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := tx.Session.Delete().Where(session.ID(actor.SessionID)).Exec(ctx); err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		_, err := s.log.Append(ctx, tx, timeline.Entry{AuthorityID: actor.AuthorityID, Subject: "user", SubjectID: actor.ID, Action: "sign_out",
			Before: map[string]any{"session_id": actor.SessionID}})
		return err
	})
}
