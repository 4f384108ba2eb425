package workday

import (
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// notice2027 is made up: it has the form of a notice, and no authority issued it.
const notice2027 = `
# made up
2027 https://example.org/notice
元旦 01-01..01-03 + 2026-12-27
春节 02-05..02-12 + 01-31 02-14
`

func parsed(t *testing.T, text string) []Notice {
	t.Helper()
	notices, err := ParseNotices(text)
	if err != nil {
		t.Fatal(err)
	}
	return notices
}

func TestWith_settlesAYearAndLeavesTheOldCalendarAlone(t *testing.T) {
	old := China()
	next, err := old.With(parsed(t, notice2027)...)
	if err != nil {
		t.Fatal(err)
	}
	if next.Provisional(MustDate("2027-02-08")) || next.LastOfficial() != 2027 || next.IsWorkday(MustDate("2027-02-08")) {
		t.Error("2027 is not settled in the new calendar")
	}
	if !next.IsWorkday(MustDate("2026-12-27")) || old.IsWorkday(MustDate("2026-12-27")) {
		t.Error("the make-up Sunday of December must be worked in the new calendar only")
	}
	if !old.Provisional(MustDate("2027-02-08")) || !old.IsWorkday(MustDate("2027-02-08")) || old.LastOfficial() != 2026 {
		t.Error("the old calendar has changed")
	}
}

func TestWith_versionFollowsFromTheContent(t *testing.T) {
	local := Notice{Days: []Day{{Date: MustDate("2026-09-04"), Name: "local"}}}
	a, _ := China().With(local)
	b, _ := China().With(local)
	if a.Version != b.Version || a.Version == China().Version || !strings.HasPrefix(a.Version, "2026-") {
		t.Errorf("versions: shipped %s, with a local day %s and %s", China().Version, a.Version, b.Version)
	}
	settled, _ := China().With(Notice{Year: 2027})
	if settled.Version == China().Version {
		t.Error("a newly settled year has no version of its own")
	}
}

func TestWith_localDaysSettleNoYear(t *testing.T) {
	c, err := China().With(parsed(t, "local\n校庆 2027-05-04")...)
	if err != nil {
		t.Fatal(err)
	}
	if day := MustDate("2027-05-04"); c.IsWorkday(day) || !c.Provisional(day) {
		t.Errorf("local day off: worked %t, provisional %t", c.IsWorkday(day), c.Provisional(day))
	}
}

func TestWith_theLaterNoticeStands(t *testing.T) {
	c, err := China().With(
		Notice{Days: []Day{{Date: MustDate("2026-06-01"), Name: "off"}}},
		Notice{Days: []Day{{Date: MustDate("2026-06-01"), Work: true, Name: "after all"}}},
	)
	if err != nil || !c.IsWorkday(MustDate("2026-06-01")) {
		t.Errorf("the later notice does not stand: %v", err)
	}
}

func TestWith_refuses(t *testing.T) {
	june := Day{Date: MustDate("2027-06-01")}
	for name, c := range map[string]struct {
		notice Notice
		code   string
	}{
		"a_day_named_twice":          {Notice{Year: 2027, Days: []Day{june, june}}, "calendar.day_twice"},
		"a_day_of_another_year":      {Notice{Year: 2026, Days: []Day{{Date: MustDate("2027-01-31")}, june}}, "calendar.other_year"},
		"a_day_without_a_date":       {Notice{Days: []Day{{}}}, "calendar.year"},
		"a_year_beyond_any_calendar": {Notice{Year: 2500}, "calendar.year"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := China().With(c.notice)
			if e := fault.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Code != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestParseNotices_listsEveryLineAtFault(t *testing.T) {
	_, err := ParseNotices("元旦 01-01\n2027 a\n春节\n清明节 04-31 05-01..04-01\n劳动节 01-01..12-31\nlocal\n校庆 05-04")
	want := []string{
		"line 1 calendar.no_year", "line 3 calendar.no_days", "line 4 calendar.bad_day", "line 4 calendar.bad_day",
		"line 5 calendar.bad_day", "line 7 calendar.bad_day",
	}
	var got []string
	if e := fault.As(err); e != nil {
		for _, f := range e.Fields {
			got = append(got, f.Location+" "+f.Code)
		}
	}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("faults:\n got %v\nwant %v", got, want)
	}
}

func FuzzParseNotices(f *testing.F) {
	f.Add(notice2027)
	f.Add("2027\n+ 01-01..01-02 ..")
	f.Fuzz(func(t *testing.T, text string) {
		notices, err := ParseNotices(text)
		if err != nil {
			return
		}
		if c, err := China().With(notices...); err == nil && c.Version == "" {
			t.Error("a calendar without a version")
		}
	})
}

func TestDiff_listsWhatMovesAndNothingElse(t *testing.T) {
	next, err := China().With(parsed(t, notice2027)...)
	if err != nil {
		t.Fatal(err)
	}
	deadline := func(id int64, from string, n int, unit Unit) Deadline {
		return Deadline{ID: ident.FromInt(id), From: MustDate(from), Period: Period{N: n, Unit: unit}}
	}
	moves := China().Diff(next, []Deadline{
		deadline(1, "2027-02-01", 10, ByWorkday), // over the made-up festival
		deadline(2, "2027-02-01", 10, ByDay),     // natural days do not care
		deadline(3, "2026-12-24", 2, ByWorkday),  // the make-up Sunday of December counts
		deadline(4, "2017-01-20", 5, ByWorkday),  // the past keeps its days
	})
	want := []Move{
		{ident.FromInt(1), MustDate("2027-02-15"), MustDate("2027-02-22")},
		{ident.FromInt(3), MustDate("2026-12-28"), MustDate("2026-12-27")},
	}
	if len(moves) != len(want) {
		t.Fatalf("moves = %v, want %v", moves, want)
	}
	for i := range want {
		if moves[i] != want[i] {
			t.Errorf("move %d = %v, want %v", i, moves[i], want[i])
		}
	}
}
