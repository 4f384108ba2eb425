package timeline_test

import (
	"context"
	"os"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
)

// happen writes an event of an object.
func happen(t *testing.T, h *testkit.House, subject string, id, unit ident.ID, n int) {
	t.Helper()
	err := h.Store.Write(h.Acting(h.SystemAdmin), func(ctx context.Context, tx *ent.Tx) error {
		for range n {
			if _, err := h.Log.Append(ctx, tx, timeline.Entry{AuthorityID: h.Authority, Subject: subject, SubjectID: id, UnitID: unit, Action: "update"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAudit_names_what_is_administered_and_no_business(t *testing.T) {
	h := testkit.New(t).NewHouse("yl")
	audit := timeline.NewAudit(h.Store, h.Gate)
	page := func() []timeline.AuditEvent {
		t.Helper()
		page, err := audit.Events(h.Acting(h.AuditAdmin), timeline.AuditFilter{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		return page.Items
	}
	before := len(page())
	happen(t, h, "user", h.Clerk.ID, ident.ID{}, 1)
	happen(t, h, "post", h.Clerk.Post.ID, h.University.ID, 1)
	happen(t, h, "unit", h.School.ID, h.School.ID, 1)
	happen(t, h, "duty", h.Store.NewID(), h.School.ID, 1)
	got := page()
	if len(got) != before+4 {
		t.Fatalf("%d events, want %d", len(got), before+4)
	}
	for i, want := range []struct{ name, unit string }{{"", h.School.Name}, {h.School.Name, h.School.Name}, {h.Clerk.Name, h.University.Name}, {h.Clerk.Name, ""}} {
		if got[i].Name != want.name || got[i].UnitName != want.unit {
			t.Errorf("%s is %q of %q, want %q of %q", got[i].Subject, got[i].Name, got[i].UnitName, want.name, want.unit)
		}
	}
	if os.Getenv("TEST_POSTGRES_URL") != "" {
		return // statements are counted on SQLite
	}
	ask := func() int64 { from := h.Store.Statements(); page(); return h.Store.Statements() - from }
	few := ask()
	for _, p := range []testkit.Person{h.Head, h.Leader, h.Office} {
		happen(t, h, "user", p.ID, h.University.ID, 5)
	}
	if many := ask(); many != few || many > 5 {
		t.Errorf("%d statements for few, %d for many", few, many)
	}
}
