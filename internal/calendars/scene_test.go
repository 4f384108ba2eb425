package calendars_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// newYear is the notice of a year that no notice has settled: 1 January is a Friday.
const newYear = "2027 https://example.org/2027\n元旦 01-01..01-03 + 01-09\n"

// scene is a house at the end of 2026, when nobody knows the next year's days off, in the whole program.
type scene struct {
	*testkit.House
	app  *app.App
	plan ident.ID
}

func newScene(t *testing.T) *scene {
	t.Helper()
	k := testkit.New(t)
	k.Clock.Set(time.Date(2026, 12, 31, 1, 0, 0, 0, time.UTC)) // Thursday
	s := &scene{House: k.NewHouse("岚"), plan: k.Store.NewID()}
	s.app = s.open(t)
	s.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Plan.Create().SetID(s.plan).SetAuthorityID(s.Authority).SetYear(2026).SetTitle("年末事项").SetStatus(plan.Issued).
			SetIssuedAt(k.Store.Now()).SetCreatedAt(k.Store.Now()).Exec(ctx)
	})
	return s
}

// open builds the program on the scene's database, as one more server would.
func (s *scene) open(t *testing.T) *app.App {
	t.Helper()
	c := config.Default()
	c.DatabaseURL, c.DataDir, c.Private = s.URL, t.TempDir(), ""
	a, err := app.Build(t.Context(), c, app.Options{Now: s.Clock.Now})
	must(t, err)
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func (s *scene) write(do func(ctx context.Context, tx *ent.Tx) error) {
	s.T.Helper()
	must(s.T, s.Store.Write(access.System(s.T.Context(), "test"), do))
}

// dispatch gives n units a duty in a task that is due on a day. The first is the university, the others exist by name only.
func (s *scene) dispatch(n int, due string) []ident.ID {
	s.T.Helper()
	task := &ent.Task{ID: s.Store.NewID(), AuthorityID: s.Authority, PlanID: s.plan, DueDate: workday.MustDate(due)}
	return s.give(task, n)
}

func (s *scene) give(task *ent.Task, n int) []ident.ID {
	s.T.Helper()
	to := []duties.Recipient{{UnitID: s.University.ID, UnitPath: s.University.Path, Part: duty.Lead}}
	for i := 1; i < n; i++ {
		to = append(to, duties.Recipient{UnitID: s.Store.NewID(), UnitPath: unit.Child(s.Department.Path, unit.Segment(100+i)), Part: duty.Support})
	}
	var ids []ident.ID
	s.write(func(ctx context.Context, tx *ent.Tx) error {
		ids = nil
		if err := tx.Task.Create().SetID(task.ID).SetAuthorityID(s.Authority).SetPlanID(s.plan).SetKind(plan.Task).SetTitle("招生信息公开").SetPath("0001").
			SetDeadlineKind(plan.OnDate).SetStartDate(task.StartDate).SetDueDate(task.DueDate).Exec(ctx); err != nil {
			return err
		}
		made, err := s.app.Duties.Dispatch(ctx, tx, task, to)
		for _, d := range made {
			ids = append(ids, d.ID)
		}
		return err
	})
	return ids
}

// propose proposes a notice as the office does.
func (s *scene) propose(notice string) calendars.CalendarProposal {
	s.T.Helper()
	p, err := s.app.Calendars.Propose(s.Acting(s.Office), calendars.ProposeCalendarInput{Title: "2027年节假日安排", Notice: notice})
	must(s.T, err)
	return p
}

// all pages through what a notice would move.
func (s *scene) all(notice string, limit int) []calendars.CalendarMove {
	s.T.Helper()
	var items []calendars.CalendarMove
	for after := ""; ; {
		view, err := s.app.Calendars.Preview(s.Acting(s.Office), calendars.PreviewCalendarInput{Notice: notice}, after, limit)
		must(s.T, err)
		items = append(items, view.Moves.Items...)
		if after = view.Moves.Next; after == "" {
			return items
		}
	}
}

func (s *scene) number(text string, args ...any) int {
	s.T.Helper()
	var n int
	must(s.T, s.Store.DB().QueryRowContext(s.T.Context(), text, args...).Scan(&n))
	return n
}

// at moves the clock to nine in the morning of a day.
func (s *scene) at(date string) {
	s.Clock.Set(workday.MustDate(date).Start(time.UTC).Add(time.Hour))
}

func line(m calendars.CalendarMove) string {
	return fmt.Sprintf("%s %s %s>%s", m.What, m.Step, m.Old, m.New)
}
