package apitest

import (
	"fmt"
	"maps"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
)

// The requests of what is reported: cycles, indicators, corrections, digests.
func init() {
	maps.Copy(goods, map[string]good{
		"set-plan-reporting":    {body: `{"cycle":"monthly"}`},
		"change-plan-reporting": {body: `{"cycle":"monthly","reason":"按月报送"}`},
		"create-indicator":      {body: `{"name":"在线办结率","measure":"%","every":"month","gather":"avg"}`},
		"update-indicator":      {body: `{"name":"主动公开信息总数","measure":"条","every":"quarter","gather":"sum"}`},
		"roll-up-indicator":     {query: "period=2017"},
		"get-unit-burden":       {query: "year=2017"},
		"rank-burdens":          {query: "year=2017"},
		"set-digest":            {body: `{"on":true,"hour":9}`},
		"correct-report":        {body: `{"reason":"数字有误"}`},
	})
}

// fillIndicators makes an indicator that is asked for and one that is not any more.
func (w *world) fillIndicators() {
	w.T.Helper()
	office := w.as("office.home")
	for _, state := range []string{"live", "retired"} {
		i, err := w.app.Indicators.Create(office, indicators.SaveIndicatorInput{Name: "信息数 " + state, Measure: "条", Every: "quarter", Gather: "sum"})
		w.must(err)
		if state == "retired" {
			_, err = w.app.Indicators.Retire(office, i.ID, i.Version)
			w.must(err)
		}
		w.add("indicator", state, "indicators", i.ID, w.home.University)
	}
}

// crowdReports opens the reports of all plans, and confirms figures.
func (w *world) crowdReports() {
	w.T.Helper()
	_, err := w.app.Occurrences.Check(access.System(w.T.Context(), "reports"))
	w.must(err)
	id := w.object("indicator", "live").id
	for i := range 4 {
		_, err = w.app.Indicators.Create(w.as("office.home"), indicators.SaveIndicatorInput{Name: fmt.Sprint("第", i, "项"), Every: "month", Gather: "avg"})
		w.must(err)
		w.figure(id, float64(i), fmt.Sprint("2017-Q", i+1))
	}
}

// figure confirms one figure of the university.
func (w *world) figure(indicator ident.ID, value float64, period string) {
	w.T.Helper()
	s, clerk := w.app.Duties, w.as("unit_clerk.own")
	r, err := s.SaveReport(clerk, w.duty(duty.Active), duties.SaveReportInput{Kind: "progress", Narrative: "已公开",
		Figures: []indicators.ReportedFigure{{IndicatorID: indicator, Value: value, Period: period}}})
	w.must(err)
	r, err = s.SubmitReport(clerk, r.ID, r.Version)
	w.must(err)
	r, err = s.ReviewReport(w.as("unit_head.own"), r.ID, r.Version)
	w.must(err)
	_, err = s.ConfirmReport(w.as("office.home"), r.ID, r.Version)
	w.must(err)
}
