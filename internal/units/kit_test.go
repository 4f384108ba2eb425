package units_test

import (
	"context"
	"errors"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// house is an authority with its system administrator.
type house struct {
	*testkit.Kit
	*units.Service
	authority units.Authority
	admin     context.Context
}

func newHouse(t *testing.T) *house {
	t.Helper()
	k := testkit.New(t)
	h := &house{Kit: k, Service: units.New(k.Store, k.Gate, k.Log)}
	h.authority, h.admin = h.found("云岭省教育厅", "省教育厅")
	return h
}

// found makes one more authority and its administrator.
func (h *house) found(name, short string) (units.Authority, context.Context) {
	h.T.Helper()
	var a units.Authority
	err := h.Store.Write(access.System(h.T.Context(), "test"), func(ctx context.Context, tx *ent.Tx) (err error) {
		a, err = h.CreateAuthority(ctx, tx, units.CreateAuthorityInput{Name: name, ShortName: short})
		return err
	})
	if err != nil {
		h.T.Fatalf("found authority: %v", err)
	}
	root, err := h.Store.Read().Unit.Get(h.T.Context(), a.RootUnitID)
	if err != nil {
		h.T.Fatalf("read root: %v", err)
	}
	return a, h.As(a.ID, h.Store.NewID(), "系统管理员", access.Post{ID: h.Store.NewID(), UnitID: root.ID, UnitPath: root.Path, Role: post.SystemAdmin})
}

// office is a context in which an office clerk of the authority acts.
func (h *house) office() context.Context {
	return h.As(h.authority.ID, h.Store.NewID(), "督查室", access.Post{ID: h.Store.NewID(), UnitID: h.authority.RootUnitID, UnitPath: "0001", Role: post.Office})
}

// add creates a unit below a parent, or below the root.
func (h *house) add(parent ident.ID, kind unit.Kind, name string, aliases ...string) units.Unit {
	h.T.Helper()
	if parent.IsZero() {
		parent = h.authority.RootUnitID
	}
	u, err := h.Create(h.admin, units.CreateUnitInput{ParentID: parent, Kind: kind, Name: name, Aliases: aliases})
	if err != nil {
		h.T.Fatalf("create %s: %v", name, err)
	}
	return u
}

func (h *house) events(subject string, id ident.ID) []string {
	h.T.Helper()
	all, err := h.Log.Of(h.T.Context(), subject, id, ident.ID{}, 100)
	if err != nil {
		h.T.Fatalf("read history: %v", err)
	}
	actions := make([]string, len(all))
	for i, e := range all {
		actions[i] = e.Action
	}
	return actions
}

var day = workday.MustDate

func wantCode(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	if !errors.Is(err, fault.New(kind, code)) {
		t.Fatalf("got %v, want %s", err, code)
	}
}

// wantField wants an invalid input with a fault of the code at the place.
func wantField(t *testing.T, err error, location, code string) {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Kind != fault.Invalid {
		t.Fatalf("got %v, want %s at %s", err, code, location)
	}
	for _, field := range f.Fields {
		if field.Location == location && field.Code == code {
			return
		}
	}
	t.Fatalf("got %v, want %s at %s", err, code, location)
}
