// Package desk gives tests of reports a house with the services that reports need: tasks are handed out, the clock moves, the job runs.
package desk

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
	"github.com/duban-gov/duban/internal/indicators"
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

// Desk is a house with the services that reports need, and an issued plan without tasks.
type Desk struct {
	*testkit.House
	Watches    *watches.Service
	Reports    *occurrences.Service
	Indicators *indicators.Service
	Duties     *duties.Service
	Plan       ident.ID
	LastTask   ident.ID // handed out last

	t     testing.TB
	tasks int
}

// New builds a desk with the rule files that the program ships with.
func New(t testing.TB) *Desk {
	t.Helper()
	kit := testkit.New(t)
	sets, err := ladder.Load(policies.Rules, "rules")
	must(t, err)
	cycles, err := cycle.Load(policies.Rules, "rules")
	must(t, err)
	w := watches.New(kit.Store, kit.Gate, kit.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: shanghai, Cycles: cycles}, nil)
	d := &Desk{House: kit.NewHouse("岚"), t: t, Watches: w, Reports: occurrences.New(kit.Store, kit.Gate, kit.Log, w), Plan: kit.Store.NewID()}
	d.Indicators = indicators.New(kit.Store, kit.Gate, kit.Log, d.Reports)
	d.Duties = duties.New(kit.Store, kit.Gate, kit.Log, w)
	d.Write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Plan.Create().SetID(d.Plan).SetAuthorityID(d.Authority).SetYear(2017).SetTitle("2017年政务公开工作要点").SetStatus(plan.Issued).
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

// Write runs fn in a transaction of the program.
func (d *Desk) Write(do func(ctx context.Context, tx *ent.Tx) error) {
	d.t.Helper()
	must(d.t, d.Store.Write(access.System(d.t.Context(), "test"), do))
}

// Assign hands a task out to the university and the bureau; a cycle may be chosen for it. It returns their duties, accepted.
func (d *Desk) Assign(chosen string, with func(*ent.TaskCreate)) (university, bureau ident.ID) {
	d.t.Helper()
	d.tasks++
	d.Write(func(ctx context.Context, tx *ent.Tx) error {
		create := tx.Task.Create().SetID(d.Store.NewID()).SetAuthorityID(d.Authority).SetPlanID(d.Plan).SetPath(unit.Segment(d.tasks)).
			SetKind(plan.Task).SetNumber(fmt.Sprint(d.tasks, ".")).SetTitle("推进信息公开").SetDueDate(workday.MustDate("2018-03-30"))
		if with != nil {
			with(create)
		}
		task, err := create.Save(ctx)
		if err != nil {
			return err
		}
		d.LastTask = task.ID
		if chosen != "" {
			if err := d.Reports.Choose(ctx, tx, &ent.Plan{ID: d.Plan, AuthorityID: d.Authority}, task.ID, chosen); err != nil {
				return err
			}
		}
		made, err := d.Duties.Dispatch(ctx, tx, task, []duties.Recipient{
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
	_, err := d.Duties.Accept(d.Acting(d.Clerk), university, 1)
	must(d.t, err)
	return university, bureau
}

// On moves the clock to 09:00 of a day and runs the job.
func (d *Desk) On(day string) occurrences.CheckedReports {
	d.t.Helper()
	d.Clock.Set(workday.MustDate(day).Start(shanghai).Add(9 * time.Hour))
	done, err := d.Reports.Check(access.System(d.t.Context(), "reports"))
	must(d.t, err)
	return done
}

// Asked finds the report of a period that a duty is asked for.
func (d *Desk) Asked(dutyID ident.ID, period string) occurrences.DueReport {
	d.t.Helper()
	page, err := d.Reports.OfDuty(d.Acting(d.Office), dutyID)
	must(d.t, err)
	for _, r := range page.Items {
		if r.Period == period {
			return r
		}
	}
	d.t.Fatalf("duty is not asked for %s: %+v", period, page.Items)
	return occurrences.DueReport{}
}

// Save drafts the university's report on a period.
func (d *Desk) Save(dutyID ident.ID, period string, in duties.SaveReportInput) duties.Report {
	d.t.Helper()
	in.Kind, in.OccurrenceID = "progress", d.Asked(dutyID, period).OccurrenceID
	r, err := d.Duties.SaveReport(d.Acting(d.Clerk), dutyID, in)
	must(d.t, err)
	return r
}

// List prints a list of reports asked for: "大学 2017-Q1 2017-03-31".
func (d *Desk) List(who testkit.Person, state occurrences.State) []string {
	d.t.Helper()
	lines := []string{}
	for after := ""; ; {
		page, err := d.Reports.List(d.Acting(who), occurrences.DueReportQuery{State: state, After: after, Limit: 2})
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

// Reminders counts the messages about reports due, by person.
func (d *Desk) Reminders() map[ident.ID]int {
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
