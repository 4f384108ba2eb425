package accounts_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
)

func TestLogin(t *testing.T) {
	o := newOffice(t)
	id, in := o.member("zhang.wei")
	actor, err := o.BySession(t.Context(), in.Secret)
	if err != nil || actor.ID != id || actor.SessionID != in.SessionID || actor.Name != "用户zhang.wei" {
		t.Fatalf("session is of %+v, %v", actor, err)
	}
	o.wantHistory("user", id, "create", "set_password", "sign_in")
	t.Run("login_name_is_not_case_sensitive", func(t *testing.T) {
		if _, err := o.Login(t.Context(), accounts.SignInInput{Login: " Zhang.Wei ", Password: password}, desk); err != nil {
			t.Error(err)
		}
	})
	t.Run("wrong_password_and_unknown_name_answer_alike", func(t *testing.T) {
		_, wrong := o.Login(t.Context(), accounts.SignInInput{Login: "zhang.wei", Password: "wrong"}, desk)
		_, unknown := o.Login(t.Context(), accounts.SignInInput{Login: "nobody.here", Password: password}, desk)
		wantCode(t, wrong, fault.Unauthenticated, "sign_in.wrong")
		if wrong.Error() != unknown.Error() {
			t.Errorf("%q and %q tell them apart", wrong, unknown)
		}
		n, err := o.Store.Read().Event.Query().Where(event.Action("refuse_sign_in")).Count(t.Context())
		if err != nil || n != 2 {
			t.Errorf("%d refusals in the history, %v", n, err)
		}
	})
	t.Run("account_without_password_is_refused", func(t *testing.T) {
		o.user("no.password")
		for _, p := range []string{"", password} {
			_, err := o.Login(t.Context(), accounts.SignInInput{Login: "no.password", Password: p}, desk)
			wantCode(t, err, fault.Unauthenticated, "sign_in.wrong")
		}
	})
	t.Run("sign_out_ends_the_session", func(t *testing.T) {
		if err := o.Logout(access.With(t.Context(), actor)); err != nil {
			t.Fatal(err)
		}
		_, err := o.BySession(t.Context(), in.Secret)
		wantCode(t, err, fault.Unauthenticated, "unauthenticated")
	})
}

func TestSession_ends(t *testing.T) {
	o := newOffice(t)
	_, in := o.member("li.na")
	for range 24 { // used every half hour less a minute, it lives on
		o.Clock.Advance(accounts.IdleLimit - time.Minute)
		if _, err := o.BySession(t.Context(), in.Secret); err != nil {
			t.Fatalf("after %v: %v", o.Clock.Now(), err)
		}
	}
	t.Run("after_its_absolute_limit", func(t *testing.T) {
		o.Clock.Set(in.ExpiresAt.Add(-time.Second))
		if _, err := o.BySession(t.Context(), in.Secret); err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(time.Second)
		_, err := o.BySession(t.Context(), in.Secret)
		wantCode(t, err, fault.Unauthenticated, "unauthenticated")
	})
	t.Run("when_idle", func(t *testing.T) {
		idle, err := o.Login(t.Context(), accounts.SignInInput{Login: "li.na", Password: password}, desk)
		if err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(accounts.IdleLimit)
		_, err = o.BySession(t.Context(), idle.Secret)
		wantCode(t, err, fault.Unauthenticated, "unauthenticated")
	})
	t.Run("purge_deletes_what_ended", func(t *testing.T) {
		live, err := o.Login(t.Context(), accounts.SignInInput{Login: "li.na", Password: password}, desk)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Purge(access.System(t.Context(), "purge")); err != nil {
			t.Fatal(err)
		}
		if n, err := o.Store.Read().Session.Query().Count(t.Context()); err != nil || n != 1 {
			t.Errorf("%d sessions are left, %v", n, err)
		}
		if _, err := o.BySession(t.Context(), live.Secret); err != nil {
			t.Error(err)
		}
		wantCode(t, o.Purge(o.system), fault.Forbidden, "forbidden")
	})
}

