package clause

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/workday"
)

// clean is a plan without a fault; each case plants one.
const clean = `云泽省教育厅2025年工作要点
一、重点任务
（一）办好开放课堂。（基教处牵头，电教馆配合，2025年6月30日前完成）
（二）编写乡土教材。（教研室负责，2025年9月30日前完成）
`

func lintIDs(t *testing.T, text string) []string {
	t.Helper()
	weekend := func(d workday.Date) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }
	src := FromText("", text)
	d := Parse(src, Options{})
	var ids []string
	for _, f := range Lint(d, LintOptions{Today: workday.MustDate("2025-01-10"), IsWorkday: weekend}) {
		if f.Span.Empty() || f.Span.End > len([]rune(text)) {
			t.Errorf("%s points at %v", f.Rule, f.Span)
		}
		ids = append(ids, fmt.Sprintf("%s@%d", f.Rule, f.Node))
	}
	return ids
}

func TestLint_is_silent_on_a_clean_plan(t *testing.T) {
	if ids := lintIDs(t, clean); len(ids) > 0 {
		t.Errorf("got %v", ids)
	}
}

func TestLint_finds_each_planted_fault(t *testing.T) {
	for want, change := range map[string][2]string{
		"unit.none@3":             {"（教研室负责，2025年9月30日前完成）", "2025年9月30日前完成。"},
		"lead.none@2":             {"基教处牵头，电教馆配合", "电教馆配合"},
		"lead.several@2":          {"基教处牵头", "基教处、职教处牵头"},
		"lead.is_support@2":       {"电教馆配合", "基教处配合"},
		"list.open@3":             {"教研室负责", "教研室等负责"},
		"deadline.none@3":         {"，2025年9月30日前完成", ""},
		"deadline.past@3":         {"2025年9月30日前", "2025年1月9日前"},
		"deadline.day_off@3":      {"2025年9月30日前", "2025年9月28日前"},
		"number.gap@3":            {"（二）", "（四）"},
		"deadline.after_parent@3": {"一、重点任务", "一、重点任务（2025年7月底前完成）"},
	} {
		text := strings.Replace(clean, change[0], change[1], 1)
		if text == clean {
			t.Fatalf("%s: nothing planted", want)
		}
		if ids := lintIDs(t, text); len(ids) != 1 || ids[0] != want {
			t.Errorf("%s: got %v", want, ids)
		}
	}
}

func TestLint_allows_several_leads_by_duty(t *testing.T) {
	text := strings.Replace(clean, "教研室负责", "教研室、督导室按职责分工负责", 1)
	if ids := lintIDs(t, text); len(ids) > 0 {
		t.Errorf("got %v", ids)
	}
}

func TestLint_asks_for_the_year_that_no_document_states(t *testing.T) {
	text := strings.ReplaceAll(strings.ReplaceAll(clean, "2025年", ""), "9月30日", "9月29日")
	if ids := lintIDs(t, text); len(ids) != 2 || ids[0] != "deadline.no_year@2" || ids[1] != "deadline.no_year@3" {
		t.Errorf("got %v", ids)
	}
}

func TestLint_points_at_responsibility_outside_every_node(t *testing.T) {
	d := Draft{Unplaced: []Unplaced{{Span: Span{0, 12}, Text: "增补一项。（办公室负责）", Reason: Unknown}}}
	if f := Lint(d, LintOptions{}); len(f) != 1 || f[0].Rule != UnplacedDuty {
		t.Errorf("got %v", f)
	}
}
