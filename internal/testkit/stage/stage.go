// Package stage gives tests of supervisors' acts a house in the whole program: duties are handed out, the clock moves, deadlines are
// checked, units merge.
package stage

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// Stage is a house in the whole program, with an issued plan.
type Stage struct {
	*testkit.House
	App   *app.App
	Plan  ident.ID
	tasks int
}

// New builds a stage on Monday 2017-03-06, 09:00.
func New(t testing.TB) *Stage {
	t.Helper()
	k := testkit.New(t)
	s := &Stage{House: k.NewHouse("岚"), Plan: k.Store.NewID()}
	s.App = s.Open()
	s.Write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Plan.Create().SetID(s.Plan).SetAuthorityID(s.Authority).SetYear(2017).SetTitle("2017年政务公开工作要点").SetStatus(plan.Issued).
			SetIssuedAt(k.Store.Now()).SetCreatedAt(k.Store.Now()).Exec(ctx)
	})
	return s
}

// Open builds the program on the stage's database, as one more server would.
func (s *Stage) Open() *app.App {
	s.T.Helper()
	c := config.Default()
	c.DatabaseURL, c.DataDir, c.Private = s.URL, s.T.TempDir(), ""
	a, err := app.Build(s.T.Context(), c, app.Options{Now: s.Clock.Now})
	s.Must(err)
	s.T.Cleanup(func() { _ = a.Close() })
	return a
}

// Must ends the test on an error.
func (s *Stage) Must(err error) {
	s.T.Helper()
	if err != nil {
		s.T.Fatal(err)
	}
}

// Refused ends the test unless the error has the code, or is bad input of which one field has it.
func (s *Stage) Refused(err error, code string) {
	s.T.Helper()
	f := fault.As(err)
	if f == nil || f.Code != code && !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Code == code }) {
		s.T.Fatalf("got %v, want %s", err, code)
	}
}

// Write runs fn in a transaction of the program.
func (s *Stage) Write(do func(ctx context.Context, tx *ent.Tx) error) {
	s.T.Helper()
	s.Must(s.Store.Write(access.System(s.T.Context(), "test"), do))
}

// Hire adds a person with one post.
func (s *Stage) Hire(name string, role post.Role, in testkit.Place) testkit.Person {
	s.T.Helper()
	p := testkit.Person{ID: s.Store.NewID(), Authority: s.Authority, Name: name, Post: access.Post{ID: s.Store.NewID(), UnitID: in.ID, UnitPath: in.Path, Role: role}}
	s.Write(func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.User.Create().SetID(p.ID).SetAuthorityID(s.Authority).SetLogin(p.ID.String()).SetName(name).SetCreatedAt(s.Store.Now()).Exec(ctx); err != nil {
			return err
		}
		return tx.Post.Create().SetID(p.Post.ID).SetAuthorityID(s.Authority).SetUserID(p.ID).SetUnitID(in.ID).SetRole(role).
			SetValidFrom(workday.MustDate("2016-01-01")).SetCreatedAt(s.Store.Now()).Exec(ctx)
	})
	return p
}

// Task hands a task with a due date out to units and returns it with their duties.
func (s *Stage) Task(due string, to ...testkit.Place) (ident.ID, []ident.ID) {
	s.T.Helper()
	s.tasks++
	recipients, task, given := make([]duties.Recipient, len(to)), s.Store.NewID(), make([]ident.ID, len(to))
	for i, u := range to {
		recipients[i] = duties.Recipient{UnitID: u.ID, UnitPath: u.Path, Part: duty.Support}
	}
	recipients[0].Part = duty.Lead
	s.Write(func(ctx context.Context, tx *ent.Tx) error {
		row, err := tx.Task.Create().SetID(task).SetAuthorityID(s.Authority).SetPlanID(s.Plan).SetPath(unit.Segment(s.tasks)).SetKind(plan.Task).
			SetNumber(fmt.Sprint(s.tasks, ".")).SetTitle("推进信息公开").SetDeadlineKind(plan.OnDate).SetDueDate(workday.MustDate(due)).Save(ctx)
		if err != nil {
			return err
		}
		for i, u := range to {
			if err := tx.Assignment.Create().SetID(s.Store.NewID()).SetAuthorityID(s.Authority).SetPlanID(s.Plan).SetTaskID(task).
				SetPart(plan.AssignmentPart(recipients[i].Part)).SetName(u.Name).SetUnitID(u.ID).SetSort(i).Exec(ctx); err != nil {
				return err
			}
		}
		made, err := s.App.Duties.Dispatch(ctx, tx, row, recipients)
		for _, d := range made {
			given[slices.IndexFunc(to, func(u testkit.Place) bool { return u.ID == d.UnitID })] = d.ID
		}
		return err
	})
	return task, given
}

// Duty is a duty of a unit of its own task.
func (s *Stage) Duty(due string, of testkit.Place) ident.ID {
	s.T.Helper()
	_, given := s.Task(due, of)
	return given[0]
}

// On moves the clock to 09:00 of a day.
func (s *Stage) On(day string) {
	s.Clock.Set(workday.MustDate(day).Start(s.App.Watches.Rules().Zone).Add(9 * time.Hour))
}

// Check has a server look at every deadline that is due.
func (s *Stage) Check(server *app.App) error {
	_, err := server.Watches.Check(access.System(s.T.Context(), "deadlines"), 0)
	return err
}

// Merge ends a unit in favour of another from today on.
func (s *Stage) Merge(from, into testkit.Place) {
	s.T.Helper()
	row, err := s.Store.Read().Unit.Get(s.T.Context(), from.ID)
	s.Must(err)
	_, err = s.App.Units.Merge(s.Acting(s.SystemAdmin), from.ID, row.Version, units.MergeUnitInput{IntoID: into.ID, On: s.App.Watches.Today(), Reason: "机构改革"})
	s.Must(err)
}

// Told lists the templates of the messages that a person has about an object, in the order in which they came.
func (s *Stage) Told(who testkit.Person, about ident.ID) []string {
	s.T.Helper()
	rows, err := s.Store.Read().Message.Query().All(s.T.Context())
	s.Must(err)
	slices.SortFunc(rows, func(a, b *ent.Message) int { return a.ID.Compare(b.ID) })
	list := []string{}
	for _, r := range rows {
		if r.RecipientID == who.ID && r.SubjectID == about {
			list = append(list, r.Template)
		}
	}
	return list
}