func TestDisable_ends_sessions_and_tokens_at_once(t *testing.T) {
	o := newOffice(t)
	id, in := o.member("zhao.min")
	o.grant(accounts.GrantPostInput{UserID: id, UnitID: o.setUp.Authority.RootUnitID, Role: post.Office})
	token, err := o.CreateToken(o.as(id), accounts.CreateTokenInput{Name: "OA", Permissions: []access.Permission{access.DutyRead}, ExpiresAt: o.Clock.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for _, use := range []func() error{
		func() error { _, err := o.BySession(t.Context(), in.Secret); return err },
		func() error { _, err := o.ByToken(t.Context(), token.Secret); return err },
	} {
		if err := use(); err != nil {
			t.Fatal(err)
		}
		defer func() { wantCode(t, use(), fault.Unauthenticated, "unauthenticated") }()
	}
	u, err := o.GetUser(o.system, id)
	if err != nil {
		t.Fatal(err)
	}
	gone, err := o.DisableUser(o.system, id, u.Version, accounts.DisableUserInput{Reason: "调离"})
	if err != nil || !gone.Disabled {
		t.Fatalf("disabled: %+v, %v", gone, err)
	}
	_, err = o.Login(t.Context(), accounts.SignInInput{Login: "zhao.min", Password: password}, desk)
	wantCode(t, err, fault.Unauthenticated, "sign_in.wrong")
	if _, err := o.EnableUser(o.system, id, gone.Version, accounts.DisableUserInput{Reason: "调回"}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Login(t.Context(), accounts.SignInInput{Login: "zhao.min", Password: password}, desk); err != nil {
		t.Errorf("an enabled user cannot sign in: %v", err)
	} // the old session and token stay ended: the deferred checks
}

func TestThrottle(t *testing.T) {
	o := newOffice(t)
	o.member("wang.fang") // from desk, which is a known address from now on
	guess := func(from string) error {
		_, err := o.Login(t.Context(), accounts.SignInInput{Login: "wang.fang", Password: "wrong"}, accounts.Client{Address: from})
		return err
	}
	for range 5 {
		wantCode(t, guess("203.0.113.9"), fault.Unauthenticated, "sign_in.wrong")
	}
	wait := 0
	t.Run("sixth_failure_waits", func(t *testing.T) {
		err := guess("203.0.113.9")
		wantCode(t, err, fault.Limited, "limited")
		wait, _ = fault.As(err).Params["seconds"].(int)
		if wait != 2 {
			t.Errorf("first delay is %d s", wait)
		}
	})
	t.Run("another_address_does_not_help_the_guesser", func(t *testing.T) {
		wantCode(t, guess("203.0.113.10"), fault.Limited, "limited")
	})
	t.Run("right_password_waits_too", func(t *testing.T) {
		_, err := o.Login(t.Context(), accounts.SignInInput{Login: "wang.fang", Password: password}, accounts.Client{Address: "203.0.113.9"})
		wantCode(t, err, fault.Limited, "limited")
	})
	t.Run("owner_signs_in_from_a_known_address_meanwhile", func(t *testing.T) {
		if _, err := o.Login(t.Context(), accounts.SignInInput{Login: "wang.fang", Password: password}, desk); err != nil {
			t.Errorf("locked out: %v", err)
		}
	})
	t.Run("owner_signs_in_from_anywhere_after_the_delay", func(t *testing.T) {
		for range 5 {
			_ = guess("203.0.113.9")
		}
		o.Clock.Advance(time.Duration(wait) * time.Second)
		if _, err := o.Login(t.Context(), accounts.SignInInput{Login: "wang.fang", Password: password}, accounts.Client{Address: "198.51.100.7"}); err != nil {
			t.Errorf("locked out: %v", err)
		}
	})
}

// A guesser who tries at every moment for a day has about a hundred tries (SP 800-63B-4).
func TestThrottle_bounds_the_guesses_of_a_day(t *testing.T) {
	o := newOffice(t)
	judged := 0
	for end := o.Clock.Now().Add(24 * time.Hour); o.Clock.Now().Before(end); {
		_, err := o.Login(t.Context(), accounts.SignInInput{Login: "xt", Password: "x"}, accounts.Client{Address: "203.0.113.9"})
		if fault.KindOf(err) == fault.Limited {
			o.Clock.Advance(time.Duration(fault.As(err).Params["seconds"].(int)) * time.Second)
			continue
		}
		judged++
	}
	if judged > 110 {
		t.Errorf("%d guesses reached the password in a day", judged)
	}
}

func TestThrottle_counts_parallel_guesses(t *testing.T) {
	o := newOffice(t)
	var judged atomic.Int32
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			_, err := o.Login(t.Context(), accounts.SignInInput{Login: "xt", Password: "x"}, accounts.Client{Address: "203.0.113.9"})
			if fault.KindOf(err) == fault.Unauthenticated {
				judged.Add(1)
			} else if fault.KindOf(err) != fault.Limited {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if judged.Load() != 5 {
		t.Errorf("%d of 16 parallel guesses were judged, want 5", judged.Load())
	}
}

func TestThrottle_slows_an_address_that_tries_many_accounts(t *testing.T) {
	o := newOffice(t)
	for i := range 31 {
		_, err := o.Login(t.Context(), accounts.SignInInput{Login: "user" + string(rune('a'+i)), Password: "x"}, accounts.Client{Address: "203.0.113.9"})
		if i < 30 {
			wantCode(t, err, fault.Unauthenticated, "sign_in.wrong")
		} else {
			wantCode(t, err, fault.Limited, "limited")
		}
	}
}

func TestSessions_are_listed_and_ended(t *testing.T) {
	o := newOffice(t)
	id, in := o.member("sun.li")
	second, err := o.Login(t.Context(), accounts.SignInInput{Login: "sun.li", Password: password}, accounts.Client{Address: "10.1.2.4", Agent: "Firefox"})
	if err != nil {
		t.Fatal(err)
	}
	actor, err := o.BySession(t.Context(), in.Secret)
	if err != nil {
		t.Fatal(err)
	}
	own := access.With(t.Context(), actor)
	page, err := o.Sessions(own, id, "", 50)
	if err != nil || len(page.Items) != 2 || !page.Items[0].Current || page.Items[1].Current || page.Items[1].Agent != "Firefox" {
		t.Fatalf("own sessions %+v, %v", page.Items, err)
	}
	stranger := o.as(o.hire("qian.jun", o.setUp.Authority.RootUnitID, post.Office))
	_, err = o.Sessions(stranger, id, "", 50)
	wantCode(t, err, fault.Forbidden, "forbidden")
	wantCode(t, o.KillSession(stranger, second.SessionID), fault.NotFound, "not_found")
	if err := o.KillSession(own, second.SessionID); err != nil {
		t.Fatal(err)
	}
	_, err = o.BySession(t.Context(), second.Secret)
	wantCode(t, err, fault.Unauthenticated, "unauthenticated")
	if err := o.KillSession(o.system, in.SessionID); err != nil {
		t.Errorf("user management cannot end a session: %v", err)
	}
	wantCode(t, o.KillSession(o.system, ident.FromInt(7)), fault.NotFound, "not_found")
}

func TestThrottle_counts_an_IPv6_network_as_one_address(t *testing.T) {
	for given, want := range map[string]string{
		"203.0.113.9": "203.0.113.9", "2001:db8:1:2:3::4": "2001:db8:1:2::/64", "2001:db8:1:2:ffff::1%eth0": "2001:db8:1:2::/64",
		"::ffff:203.0.113.9": "::ffff:203.0.113.9", "unknown": "unknown", "": "",
	} {
		if got := accounts.Network(given); got != want {
			t.Errorf("%s counts as %s, want %s", given, got, want)
		}
	}
}

func TestLogin_keeps_only_valid_text_of_the_browser(t *testing.T) {
	o := newOffice(t)
	id, _ := o.member("odd.browser")
	agent := strings.Repeat("督", 80) + "\xff"
	if _, err := o.Login(t.Context(), accounts.SignInInput{Login: "odd.browser", Password: password}, accounts.Client{Address: "10.1.2.3", Agent: agent}); err != nil {
		t.Fatal(err)
	}
	page, err := o.Sessions(o.system, id, "", 50)
	if err != nil || page.Items[1].Agent != strings.Repeat("督", 66) {
		t.Errorf("kept %+v, %v", page.Items, err)
	}
}
