package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/authority"
	"github.com/duban-gov/duban/ent/session"
	"github.com/duban-gov/duban/ent/setuplink"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// link makes a one-use link for a user; older unused ones end.
func (s *Service) link(ctx context.Context, tx *ent.Tx, userID ident.ID, limit time.Duration) (string, PasswordLink, error) {
	purpose := setuplink.PurposePassword
	if userID.IsZero() {
		purpose = setuplink.PurposeFirstStart
	}
	now := s.store.Now()
	err := tx.SetupLink.Update().Where(setuplink.UserID(userID), setuplink.PurposeEQ(purpose), setuplink.UsedAtIsNil(), setuplink.ExpiresAtGT(now)).
		SetExpiresAt(now).Exec(ctx)
	if err != nil {
		return "", PasswordLink{}, fmt.Errorf("end older links: %w", err)
	}
	secret, hash := newSecret("")
	l := PasswordLink{ExpiresAt: now.Add(limit)}
	err = tx.SetupLink.Create().SetID(s.store.NewID()).SetUserID(userID).SetHash(hash).SetPurpose(purpose).SetCreatedAt(now).SetExpiresAt(l.ExpiresAt).Exec(ctx)
	if err != nil {
		return "", PasswordLink{}, fmt.Errorf("make link: %w", err)
	}
	return secret, l, nil
}

// useLink marks a link as used; one that is unknown, used or ended opens nothing. The update is the lock: of two who use one
// link at once, one fails.
func (s *Service) useLink(ctx context.Context, tx *ent.Tx, secret string, purpose setuplink.Purpose) (*ent.SetupLink, error) {
	now := s.store.Now()
	of := setuplink.Hash(hashOf(secret))
	n, err := tx.SetupLink.Update().Where(of, setuplink.PurposeEQ(purpose), setuplink.UsedAtIsNil(), setuplink.ExpiresAtGT(now)).SetUsedAt(now).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("use link: %w", err)
	}
	if n == 0 {
		return nil, fault.New(fault.NotFound, "link.invalid")
	}
	row, err := tx.SetupLink.Query().Where(of).Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("read link: %w", err)
	}
	return row, nil
}

// SendLink makes a new link for a user who has lost the password. Administrators get theirs only from the operator's command
// line: with a link, the system administrator could sign in as another one of the three.
func (s *Service) SendLink(ctx context.Context, id ident.ID) (PasswordLink, error) {
	filter, err := s.gate.May(ctx, access.UserManage)
	if err != nil {
		return PasswordLink{}, err
	}
	secret := ""
	l, err := create(ctx, s, func(ctx context.Context, tx *ent.Tx) (PasswordLink, error) {
		row, err := seenUser(ctx, tx.User, filter, id)
		if err != nil {
			return PasswordLink{}, err
		}
		today, err := s.Today(ctx, tx.Client(), row.AuthorityID)
		if err != nil {
			return PasswordLink{}, err
		}
		admin, err := isAdmin(ctx, tx.Post, id, today)
		if err != nil {
			return PasswordLink{}, err
		}
		if admin {
			return PasswordLink{}, access.Refused(access.UserManage, "operator")
		}
		return s.sendLink(ctx, tx, row, &secret)
	})
	l.Secret = secret
	return l, err
}

// OperatorLink makes a link for any user on the word of the machine's operator, who could write the database anyway. The
// history names the command line.
func (s *Service) OperatorLink(ctx context.Context, login string) (PasswordLink, error) {
	secret := ""
	var l PasswordLink
	err := s.write(access.System(ctx, "operator"), func(ctx context.Context, tx *ent.Tx) error {
		row, err := tx.User.Query().Where(user.Login(foldLogin(login))).Only(ctx)
		if ent.IsNotFound(err) {
			return fault.Missing("user")
		}
		if err != nil {
			return fmt.Errorf("read user: %w", err)
		}
		l, err = s.sendLink(ctx, tx, row, &secret)
		return err
	})
	l.Secret = secret
	return l, err
}

func (s *Service) sendLink(ctx context.Context, tx *ent.Tx, row *ent.User, secret *string) (PasswordLink, error) {
	if !row.DisabledAt.IsZero() {
		return PasswordLink{}, fault.New(fault.Conflict, "account.not_possible")
	}
	made, l, err := s.link(ctx, tx, row.ID, LinkLimit)
	if err != nil {
		return PasswordLink{}, err
	}
	*secret = made
	_, err = s.log.Append(ctx, tx, userEvent(row, "send_link", nil, map[string]any{"expires_at": l.ExpiresAt}, ""))
	return l, err
}

