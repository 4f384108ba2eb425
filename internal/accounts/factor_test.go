package accounts_test

import (
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
)

// signed is the context of a session.
func (o *office) signed(in accounts.SignedIn) context.Context {
	o.T.Helper()
	actor, err := o.BySession(o.T.Context(), in.Secret)
	if err != nil {
		o.T.Fatal(err)
	}
	return access.With(o.T.Context(), actor)
}

// code is what a generator shows after a while.
func (o *office) code(secret string, later time.Duration) string {
	o.T.Helper()
	c, err := totp.GenerateCode(secret, o.Clock.Now().Add(later))
	if err != nil {
		o.T.Fatal(err)
	}
	return c
}

// enrol gives a user a generator that counts.
func (o *office) enrol(ctx context.Context) (secret string, recovery []string) {
	o.T.Helper()
	made, err := o.EnrolFactor(ctx, accounts.EnrolFactorInput{Password: password}, desk)
	if err != nil || len(made.QR) < 100 {
		o.T.Fatalf("enrol: %v, picture of %d bytes", err, len(made.QR))
	}
	out, err := o.ConfirmFactor(ctx, accounts.ConfirmFactorInput{Code: o.code(made.Secret, 0)})
	if err != nil || len(out.Codes) != 10 {
		o.T.Fatalf("confirm: %v, %v", out, err)
	}
	return made.Secret, out.Codes
}

func (o *office) login(name, code string) error {
	_, err := o.Login(o.T.Context(), accounts.SignInInput{Login: name, Password: password, Code: code}, desk)
	return err
}

func TestSecondFactor_is_asked_for_after_the_password(t *testing.T) {
	o := newOffice(t)
	id, in := o.member("he.yun")
	secret, recovery := o.enrol(o.signed(in))
	_, err := o.Login(t.Context(), accounts.SignInInput{Login: "he.yun", Password: "wrong"}, desk)
	wantCode(t, err, fault.Unauthenticated, "sign_in.wrong") // nobody learns of the factor without the password
	wantCode(t, o.login("he.yun", ""), fault.Unauthenticated, "sign_in.code_needed")
	wantCode(t, o.login("he.yun", "000000"), fault.Unauthenticated, "sign_in.code_wrong")
	wantCode(t, o.login("he.yun", o.code(secret, 0)), fault.Unauthenticated, "sign_in.code_wrong") // the confirming one was this
	o.Clock.Advance(time.Minute)
	if err := o.login("he.yun", o.code(secret, 0)); err != nil {
		t.Fatal(err)
	}
	wantCode(t, o.login("he.yun", o.code(secret, 0)), fault.Unauthenticated, "sign_in.code_wrong") // each counts once
	o.Clock.Advance(time.Minute)
	if err := o.login("he.yun", o.code(secret, -30*time.Second)); err != nil {
		t.Errorf("a clock half a minute behind: %v", err)
	}
	wantCode(t, o.login("he.yun", o.code(secret, -5*time.Minute)), fault.Unauthenticated, "sign_in.code_wrong")
	if err := o.login("he.yun", " "+recovery[3]); err != nil {
		t.Errorf("recovery code: %v", err)
	}
	wantCode(t, o.login("he.yun", recovery[3]), fault.Unauthenticated, "sign_in.code_wrong")
	view, err := o.SecondFactor(o.as(id))
	if err != nil || !view.Enabled || view.Required || view.RecoveryLeft != 9 {
		t.Errorf("view %+v, %v", view, err)
	}
	row, err := o.Store.Read().SecondFactor.Query().Only(t.Context())
	if err != nil || row.Secret == secret {
		t.Errorf("kept in clear: %v", err)
	}
}

