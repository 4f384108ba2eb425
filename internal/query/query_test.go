package query_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/workday"
)

var today = workday.MustDate("2017-03-08") // a Wednesday

func n(i int) *int { return &i }

func date(s string) workday.Date { return workday.MustDate(s) }

func TestParse(t *testing.T) {
	for text, want := range map[string]query.Query{
		"":               {},
		"灯:逾期":           {Terms: []query.Term{{Key: query.Light, Texts: []string{"red"}, At: 1}}},
		"灯：红，黄":          {Terms: []query.Term{{Key: query.Light, Texts: []string{"red", "yellow"}, At: 1}}},
		"Light:RED":      {Terms: []query.Term{{Key: query.Light, Texts: []string{"red"}, At: 1}}},
		"牵头:高教处":         {Terms: []query.Term{{Key: query.Lead, Texts: []string{"高教处"}, At: 1}}},
		`lead:"a, b"`:    {Terms: []query.Term{{Key: query.Lead, Texts: []string{"a, b"}, At: 1}}},
		"-单位:学生处":        {Terms: []query.Term{{Key: query.Unit, Not: true, Texts: []string{"学生处"}, At: 1}}},
		"临期<7":           {Terms: []query.Term{{Key: query.Soon, Max: n(6), At: 1}}},
		"临期<=3工作日":       {Terms: []query.Term{{Key: query.Soon, Max: n(3), Workdays: true, At: 1}}},
		"余:-5..0":        {Terms: []query.Term{{Key: query.Left, Min: n(-5), Max: n(0), At: 1}}},
		"逾期>5":           {Terms: []query.Term{{Key: query.Late, Min: n(6), At: 1}}},
		"进度<60%":         {Terms: []query.Term{{Key: query.Progress, Max: n(59), At: 1}}},
		"催办>=2":          {Terms: []query.Term{{Key: query.Urges, Min: n(2), At: 1}}},
		"时限:2017-10":     {Terms: []query.Term{{Key: query.Due, From: date("2017-10-01"), To: date("2017-10-31"), At: 1}}},
		"时限:10月9日":       {Terms: []query.Term{{Key: query.Due, From: date("2017-10-09"), To: date("2017-10-09"), At: 1}}},
		"due<2017-04-01": {Terms: []query.Term{{Key: query.Due, To: date("2017-03-31"), At: 1}}},
		"时限>本月":          {Terms: []query.Term{{Key: query.Due, From: date("2017-04-01"), At: 1}}},
		"原时限:本季度":        {Terms: []query.Term{{Key: query.Original, From: date("2017-01-01"), To: date("2017-03-31"), At: 1}}},
		"时限:下周":          {Terms: []query.Term{{Key: query.Due, From: date("2017-03-13"), To: date("2017-03-19"), At: 1}}},
		"时限:3月至2017-06":  {Terms: []query.Term{{Key: query.Due, From: date("2017-03-01"), To: date("2017-06-30"), At: 1}}},
		"报送:无":           {Terms: []query.Term{{Key: query.Reported, None: true, At: 1}}},
		"双一流 -公开":        {Words: []query.Word{{Text: "双一流", At: 1}, {Text: "公开", Not: true, At: 5}}},
		`"灯:逾期" 是:我的`:    {Words: []query.Word{{Text: "灯:逾期", At: 1}}, Terms: []query.Term{{Key: query.Is, Texts: []string{"mine"}, At: 8}}},
		"灯:逾期 牵头:高教处 临期<7 状态:承办": {Terms: []query.Term{{Key: query.Light, Texts: []string{"red"}, At: 1}, {Key: query.Lead, Texts: []string{"高教处"}, At: 6}, {Key: query.Soon, Max: n(6), At: 13}, {Key: query.Status, Texts: []string{"active"}, At: 18}}},
	} {
		t.Run(text, func(t *testing.T) {
			got, err := query.Parse(text, today)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b workday.Date) bool { return a == b })); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParse_names_the_place_of_a_fault(t *testing.T) {
	for text, want := range map[string]struct {
		code string
		at   int
	}{
		"部门:高教处":                 {"query.unknown_key", 1},
		"灯:逾期 颜色:红":              {"query.unknown_key", 6},
		"灯:紫":                    {"query.unknown_value", 3},
		"状态:承办,睡觉":               {"query.unknown_value", 7},
		"灯:":                     {"query.no_value", 3},
		"灯:红,":                   {"query.no_value", 5},
		"灯<红":                    {"query.sign", 2},
		"临期<多":                   {"query.number", 4},
		"进度>5天":                  {"query.number", 4},
		"余:5..1":                 {"query.number", 3},
		"时限:2017-02-30":          {"query.date", 4},
		"时限<2017-01..2017-02":    {"query.date", 4},
		`牵头:"高教处`:                {"query.quote", 4},
		strings.Repeat("字", 501): {"query.too_long", 0},
		strings.Repeat("一 ", 31): {"query.too_many", 61},
		"牵头:" + strings.Repeat("一,", 20) + "一": {"query.too_many", 4},
	} {
		t.Run(text, func(t *testing.T) {
			_, err := query.Parse(text, today)
			f := fault.As(err)
			if f == nil || len(f.Fields) != 1 || f.Fields[0].Code != want.code {
				t.Fatalf("got %v, want %s", err, want.code)
			}
			if at, _ := f.Fields[0].Params["position"].(int); at != want.at {
				t.Errorf("at %d, want %d", at, want.at)
			}
		})
	}
}

// Whatever is typed, the language answers with a query or with a fault that says where.
func TestParse_never_panics_and_every_fault_has_a_place(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{"灯", "逾期", ":", "：", "<", ">=", "-", "!", `"`, "7", "工作日", " ", "2017-13", "本月", "..", "至", "单位", "高教处", ",", "、", "é"}), 0, 12).Draw(rt, "pieces")
		text := strings.Join(pieces, "")
		_, err := query.Parse(text, today)
		if err == nil {
			return
		}
		f := fault.As(err)
		if f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 {
			rt.Fatalf("%q: %v", text, err)
		}
		if at, _ := f.Fields[0].Params["position"].(int); at < 1 || at > len([]rune(text))+1 {
			rt.Fatalf("%q: position %d", text, at)
		}
	})
}

func TestSuggestions_are_all_read(t *testing.T) {
	for _, s := range query.Suggestions() {
		for _, name := range s.Names {
			for _, words := range s.Values {
				for _, word := range words {
					q, err := query.Parse(name+":"+word, today)
					if err != nil || len(q.Terms) != 1 || q.Terms[0].Key != s.Key {
						t.Errorf("%s:%s is read as %+v, %v", name, word, q, err)
					}
				}
			}
		}
	}
}