// SetPasswordInput sets a password by a one-use link.
type SetPasswordInput struct {
	Secret   string `json:"secret" minLength:"1" maxLength:"100" doc:"Secret of the link"`
	Password string `json:"password" minLength:"1" maxLength:"800" doc:"New password: at least 15 characters, any; not built of common words" example:"correct horse battery staple"`
}

// SetPassword uses a link up and sets the user's password; every session of the user ends.
func (s *Service) SetPassword(ctx context.Context, in SetPasswordInput) error {
	row, err := s.store.Read().SetupLink.Query().Where(setuplink.Hash(hashOf(in.Secret)), setuplink.PurposeEQ(setuplink.PurposePassword),
		setuplink.UsedAtIsNil(), setuplink.ExpiresAtGT(s.store.Now())).Only(ctx)
	if ent.IsNotFound(err) {
		return fault.New(fault.NotFound, "link.invalid")
	}
	if err != nil {
		return fmt.Errorf("read link: %w", err)
	}
	owner, err := s.store.Read().User.Get(ctx, row.UserID)
	if err != nil {
		return fmt.Errorf("read user: %w", err)
	}
	if err := s.checkNew(ctx, owner, "body.password", in.Password); err != nil {
		return err
	}
	hash, err := s.hasher.hash(ctx, in.Password)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		used, err := s.useLink(ctx, tx, in.Secret, setuplink.PurposePassword)
		if err != nil {
			return err
		}
		return s.setHash(ctx, tx, used.UserID, hash)
	})
}

// ChangePasswordInput changes the caller's own password.
type ChangePasswordInput struct {
	Current string `json:"current" minLength:"1" maxLength:"800" doc:"Present password" example:"correct horse battery staple"`
	New     string `json:"new" minLength:"1" maxLength:"800" doc:"New password: at least 15 characters, any; not built of common words" example:"four quiet lanterns over water"`
}

// ChangePassword changes the caller's password after the present one was given; every session ends, also this one.
func (s *Service) ChangePassword(ctx context.Context, in ChangePasswordInput, from Client) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	if actor.SessionID.IsZero() { // a token is no person
		return access.Refused("session", "session")
	}
	row, err := s.store.Read().User.Get(ctx, actor.ID)
	if err != nil {
		return fmt.Errorf("read user: %w", err)
	}
	if err := s.checkNew(ctx, row, "body.new", in.New); err != nil { // before the try is counted
		return err
	}
	tried, err := s.reserve(ctx, row.Login, from.Address)
	if err != nil {
		return err
	}
	ok, err := s.hasher.matches(ctx, in.Current, row.PasswordHash)
	if err != nil {
		return err
	}
	if !ok {
		return fault.BadField("body.current", "password.wrong")
	}
	hash, err := s.hasher.hash(ctx, in.New)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := s.succeed(ctx, tx, tried); err != nil {
			return err
		}
		return s.setHash(ctx, tx, row.ID, hash)
	})
}

// checkNew holds a user's new password against the rules.
func (s *Service) checkNew(ctx context.Context, row *ent.User, location, password string) error {
	house, err := s.store.Read().Authority.Query().Where(authority.ID(row.AuthorityID)).Only(ctx)
	if err != nil {
		return fmt.Errorf("read authority: %w", err)
	}
	return checkPassword(location, password, row.Login, row.Name, house.Name, house.ShortName, house.DocPrefix)
}

// setHash writes a new password in the name of its owner and ends the owner's sessions.
func (s *Service) setHash(ctx context.Context, tx *ent.Tx, userID ident.ID, hash string) error {
	n, err := tx.User.Update().Where(user.ID(userID), user.DisabledAtIsNil()).SetPasswordHash(hash).SetPasswordSetAt(s.store.Now()).AddVersion(1).Save(ctx)
	if err != nil {
		return fmt.Errorf("set password: %w", err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, "link.invalid")
	}
	if _, err := tx.Session.Delete().Where(session.UserID(userID)).Exec(ctx); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	row, err := tx.User.Get(ctx, userID)
	if err != nil {
		return fmt.Errorf("read user: %w", err)
	}
	ctx = access.With(ctx, access.Actor{ID: row.ID, AuthorityID: row.AuthorityID, Name: row.Name, RequestID: requestID(ctx)})
	_, err = s.log.Append(ctx, tx, userEvent(row, "set_password", nil, nil, ""))
	return err
}
