package ledgers_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/words"
)

// What the page chooses in codes and ids is named in words; what somebody typed is left as it is.
func TestFacets_say_what_was_asked_in_the_readers_words(t *testing.T) {
	o := newOffice(t)
	nobody := o.Store.NewID().String()
	ids := strings.NewReplacer("UNIT", o.University.ID.String(), "SCHOOL", o.School.ID.String(), "PLAN", o.Plan.String(), "LEADER", o.Leader.ID.String(),
		"TASK", o.Tasks[1].ID.String(), "NOBODY", nobody)
	names := strings.NewReplacer("UNIT", o.University.Name, "SCHOOL", o.School.Name, "LEADER", o.Leader.Name, "NOBODY", nobody)
	for _, c := range []struct {
		lang    words.Lang
		q, want string
	}{
		{words.ZhCN, "", ""},
		{words.ZhCN, "light:red unit:UNIT", "灯色：红灯；单位：UNIT"},
		{words.ZhCN, "公开  灯：逾期 plan:PLAN light:yellow lead:SCHOOL is:mine is:overdue is:all",
			"计划：2017年政务公开工作要点；灯色：黄灯；牵头单位：SCHOOL；本单位承担；已逾期；含已办结；检索：公开 灯：逾期"},
		{words.ZhCN, "status:active,review leader:LEADER", "状态：承办中、办结待核；分管领导：LEADER"},
		{words.ZhCN, "due:2017-01-01..2017-02-01", "现行时限：2017-01-01 至 2017-02-01"},
		{words.ZhCN, "due>=2017-01-01 original<=2017-02-01", "现行时限：2017-01-01 起；原定时限：2017-02-01 止"},
		{words.ZhCN, "due:2017-03-20..2017-03-20 task:TASK", "现行时限：2017-03-20；任务：（一）2 完善招生录取公开"},
		{words.ZhCN, "due:本月 progress<60 light:逾期", "检索：due:本月 progress<60 light:逾期"},
		{words.ZhCN, "unit:NOBODY 单位:UNIT", "单位：UNIT；检索：unit:NOBODY"},
		{words.ZhCN, "-unit:UNIT,SCHOOL -公开", "单位：UNIT、SCHOOL除外；检索：-公开"},
		{words.ZhCN, `"light:red" 单位:高教处`, `检索："light:red" 单位:高教处`},
		{words.ZhTW, "light:red 高教", "燈色：紅燈；檢索：高教"},
		{words.En, "light:red is:all 高教", "light: red; ended ones included; search: 高教"},
	} {
		f, err := o.Ledgers.Facets(words.With(o.Actors["office"], c.lang), ledgers.LedgerQuery{Text: ids.Replace(c.q)})
		must(t, err)
		if want := names.Replace(c.want); f.Asked != want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.lang, c.q, f.Asked, want)
		}
	}
}

// A name stays within the authority: the id of another one's unit tells nothing.
func TestFacets_do_not_name_what_belongs_to_others(t *testing.T) {
	o := newOffice(t)
	other := o.NewHouse("川")
	f, err := o.Ledgers.Facets(o.Actors["office"], ledgers.LedgerQuery{Text: "unit:" + other.University.ID.String()})
	must(t, err)
	if f.Asked != "检索：unit:"+other.University.ID.String() {
		t.Errorf("asked %q", f.Asked)
	}
}

func TestExport_says_the_filter_in_words(t *testing.T) {
	o := newOffice(t)
	for _, format := range []string{"csv", "xlsx"} {
		file, err := o.Ledgers.Export(o.Actors["office"], ledgers.ExportLedgerInput{Q: "公开 status:assigned unit:" + o.University.ID.String(), Format: format})
		must(t, err)
		var b bytes.Buffer
		must(t, file.Write(&b))
		want := "条件：状态：待签收；单位：" + o.University.Name + "；检索：公开"
		if head := table(t, format, b.Bytes())[0][0]; !strings.Contains(head, want) {
			t.Errorf("%s: head %q does not say %q", format, head, want)
		}
	}
}

func TestViews_say_their_questions_in_words(t *testing.T) {
	o := newOffice(t)
	clerk := o.Actors["clerk"]
	want := map[string]string{}
	for _, c := range []struct{ name, q, asked string }{
		{"本校", "light:red unit:" + o.University.ID.String(), "灯色：红灯；单位：" + o.University.Name},
		{"中学", "unit:" + o.School.ID.String() + " 公开", "单位：" + o.School.Name + "；检索：公开"},
		{"全部", "", ""},
	} {
		want[c.name] = c.asked
		made, err := o.Ledgers.SaveView(clerk, ledgers.SaveViewInput{Name: c.name, Query: c.q})
		must(t, err)
		if made.Asked != c.asked {
			t.Errorf("%s: kept as %q, want %q", c.name, made.Asked, c.asked)
		}
	}
	page, err := o.Ledgers.Views(clerk, "", 0)
	must(t, err)
	for _, v := range page.Items {
		if v.Asked != want[v.Name] {
			t.Errorf("%s: listed as %q, want %q", v.Name, v.Asked, want[v.Name])
		}
	}
	if len(page.Items) != len(want) {
		t.Errorf("%d views, want %d", len(page.Items), len(want))
	}
}
