package workday

import (
	"testing"
	"time"
)

func TestChina_countsTheWorkingDaysOfAYear(t *testing.T) {
	for year, want := range map[int]int{2017: 249, 2024: 251, 2025: 248, 2026: 248} {
		if got := China().WorkdaysBetween(NewDate(year-1, 12, 31), NewDate(year, 12, 31)); got != want {
			t.Errorf("working days of %d = %d, want %d", year, got, want)
		}
	}
}

func TestAddWorkdays(t *testing.T) {
	for _, c := range []struct {
		name, from string
		n          int
		want       string
	}{
		{"spring_festival_with_make_up_sunday_before", "2017-01-20", 5, "2017-01-26"},
		{"over_national_day", "2017-09-20", 15, "2017-10-17"},
		{"over_national_day_from_last_friday", "2017-09-29", 15, "2017-10-26"},
		{"over_spring_festival", "2017-01-20", 15, "2017-02-15"},
		{"twenty_over_spring_festival_2025", "2025-01-20", 20, "2025-02-21"},
		{"twenty_over_two_festivals", "2024-09-10", 20, "2024-10-14"},
		{"twenty_over_nine_days_off", "2026-02-10", 20, "2026-03-16"},
		{"back_over_national_day", "2017-10-09", -1, "2017-09-30"},
		{"back_from_a_day_off_counts_the_day_before_as_first", "2017-10-08", -1, "2017-09-30"},
		{"forward_from_a_day_off_counts_the_day_after_as_first", "2017-10-08", 1, "2017-10-09"},
		{"none_stays_even_on_a_day_off", "2017-10-08", 0, "2017-10-08"},
		{"before_the_first_notice_by_weekday", "2005-12-30", 1, "2006-01-02"},
		{"beyond_the_last_notice_by_weekday", "2026-12-31", 1, "2027-01-01"},
		{"through_a_whole_year", "2006-12-29", 249, "2007-12-27"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := China().AddWorkdays(MustDate(c.from), c.n); got != MustDate(c.want) {
				t.Errorf("%s + %d working days = %s, want %s", c.from, c.n, got, c.want)
			}
		})
	}
}

func TestAddWorkdays_noDateStaysNoDate(t *testing.T) {
	if got := China().AddWorkdays(Date{}, 3); !got.IsZero() {
		t.Errorf("no date + 3 working days = %s", got)
	}
}

func TestNextWorkday(t *testing.T) {
	for day, want := range map[string]string{
		"2017-10-01": "2017-10-09", "2017-09-30": "2017-09-30", "2017-05-27": "2017-05-27", "2017-05-28": "2017-05-31",
	} {
		if got := China().NextWorkday(MustDate(day)); got != MustDate(want) {
			t.Errorf("next working day on or after %s = %s, want %s", day, got, want)
		}
	}
}

func TestProvisional_outsideTheYearsOfTheNotices(t *testing.T) {
	for day, want := range map[string]bool{
		"2006-12-31": true, "2007-01-01": false, "2026-12-31": false, "2027-01-01": true,
	} {
		if got := China().Provisional(MustDate(day)); got != want {
			t.Errorf("provisional(%s) = %t, want %t", day, got, want)
		}
	}
	if got := China().LastOfficial(); got != 2026 {
		t.Errorf("last official year = %d, want 2026", got)
	}
	if !China().ProvisionalBetween(MustDate("2027-01-04"), MustDate("2026-12-01")) {
		t.Error("a span that reaches into 2027 is not provisional")
	}
}

func TestFact_namesTheFestivalAndItsNotice(t *testing.T) {
	day, notice, ok := China().Fact(MustDate("2017-01-22"))
	if !ok || !day.Work || day.Name != "春节" || notice.Year != 2017 || len(notice.Sources) != 1 {
		t.Errorf("fact of 2017-01-22 = %+v %+v %t", day, notice, ok)
	}
	if _, _, ok := China().Fact(MustDate("2017-01-23")); ok {
		t.Error("an ordinary Monday is named by a notice")
	}
}

func TestZeroCalendar_worksMondayToFriday(t *testing.T) {
	var c Calendar
	for d, n := MustDate("2017-01-02"), 0; n < 14; d, n = d.AddDays(1), n+1 {
		if c.IsWorkday(d) == d.Weekend() || !c.Provisional(d) {
			t.Errorf("%s %s: workday=%t provisional=%t", d, d.Weekday(), c.IsWorkday(d), c.Provisional(d))
		}
	}
}

func TestStart_isTheFirstInstantWithTheDate(t *testing.T) {
	for _, name := range []string{"Asia/Shanghai", "UTC", "America/Sao_Paulo", "America/Havana", "Asia/Beirut"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Skipf("no time zone data: %v", err)
		}
		for d := MustDate("2007-01-01"); d.Before(MustDate("2024-01-01")); d = d.AddDays(1) {
			start := d.Start(zone)
			if DateOf(start, zone) != d || !DateOf(start.Add(-time.Millisecond), zone).Before(d) {
				t.Fatalf("%s: the day %s does not start at %s", name, d, start.In(zone))
			}
		}
	}
}

func BenchmarkAddWorkdays(b *testing.B) {
	c, d := China(), MustDate("2017-09-20")
	b.ReportAllocs()
	for b.Loop() {
		c.AddWorkdays(d, 15)
	}
}
