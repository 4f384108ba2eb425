package accounts

import (
	"context"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/session"
	"github.com/duban-gov/duban/ent/token"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// Person names somebody who is to get an account.
type Person struct {
	Login    string `json:"login" minLength:"2" maxLength:"40" doc:"Login name: letters, digits, dots, hyphens, underscores; unique in the installation" example:"zhang.wei"`
	Name     string `json:"name" minLength:"1" maxLength:"60" doc:"Name" example:"张伟"`
	Email    string `json:"email,omitempty" maxLength:"200" doc:"Address for messages" example:"zhang.wei@example.gov.cn"`
	Language string `json:"language,omitempty" maxLength:"10" doc:"Language of messages: zh-CN, zh-TW or en" example:"zh-CN"`
}

// UpdateUserInput replaces what an account says of a person.
type UpdateUserInput struct {
	Name     string `json:"name" minLength:"1" maxLength:"60" doc:"Name" example:"张伟"`
	Email    string `json:"email,omitempty" maxLength:"200" doc:"Address for messages" example:"zhang.wei@example.gov.cn"`
	Language string `json:"language,omitempty" maxLength:"10" doc:"Language of messages: zh-CN, zh-TW or en" example:"zh-CN"`
}

// NewUser is a new account with the link by which its owner sets the password.
type NewUser struct {
	User User         `json:"user" doc:"The account"`
	Link PasswordLink `json:"link" doc:"To hand to the person"`
}

var loginForm = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]*$`)

// check holds the rules for a person at a place in the input and brings the fields into their kept form.
func (p *Person) check(at string) []fault.Field {
	p.Login, p.Name, p.Email = foldLogin(p.Login), strings.TrimSpace(p.Name), strings.TrimSpace(p.Email)
	if p.Language == "" {
		p.Language = string(words.ZhCN)
	}
	var fields []fault.Field
	bad := func(name, code string) { fields = append(fields, fault.Field{Location: at + name, Code: code}) }
	if !loginForm.MatchString(p.Login) {
		bad("login", "account.login")
	}
	if p.Name == "" {
		bad("name", "required")
	}
	if address, err := mail.ParseAddress(p.Email); p.Email != "" && (err != nil || address.Address != p.Email) {
		bad("email", "email")
	}
	if !slices.Contains(words.Langs, words.Lang(p.Language)) {
		bad("language", "account.language")
	}
	return fields
}

// CreateUser makes an account without a password and a one-use link to set it.
func (s *Service) CreateUser(ctx context.Context, in Person) (NewUser, error) {
	if _, err := s.gate.May(ctx, access.UserManage); err != nil {
		return NewUser{}, err
	}
	if fields := in.check("body."); len(fields) > 0 {
		return NewUser{}, fault.BadFields(fields...)
	}
	actor, err := access.From(ctx)
	if err != nil {
		return NewUser{}, err
	}
	secret := ""
	answer, err := create(ctx, s, func(ctx context.Context, tx *ent.Tx) (NewUser, error) {
		rows, err := s.LoadUsers(ctx, tx, actor.AuthorityID, []UserLine{{Person: in}})
		if err != nil {
			return NewUser{}, err
		}
		var link PasswordLink
		if secret, link, err = s.link(ctx, tx, rows[0].ID, LinkLimit); err != nil {
			return NewUser{}, err
		}
		_, err = s.log.Append(ctx, tx, userEvent(rows[0], "create", nil, in, ""))
		return NewUser{User: s.userView(actor, rows[0]), Link: link}, err
	})
	answer.Link.Secret = secret // never kept with the answer; a repeated request gets none
	return answer, err
}

// UserLine is one account for LoadUsers.
type UserLine struct {
	Person
	PasswordHash string // made by Hash; empty until the person sets one
}

// LoadUsers inserts accounts in the caller's transaction. The caller has asked for the permission and appends the events.
func (s *Service) LoadUsers(ctx context.Context, tx *ent.Tx, authorityID ident.ID, lines []UserLine) ([]*ent.User, error) {
	rows := make([]*ent.User, 0, len(lines))
	now := s.store.Now()
	for len(lines) > 0 {
		n := min(len(lines), 200)
		part := make([]*ent.UserCreate, n)
		for i, l := range lines[:n] {
			if fields := l.Person.check(""); len(fields) > 0 {
				return nil, fault.BadFields(fields...)
			}
			part[i] = tx.User.Create().SetID(s.store.NewID()).SetAuthorityID(authorityID).SetLogin(l.Login).SetName(l.Name).SetEmail(l.Email).
				SetLanguage(l.Language).SetPasswordHash(l.PasswordHash).SetCreatedAt(now)
		}
		made, err := tx.User.CreateBulk(part...).Save(ctx)
		if store.IsDuplicate(err) {
			return nil, fault.New(fault.Conflict, "account.login_taken")
		}
		if err != nil {
			return nil, fmt.Errorf("insert users: %w", err)
		}
		rows, lines = append(rows, made...), lines[n:]
	}
	return rows, nil
}

func userEvent(u *ent.User, action string, before, after any, reason string) timeline.Entry {
	return timeline.Entry{AuthorityID: u.AuthorityID, Subject: "user", SubjectID: u.ID, Action: action, Before: before, After: after, Reason: reason}
}

var userColumns = access.Columns{Authority: user.FieldAuthorityID, Owner: user.FieldID}

// seenUser is a user as the filter lets the caller see it.
func seenUser(ctx context.Context, client *ent.UserClient, filter access.Filter, id ident.ID) (*ent.User, error) {
	row, err := client.Query().Where(user.ID(id)).Where(filter.Predicate(userColumns)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("user")
	}
	if err != nil {
		return nil, fmt.Errorf("read user: %w", err)
	}
	return row, nil
}

// changeUser is the frame of every change of one account.
func (s *Service) changeUser(ctx context.Context, id ident.ID, version int, action, reason string,
	fn func(ctx context.Context, tx *ent.Tx, row *ent.User, update *ent.UserUpdate) (before, after any, err error)) (User, error) {
	filter, err := s.gate.May(ctx, access.UserManage)
	if err != nil {
		return User{}, err
	}
	if err := named(version); err != nil {
		return User{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return User{}, err
	}
	var view User
	return view, s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := seenUser(ctx, tx.User, filter, id)
		if err != nil {
			return err
		}
		update := tx.User.Update().Where(user.ID(id), user.Version(version)).AddVersion(1)
		before, after, err := fn(ctx, tx, row, update)
		if err != nil {
			return err
		}
		if err := changed(update.Save(ctx)); err != nil {
			return err
		}
		if row, err = tx.User.Get(ctx, id); err != nil {
			return fmt.Errorf("read changed user: %w", err)
		}
		view = s.userView(actor, row)
		_, err = s.log.Append(ctx, tx, userEvent(row, action, before, after, reason))
		return err
	})
}

// UpdateUser replaces name, address and language.
func (s *Service) UpdateUser(ctx context.Context, id ident.ID, version int, in UpdateUserInput) (User, error) {
	return s.changeUser(ctx, id, version, "update", "", func(_ context.Context, _ *ent.Tx, row *ent.User, update *ent.UserUpdate) (any, any, error) {
		p := Person{Login: row.Login, Name: in.Name, Email: in.Email, Language: in.Language}
		if fields := p.check("body."); len(fields) > 0 {
			return nil, nil, fault.BadFields(fields...)
		}
		update.SetName(p.Name).SetEmail(p.Email).SetLanguage(p.Language)
		return UpdateUserInput{Name: row.Name, Email: row.Email, Language: row.Language}, UpdateUserInput{Name: p.Name, Email: p.Email, Language: p.Language}, nil
	})
}

// DisableUserInput says why an account is closed or opened again.
type DisableUserInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"Why" example:"调离"`
}

