package occurrences_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/testkit/desk"
	"github.com/duban-gov/duban/internal/workday"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestReport_in_time_late_and_missing(t *testing.T) {
	d := desk.New(t)
	university, _ := d.Assign("", nil) // the default: quarterly
	d.On("2017-03-06")
	same(t, "due", d.List(d.Office, occurrences.Due), []string{"岚山大学 2017-Q1 2017-03-31", "岚江市教育局 2017-Q1 2017-03-31"})
	same(t, "due to the clerk", d.List(d.Clerk, occurrences.Due), []string{"岚山大学 2017-Q1 2017-03-31"})

	r := d.Save(university, "2017-Q1", duties.SaveReportInput{Narrative: "已完成起草", Progress: 2000})
	if r.Period != "2017-Q1" || r.DueDate != workday.MustDate("2017-03-31") {
		t.Errorf("drafted as %+v", r)
	}
	if got := d.Asked(university, "2017-Q1"); got.State != occurrences.Due || !got.ReportID.IsZero() {
		t.Errorf("a draft counts as handed in, or shows outside its unit: %+v", got)
	}
	r, err := d.Duties.SubmitReport(d.Acting(d.Clerk), r.ID, r.Version)
	must(t, err)
	same(t, "due after the university's report", d.List(d.Office, occurrences.Due), []string{"岚江市教育局 2017-Q1 2017-03-31"})

	done := d.On("2017-04-05")
	if done.Lapsed != 1 || done.Closed != 1 || done.Opened != 1 {
		t.Errorf("after the first quarter the job did %+v", done)
	}
	same(t, "missing", d.List(d.Office, occurrences.Missing), []string{"岚江市教育局 2017-Q1 2017-03-31"})
	same(t, "missing of others", d.List(d.Clerk, occurrences.Missing), []string{})
	if got := d.Asked(university, "2017-Q1"); got.State != occurrences.HandedIn || got.HandedInOn != workday.MustDate("2017-03-06") {
		t.Errorf("the report in time stands as %+v", got)
	}

	d.On("2017-07-10")
	counts, err := d.Reports.Counts(d.Acting(d.Office), occurrences.DueReportQuery{})
	must(t, err)
	if counts.Missing != len(d.List(d.Office, occurrences.Missing)) || counts.Due != len(d.List(d.Office, occurrences.Due)) || counts.Missing == 0 || counts.Capped {
		t.Errorf("counted %+v", counts)
	}
	counts, err = d.Reports.Counts(d.Acting(d.Office), occurrences.DueReportQuery{DueTo: workday.MustDate("2017-07-10")})
	must(t, err)
	if counts.Due != 0 || counts.Missing == 0 {
		t.Errorf("due today %+v", counts)
	}
	same(t, "missing in July", d.List(d.Clerk, occurrences.Missing), []string{"岚山大学 2017-Q2 2017-06-30"})
	r = d.Save(university, "2017-Q2", duties.SaveReportInput{Narrative: "已印发", Progress: 5000})
	r, err = d.Duties.SubmitReport(d.Acting(d.Clerk), r.ID, r.Version)
	must(t, err)
	if r.DaysLate != 10 {
		t.Errorf("late by %d days, want 10", r.DaysLate)
	}
	same(t, "late", d.List(d.Office, occurrences.Late), []string{"岚山大学 2017-Q2 2017-06-30"})
	if got := d.Asked(university, "2017-Q2"); got.HandedInOn != workday.MustDate("2017-07-10") || got.DaysLate != 10 {
		t.Errorf("late stands as %+v", got)
	}
	standings, err := d.Reports.Standings(d.Acting(d.Office), occurrences.StandingQuery{})
	must(t, err)
	if got := fmt.Sprint(standings.Items[0].Name, standings.Items[0].Missing, standings.Items[0].Late, standings.Items[1].Name, standings.Items[1].Missing, standings.Items[1].Late); got != "岚江市教育局2 0岚山大学0 1" {
		t.Errorf("standings %s", got)
	}
	byPlan, err := d.Reports.Standings(d.Acting(d.Office), occurrences.StandingQuery{By: "plan", PlanID: d.Plan})
	must(t, err)
	if len(byPlan.Items) != 1 || byPlan.Items[0].Missing != 2 || byPlan.Items[0].Late != 1 {
		t.Errorf("by plan %+v", byPlan)
	}
	_, err = d.Duties.WithdrawReport(d.Acting(d.Clerk), r.ID, r.Version)
	must(t, err)
	same(t, "missing after it was taken back", d.List(d.Clerk, occurrences.Missing), []string{"岚山大学 2017-Q2 2017-06-30"})
}