func TestSecondFactor_does_not_count_before_its_first_code(t *testing.T) {
	o := newOffice(t)
	_, in := o.member("he.yun")
	made, err := o.EnrolFactor(o.signed(in), accounts.EnrolFactorInput{Password: password}, desk)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.login("he.yun", ""); err != nil {
		t.Errorf("asked for a code: %v", err)
	}
	_, err = o.ConfirmFactor(o.signed(in), accounts.ConfirmFactorInput{Code: "000000"})
	wantCode(t, err, fault.Invalid, "input.invalid")
	_, err = o.EnrolFactor(o.signed(in), accounts.EnrolFactorInput{Password: "wrong"}, desk)
	wantCode(t, err, fault.Invalid, "input.invalid")
	again, err := o.EnrolFactor(o.signed(in), accounts.EnrolFactorInput{Password: password}, desk)
	if err != nil || again.Secret == made.Secret {
		t.Fatalf("begun anew: %v", err)
	}
	_, err = o.ConfirmFactor(o.signed(in), accounts.ConfirmFactorInput{Code: o.code(made.Secret, 0)})
	wantCode(t, err, fault.Invalid, "input.invalid")
}

func TestSecondFactor_guesses_are_slowed_down(t *testing.T) {
	o := newOffice(t)
	_, in := o.member("he.yun")
	o.enrol(o.signed(in))
	for range 5 {
		_ = o.login("he.yun", "000000")
	}
	wantCode(t, o.login("he.yun", "000000"), fault.Limited, "limited")
}

func TestSecondFactor_is_removed_by_its_owner_or_reset(t *testing.T) {
	o := newOffice(t)
	id, in := o.member("he.yun")
	ctx := o.signed(in)
	_, recovery := o.enrol(ctx)
	_, err := o.EnrolFactor(ctx, accounts.EnrolFactorInput{Password: password}, desk)
	wantCode(t, err, fault.Conflict, "second_factor.exists")
	wantCode(t, o.RemoveFactor(ctx, accounts.RemoveFactorInput{Password: password, Code: "000000"}, desk), fault.Invalid, "input.invalid")
	if err := o.RemoveFactor(ctx, accounts.RemoveFactorInput{Password: password, Code: recovery[0]}, desk); err != nil {
		t.Fatal(err)
	}
	if err := o.login("he.yun", ""); err != nil {
		t.Errorf("still asked: %v", err)
	}
	o.enrol(ctx)
	wantCode(t, o.ResetFactor(o.audit, id, accounts.ResetFactorInput{Reason: "x"}), fault.Forbidden, "forbidden")
	if err := o.ResetFactor(o.system, id, accounts.ResetFactorInput{Reason: "手机遗失"}); err != nil {
		t.Fatal(err)
	}
	_, err = o.BySession(t.Context(), in.Secret)
	wantCode(t, err, fault.Unauthenticated, "unauthenticated") // whoever sat there is out
	wantCode(t, o.ResetFactor(o.system, o.securityID, accounts.ResetFactorInput{Reason: "x"}), fault.Forbidden, "forbidden")
	wantCode(t, o.OperatorResetFactor(t.Context(), "bm"), fault.Conflict, "second_factor.none")
}

func TestSecondFactor_that_is_required_comes_before_everything_else(t *testing.T) {
	o := newOffice(t)
	o.UseFactors(accounts.Factors{Box: o.Box, Required: accounts.FactorEverybody, Clock: o.Clock.Now})
	_, in := o.member("he.yun")
	ctx := o.signed(in)
	me, err := o.Me(ctx)
	if err != nil || !me.Enrol || len(me.Permissions) != 0 {
		t.Errorf("me %+v, %v", me, err)
	}
	_, err = o.Users(ctx, "", "", 10)
	wantCode(t, err, fault.Forbidden, "second_factor.required")
	o.enrol(ctx)
	if me, err = o.Me(o.signed(in)); err != nil || me.Enrol {
		t.Errorf("me %+v, %v", me, err)
	}
	o.UseFactors(accounts.Factors{Box: o.Box, Required: accounts.FactorAdministrators, Clock: o.Clock.Now})
	if view, err := o.SecondFactor(o.as(o.securityID)); err != nil || !view.Required {
		t.Errorf("administrator %+v, %v", view, err)
	}
	if view, err := o.SecondFactor(ctx); err != nil || view.Required {
		t.Errorf("member %+v, %v", view, err)
	}
}
