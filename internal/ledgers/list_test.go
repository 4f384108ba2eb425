package ledgers_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ledgers"
)

// worked is an office where something has happened: the university works on the first task, late, urged and reported.
func worked(t *testing.T) *office {
	o := newOffice(t)
	for _, who := range []string{"clerk", "school", "bureau"} {
		page, err := o.Ledgers.List(o.Actors[who], ledgers.LedgerQuery{})
		must(t, err)
		for _, d := range page.Items {
			_, err := o.Duties.Accept(o.Actors[who], d.ID, d.Version)
			must(t, err)
		}
	}
	d := o.first(t, "clerk", "任务:信息公开")
	r, err := o.Duties.SaveReport(o.Actors["clerk"], d.ID, duties.SaveReportInput{Kind: "progress", Progress: 4500, Narrative: "已完成目录编制"})
	must(t, err)
	r, err = o.Duties.SubmitReport(o.Actors["clerk"], r.ID, r.Version)
	must(t, err)
	r, err = o.Duties.ReviewReport(o.Actors["head"], r.ID, r.Version)
	must(t, err)
	_, err = o.Duties.ConfirmReport(o.Actors["office"], r.ID, r.Version)
	must(t, err)
	_, err = o.Duties.Urge(o.Actors["office"], d.ID, duties.UrgeDutyInput{Content: "请抓紧"})
	must(t, err)
	other := o.first(t, "bureau", "任务:信息公开")
	_, err = o.Duties.Cancel(o.Actors["office"], other.ID, other.Version, duties.CancelDutyInput{Reason: "职责调整"})
	must(t, err)
	o.at("2017-03-24", 9)
	o.check()
	return o
}

