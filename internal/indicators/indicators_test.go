package indicators_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/testkit/desk"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantField expects a bad field at a place.
func wantField(t *testing.T, err error, location, code string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) == 0 || f.Fields[0].Location != location || f.Fields[0].Code != code {
		t.Fatalf("got %v, want %s: %s", err, location, code)
	}
}

type office struct {
	*desk.Desk
	t         *testing.T
	published indicators.Indicator
}

func newOffice(t *testing.T) *office {
	t.Helper()
	d := desk.New(t)
	i, err := d.Indicators.Create(d.Acting(d.Office), indicators.SaveIndicatorInput{Name: "主动公开信息数", Measure: "条", Every: cycle.Quarter, Gather: figure.Sum})
	must(t, err)
	return &office{d, t, i}
}

// asks hands out a task whose reports have to give the indicator; it returns the university's duty.
func (o *office) asks() ident.ID {
	o.t.Helper()
	university, _ := o.Assign("", nil)
	o.Write(func(ctx context.Context, tx *ent.Tx) error {
		return o.Indicators.Ask(ctx, tx, o.Authority, o.Plan, o.LastTask, []ident.ID{o.published.ID})
	})
	o.On(o.Watches.Today().String())
	return university
}

func (o *office) gives(value float64, reason string) duties.SaveReportInput {
	return duties.SaveReportInput{Narrative: "已公开", Figures: []indicators.ReportedFigure{{IndicatorID: o.published.ID, Value: value, Reason: reason}}}
}

// confirm takes a draft of the university past everybody.
func (o *office) confirm(r duties.Report) (duties.Report, error) {
	o.t.Helper()
	r, err := o.Duties.SubmitReport(o.Acting(o.Clerk), r.ID, r.Version)
	if err != nil {
		return r, err
	}
	r, err = o.Duties.ReviewReport(o.Acting(o.Head), r.ID, r.Version)
	must(o.t, err)
	return o.Duties.ConfirmReport(o.Acting(o.Office), r.ID, r.Version)
}

func (o *office) total(label string) string {
	o.t.Helper()
	sum, err := o.Indicators.RollUp(o.Acting(o.Office), o.published.ID, ident.ID{}, label)
	must(o.t, err)
	if sum.Value == nil {
		return "-"
	}
	return fmt.Sprint(*sum.Value, " of ", sum.Counted)
}

func TestFigure_confirmed_once_answers_every_plan(t *testing.T) {
	o := newOffice(t)
	one, other := o.asks(), o.asks()
	r := o.Save(one, "2017-Q1", duties.SaveReportInput{Narrative: "已公开"})
	_, err := o.Duties.SubmitReport(o.Acting(o.Clerk), r.ID, r.Version)
	wantField(t, err, "report.figures", "figure.asked")
	in := o.gives(1280, "")
	in.Kind, in.OccurrenceID = "progress", r.OccurrenceID
	r, err = o.Duties.EditReport(o.Acting(o.Clerk), r.ID, r.Version, in)
	must(t, err)
	if r.Figures[0].Period != "2017-Q1" {
		t.Errorf("the figure is of %s", r.Figures[0].Period)
	}
	if got := o.total("2017"); got != "-" {
		t.Errorf("a draft counts: %s", got)
	}
	first, err := o.confirm(r)
	must(t, err)
	if got := o.total("2017-Q1"); got != "1280 of 1" {
		t.Errorf("rolled up to %s", got)
	}

	asked, err := o.Indicators.Asked(o.Acting(o.Clerk), other, o.Asked(other, "2017-Q1").OccurrenceID)
	must(t, err)
	if c := asked.Items[0].Confirmed; c == nil || c.Value != 1280 || c.ReportID != first.ID || c.PlanTitle == "" {
		t.Fatalf("the other duty is offered %+v", asked.Items)
	}
	second := o.Save(other, "2017-Q1", duties.SaveReportInput{Narrative: "已公开"})
	_, err = o.confirm(second) // it need not give what is confirmed
	must(t, err)
}

