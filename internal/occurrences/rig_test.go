package occurrences_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

var shanghai = time.FixedZone("CST", 8*3600)

// desk is a house with the services that reports need, and a plan without tasks.
type desk struct {
	*testkit.House
	t       testing.TB
	watches *watches.Service
	reports *occurrences.Service
	duties  *duties.Service
	plan    ident.ID
	tasks   int
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	kit := testkit.New(t)
	sets, err := ladder.Load(policies.Rules, "rules")
	must(t, err)
	cycles, err := cycle.Load(policies.Rules, "rules")
	must(t, err)
	w := watches.New(kit.Store, kit.Gate, kit.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: shanghai, Cycles: cycles}, nil)
	d := &desk{House: kit.NewHouse("岚"), t: t, watches: w, reports: occurrences.New(kit.Store, kit.Gate, kit.Log, w), plan: kit.Store.NewID()}
	d.duties = duties.New(kit.Store, kit.Gate, kit.Log, w)
	d.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Plan.Create().SetID(d.plan).SetAuthorityID(d.Authority).SetYear(2017).SetTitle("2017年政务公开工作要点").SetStatus(plan.Issued).
			SetIssuedAt(kit.Store.Now()).SetCreatedAt(kit.Store.Now()).Exec(ctx)
	})
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) write(do func(ctx context.Context, tx *ent.Tx) error) {
	d.t.Helper()
	must(d.t, d.Store.Write(access.System(d.t.Context(), "test"), do))
}

// assign hands a task out to the university and the bureau; a cycle may be chosen for it. It returns their duties, accepted.
func (d *desk) assign(chosen string, with func(*ent.TaskCreate)) (university, bureau ident.ID) {
	d.t.Helper()
	d.tasks++
	d.write(func(ctx context.Context, tx *ent.Tx) error {
		create := tx.Task.Create().SetID(d.Store.NewID()).SetAuthorityID(d.Authority).SetPlanID(d.plan).SetPath(unit.Segment(d.tasks)).
			SetKind(plan.Task).SetNumber(fmt.Sprint(d.tasks, ".")).SetTitle("推进信息公开").SetDueDate(workday.MustDate("2018-03-30"))
		if with != nil {
			with(create)
		}
		task, err := create.Save(ctx)
		if err != nil {
			return err
		}
		if chosen != "" {
			if err := d.reports.Choose(ctx, tx, &ent.Plan{ID: d.plan, AuthorityID: d.Authority}, task.ID, chosen); err != nil {
				return err
			}
		}
		made, err := d.duties.Dispatch(ctx, tx, task, []duties.Recipient{
			{UnitID: d.University.ID, UnitPath: string(d.University.Path), Part: duty.Lead}, {UnitID: d.Bureau.ID, UnitPath: string(d.Bureau.Path), Part: duty.Support}})
		for _, m := range made {
			if m.UnitID == d.University.ID {
				university = m.ID
			} else {
				bureau = m.ID
			}
		}
		return err
	})
	_, err := d.duties.Accept(d.Acting(d.Clerk), university, 1)
	must(d.t, err)
	return university, bureau
}

// on moves the clock to 09:00 of a day and runs the job.
func (d *desk) on(day string) occurrences.CheckedReports {
	d.t.Helper()
	d.Clock.Set(workday.MustDate(day).Start(shanghai).Add(9 * time.Hour))
	done, err := d.reports.Check(access.System(d.t.Context(), "reports"))
	must(d.t, err)
	return done
}

// asked finds the report of a period that a duty is asked for.
func (d *desk) asked(dutyID ident.ID, period string) occurrences.DueReport {
	d.t.Helper()
	page, err := d.reports.OfDuty(d.Acting(d.Office), dutyID)
	must(d.t, err)
	for _, r := range page.Items {
		if r.Period == period {
			return r
		}
	}
	d.t.Fatalf("duty is not asked for %s: %+v", period, page.Items)
	return occurrences.DueReport{}
}

// save drafts the university's report on a period.
func (d *desk) save(dutyID ident.ID, period string, in duties.SaveReportInput) duties.Report {
	d.t.Helper()
	in.Kind, in.OccurrenceID = "progress", d.asked(dutyID, period).OccurrenceID
	r, err := d.duties.SaveReport(d.Acting(d.Clerk), dutyID, in)
	must(d.t, err)
	return r
}

// list prints a list of reports asked for: "大学 2017-Q1 2017-03-31".
func (d *desk) list(who testkit.Person, state occurrences.State) []string {
	d.t.Helper()
	lines := []string{}
	for after := ""; ; {
		page, err := d.reports.List(d.Acting(who), occurrences.DueReportQuery{State: state, After: after, Limit: 2})
		must(d.t, err)
		for _, r := range page.Items {
			if r.State != state {
				d.t.Errorf("%s stands in the list of %s: %+v", r.State, state, r)
			}
			lines = append(lines, r.UnitName+" "+r.Period+" "+r.DueDate.String())
		}
		if after = page.Next; after == "" {
			return lines
		}
	}
}

// reminders counts the messages about reports due, by person.
func (d *desk) reminders() map[ident.ID]int {
	d.t.Helper()
	rows, err := d.Store.Read().Message.Query().All(d.t.Context())
	must(d.t, err)
	n := map[ident.ID]int{}
	for _, m := range rows {
		if m.Template == "report.remind" {
			n[m.RecipientID]++
		}
	}
	return n
}