func TestList_answers_the_language(t *testing.T) {
	o := worked(t)
	const one, two, three, four = "（一）1 ", "（一）2 ", "（二）3 ", "（二）4 "
	const uni, school, city = "岚山大学", "岚山大学附属中学", "岚江市教育局"
	for text, want := range map[string][]string{
		"":                    {one + uni, two + uni, two + school, three + uni, three + school, three + city, four + city},
		"灯:逾期":                {one + uni},
		"是:逾期":                {one + uni},
		"逾期>3":                {one + uni},
		"逾期>4":                {},
		"逾期>=4工作日":            {one + uni},
		"逾期>=5工作日":            {},
		"余<0":                 {one + uni},
		"牵头:岚山大学":             {one + uni, two + uni, three + uni},
		"牵头:山大":               {one + uni, two + uni, three + uni},
		"配合:附属中学":             {two + school, three + school},
		"单位:岚江市教育局":           {three + city, four + city},
		"单位:附属中学,教育局":         {two + school, three + school, three + city, four + city},
		"下属:岚山大学 任务:双一流":      {three + uni, three + school},
		"-下属:岚山大学":            {three + city, four + city},
		"状态:承办 进度>0":          {one + uni},
		"状态:撤销":               {one + city},
		"状态:承办,撤销 任务:（一）1":    {one + uni, one + city},
		"是:全部 任务:（一）1":        {one + uni, one + city},
		"是:已结":                {one + city},
		"-状态:承办":              {one + city},
		"时限:2017-10":          {two + uni, two + school},
		"原时限<2017-04":         {one + uni},
		"时限:无":                {four + city},
		"余>300":               {},
		"余<300":               {one + uni, two + uni, two + school, three + uni, three + school, three + city},
		"进度>40":               {one + uni},
		"进度:45":               {one + uni},
		"进度<45 时限<2017-10-10": {two + uni, two + school},
		"催办>=2 -催办>2 状态:承办":   {one + uni},
		"催办:0 时限:2017-10":     {two + uni, two + school},
		"是:催办过 时限<2017-06":    {one + uni},
		"延期>0":                {},
		"延期:0 灯:逾期":           {one + uni},
		"最新进展:2017-03":        {one + uni},
		"最新进展:无 时限:2017-10":   {two + uni, two + school},
		"未报>17 时限:2017-10":    {two + uni, two + school},
		"未报>18":               {},
		"计划:政务公开 灯:逾期":        {one + uni},
		"计划:别的":               {},
		"年度:2017 灯:逾期":        {one + uni},
		"年度:2018":             {},
		"领导:厅领导 灯:逾期":         {one + uni},
		"领导:无此人":              {},
		"单位:无此单位":             {},
		"下属:无此单位":             {},
		"双一流":                 {three + uni, three + school, three + city},
		"双一流 教育局":             {three + city},
		"-双一流 -附属 -招生":        {one + uni, four + city},
		"100%":                {four + city},
		"10_%":                {},
		"灯:逾期 牵头:山大 逾期<7 状态:承办":          {one + uni},
		"任务:" + o.Tasks[3].ID.String():   {four + city},
		"计划:" + o.Plan.String() + " 灯:红": {one + uni},
	} {
		t.Run(text, func(t *testing.T) {
			got := o.list(t, "office", text)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestList_knows_who_asks(t *testing.T) {
	o := worked(t)
	o.follow(t, "inspector", o.first(t, "office", "任务:长效"))
	for _, c := range []struct {
		who, text string
		want      int
	}{
		{"clerk", "", 3}, {"head", "", 5}, {"school", "", 2}, {"bureau", "", 2},
		{"clerk", "是:我的", 3}, {"head", "是:我的", 3}, {"office", "是:我的", 0},
		{"office", "是:我交办的", 7}, {"leader", "是:我交办的", 7}, {"inspector", "是:我交办的", 0},
		{"leader", "是:我分管的", 7}, {"office", "是:我分管的", 0},
		{"inspector", "是:我关注的", 1}, {"office", "是:我关注的", 0},
		{"clerk", "单位:教育局", 0}, {"school", "是:全部 任务:信息公开", 0},
		{"inspector", "是:我关注的,有风险", 2},
	} {
		if got := o.list(t, c.who, c.text); len(got) != c.want {
			t.Errorf("%s asks %q: %q, want %d", c.who, c.text, got, c.want)
		}
	}
}

func TestList_shows_names_and_counts_beside_the_duty(t *testing.T) {
	o := worked(t)
	row := o.first(t, "office", "灯:逾期")
	if row.PlanTitle != "2017年政务公开工作要点" || row.LeaderName != "厅领导" || row.Urges != 2 || row.LastWord != "已完成目录编制" || row.LastWordAt.IsZero() || row.Extensions != 0 {
		t.Errorf("row %+v", row)
	}
}

func TestList_pages_in_every_order_through_every_row_once(t *testing.T) {
	o := worked(t)
	for i := range 30 {
		o.task(fmt.Sprint(i), "要点", fmt.Sprintf("2017-%02d-15", 4+i%5), o.University, o.Bureau)
	}
	for _, sort := range []string{"", "due", "-due", "original_due", "-original_due", "unit", "-unit", "progress", "-progress"} {
		for _, text := range []string{"", "是:全部"} {
			want := 67
			if text != "" {
				want++
			}
			seen, after := map[ident.ID]bool{}, ""
			for {
				page, err := o.Ledgers.List(o.Actors["office"], ledgers.LedgerQuery{Text: text, Sort: sort, After: after, Limit: 7})
				must(t, err)
				for _, row := range page.Items {
					if seen[row.ID] {
						t.Fatalf("%s %q: %s twice", sort, text, row.ID)
					}
					seen[row.ID] = true
				}
				if after = page.Next; after == "" {
					break
				}
			}
			if len(seen) != want {
				t.Errorf("%s %q: %d rows, want %d", sort, text, len(seen), want)
			}
		}
	}
}

func TestList_brief_keeps_the_acts_that_are_open_and_no_others(t *testing.T) {
	o := worked(t)
	whole, err := o.Ledgers.List(o.Actors["office"], ledgers.LedgerQuery{Limit: 1000})
	must(t, err)
	brief, err := o.Ledgers.List(o.Actors["office"], ledgers.LedgerQuery{Limit: 1000, Brief: true})
	must(t, err)
	refused := 0
	for i, row := range whole.Items {
		open := slices.DeleteFunc(slices.Clone(row.AllowedActions), func(a access.AllowedAction) bool { return !a.Enabled })
		refused += len(row.AllowedActions) - len(open)
		if got := brief.Items[i]; got.ID != row.ID || !slices.EqualFunc(got.AllowedActions, open, func(a, b access.AllowedAction) bool { return a.Action == b.Action && b.Enabled }) {
			t.Errorf("%s: %+v, want %+v", row.TaskTitle, got.AllowedActions, open)
		}
	}
	if refused == 0 {
		t.Error("no act was refused: nothing is shown by this test")
	}
}

func TestList_refuses_what_it_cannot_read(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		in             ledgers.LedgerQuery
		location, code string
	}{
		{ledgers.LedgerQuery{Text: "颜色:红"}, "query.q", "query.unknown_key"},
		{ledgers.LedgerQuery{Sort: "beauty"}, "query.sort", "ledger.sort"},
		{ledgers.LedgerQuery{After: "x"}, "query.after", "cursor"},
		{ledgers.LedgerQuery{After: "x~0d3k2m9q7x4vb"}, "query.after", "cursor"},
		{ledgers.LedgerQuery{Sort: "progress", After: "x~0d3k2m9q7x4vb"}, "query.after", "cursor"},
		{ledgers.LedgerQuery{AsOf: o.Clock.Now().AddDate(0, 0, 1)}, "query.as_of", "ledger.future"},
		{ledgers.LedgerQuery{Since: o.Clock.Now().AddDate(0, 0, 1)}, "query.since", "ledger.since"},
	} {
		_, err := o.Ledgers.List(o.Actors["office"], c.in)
		wantField(t, err, c.location, c.code)
	}
}

func TestFacets_count_without_their_own_term(t *testing.T) {
	o := worked(t)
	f, err := o.Ledgers.Facets(o.Actors["office"], ledgers.LedgerQuery{Text: "灯:逾期"})
	must(t, err)
	if f.Count != 1 || f.Overdue != 1 || f.Progress != 4500 || f.Capped {
		t.Errorf("totals %+v", f)
	}
	lights := map[string]int{}
	for _, c := range f.Light {
		lights[c.Value] = c.N
	}
	if f.Light[0].Value != "red" || lights["red"] != 1 || len(lights) < 2 {
		t.Errorf("lights %v: the other lights can be chosen too", f.Light)
	}
	if len(f.Units) != 1 || f.Units[0].Name != "岚山大学" || f.Plans[0].N != 1 || f.Leaders[0].Name != "厅领导" {
		t.Errorf("units %v plans %v leaders %v", f.Units, f.Plans, f.Leaders)
	}
	f, err = o.Ledgers.Facets(o.Actors["school"], ledgers.LedgerQuery{})
	must(t, err)
	if f.Count != 2 || len(f.Units) != 1 {
		t.Errorf("the school counts %+v", f)
	}
}
