package accounts_test

import (
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/post"
)

func TestPassword_rules(t *testing.T) {
	about := []string{"zhang.wei", "张伟", "云岭省教育厅", "省教育厅"}
	for given, want := range map[string]string{
		password: "",
		"春江潮水连海平海上明月共潮生":                 "password.short", // 14 characters
		"春江潮水连海平，海上明月共潮生。":               "",
		strings.Repeat("长亭外古道边芳草碧连天", 6): "", // 66 characters: long ones are fine
		"short one":                            "password.short",
		strings.Repeat("ab", 101):              "password.long",
		"duban-password-2017":                  "password.guessable",
		"passwordpassword":                     "password.guessable",
		"DubanAdmin123456":                     "password.guessable",
		"云岭省教育厅张伟zhang.wei":                    "password.guessable",
		"aaaaaaaaaaaaaaaaaaaa":                 "password.guessable",
		"abcdefghijklmnopq":                    "password.guessable",
		"987654321098765432":                   "password.guessable",
		"督办督办督办督办督办督办督办督办":                     "password.guessable",
		"tab\tis allowed? control is not \x01": "password.control",
	} {
		code := ""
		if err := accounts.CheckPassword("body.password", given, about...); err != nil {
			code = fault.As(err).Fields[0].Code
		}
		if code != want {
			t.Errorf("%q is %q, want %q", given, code, want)
		}
	}
}

func TestChangePassword(t *testing.T) {
	o := newOffice(t)
	id, in := o.member("zhou.jie")
	actor, err := o.BySession(t.Context(), in.Secret)
	if err != nil {
		t.Fatal(err)
	}
	own := access.With(t.Context(), actor)
	const next = "seven herons cross the marsh"
	err = o.ChangePassword(own, accounts.ChangePasswordInput{Current: "wrong", New: next}, desk)
	wantField(t, err, "body.current", "password.wrong")
	err = o.ChangePassword(own, accounts.ChangePasswordInput{Current: password, New: "passwordpassword"}, desk)
	wantField(t, err, "body.new", "password.guessable")
	if err := o.ChangePassword(own, accounts.ChangePasswordInput{Current: password, New: next}, desk); err != nil {
		t.Fatal(err)
	}
	_, err = o.BySession(t.Context(), in.Secret)
	wantCode(t, err, fault.Unauthenticated, "unauthenticated")
	_, err = o.Login(t.Context(), accounts.SignInInput{Login: "zhou.jie", Password: password}, desk)
	wantCode(t, err, fault.Unauthenticated, "sign_in.wrong")
	if _, err := o.Login(t.Context(), accounts.SignInInput{Login: "zhou.jie", Password: next}, desk); err != nil {
		t.Error(err)
	}
	t.Run("not_with_a_token", func(t *testing.T) {
		err := o.ChangePassword(o.as(id), accounts.ChangePasswordInput{Current: next, New: password}, desk)
		wantCode(t, err, fault.Forbidden, "forbidden")
	})
}

func TestSendLink(t *testing.T) {
	o := newOffice(t)
	id, in := o.member("wu.gang")
	first, err := o.SendLink(o.system, id)
	if err != nil || first.Secret == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	second, err := o.SendLink(o.system, id)
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, o.SetPassword(t.Context(), accounts.SetPasswordInput{Secret: first.Secret, Password: password}), fault.NotFound, "link.invalid")
	if err := o.SetPassword(t.Context(), accounts.SetPasswordInput{Secret: second.Secret, Password: "seven herons cross the marsh"}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.BySession(t.Context(), in.Secret); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("a session outlives the password: %v", err)
	}
	t.Run("ends_after_its_limit", func(t *testing.T) {
		late, err := o.SendLink(o.system, id)
		if err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(accounts.LinkLimit)
		wantCode(t, o.SetPassword(t.Context(), accounts.SetPasswordInput{Secret: late.Secret, Password: password}), fault.NotFound, "link.invalid")
	})
	t.Run("system_administrator_cannot_take_over_another_administrator", func(t *testing.T) {
		_, err := o.SendLink(o.system, o.securityID)
		wantCode(t, err, fault.Forbidden, "forbidden")
		if l, err := o.OperatorLink(t.Context(), "BM"); err != nil || l.Secret == "" {
			t.Errorf("the operator cannot help: %v", err)
		}
	})
	t.Run("office_is_refused", func(t *testing.T) {
		_, err := o.SendLink(o.as(o.hire("feng.tao", o.setUp.Authority.RootUnitID, post.Office)), id)
		wantCode(t, err, fault.Forbidden, "forbidden")
	})
}

// Nothing that opens a door is in the database in clear.
func TestSecrets_are_not_stored(t *testing.T) {
	o := newOffice(t)
	id, in := o.member("chen.hong")
	o.grant(accounts.GrantPostInput{UserID: id, UnitID: o.setUp.Authority.RootUnitID, Role: post.Office})
	token, err := o.CreateToken(o.as(id), accounts.CreateTokenInput{Name: "OA", Permissions: []access.Permission{access.DutyRead}, ExpiresAt: in.ExpiresAt})
	if err != nil {
		t.Fatal(err)
	}
	link, err := o.SendLink(o.system, id)
	if err != nil {
		t.Fatal(err)
	}
	dump := o.dump()
	for what, secret := range map[string]string{"password": password, "session": in.Secret, "token": token.Secret, "link": link.Secret} {
		if strings.Contains(dump, secret) {
			t.Errorf("the %s is in the database", what)
		}
	}
	if !strings.Contains(dump, "chen.hong") {
		t.Error("the dump shows nothing")
	}
}
