package workday

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
)

// A second implementation to compare with, written another way: it walks from day to day over plain facts and knows no table.

type naive map[string]bool // YYYY-MM-DD → worked, for the days that a notice names

func (n naive) works(d Date) bool {
	if worked, named := n[d.String()]; named {
		return worked
	}
	weekday := int(d.Weekday())
	return weekday >= 1 && weekday <= 5
}

// walk lists the n nearest working days on one side of d, d itself left out.
func (n naive) walk(d Date, direction, count int) []Date {
	days := make([]Date, 0, count)
	for len(days) < count {
		d = d.AddDays(direction)
		if n.works(d) {
			days = append(days, d)
		}
	}
	return days
}

// sharedFacts reads the facts as collected, which lie beside the checkout on machines that have them.
func sharedFacts(t *testing.T) [][]string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "calendar", "cn-days.csv")
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("the collected facts are not beside this checkout: %v", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	return rows[1:]
}

func TestChina_equalsTheCollectedFacts(t *testing.T) {
	rows := sharedFacts(t)
	count := 0
	for _, notice := range China().Notices() {
		count += len(notice.Days)
	}
	if count != len(rows) {
		t.Errorf("the embedded notices name %d days, the collected facts %d", count, len(rows))
	}
	for _, row := range rows {
		day, notice, ok := China().Fact(MustDate(row[0]))
		year := NewDate(notice.Year, 1, 1).String()[:4]
		if !ok || day.Name != row[1] || day.Work != (row[2] == "work") || year != row[3] {
			t.Errorf("%v: embedded as %+v of %d (%t)", row, day, notice.Year, ok)
		}
	}
}

func TestChina_namesTheCollectedNotices(t *testing.T) {
	sharedFacts(t)
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "calendar", "notices.csv"))
	if err != nil {
		t.Skipf("no list of notices: %v", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, notice := range China().Notices() {
		for _, source := range notice.Sources {
			got = append(got, NewDate(notice.Year, 1, 1).String()[:4]+" "+source)
		}
	}
	for _, row := range rows[1:] {
		want = append(want, row[0]+" "+row[1])
	}
	if len(got) != len(want) {
		t.Fatalf("%d addresses embedded, %d collected", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("address %d: embedded %s, collected %s", i, got[i], want[i])
		}
	}
}

func TestAddWorkdays_equalsDayWalkingOverTheEmbeddedFacts(t *testing.T) {
	facts := make(naive)
	for _, notice := range China().Notices() {
		for _, day := range notice.Days {
			facts[day.Date.String()] = day.Work
		}
	}
	compare(t, facts)
}

func TestAddWorkdays_equalsDayWalkingOverTheCollectedFacts(t *testing.T) {
	facts := make(naive)
	for _, row := range sharedFacts(t) {
		facts[row[0]] = row[2] == "work"
	}
	compare(t, facts)
}

// compare holds every day of 2007 to 2030 and every n from -40 to 40 against the walking implementation.
func compare(t *testing.T, facts naive) {
	t.Helper()
	const reach = 40
	calendar := China()
	for d := MustDate("2007-01-01"); d.Year() <= 2030; d = d.AddDays(1) {
		if calendar.IsWorkday(d) != facts.works(d) {
			t.Fatalf("%s: worked is %t, walking says %t", d, calendar.IsWorkday(d), facts.works(d))
		}
		for _, direction := range []int{1, -1} {
			for i, want := range facts.walk(d, direction, reach) {
				n := direction * (i + 1)
				if got := calendar.AddWorkdays(d, n); got != want {
					t.Fatalf("%s + %d working days = %s, walking says %s", d, n, got, want)
				}
			}
		}
		ahead := facts.walk(d, 1, 1)[0]
		if got := calendar.WorkdaysBetween(d, ahead); got != 1 {
			t.Fatalf("working days after %s up to the next one = %d", d, got)
		}
	}
}
