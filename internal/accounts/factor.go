package accounts

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"slices"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/secondfactor"
	"github.com/duban-gov/duban/ent/session"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/seal"
)

// Who has to sign in with a second factor (GB/T 22239-2019 8.1.4.1 d asks for two at level three).
const (
	FactorOptional       = "optional"       // whoever wants to
	FactorAdministrators = "administrators" // the three administrators
	FactorEverybody      = "everybody"
)

// FactorRules lists the choices.
var FactorRules = []string{FactorOptional, FactorAdministrators, FactorEverybody}

const (
	factorIssuer  = "督办" // as the generator shows it
	factorQRSize  = 240  // pixels
	recoveryCodes = 10
)

// Factors is how second factors are kept and asked for.
type Factors struct {
	Box      *seal.Box
	Required string           // one of FactorRules
	Clock    func() time.Time // that of the machine: the generator in a pocket knows no other
}

// UseFactors turns second factors on; the composition root calls it before the program serves.
func (s *Service) UseFactors(f Factors) { s.factors = f }

// SecondFactor is how the caller signs in.
type SecondFactor struct {
	Enabled      bool      `json:"enabled" doc:"Whether a one-time code is asked for at sign-in"`
	Required     bool      `json:"required" doc:"Whether the installation asks the caller to have one: until then nothing else can be done"`
	Since        time.Time `json:"since,omitzero" doc:"When it was confirmed"`
	RecoveryLeft int       `json:"recovery_left" doc:"Recovery codes not used yet" example:"10"`
}

// SecondFactor tells how the caller signs in.
func (s *Service) SecondFactor(ctx context.Context) (SecondFactor, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return SecondFactor{}, err
	}
	view := SecondFactor{Required: s.factorRequired(actor.Posts)}
	row, err := s.factorOf(ctx, s.store.Read(), actor.ID)
	if err != nil || row == nil || row.ConfirmedAt.IsZero() {
		return view, err
	}
	view.Enabled, view.Since, view.RecoveryLeft = true, row.ConfirmedAt, len(row.Recovery)
	return view, nil
}

// factorRequired reports whether somebody with these posts must have a second factor.
func (s *Service) factorRequired(posts []access.Post) bool {
	switch s.factors.Required {
	case FactorEverybody:
		return true
	case FactorAdministrators:
		return slices.ContainsFunc(posts, func(p access.Post) bool { return p.Role.IsAdmin() })
	}
	return false
}

// factorOf is a user's second factor, confirmed or not; nil if there is none.
func (s *Service) factorOf(ctx context.Context, client *ent.Client, userID ident.ID) (*ent.SecondFactor, error) {
	row, err := client.SecondFactor.Query().Where(secondfactor.UserID(userID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read second factor: %w", err)
	}
	return row, nil
}

// EnrolFactorInput begins a second factor; the password shows that it is the owner who sits at the screen.
type EnrolFactorInput struct {
	Password string `json:"password" minLength:"1" maxLength:"800" doc:"Present password" example:"correct horse battery staple"`
}

// EnrolledFactor is a generator that waits for its first code. It is shown once.
type EnrolledFactor struct {
	Secret string `json:"secret" doc:"Key of the generator, to type in" example:"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"`
	URI    string `json:"uri" doc:"The same as an address (otpauth://…)"`
	QR     []byte `json:"qr" doc:"The address as a QR code: a PNG picture in base64"`
}

// EnrolFactor makes a generator for the caller, which counts from ConfirmFactor on. One that already counts is a conflict: remove it first.
func (s *Service) EnrolFactor(ctx context.Context, in EnrolFactorInput, from Client) (EnrolledFactor, error) {
	owner, tried, err := s.ownPassword(ctx, in.Password, from)
	if err != nil {
		return EnrolledFactor{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: factorIssuer, AccountName: owner.Login, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return EnrolledFactor{}, fmt.Errorf("make generator: %w", err)
	}
	picture, err := key.Image(factorQRSize, factorQRSize)
	if err != nil {
		return EnrolledFactor{}, fmt.Errorf("draw generator: %w", err)
	}
	var qr bytes.Buffer
	if err := png.Encode(&qr, picture); err != nil {
		return EnrolledFactor{}, fmt.Errorf("draw generator: %w", err)
	}
	err = s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := s.succeed(ctx, tx, tried); err != nil {
			return err
		}
		row, err := s.factorOf(ctx, tx.Client(), owner.ID)
		if err != nil {
			return err
		}
		if row != nil && !row.ConfirmedAt.IsZero() {
			return fault.New(fault.Conflict, "second_factor.exists")
		}
		if _, err := tx.SecondFactor.Delete().Where(secondfactor.UserID(owner.ID)).Exec(ctx); err != nil {
			return fmt.Errorf("drop generator: %w", err)
		}
		return tx.SecondFactor.Create().SetID(s.store.NewID()).SetAuthorityID(owner.AuthorityID).SetUserID(owner.ID).
			SetSecret(s.factors.Box.Seal(key.Secret(), about(owner.ID))).SetCreatedAt(s.store.Now()).Exec(ctx)
	})
	return EnrolledFactor{Secret: key.Secret(), URI: key.URL(), QR: qr.Bytes()}, err
}