func TestReport_sent_back_keeps_the_day_on_which_it_came(t *testing.T) {
	d := desk.New(t)
	university, _ := d.Assign("", nil)
	d.On("2017-03-30")
	r := d.Save(university, "2017-Q1", duties.SaveReportInput{Narrative: "已完成起草"})
	r, err := d.Duties.SubmitReport(d.Acting(d.Clerk), r.ID, r.Version)
	must(t, err)
	r, err = d.Duties.SendBackReport(d.Acting(d.Head), r.ID, r.Version, duties.SendBackReportInput{Reason: "太简单"})
	must(t, err)
	d.On("2017-04-05")
	r, err = d.Duties.SubmitReport(d.Acting(d.Clerk), r.ID, r.Version)
	must(t, err)
	if r.DaysLate != 0 || r.HandedInOn != workday.MustDate("2017-03-30") {
		t.Errorf("sending back made it late: %+v", r)
	}
	in := duties.SaveReportInput{Kind: "progress", Narrative: "又一份", OccurrenceID: r.OccurrenceID}
	_, err = d.Duties.SaveReport(d.Acting(d.Head), university, in)
	if fault.CodeOf(err) != "report.occurrence_answered" {
		t.Errorf("a second report on the period: %v", err)
	}
}

func TestReport_after_assignment_has_content_rules(t *testing.T) {
	d := desk.New(t)
	university, bureau := d.Assign("days_1_3_7", nil)
	d.On("2017-03-06")
	same(t, "due", d.List(d.Clerk, occurrences.Due), []string{"岚山大学 D1 2017-03-07", "岚山大学 D3 2017-03-09", "岚山大学 D7 2017-03-13"})
	r := d.Save(university, "D1", duties.SaveReportInput{Narrative: "已收到"})
	_, err := d.Duties.SubmitReport(d.Acting(d.Clerk), r.ID, r.Version)
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) != 2 || f.Fields[0].Location != "report.responsible" || f.Fields[1].Location != "report.next_steps" {
		t.Fatalf("submitted without who and how: %v", err)
	}
	r, err = d.Duties.EditReport(d.Acting(d.Clerk), r.ID, r.Version, duties.SaveReportInput{Kind: "progress", OccurrenceID: r.OccurrenceID, Responsible: "李敏", NextSteps: "三日内成立专班"})
	must(t, err)
	_, err = d.Duties.SubmitReport(d.Acting(d.Clerk), r.ID, r.Version)
	must(t, err) // it says what it was asked for, though nothing was done yet

	d.On("2017-03-08")
	same(t, "missing on the second day", d.List(d.Office, occurrences.Missing), []string{"岚江市教育局 D1 2017-03-07"})
	moved, err := d.Duties.Get(d.Acting(d.Office), bureau)
	must(t, err)
	_, err = d.Duties.Return(d.Acting(d.BureauHead), bureau, moved.Version, duties.ReturnDutyInput{Reason: "非我单位职责"})
	must(t, err)
	_, err = d.Duties.Reassign(d.Acting(d.Office), bureau, moved.Version+1, duties.ReassignDutyInput{UnitID: d.School.ID, Reason: "职责调整"})
	must(t, err)
	d.On("2017-03-08")
	same(t, "due to the school, from the day on which it got the duty", d.List(d.SchoolClerk, occurrences.Due),
		[]string{"岚山大学附属中学 D1 2017-03-09", "岚山大学附属中学 D3 2017-03-13", "岚山大学附属中学 D7 2017-03-15"})
	same(t, "missing after the bureau gave it up", d.List(d.Office, occurrences.Missing), []string{})
	_, err = d.Duties.SaveReport(d.Acting(d.Clerk), university, duties.SaveReportInput{Kind: "progress", OccurrenceID: d.Asked(bureau, "D3").OccurrenceID})
	if !errors.As(err, &f) || f.Fields[0].Code != "report.occurrence" {
		t.Errorf("answered another duty's report: %v", err)
	}
}

