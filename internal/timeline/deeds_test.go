package timeline_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
)

// TestDeeds_walks_only_the_persons_own_events holds the plan of the statement on both databases, among the events of many others.
func TestDeeds_walks_only_the_persons_own_events(t *testing.T) {
	kit := testkit.New(t)
	authority, me := kit.Store.NewID(), kit.Store.NewID()
	err := kit.Store.Write(access.System(t.Context(), "test"), func(ctx context.Context, tx *ent.Tx) error {
		var people []ident.ID
		for range 50 {
			people = append(people, kit.Store.NewID())
		}
		var rows [][]any
		for i := range 5000 {
			who := people[i%len(people)]
			if i%500 == 0 {
				who = me
			}
			rows = append(rows, []any{kit.Store.NewID(), authority, kit.Store.Now(), who, 0, "x", "duty", kit.Store.NewID(), 0, 0, "accept", "", ""})
		}
		columns := []string{"id", "authority_id", "at", "actor_id", "post_id", "actor_name", "subject", "subject_id", "plan_id", "unit_id", "action", "reason", "request_id"}
		if err := kit.Store.InsertRows(ctx, tx, "events", columns, rows); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "ANALYZE")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	wanted := timeline.Deeds{ActorID: me, Subjects: []string{"duty", "plan"}, Aside: []string{"duty.instruct"}, To: kit.Store.Now().Add(time.Hour)}
	page, err := kit.Log.Deeds(t.Context(), wanted)
	if err != nil || len(page.Items) != 10 {
		t.Fatalf("%d rows, want 10: %v", len(page.Items), err)
	}
	plan := explain(t, kit.Store, wanted)
	if strings.Contains(plan, "SCAN e") || strings.Contains(plan, "Seq Scan") || !strings.Contains(plan, "event_actor_id_id") {
		t.Errorf("the statement does not walk the person's own events by their index:\n%s", plan)
	}
}

// explain is what the database says of the statement of a first page.
func explain(t *testing.T, s *store.Store, d timeline.Deeds) string {
	t.Helper()
	text, args := timeline.DeedsQuery(d)
	how, skipped := "EXPLAIN QUERY PLAN ", 3
	if s.Postgres() {
		how, skipped = "EXPLAIN ", 0
	}
	var lines []string
	err := store.Each(t.Context(), s.DB(), how+text, args, func(scan func(...any) error) error {
		var line string
		into := []any{new(int), new(int), new(int)}[:skipped]
		err := scan(append(into, &line)...)
		lines = append(lines, line)
		return err
	})
	if err != nil {
		t.Fatal(fmt.Errorf("explain: %w", err))
	}
	return strings.Join(lines, "\n")
}
