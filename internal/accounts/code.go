package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/secondfactor"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
)

// codePeriod is how long a one-time code counts; the code before and the one after are taken too, for clocks that differ
// (RFC 6238 5.2).
const codePeriod = 30 * time.Second

// ConfirmFactorInput is the first code of a new generator.
type ConfirmFactorInput struct {
	Code string `json:"code" minLength:"6" maxLength:"10" doc:"The six digits that the generator shows" example:"123456"`
}

// RecoveryCodes let their owner in when the generator is lost, each once. They are shown once.
type RecoveryCodes struct {
	Codes []string `json:"codes" doc:"One-use codes" example:"[\"k3vq-7ahx-p2mt-w9rd\"]"`
}

// ConfirmFactor makes the caller's new generator count from now on.
func (s *Service) ConfirmFactor(ctx context.Context, in ConfirmFactorInput) (RecoveryCodes, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return RecoveryCodes{}, err
	}
	codes, hashes := newRecovery()
	err = s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := s.factorOf(ctx, tx.Client(), actor.ID)
		if err != nil {
			return err
		}
		if row == nil || !row.ConfirmedAt.IsZero() {
			return fault.New(fault.Conflict, "second_factor.none")
		}
		step, err := s.stepOf(row, in.Code)
		if err != nil {
			return err
		}
		if step == 0 {
			return fault.BadField("body.code", "second_factor.code")
		}
		err = tx.SecondFactor.UpdateOneID(row.ID).SetConfirmedAt(s.store.Now()).SetLastStep(step).SetRecovery(hashes).AddVersion(1).Exec(ctx)
		if err != nil {
			return fmt.Errorf("confirm second factor: %w", err)
		}
		owner, err := tx.User.Get(ctx, actor.ID)
		if err != nil {
			return fmt.Errorf("read user: %w", err)
		}
		_, err = s.log.Append(ctx, tx, userEvent(owner, "add_second_factor", nil, nil, ""))
		return err
	})
	if err != nil {
		return RecoveryCodes{}, err
	}
	return RecoveryCodes{Codes: codes}, nil
}

// RemoveFactorInput ends the caller's second factor.
type RemoveFactorInput struct {
	Password string `json:"password" minLength:"1" maxLength:"800" doc:"Present password" example:"correct horse battery staple"`
	Code     string `json:"code" minLength:"6" maxLength:"40" doc:"A one-time code, or a recovery code" example:"123456"`
}

// RemoveFactor ends the caller's second factor and their other sessions. Where one is required it is asked for again at once.
func (s *Service) RemoveFactor(ctx context.Context, in RemoveFactorInput, from Client) error {
	owner, tried, err := s.ownPassword(ctx, in.Password, from)
	if err != nil {
		return err
	}
	if err := s.second(ctx, owner, in.Code); fault.CodeOf(err) == "sign_in.code_wrong" {
		return fault.BadField("body.code", "second_factor.code")
	} else if err != nil {
		return err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := s.succeed(ctx, tx, tried); err != nil {
			return err
		}
		return s.dropFactor(ctx, tx, owner, actor.SessionID, "")
	})
}

// second holds a sign-in to the user's second factor and uses the code up; the password was right.
func (s *Service) second(ctx context.Context, u *ent.User, code string) error {
	row, err := s.factorOf(ctx, s.store.Read(), u.ID)
	if err != nil || row == nil || row.ConfirmedAt.IsZero() {
		return err
	}
	if strings.TrimSpace(code) == "" {
		return fault.New(fault.Unauthenticated, "sign_in.code_needed")
	}
	return s.store.Write(access.System(ctx, "sign_in"), func(ctx context.Context, tx *ent.Tx) error {
		step, err := s.stepOf(row, code)
		if err != nil {
			return err
		}
		change := tx.SecondFactor.Update().Where(secondfactor.ID(row.ID), secondfactor.Version(row.Version)).AddVersion(1)
		at := slices.Index(row.Recovery, recoveryHash(code))
		switch {
		case step > row.LastStep:
			change.SetLastStep(step)
		case at >= 0:
			change.SetRecovery(slices.Delete(slices.Clone(row.Recovery), at, at+1))
		default:
			return wrongCode()
		}
		n, err := change.Save(ctx)
		if err != nil {
			return fmt.Errorf("use code: %w", err)
		}
		if n == 0 { // somebody used a code of this user in the same moment
			return wrongCode()
		}
		return nil
	})
}

func wrongCode() error { return fault.New(fault.Unauthenticated, "sign_in.code_wrong") }

// stepOf is the time step whose code was given; 0 if none of those that count.
func (s *Service) stepOf(row *ent.SecondFactor, code string) (int64, error) {
	secret, err := s.factors.Box.Open(row.Secret, about(row.UserID))
	if err != nil {
		return 0, err
	}
	given := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return -1
		}
		return r
	}, code)
	found := int64(0)
	for _, shift := range []time.Duration{-codePeriod, 0, codePeriod} {
		at := s.factors.Clock().Add(shift)
		want, err := totp.GenerateCode(secret, at)
		if err != nil {
			return 0, fmt.Errorf("compute code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(given)) == 1 {
			found = at.Unix() / int64(codePeriod/time.Second)
		}
	}
	return found, nil
}

// newRecovery makes recovery codes of 80 random bits and their hashes.
func newRecovery() (codes, hashes []string) {
	for range recoveryCodes {
		var b [10]byte
		_, _ = rand.Read(b[:])
		c := strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
		c = c[:4] + "-" + c[4:8] + "-" + c[8:12] + "-" + c[12:]
		codes, hashes = append(codes, c), append(hashes, recoveryHash(c))
	}
	return codes, hashes
}

// recoveryHash is the kept form of a recovery code, however it was typed.
func recoveryHash(code string) string {
	plain := strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(strings.TrimSpace(code)))
	return hex.EncodeToString(hashOf("recovery " + plain))
}
