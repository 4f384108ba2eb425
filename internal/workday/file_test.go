package workday_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// printed2025 has the form of the State Council's notices; the facts are those of the notice for 2025.
const printed2025 = `关于2025年部分节假日安排
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`

func TestReadNotices_reads_the_notice_as_printed(t *testing.T) {
	notices, err := workday.ReadNotices(printed2025)
	if err != nil {
		t.Fatal(err)
	}
	got, err := workday.Calendar{}.With(notices...)
	if err != nil {
		t.Fatal(err)
	}
	for d := workday.NewDate(2025, 1, 1); d.Year() == 2025; d = d.AddDays(1) {
		if got.IsWorkday(d) != workday.China().IsWorkday(d) {
			t.Errorf("%s: worked %v, the built-in calendar says otherwise", d, got.IsWorkday(d))
		}
	}
}

func TestReadNotices_finds_a_slip_of_a_digit_by_the_weekday(t *testing.T) {
	_, err := workday.ReadNotices(strings.Replace(printed2025, "4月27日（周日）", "4月26日（周日）", 1))
	if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != "calendar.weekday" || f.Fields[0].Location != "line 5" {
		t.Errorf("got %v", err)
	}
}

func TestReadNotices_refuses(t *testing.T) {
	for name, c := range map[string]struct{ text, code string }{
		"nothing":                        {" \n", "required"},
		"broken JSON":                    {`{"year":2027,`, "calendar.json"},
		"a date that is none, in JSON":   {`{"year":2027,"days":[{"name":"元旦","date":"2027-02-30","isOffDay":true}]}`, "calendar.bad_day"},
		"a table with an unknown kind":   {"date,name,kind,notice_year\n2027-01-01,元旦,rest,2027", "calendar.bad_day"},
		"a printed notice without a day": {"关于2027年部分节假日安排的通知", "calendar.no_days"},
		"a printed day that is none":     {"2027年部分节假日安排\n一、元旦：2月30日放假1天。", "calendar.bad_day"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := workday.ReadNotices(c.text)
			if f := fault.As(err); f == nil || len(f.Fields) == 0 || f.Fields[0].Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestReadNotices_reads_JSON_and_text_alike(t *testing.T) {
	json, err := workday.ReadNotices(`{"year":2027,"papers":["https://example.org/2027"],"days":[
		{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"春节","date":"2027-02-13","isOffDay":false}]}`)
	if err != nil {
		t.Fatal(err)
	}
	text, err := workday.ReadNotices("2027 https://example.org/2027\n元旦 01-01\n春节 + 02-13")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := workday.Text(json), workday.Text(text); a != b {
		t.Errorf("%q and %q", a, b)
	}
}

// TestReadNotices_reads_the_shared_table holds the table beside the checkout against the built-in calendar, day by day.
func TestReadNotices_reads_the_shared_table(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "calendar", "cn-days.csv"))
	if os.IsNotExist(err) {
		t.Skip("no ../shared/calendar beside the checkout")
	}
	if err != nil {
		t.Fatal(err)
	}
	notices, err := workday.ReadNotices(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	got, err := workday.Calendar{}.With(notices...)
	if err != nil {
		t.Fatal(err)
	}
	if changes := workday.China().Changes(got); len(changes) > 0 || got.Version != workday.China().Version {
		t.Errorf("versions %s and %s differ on %v", got.Version, workday.China().Version, changes)
	}
}

func TestText_says_what_was_read(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(2027, 2040).Draw(t, "year")
		notice := workday.Notice{Year: year}
		for i := range rapid.IntRange(1, 20).Draw(t, "days") {
			notice.Days = append(notice.Days, workday.Day{Date: workday.NewDate(year, 1, 1+17*i), Work: rapid.Bool().Draw(t, "work"),
				Name: rapid.SampledFrom([]string{"春节", "国庆", "", "#1", "a b"}).Draw(t, "name")})
		}
		before, err := workday.China().With(notice)
		if err != nil {
			t.Fatal(err)
		}
		again, err := workday.ParseNotices(workday.Text([]workday.Notice{notice}))
		if err != nil {
			t.Fatal(err)
		}
		after, err := workday.China().With(again...)
		if err != nil || after.Version != before.Version {
			t.Errorf("version %s became %s, %v", before.Version, after.Version, err)
		}
	})
}

func TestOrigin_is_read_back(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := workday.NewDate(2017, 1, 1).AddDays(rapid.IntRange(0, 4000).Draw(t, "from"))
		period := workday.Period{N: rapid.IntRange(0, 400).Draw(t, "n"), Unit: workday.Unit(rapid.SampledFrom(workday.Unit("").Values()).Draw(t, "unit")),
			Roll: rapid.Bool().Draw(t, "roll")}
		date, origin := workday.China().Reckon(from, period)
		again, ok := workday.ParseOrigin(origin.String())
		if !ok || again != origin {
			t.Fatalf("%q is read as %+v", origin, again)
		}
		if d, _ := workday.China().Again(again); d != date {
			t.Errorf("%q gives %s, then %s", origin, date, d)
		}
	})
	for _, text := range []string{"", "2017-03-06 2workday", "2017-03-06 2 workday @x", "no 2day @x", "2017-03-06 2fortnight @x", "2017-03-06 -1day @x"} {
		if o, ok := workday.ParseOrigin(text); ok {
			t.Errorf("%q is read as %+v", text, o)
		}
	}
}
