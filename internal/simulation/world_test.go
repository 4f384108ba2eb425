package simulation

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// begin is the first day: from September on there are the National Day week and New Year's Day to cross.
var begin = workday.MustDate("2017-08-28")

// world is one played seed: a house, its database and the two servers on it.
type world struct {
	*testkit.House
	tally
	t        *testing.T
	r        *rand.Rand
	app, two *app.App
	mutant   func(*app.App)

	plan, inspection ident.ID
	duties, notices  []ident.ID
	findings         []ident.ID
	clerk            testkit.Person // of the university, at the moment

	trial faults
	truth truth
	trace []string // what happened last
}

func newWorld(t *testing.T, seed uint64) *world {
	t.Helper()
	k := testkit.New(t)
	w := &world{t: t, r: rand.New(rand.NewPCG(seed, 90)), truth: newTruth()}
	k.Clock.Set(begin.Start(shanghai).Add(8 * time.Hour))
	w.House = k.NewHouse("岚")
	w.clerk = w.Clerk
	w.plan = k.Store.NewID()
	return w
}

// open starts a server on the world's database, as the program does. Only the first of the two suffers.
func (w *world) open(suffers bool) *app.App {
	w.t.Helper()
	c := config.Default()
	c.DatabaseURL, c.DataDir, c.Private = w.URL, w.t.TempDir(), ""
	trial := &store.Trial{Loose: true}
	if suffers {
		trial.At = w.at
	}
	a, err := app.Build(context.Background(), c, app.Options{Now: w.Clock.Now, Trial: trial, Bare: true})
	if err != nil {
		w.t.Fatal(err)
	}
	if w.mutant != nil {
		w.mutant(a)
	}
	return a
}

// set makes the plan and the open inspection that everything belongs to.
func (w *world) set() error {
	w.app, w.two = w.open(true), w.open(false)
	w.t.Cleanup(func() { _, _ = w.app.Close(), w.two.Close() })
	err := w.app.Store.Write(access.System(context.Background(), "test"), func(ctx context.Context, tx *ent.Tx) error {
		return tx.Plan.Create().SetID(w.plan).SetAuthorityID(w.Authority).SetYear(2017).SetTitle("年度要点").SetStatus(plan.Issued).
			SetIssuedAt(w.Store.Now()).SetCreatedAt(w.Store.Now()).Exec(ctx)
	})
	if err != nil {
		return err
	}
	lead := w.Acting(w.Inspector)
	v, err := w.app.Inspections.Create(lead, inspections.CreateInspectionInput{Title: "专项督查", Kind: rectify.Special, Basis: "会议纪要", Scope: "信息公开", Methods: []rectify.Method{rectify.Visit},
		StartsOn: begin, EndsOn: begin.AddDays(200), UnitIDs: []ident.ID{w.University.ID, w.Bureau.ID},
		StaffInspectionInput: inspections.StaffInspectionInput{LeaderID: w.Inspector.ID, MemberIDs: []ident.ID{w.Colleague.ID}}})
	if err != nil {
		return err
	}
	w.inspection = v.ID
	if v, err = w.app.Inspections.Propose(lead, v.ID, v.Version, inspections.ProposeInspectionInput{}); err != nil {
		return err
	}
	if v, err = w.app.Inspections.Approve(w.Acting(w.Leader), v.ID, v.Version); err != nil {
		return err
	}
	_, err = w.app.Inspections.Open(lead, v.ID, v.Version)
	return err
}

// play lives through so many days.
func (w *world) play(length int) error {
	if err := w.set(); err != nil {
		return err
	}
	for day := range length {
		if err := w.day(begin.AddDays(day)); err != nil {
			return fmt.Errorf("day %d: %w", day, err)
		}
	}
	return w.whole()
}

// day is one day: some acts at their hours, then the deadlines, unless the servers are down that day.
func (w *world) day(date workday.Date) error {
	w.Clock.Set(date.Start(shanghai).Add(8*time.Hour + time.Duration(w.r.IntN(30))*time.Minute))
	for range 1 + w.r.IntN(3) {
		w.Clock.Advance(time.Duration(1+w.r.IntN(120)) * time.Minute)
		w.trial.arm(w.r)
		act := pick(w.r)
		err := w.survive(act.name, func() error { return act.do(w) })
		if err != nil {
			return err
		}
		if err := w.record(); err != nil {
			return fmt.Errorf("after %s: %w", act.name, err)
		}
	}
	if w.r.IntN(100) < 8 { // nobody looks today
		return nil
	}
	if err := w.trouble(); err != nil {
		return err
	}
	w.trial.arm(w.r)
	if err := w.survive("check", w.check); err != nil {
		return err
	}
	return w.whole()
}

// survive does something and, if the server died of it, starts another one, which has to carry on with what was kept.
func (w *world) survive(name string, do func() error) error {
	err := do()
	w.say("%s %s: %v", w.Clock.Now().In(shanghai).Format("01-02 15:04"), name, err)
	w.conflicts.Add(w.trial.refused)
	dead := w.trial.dead
	w.trial = faults{}
	if dead {
		w.crashes.Add(1)
		if err := w.app.Close(); err != nil {
			return err
		}
		w.app = w.open(true)
		return w.resume()
	}
	w.acts.Add(1)
	switch {
	case err == nil:
		return nil
	case fault.As(err) != nil && legal[fault.KindOf(err)]:
		w.refused.Add(1)
		return nil
	}
	return fmt.Errorf("%s failed: %w", name, err)
}

// legal are the kinds of a refusal: a rule says no. Anything else is a fault of the program.
var legal = map[fault.Kind]bool{fault.Conflict: true, fault.Forbidden: true, fault.NotFound: true, fault.Invalid: true, fault.Stale: true}

// resume is what a server does when it starts: it looks at the deadlines and finishes what a calendar has left.
func (w *world) resume() error {
	if err := w.app.Calendars.Finish(access.System(context.Background(), "calendar")); err != nil {
		return fmt.Errorf("finish calendar after a crash: %w", err)
	}
	if err := w.learn(); err != nil {
		return err
	}
	if err := w.check(); err != nil {
		return fmt.Errorf("check after a crash: %w", err)
	}
	return w.whole()
}

func (w *world) say(format string, args ...any) {
	w.trace = append(w.trace, fmt.Sprintf(format, args...))
	if len(w.trace) > 25 {
		w.trace = w.trace[1:]
	}
}

func (w *world) job(name string) context.Context { return access.System(context.Background(), name) }

// today is the date by the clock.
func (w *world) today() workday.Date { return workday.DateOf(w.Clock.Now(), shanghai) }

var errDead = errors.New("the server is dead")
