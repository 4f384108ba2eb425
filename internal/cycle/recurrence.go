package cycle

import (
	"strconv"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/fault"
)

// weekdays are the days of BYDAY, counted from Monday.
var weekdays = map[string]int{"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}

// months by the length of a period that divides the year.
var everies = map[int]Every{1: Month, 3: Quarter, 6: HalfYear, 12: Year}

// Recurrence is the cycle of a recurrence that a clause states ("每季度末" is FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1), as package
// clause writes it. What recurs daily is reported weekly: a report a day is nobody's intent. Errors: input.invalid with the
// code cycle.recurrence for what is no such rule.
func Recurrence(rule string, ask []Field) (Cycle, error) {
	bad := fault.BadField("recurrence", "cycle.recurrence").With("value", rule)
	parts := map[string]string{}
	for _, part := range strings.Split(rule, ";") {
		name, value, ok := strings.Cut(part, "=")
		if !ok || value == "" || parts[name] != "" {
			return Cycle{}, bad
		}
		parts[name] = value
	}
	n := 1
	if text, given := parts["INTERVAL"]; given {
		var err error
		if n, err = strconv.Atoi(text); err != nil || n < 1 || n > 1200 {
			return Cycle{}, bad
		}
	}
	c := Cycle{ID: "", Kind: Regular, Ask: ask}
	var ok bool
	switch parts["FREQ"] {
	case "DAILY":
		c.Grid, ok = Grid{Every: Week}, true
	case "WEEKLY":
		c.Grid = Grid{Every: Week, N: n}
		c.Due.N, ok = dayOfWeek(parts["BYDAY"])
	case "MONTHLY":
		c.Grid, ok = monthly(n)
		ok = ok && c.Due.read(parts["BYMONTHDAY"])
	case "YEARLY":
		c.Grid, ok = yearly(parts["BYMONTH"], n)
		ok = ok && c.Due.read(parts["BYMONTHDAY"])
	}
	if !ok {
		return Cycle{}, bad
	}
	return c, nil
}

func dayOfWeek(text string) (int, bool) {
	if text == "" {
		return 0, true
	}
	n, ok := weekdays[text]
	return n, ok
}

// read takes BYMONTHDAY; -1 and nothing are the last day.
func (d *DueDay) read(text string) bool {
	if text == "" || text == "-1" {
		return true
	}
	n, err := strconv.Atoi(text)
	d.N = n
	return err == nil && n >= 1 && n <= 31
}

// monthly cuts the calendar every n months: into periods of a year's divisor, or of whole years; what else recurs is asked for
// at the next shorter of these.
func monthly(n int) (Grid, bool) {
	if n%12 == 0 {
		return Grid{Every: Year, N: n / 12}, true
	}
	for ; n > 1; n-- {
		if every, ok := everies[n]; ok {
			return Grid{Every: every}, true
		}
		if 12%n == 0 {
			months := []time.Month{}
			for m := n; m <= 12; m += n {
				months = append(months, time.Month(m))
			}
			return Grid{Months: months}, true
		}
	}
	return Grid{Every: Month}, true
}

// yearly cuts the calendar at the ends of some months.
func yearly(text string, n int) (Grid, bool) {
	if text == "" {
		return Grid{Every: Year, N: n}, true
	}
	var months []time.Month
	for _, part := range strings.Split(text, ",") {
		m, err := strconv.Atoi(part)
		if err != nil || m < 1 || m > 12 || len(months) > 0 && time.Month(m) <= months[len(months)-1] {
			return Grid{}, false
		}
		months = append(months, time.Month(m))
	}
	return Grid{Months: months}, true
}