func TestFigure_that_differs_says_why_and_replaces(t *testing.T) {
	o := newOffice(t)
	one, other := o.asks(), o.asks()
	first, err := o.confirm(o.Save(one, "2017-Q1", o.gives(1280, "")))
	must(t, err)
	_, err = o.confirm(o.Save(other, "2017-Q1", o.gives(1300, "")))
	wantField(t, err, "report.figures[0]", "figure.contradicts")
	page, err := o.Duties.Reports(o.Acting(o.Clerk), other, "", 0)
	must(t, err)
	r, in := page.Items[0], o.gives(1300, "原数漏报")
	in.Kind, in.OccurrenceID = "progress", page.Items[0].OccurrenceID
	r, err = o.Duties.EditReport(o.Acting(o.Clerk), r.ID, r.Version, in)
	must(t, err)
	_, err = o.confirm(r)
	must(t, err)
	if got := o.total("2017"); got != "1300 of 1" {
		t.Errorf("rolled up to %s", got)
	}
	history, err := o.Indicators.Figures(o.Acting(o.Office), o.published.ID, ident.ID{}, "", 0)
	must(t, err)
	if len(history.Items) != 2 || history.Items[0].ReplacedByID != history.Items[1].ID || history.Items[1].Reason != "原数漏报" || history.Items[0].ReportID != first.ID {
		t.Errorf("history %+v", history.Items)
	}

	c, err := o.Duties.CorrectReport(o.Acting(o.Clerk), r.ID, r.Version+3, duties.CorrectReportInput{Reason: "又漏报"})
	must(t, err)
	in = o.gives(1310, "")
	in.Kind, in.OccurrenceID = "progress", c.OccurrenceID
	c, err = o.Duties.EditReport(o.Acting(o.Clerk), c.ID, c.Version, in)
	must(t, err)
	_, err = o.confirm(c) // a correction needs no second reason for its own figure
	must(t, err)
	if got := o.total("2017-Q1"); got != "1310 of 1" {
		t.Errorf("after the correction %s", got)
	}
}

func TestConfirm_of_a_figure_that_was_confirmed_meanwhile_conflicts(t *testing.T) {
	o := newOffice(t)
	one, other := o.asks(), o.asks()
	late := o.Save(other, "2017-Q1", o.gives(1300, ""))
	late, err := o.Duties.SubmitReport(o.Acting(o.Clerk), late.ID, late.Version)
	must(t, err)
	late, err = o.Duties.ReviewReport(o.Acting(o.Head), late.ID, late.Version)
	must(t, err)
	_, err = o.confirm(o.Save(one, "2017-Q1", o.gives(1280, "")))
	must(t, err)
	_, err = o.Duties.ConfirmReport(o.Acting(o.Office), late.ID, late.Version)
	if fault.CodeOf(err) != "figure.contradicts" || fault.KindOf(err) != fault.Conflict {
		t.Errorf("confirmed: %v", err)
	}
	if got := o.total("2017"); got != "1280 of 1" {
		t.Errorf("rolled up to %s", got)
	}
}

func TestCheck_names_every_bad_figure(t *testing.T) {
	o := newOffice(t)
	duty := o.asks()
	for code, f := range map[string][]indicators.ReportedFigure{
		"body.figures[0].indicator_id indicator.unknown": {{IndicatorID: o.Plan, Value: 1}},
		"body.figures[0].period figure.period":           {{IndicatorID: o.published.ID, Value: 1, Period: "2017-03"}},
		"body.figures[0].value figure.value":             {{IndicatorID: o.published.ID, Value: 0.12345}},
		"body.figures[1].indicator_id figure.twice":      {{IndicatorID: o.published.ID, Value: 1}, {IndicatorID: o.published.ID, Value: 1, Period: "2017-Q1"}},
	} {
		_, err := o.Duties.SaveReport(o.Acting(o.Clerk), duty, duties.SaveReportInput{Kind: "progress", Figures: f})
		var at, want string
		_, _ = fmt.Sscan(code, &at, &want)
		wantField(t, err, at, want)
	}
	_, err := o.Duties.SaveReport(o.Acting(o.Clerk), duty, duties.SaveReportInput{Kind: "completion", Figures: o.gives(1, "").Figures})
	wantField(t, err, "body.figures", "figure.progress_only")
}