func TestClause_and_milestones_bring_their_own_cycle(t *testing.T) {
	d := desk.New(t)
	d.Assign("", func(c *ent.TaskCreate) { c.SetRecurrence("FREQ=MONTHLY;BYMONTHDAY=28") })
	d.Assign("milestones", func(c *ent.TaskCreate) { c.SetMilestones([]byte(`[{"due":"2017-05-31"},{"due":"2017-03-17"}]`)) })
	d.Assign("none", nil)
	d.On("2017-03-06")
	same(t, "due", d.List(d.Clerk, occurrences.Due), []string{"岚山大学 M1 2017-03-17", "岚山大学 2017-03 2017-03-28"})
	d.On("2017-03-18")
	same(t, "due after the first milestone", d.List(d.Clerk, occurrences.Due), []string{"岚山大学 2017-03 2017-03-28", "岚山大学 M2 2017-05-31"})
}

// TestCheck_after_any_downtime_does_what_daily_checks_do compares a job that ran every day with one that was down at random.
func TestCheck_after_any_downtime_does_what_daily_checks_do(t *testing.T) {
	play := func(days []int) (rows []string, reminded, perPerson int) {
		d := desk.New(t)
		d.Assign("", nil)
		d.Assign("monthly_after", nil)
		d.Assign("days_1_3_7", nil)
		start := workday.MustDate("2017-03-06")
		for _, day := range days {
			reminded += d.On(start.AddDays(day).String()).Reminded
		}
		lapses, err := d.Store.Read().Lapse.Query().All(t.Context())
		must(t, err)
		for _, l := range lapses {
			rows = append(rows, fmt.Sprint(l.DutyID == l.TaskID, l.UnitPath, l.Period, l.DueDate, l.HandedInOn))
		}
		sort.Strings(rows)
		return rows, reminded, d.Reminders()[d.Clerk.ID]
	}
	var daily []int
	for day := range 101 {
		daily = append(daily, day)
	}
	want, n, each := play(daily)
	if n == 0 || each != n || len(want) != 2*(1+3+3) {
		t.Fatalf("daily: %d lapses %v, %d reminders, %d to the clerk", len(want), want, n, each)
	}
	gaps := rapid.SliceOfN(rapid.IntRange(1, 90), 10, 30)
	for seed := range 10 {
		away, last := []int{0}, 0
		for _, gap := range gaps.Example(seed) {
			last = min(100, last+gap)
			away = append(away, last, last) // twice on one day does nothing more
		}
		got, reminders, perPerson := play(append(away, 100))
		if !slices.Equal(got, want) {
			t.Fatalf("down between %v: lapses %v, want %v", away, got, want)
		}
		if reminders > n || perPerson != reminders {
			t.Fatalf("down between %v: %d reminders, %d to the clerk; daily %d", away, reminders, perPerson, n)
		}
	}
}

func TestCheck_is_the_programs_own(t *testing.T) {
	d := desk.New(t)
	if _, err := d.Reports.Check(d.Acting(d.Office)); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the office ran the job: %v", err)
	}
}

func TestReplan_asks_by_the_new_cycle_from_today_on(t *testing.T) {
	d := desk.New(t)
	university, _ := d.Assign("", nil)
	d.On("2017-04-10")
	r := d.Save(university, "2017-Q2", duties.SaveReportInput{Narrative: "x"})
	d.Write(func(ctx context.Context, tx *ent.Tx) error {
		p := &ent.Plan{ID: d.Plan, AuthorityID: d.Authority}
		if err := d.Reports.Choose(ctx, tx, p, r.DutyID, "never"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("chose an unknown cycle: %v", err)
		}
		if err := d.Reports.Choose(ctx, tx, p, ident.ID{}, "monthly"); err != nil {
			return err
		}
		tx.Task.Update().SetParts(2).ExecX(ctx)
		return d.Reports.Replan(ctx, tx, p, ident.ID{})
	})
	d.On("2017-04-10")
	same(t, "due", d.List(d.Clerk, occurrences.Due), []string{"岚山大学 2017-04 2017-04-28", "岚山大学 2017-Q2 2017-06-30"})
}

func TestList_refuses_a_cursor_of_another_list(t *testing.T) {
	d := desk.New(t)
	for _, q := range []occurrences.DueReportQuery{{After: "x"}, {After: "2017-03-31~x~y"}, {After: "x", State: occurrences.Missing}} {
		_, err := d.Reports.List(d.Acting(d.Office), q)
		var f *fault.Error
		if !errors.As(err, &f) || f.Fields[0].Location != "query.after" {
			t.Errorf("cursor %q: %v", q.After, err)
		}
	}
}
