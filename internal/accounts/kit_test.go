package accounts_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

const password = "four quiet lanterns over water"

// office is an authority that was set up by its link, with the actors of its three administrators.
type office struct {
	*testkit.Kit
	*accounts.Service
	units                   *units.Service
	setUp                   accounts.SetUp
	system, security, audit context.Context
	securityID              ident.ID
}

var desk = accounts.Client{Address: "10.1.2.3", Agent: "test"}

func people(prefix string) (system, security, audit accounts.Person) {
	return accounts.Person{Login: prefix + "xt", Name: "系统员" + prefix}, accounts.Person{Login: prefix + "bm", Name: "保密员" + prefix},
		accounts.Person{Login: prefix + "sj", Name: "审计员" + prefix}
}

func newOffice(t *testing.T) *office {
	t.Helper()
	k := testkit.New(t)
	u := units.New(k.Store, k.Gate, k.Log)
	o := &office{Kit: k, units: u, Service: accounts.New(k.Store, k.Gate, k.Log, u)}
	u.OnMerge = append(u.OnMerge, o.EndPostsOf)
	o.UseFactors(accounts.Factors{Box: k.Box, Required: accounts.FactorOptional, Clock: k.Clock.Now})
	secret, err := o.FirstStart(t.Context())
	if err != nil || secret == "" {
		t.Fatalf("first start: %q, %v", secret, err)
	}
	system, security, audit := people("")
	o.setUp, err = o.SetUp(t.Context(), accounts.SetUpInput{Secret: secret, Authority: units.CreateAuthorityInput{Name: "云岭省教育厅", ShortName: "省教育厅"},
		SystemAdmin: system, SecurityAdmin: security, AuditAdmin: audit})
	if err != nil {
		t.Fatalf("set up: %v", err)
	}
	o.system, o.security, o.audit = o.as(o.setUp.Admins[0].User.ID), o.as(o.setUp.Admins[1].User.ID), o.as(o.setUp.Admins[2].User.ID)
	o.securityID = o.setUp.Admins[1].User.ID
	return o
}

// as is a context in which a user acts with the posts held today.
func (o *office) as(id ident.ID) context.Context {
	o.T.Helper()
	on, err := o.Today(o.T.Context(), o.Store.Read(), o.setUp.Authority.ID)
	if err != nil {
		o.T.Fatal(err)
	}
	actor, err := o.ActorOf(o.T.Context(), id, on)
	if err != nil {
		o.T.Fatalf("load actor: %v", err)
	}
	return access.With(o.T.Context(), actor)
}

// unit adds a unit below another one, or below the root.
func (o *office) unit(parent ident.ID, name string) units.Unit {
	o.T.Helper()
	if parent.IsZero() {
		parent = o.setUp.Authority.RootUnitID
	}
	u, err := o.units.Create(o.system, units.CreateUnitInput{ParentID: parent, Kind: unit.Division, Name: name})
	if err != nil {
		o.T.Fatalf("create unit: %v", err)
	}
	return u
}

// user adds a user; hire adds a user with a post from today on.
func (o *office) user(login string) accounts.NewUser {
	o.T.Helper()
	u, err := o.CreateUser(o.system, accounts.Person{Login: login, Name: "用户" + login})
	if err != nil {
		o.T.Fatalf("create user: %v", err)
	}
	return u
}

func (o *office) hire(login string, unitID ident.ID, role post.Role) ident.ID {
	o.T.Helper()
	u := o.user(login)
	o.grant(accounts.GrantPostInput{UserID: u.User.ID, UnitID: unitID, Role: role})
	return u.User.ID
}

func (o *office) grant(in accounts.GrantPostInput) accounts.Post {
	o.T.Helper()
	in.Reason = "任职通知"
	p, err := o.GrantPost(o.security, in)
	if err != nil {
		o.T.Fatalf("grant post: %v", err)
	}
	return p
}

// member adds a user with a password who is signed in.
func (o *office) member(login string) (ident.ID, accounts.SignedIn) {
	o.T.Helper()
	u := o.user(login)
	if err := o.SetPassword(o.T.Context(), accounts.SetPasswordInput{Secret: u.Link.Secret, Password: password}); err != nil {
		o.T.Fatalf("set password: %v", err)
	}
	in, err := o.Login(o.T.Context(), accounts.SignInInput{Login: login, Password: password}, desk)
	if err != nil {
		o.T.Fatalf("sign in: %v", err)
	}
	return u.User.ID, in
}

func (o *office) wantHistory(subject string, id ident.ID, want ...string) {
	o.T.Helper()
	events, err := o.Log.Of(o.T.Context(), subject, id, ident.ID{}, 100)
	if err != nil {
		o.T.Fatal(err)
	}
	var got []string
	for _, e := range events {
		got = append(got, e.Action)
	}
	if !slices.Equal(got, want) {
		o.T.Errorf("history of %s is %v, want %v", subject, got, want)
	}
}

func wantCode(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	if !errors.Is(err, fault.New(kind, code)) {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func wantField(t *testing.T, err error, location, code string) {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid || !slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Location == location && f.Code == code }) {
		t.Fatalf("got %v, want %s at %s", err, code, location)
	}
}

var day = workday.MustDate