func TestIndicator_life(t *testing.T) {
	o := newOffice(t)
	boss, in := o.Acting(o.Office), indicators.SaveIndicatorInput{Name: " 主动公开信息数 ", Every: cycle.Month, Gather: figure.Last}
	_, err := o.Indicators.Create(boss, in)
	if fault.CodeOf(err) != "indicator.name_taken" {
		t.Errorf("a second one of the name: %v", err)
	}
	if _, err := o.Indicators.Create(o.Acting(o.Clerk), in); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a clerk made one: %v", err)
	}
	i, err := o.Indicators.Update(boss, o.published.ID, o.published.Version, in)
	must(t, err)
	if i.Every != cycle.Month || i.Name != "主动公开信息数" || !i.Manage {
		t.Errorf("changed to %+v", i)
	}
	o.published = i
	university := o.asks()
	_, err = o.confirm(o.Save(university, "2017-Q1", o.gives(7, "")))
	must(t, err)
	in.Every = cycle.Quarter
	if _, err = o.Indicators.Update(boss, i.ID, i.Version, in); fault.CodeOf(err) != "indicator.has_figures" {
		t.Errorf("the period changed under its figures: %v", err)
	}
	if got := o.total("2017-03"); got != "7 of 1" { // a quarter's report gives the figure of its last month
		t.Errorf("rolled up to %s", got)
	}
	i, err = o.Indicators.Retire(boss, i.ID, i.Version)
	must(t, err)
	if _, err = o.Indicators.Retire(boss, i.ID, i.Version); fault.CodeOf(err) != "indicator.retired" {
		t.Errorf("retired twice: %v", err)
	}
	other := o.Desk
	asked, err := other.Indicators.Asked(o.Acting(o.Clerk), university, ident.ID{})
	must(t, err)
	if len(asked.Items) != 0 {
		t.Errorf("a retired one is asked for: %+v", asked.Items)
	}
	_, err = o.Indicators.Restore(boss, i.ID, i.Version)
	must(t, err)
}

func TestBurden_counts_a_figure_once(t *testing.T) {
	o := newOffice(t)
	o.asks()
	o.asks()
	o.Assign("days_1_3_7", nil)
	b, err := o.Indicators.Burden(o.Acting(o.Office), o.University.ID, 2017)
	must(t, err)
	var months []string
	for _, m := range b.Months {
		if m.Reports > 0 {
			months = append(months, fmt.Sprint(m.Month, ":", m.Reports, "/", m.Fields, "/", m.Figures, "/", m.Saved))
		}
	}
	// In March two quarterly reports with one figure between them, and three reports with 2 + 1 + 1 fields; then the quarters. The
	// fourth quarter ends on a Sunday and its reports fall due in January.
	if got := fmt.Sprint(months); got != "[3:5/7/1/1 6:2/3/1/1 9:2/3/1/1]" || b.Fields != 13 {
		t.Errorf("burden %s, %d fields", got, b.Fields)
	}
	top, err := o.Indicators.Burdens(o.Acting(o.Office), 2017, 3, 0)
	must(t, err)
	if len(top.Items) != 2 || top.Items[0].Fields != 13 || top.Items[1].Fields != 13 {
		t.Errorf("ranked %+v", top.Items)
	}
	own, err := o.Indicators.Burdens(o.Acting(o.Clerk), 2017, 0, 0)
	must(t, err)
	if len(own.Items) != 1 || own.Items[0].UnitID != o.University.ID {
		t.Errorf("a clerk sees %+v", own.Items)
	}
	if _, err = o.Indicators.Burden(o.Acting(o.Clerk), o.Bureau.ID, 2017); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a clerk sees another unit's burden: %v", err)
	}
}
