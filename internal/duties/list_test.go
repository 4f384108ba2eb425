package duties_test

import (
	"context"
	"strings"
	"testing"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

func TestList_pages_through_every_duty_once_in_order_of_due_date(t *testing.T) {
	b := newBureau(t, 3)
	for i := range 40 {
		b.dispatch(workday.MustDate("2017-06-01").AddDays(i%7), i, b.recipients())
	}
	for who, want := range map[string]int{"office": 3 * 42, "clerk1": 42, "head2": 42} {
		seen := make(map[ident.ID]bool)
		last, after := "", ""
		for {
			page, err := b.Duties.List(b.People[who], duties.DutyQuery{After: after, Limit: 11})
			must(t, err)
			for _, d := range page.Items {
				if seen[d.ID] || d.DueDate.String() < last {
					t.Fatalf("%s: duty %s twice or out of order", who, d.ID)
				}
				seen[d.ID], last = true, d.DueDate.String()
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if len(seen) != want {
			t.Errorf("%s saw %d duties, want %d", who, len(seen), want)
		}
	}
}

func TestList_narrows(t *testing.T) {
	b := newBureau(t, 2)
	b.dispatch(workday.MustDate("2017-03-01"), 0, b.recipients()) // overdue from the first day
	b.accepted(t)
	_, err := b.Watches.Check(b.system("deadlines"), 0)
	must(t, err)
	for name, c := range map[string]struct {
		query duties.DutyQuery
		want  int
	}{
		"everything_open":    {duties.DutyQuery{}, 6},
		"overdue":            {duties.DutyQuery{Overdue: true}, 2},
		"red":                {duties.DutyQuery{Light: ladder.Red}, 2},
		"green":              {duties.DutyQuery{Light: ladder.Green}, 4},
		"active":             {duties.DutyQuery{Status: duty.Active}, 1},
		"closed":             {duties.DutyQuery{Status: duty.Closed}, 0},
		"lead":               {duties.DutyQuery{Part: duty.Lead}, 3},
		"of_a_plan":          {duties.DutyQuery{PlanID: b.Plan}, 6},
		"of_a_task":          {duties.DutyQuery{TaskID: b.Tasks[1].ID}, 2},
		"of_a_unit":          {duties.DutyQuery{UnitID: b.Units[2].ID}, 3},
		"mine":               {duties.DutyQuery{Mine: true}, 0},
		"due_from":           {duties.DutyQuery{DueFrom: workday.MustDate("2017-03-02")}, 4},
		"due_to":             {duties.DutyQuery{DueTo: workday.MustDate("2017-03-02")}, 2},
		"of_an_unknown_plan": {duties.DutyQuery{PlanID: b.Store.NewID()}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			page, err := b.Duties.List(b.People["office"], c.query)
			must(t, err)
			if len(page.Items) != c.want {
				t.Errorf("%d duties, want %d", len(page.Items), c.want)
			}
		})
	}
	_, err = b.Duties.List(b.People["office"], duties.DutyQuery{After: "nonsense"})
	wantField(t, err, "query.after", "cursor")
}

// TestList_is_served_by_an_index asks the planner: a page must not depend on how many duties there are.
func TestList_is_served_by_an_index(t *testing.T) {
	if newBureau(t, 1).Store.Postgres() {
		t.Skip("PostgreSQL plans by statistics, which a small table does not have")
	}
	for who, c := range map[string]struct{ index, sort string }{ // sort: what must not be there
		"office": {"duty_authority_id_open_due_date_id", "TEMP B-TREE"},
		"clerk1": {"duty_unit_id_open_due_date_id", "TEMP B-TREE"},
		"head1":  {"duty_unit_id_open_due_date_id", ""},
	} {
		t.Run(who, func(t *testing.T) {
			text := plans(t, newBureau(t, 3), who)
			if !strings.Contains(text, c.index) || c.sort != "" && strings.Contains(text, c.sort) {
				t.Errorf("plan of %s's list: %s", who, text)
			}
		})
	}
}

// plans is what SQLite says of the statements of a list.
func plans(t *testing.T, b *bureau, who string) string {
	t.Helper()
	var told []string
	for _, statement := range statementsOf(t, b, who) {
		rows, err := b.Store.DB().QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+statement.text, statement.args...)
		must(t, err)
		for rows.Next() {
			var id, parent, unused int
			var detail string
			must(t, rows.Scan(&id, &parent, &unused, &detail))
			told = append(told, detail)
		}
		must(t, rows.Close())
	}
	return strings.Join(told, "; ")
}

// statement is one query as it went to the database.
type statement struct {
	text string
	args []any
}

// statementsOf lists a first page and gives the statements that ent wrote for it. The page itself is one more.
func statementsOf(t *testing.T, b *bureau, who string) []statement {
	t.Helper()
	var selectors []*entsql.Selector
	catch := func(s *entsql.Selector) { selectors = append(selectors, s) }
	b.Store.Read().Intercept(ent.InterceptFunc(func(next ent.Querier) ent.Querier {
		return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
			switch q := q.(type) {
			case *ent.DutyQuery:
				q.Where(catch)
			case *ent.UnitQuery:
				q.Where(catch)
			default:
				t.Errorf("a list reads %T", q)
			}
			return next.Query(ctx, q)
		})
	}))
	_, err := b.Duties.List(b.People[who], duties.DutyQuery{})
	must(t, err)
	var all []statement
	for _, s := range selectors { // complete once it has run
		text, args := s.Query()
		all = append(all, statement{text, args})
	}
	return all
}

func TestList_of_a_page_takes_at_most_four_statements(t *testing.T) {
	for _, who := range []string{"office", "clerk1", "head1"} {
		b := newBureau(t, 3)
		if n := len(statementsOf(t, b, who)) + 1; n > 4 {
			t.Errorf("%s's list takes %d statements", who, n)
		}
	}
}

func TestCheckFigures_finds_and_repairs_what_differs(t *testing.T) {
	b := newBureau(t, 2)
	b.write(func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.Task.UpdateOneID(b.Tasks[1].ID).SetProgress(77).SetParts(9).Exec(ctx); err != nil {
			return err
		}
		return tx.DutyCount.Update().SetN(5).Exec(ctx)
	})
	checked, err := b.Duties.CheckFigures(b.system("counters"))
	must(t, err)
	if checked.Wrong != 3 { // one task, the counter of each of two units
		t.Errorf("%+v", checked)
	}
	b.agree(t)
}

func TestCounts_are_those_within_the_scope(t *testing.T) {
	b := newBureau(t, 2)
	b.accepted(t)
	for who, want := range map[string]int{"office": 3, "clerk1": 1, "clerk2": 2} {
		counts, err := b.Duties.Counts(b.People[who], duties.CountQuery{PlanID: b.Plan})
		must(t, err)
		if got := counts.Items[0]; got.Status != duty.Assigned || got.N != want {
			t.Errorf("%s counts %+v, want %d assigned", who, got, want)
		}
	}
}