// about binds a sealed key to its user.
func about(userID ident.ID) string { return "second_factor " + userID.String() }

// ownPassword checks the caller's password before a change of how they sign in; a token is no person.
func (s *Service) ownPassword(ctx context.Context, password string, from Client) (*ent.User, tries, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, tries{}, err
	}
	if actor.SessionID.IsZero() {
		return nil, tries{}, access.Refused("session", "session")
	}
	row, err := s.store.Read().User.Get(ctx, actor.ID)
	if err != nil {
		return nil, tries{}, fmt.Errorf("read user: %w", err)
	}
	tried, err := s.reserve(ctx, row.Login, from.Address)
	if err != nil {
		return nil, tried, err
	}
	ok, err := s.hasher.matches(ctx, password, row.PasswordHash)
	if err == nil && !ok {
		err = fault.BadField("body.password", "password.wrong")
	}
	return row, tried, err
}

// dropFactor removes a user's second factor and ends the sessions opened with it, but for one.
func (s *Service) dropFactor(ctx context.Context, tx *ent.Tx, u *ent.User, keep ident.ID, reason string) error {
	n, err := tx.SecondFactor.Delete().Where(secondfactor.UserID(u.ID)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("remove second factor: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "second_factor.none")
	}
	if _, err := tx.Session.Delete().Where(session.UserID(u.ID), session.IDNEQ(keep)).Exec(ctx); err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	_, err = s.log.Append(ctx, tx, userEvent(u, "remove_second_factor", nil, nil, reason))
	return err
}

// ResetFactorInput says why a user's second factor is taken away.
type ResetFactorInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"Why (更换手机, 遗失)" example:"手机遗失，本人到场核验"`
}

// ResetFactor removes the second factor of a user who has lost it. Administrators are reset only from the command line, as their
// passwords are.
func (s *Service) ResetFactor(ctx context.Context, id ident.ID, in ResetFactorInput) error {
	filter, err := s.gate.May(ctx, access.UserManage)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := seenUser(ctx, tx.User, filter, id)
		if err != nil {
			return err
		}
		today, err := s.Today(ctx, tx.Client(), row.AuthorityID)
		if err != nil {
			return err
		}
		admin, err := isAdmin(ctx, tx.Post, id, today)
		if err != nil {
			return err
		}
		if admin {
			return access.Refused(access.UserManage, "operator")
		}
		return s.dropFactor(ctx, tx, row, ident.ID{}, in.Reason)
	})
}

// OperatorResetFactor removes the second factor of any user on the word of the machine's operator.
func (s *Service) OperatorResetFactor(ctx context.Context, login string) error {
	return s.write(access.System(ctx, "operator"), func(ctx context.Context, tx *ent.Tx) error {
		row, err := tx.User.Query().Where(user.Login(foldLogin(login))).Only(ctx)
		if ent.IsNotFound(err) {
			return fault.Missing("user")
		}
		if err != nil {
			return fmt.Errorf("read user: %w", err)
		}
		return s.dropFactor(ctx, tx, row, ident.ID{}, "")
	})
}
