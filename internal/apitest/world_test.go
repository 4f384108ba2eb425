package apitest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"log/slog"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

// actor is somebody who calls: what they are, and how they stand to the unit that the objects belong to.
type actor struct {
	name      string
	id        ident.ID
	authority ident.ID
	posts     []access.Post
	secret    string // of their session; "" is nobody
}

func (a *actor) String() string {
	if a == nil {
		return "nobody"
	}
	return a.name
}

// world is the whole program over a database with two authorities, people in every role and relation, and objects of every
// kind in every state.
type world struct {
	*testkit.Kit
	app      *app.App
	handler  http.Handler
	contract *contract
	home     *testkit.House // the authority of the objects
	away     *testkit.House // another one
	actors   []*actor
	objects  []*object
	names    map[string]string // what request bodies name with $: "$unit.bureau"
	saved    *snapshot
	log      *bytes.Buffer // what the program logs
}

// newWorld builds it all; objects are put into the database by the use cases themselves (objects_test.go).
func newWorld(t *testing.T) *world {
	t.Helper()
	clock := testkit.NewClock(testkit.Start)
	c := config.Default()
	c.DatabaseURL, c.DataDir, c.Private = testkit.URL(t), t.TempDir(), ""
	log := &bytes.Buffer{}
	logger := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelInfo}))
	a, err := app.Build(t.Context(), c, app.Options{Now: clock.Now, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	kit := &testkit.Kit{T: t, Store: a.Store, Gate: a.Gate, Log: a.Log, Clock: clock, URL: c.DatabaseURL}
	w := &world{Kit: kit, app: a, handler: a.Handler(), contract: readContract(t), names: map[string]string{}, log: log}
	w.home, w.away = kit.NewHouse("岚"), kit.NewHouse("远")
	w.people()
	w.signIn()
	w.fill()
	w.saved = w.save()
	return w
}

// people names everybody of the two houses by role and relation to the university, which holds the objects, and adds those
// who are missing. The name before the dot is the role, the name after it how they stand to the object:
//
//	own    a post in the very unit          above  in the unit above     below  in the unit below
//	other  elsewhere in the authority       away   in another authority
//	both   besides the role, a clerk's post in the unit
//	was    an earlier member of the unit, who then wrote, passed or asked for what they would now decide on
func (w *world) people() {
	h, far := w.home, w.away
	for _, p := range []struct {
		name string
		in   testkit.Person
	}{
		{"leader.home", h.Leader}, {"office.home", h.Office}, {"inspector.home", h.Inspector}, {"inspector.other", h.Colleague},
		{"unit_head.own", h.Head}, {"unit_clerk.own", h.Clerk}, {"unit_clerk.below", h.SchoolClerk}, {"unit_head.other", h.BureauHead},
		{"system_admin.home", h.SystemAdmin}, {"security_admin.home", h.SecurityAdmin}, {"audit_admin.home", h.AuditAdmin}, {"none.home", h.Nobody},
		{"leader.away", far.Leader}, {"office.away", far.Office}, {"inspector.away", far.Inspector}, {"unit_head.away", far.Head},
		{"unit_clerk.away", far.Clerk}, {"system_admin.away", far.SystemAdmin}, {"security_admin.away", far.SecurityAdmin}, {"audit_admin.away", far.AuditAdmin},
	} {
		w.actors = append(w.actors, &actor{name: p.name, id: p.in.ID, authority: p.in.Authority, posts: postsOf(p.in)})
	}
	w.hire("unit_head.own2", post.UnitHead, h.University)
	w.hire("unit_clerk.own2", post.UnitClerk, h.University)
	w.hire("unit_head.above", post.UnitHead, h.Department)
	w.hire("unit_clerk.above", post.UnitClerk, h.Department)
	w.hire("unit_head.below", post.UnitHead, h.School)
	w.hire("unit_clerk.other", post.UnitClerk, h.Bureau)
	for _, role := range []post.Role{post.Leader, post.Office, post.Inspector} {
		w.hire(string(role)+".was", role, h.OfficeUnit)
		w.hire(string(role)+".both", role, h.OfficeUnit)
		w.grant(w.actor(string(role)+".both"), post.UnitClerk, h.University)
	}
	w.hire("inspector.reviewed", post.Inspector, h.OfficeUnit)
	w.hire("leader.advised", post.Leader, h.OfficeUnit)
}

func postsOf(p testkit.Person) []access.Post {
	if p.Post.ID.IsZero() {
		return nil
	}
	return []access.Post{p.Post}
}

// hire adds a user with one post.
func (w *world) hire(name string, role post.Role, in testkit.Place) *actor {
	a := &actor{name: name, id: w.Store.NewID(), authority: w.home.Authority}
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.User.Create().SetID(a.id).SetAuthorityID(a.authority).SetLogin(name).SetName(name).SetCreatedAt(w.Store.Now()).Exec(ctx)
	})
	w.actors = append(w.actors, a)
	w.grant(a, role, in)
	return a
}

func (w *world) grant(a *actor, role post.Role, in testkit.Place) {
	p := access.Post{ID: w.Store.NewID(), UnitID: in.ID, UnitPath: in.Path, Role: role}
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Post.Create().SetID(p.ID).SetAuthorityID(a.authority).SetUserID(a.id).SetUnitID(in.ID).SetRole(role).
			SetValidFrom(workday.MustDate("2016-01-01")).SetCreatedAt(w.Store.Now()).Exec(ctx)
	})
	a.posts = append(a.posts, p)
}

// signIn gives everybody a session. The rows are written directly: signing in has tests of its own, and hashing fifty
// passwords would take the time of the whole matrix.
func (w *world) signIn() {
	now := w.Store.Now()
	for _, a := range w.actors {
		a.secret = "session-of-" + a.name
		sum := sha256.Sum256([]byte(a.secret))
		w.write(func(ctx context.Context, tx *ent.Tx) error {
			return tx.Session.Create().SetID(w.Store.NewID()).SetAuthorityID(a.authority).SetUserID(a.id).SetHash(sum[:]).SetCreatedAt(now).
				SetSeenAt(now).SetExpiresAt(now.Add(8 * time.Hour)).Exec(ctx)
		})
	}
}

// actor finds somebody by name.
func (w *world) actor(name string) *actor {
	w.T.Helper()
	i := slices.IndexFunc(w.actors, func(a *actor) bool { return a.name == name })
	if i < 0 {
		w.T.Fatalf("there is no actor %s", name)
	}
	return w.actors[i]
}

// as is a context in which an actor calls a use case directly.
func (w *world) as(name string) context.Context {
	w.T.Helper()
	a := w.actor(name)
	return w.As(a.authority, a.id, a.name, a.posts...)
}

func (w *world) write(do func(ctx context.Context, tx *ent.Tx) error) {
	w.T.Helper()
	if err := w.Store.Write(access.System(w.T.Context(), "test"), do); err != nil {
		w.T.Fatal(err)
	}
}

func (w *world) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}
