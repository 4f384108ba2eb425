package accounts_test

import (
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/units"
)

func TestSetUp(t *testing.T) {
	o := newOffice(t)
	if len(o.setUp.Admins) != 3 || o.setUp.Authority.RootUnitID.IsZero() {
		t.Fatalf("set up %+v", o.setUp)
	}
	t.Run("each_administrator_gets_a_link_and_signs_in", func(t *testing.T) {
		for _, a := range o.setUp.Admins {
			if err := o.SetPassword(t.Context(), accounts.SetPasswordInput{Secret: a.Link.Secret, Password: password}); err != nil {
				t.Fatal(err)
			}
			if _, err := o.Login(t.Context(), accounts.SignInInput{Login: a.User.Login, Password: password}, desk); err != nil {
				t.Errorf("%s cannot sign in: %v", a.User.Login, err)
			}
		}
	})
	t.Run("link_works_once", func(t *testing.T) {
		err := o.SetPassword(t.Context(), accounts.SetPasswordInput{Secret: o.setUp.Admins[0].Link.Secret, Password: password})
		wantCode(t, err, fault.NotFound, "link.invalid")
	})
	t.Run("later_starts_print_nothing", func(t *testing.T) {
		if secret, err := o.FirstStart(t.Context()); secret != "" || err != nil {
			t.Errorf("printed %q, %v", secret, err)
		}
	})
}

func TestSetUp_refusals(t *testing.T) {
	k := testkit.New(t)
	u := units.New(k.Store, k.Gate, k.Log)
	s := accounts.New(k.Store, k.Gate, k.Log, u)
	first, err := s.FirstStart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.FirstStart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	system, security, audit := people("")
	in := accounts.SetUpInput{Secret: first, Authority: units.CreateAuthorityInput{Name: "云岭省教育厅"}, SystemAdmin: system, SecurityAdmin: security, AuditAdmin: audit}
	_, err = s.SetUp(t.Context(), in)
	wantCode(t, err, fault.NotFound, "link.invalid") // the second start ended the first link
	in.Secret, in.AuditAdmin = second, system
	_, err = s.SetUp(t.Context(), in)
	wantField(t, err, "body.audit_admin", "account.same_person")
	in.AuditAdmin = accounts.Person{Login: " ", Name: "审计员", Email: "not an address", Language: "fr"}
	_, err = s.SetUp(t.Context(), in)
	for location, code := range map[string]string{"body.audit_admin.login": "account.login", "body.audit_admin.email": "email", "body.audit_admin.language": "account.language"} {
		wantField(t, err, location, code)
	}
	if needed, err := s.NeedsSetUp(t.Context()); err != nil || !needed {
		t.Fatalf("a refused set-up left users: %v, %v", needed, err)
	}
	in.AuditAdmin = audit
	k.Clock.Advance(accounts.SetupLimit)
	_, err = s.SetUp(t.Context(), in)
	wantCode(t, err, fault.NotFound, "link.invalid") // too late
	if in.Secret, err = s.FirstStart(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.Clock.Advance(time.Hour)
	if _, err := s.SetUp(t.Context(), in); err != nil {
		t.Errorf("a refused link was used up: %v", err)
	}
}

func TestFound_adds_an_authority_apart(t *testing.T) {
	o := newOffice(t)
	system, security, audit := people("hw.")
	other, err := o.Found(t.Context(), accounts.FoundInput{Authority: units.CreateAuthorityInput{Name: "海湾省教育厅"}, SystemAdmin: system, SecurityAdmin: security, AuditAdmin: audit})
	if err != nil {
		t.Fatal(err)
	}
	stranger := other.Admins[0].User.ID
	_, err = o.GetUser(o.system, stranger)
	wantCode(t, err, fault.NotFound, "not_found")
	_, err = o.GrantPost(o.security, accounts.GrantPostInput{UserID: stranger, UnitID: o.setUp.Authority.RootUnitID, Role: "office", Reason: "x"})
	wantField(t, err, "body.user_id", "account.unknown")
	_, err = o.GrantPost(o.security, accounts.GrantPostInput{UserID: o.user("li.na").User.ID, UnitID: other.Authority.RootUnitID, Role: "office", Reason: "x"})
	wantField(t, err, "body.unit_id", "unit.unknown")
	_, err = o.Explain(o.security, stranger, "unit.read", "unit", o.setUp.Authority.RootUnitID)
	wantCode(t, err, fault.NotFound, "not_found")
	_, err = o.Explain(o.security, o.securityID, "unit.read", "unit", other.Authority.RootUnitID)
	wantCode(t, err, fault.NotFound, "not_found")
	page, err := o.Users(o.system, "", "", 50)
	if err != nil || len(page.Items) != 4 {
		t.Errorf("lists %d users, %v", len(page.Items), err)
	}
	posts, err := o.Posts(o.security, accounts.PostQuery{Limit: 50})
	if err != nil || len(posts.Items) != 3 {
		t.Errorf("lists %d posts, %v", len(posts.Items), err)
	}
}