// DisableUser closes an account: its sessions end and its tokens are revoked with it, and so do delegations by and to it. Nobody disables themselves.
func (s *Service) DisableUser(ctx context.Context, id ident.ID, version int, in DisableUserInput) (User, error) {
	return s.changeUser(ctx, id, version, "disable", in.Reason, func(ctx context.Context, tx *ent.Tx, row *ent.User, update *ent.UserUpdate) (any, any, error) {
		actor, err := access.From(ctx)
		if err != nil {
			return nil, nil, err
		}
		if actor.ID == id || !row.DisabledAt.IsZero() {
			return nil, nil, fault.New(fault.Conflict, "account.not_possible")
		}
		today, err := s.Today(ctx, tx.Client(), actor.AuthorityID)
		if err != nil {
			return nil, nil, err
		}
		if err := lockUsers(ctx, tx, id); err != nil {
			return nil, nil, err
		}
		if err := s.leavesNone(ctx, tx, id, today); err != nil {
			return nil, nil, err
		}
		if err := s.lapseAll(ctx, tx, id, today.AddDays(-1)); err != nil {
			return nil, nil, err
		}
		update.SetDisabledAt(s.store.Now())
		return nil, nil, s.cutOff(ctx, tx, id)
	})
}

// cutOff ends every session and revokes every token of a user.
func (s *Service) cutOff(ctx context.Context, tx *ent.Tx, id ident.ID) error {
	if _, err := tx.Session.Delete().Where(session.UserID(id)).Exec(ctx); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	if err := tx.Token.Update().Where(token.UserID(id), token.RevokedAtIsNil()).SetRevokedAt(s.store.Now()).Exec(ctx); err != nil {
		return fmt.Errorf("revoke tokens: %w", err)
	}
	return nil
}

// EnableUser opens a closed account again; its tokens stay revoked.
func (s *Service) EnableUser(ctx context.Context, id ident.ID, version int, in DisableUserInput) (User, error) {
	return s.changeUser(ctx, id, version, "enable", in.Reason, func(_ context.Context, _ *ent.Tx, row *ent.User, update *ent.UserUpdate) (any, any, error) {
		if row.DisabledAt.IsZero() {
			return nil, nil, fault.New(fault.Conflict, "account.not_possible")
		}
		update.ClearDisabledAt()
		return nil, nil, nil
	})
}

// isAdmin reports whether a user holds one of the three administrator posts on a day.
func isAdmin(ctx context.Context, client *ent.PostClient, id ident.ID, on workday.Date) (bool, error) {
	admin, err := client.Query().Where(entpost.UserID(id), entpost.ValidToGTE(on),
		entpost.RoleIn(post.SystemAdmin, post.SecurityAdmin, post.AuditAdmin)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("read posts: %w", err)
	}
	return admin, nil
}

// PasswordLink is a one-use link by which a person sets a password.
type PasswordLink struct {
	Secret    string    `json:"secret,omitempty" doc:"The one-use secret of the link; shown once, and not when the request is repeated"`
	ExpiresAt time.Time `json:"expires_at" doc:"When the link ends"`
}
