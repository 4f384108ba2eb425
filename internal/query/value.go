package query

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/workday"
)

// limit bounds the numbers of a query: days, per cents, years.
const limit = 100_000

var (
	numberForm = regexp.MustCompile(`^(-?\d{1,6})(\.\.(-?\d{1,6}))?(%|天|日|个工作日|個工作日|工作日|wd|d)?$`)
	inWorkdays = map[string]bool{"个工作日": true, "個工作日": true, "工作日": true, "wd": true}
)

// number reads a number or a stretch of numbers, with the unit of days.
func (p part) number(s *spec, t *Term) error {
	found := numberForm.FindStringSubmatch(strings.ToLower(strings.TrimSpace(p.value)))
	if found == nil || found[4] == "%" && s.key != Progress || found[4] != "" && found[4] != "%" && s.kind != days {
		return bad("query.number", p.valueAt, "word", p.value)
	}
	from, _ := strconv.Atoi(found[1]) // six digits fit
	to := from
	if found[2] != "" {
		if p.sign != ":" {
			return bad("query.sign", p.valueAt-1, "word", p.key)
		}
		to, _ = strconv.Atoi(found[3])
	}
	if to < from || to > limit || from < -limit {
		return bad("query.number", p.valueAt, "word", p.value)
	}
	t.Workdays = inWorkdays[found[4]]
	switch p.sign {
	case ":":
		t.Min, t.Max = &from, &to
	case "<":
		to--
		t.Max = &to
	case "<=":
		t.Max = &to
	case ">":
		from++
		t.Min = &from
	case ">=":
		t.Min = &from
	}
	return nil
}

// dates reads a day, a month, a year, a word like 本月, or a stretch of two of them.
func (p part) dates(t *Term, today workday.Date) error {
	text := strings.ToLower(strings.TrimSpace(p.value))
	if text == "无" || text == "無" || text == "none" {
		if p.sign != ":" {
			return bad("query.sign", p.valueAt-1, "word", p.key)
		}
		t.None = true
		return nil
	}
	first, last, stretch := cutStretch(text)
	from, to, ok := span(first, today)
	if ok && stretch {
		_, to, ok = span(last, today)
	}
	if !ok || to.Before(from) || stretch && p.sign != ":" {
		return bad("query.date", p.valueAt, "word", p.value)
	}
	switch p.sign {
	case ":":
		t.From, t.To = from, to
	case "<":
		t.To = from.AddDays(-1)
	case "<=":
		t.To = to
	case ">":
		t.From = to.AddDays(1)
	case ">=":
		t.From = from
	}
	return nil
}

func cutStretch(text string) (first, last string, stretch bool) {
	for _, sign := range []string{"..", "至", "~", "到"} {
		if first, last, stretch = strings.Cut(text, sign); stretch {
			return first, last, true
		}
	}
	return text, "", false
}

var (
	dayForm      = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	monthDayForm = regexp.MustCompile(`^(\d{1,2})[-/.月](\d{1,2})日?$`)
	monthForm    = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})月?$`)
	ownMonthForm = regexp.MustCompile(`^(\d{1,2})月$`)
	yearForm     = regexp.MustCompile(`^(\d{4})年?$`)
)

// span is the first and the last day of a date as people write it.
func span(text string, today workday.Date) (from, to workday.Date, ok bool) {
	if named, known := stretches[text]; known {
		from, to = named(today)
		return from, to, true
	}
	if f := dayForm.FindStringSubmatch(text); f != nil {
		d, ok := day(f[1], f[2], f[3])
		return d, d, ok
	}
	year := strconv.Itoa(today.Year())
	if f := monthDayForm.FindStringSubmatch(text); f != nil {
		d, ok := day(year, f[1], f[2])
		return d, d, ok
	}
	if f := monthForm.FindStringSubmatch(text); f != nil {
		return month(f[1], f[2])
	}
	if f := ownMonthForm.FindStringSubmatch(text); f != nil {
		return month(year, f[1])
	}
	if f := yearForm.FindStringSubmatch(text); f != nil {
		y, _ := strconv.Atoi(f[1])
		return workday.NewDate(y, 1, 1), workday.NewDate(y, 12, 31), y > 0
	}
	return from, to, false
}

func day(y, m, d string) (workday.Date, bool) {
	date, err := workday.ParseDate(y + "-" + two(m) + "-" + two(d))
	return date, err == nil
}

func month(y, m string) (from, to workday.Date, ok bool) {
	from, ok = day(y, m, "1")
	return from, from.AddMonths(1).AddDays(-1), ok
}

func two(digits string) string {
	if len(digits) == 1 {
		return "0" + digits
	}
	return digits
}

type stretchOf func(today workday.Date) (from, to workday.Date)

// stretches are the words for a stretch of time. A week begins on Monday.
var stretches = func() map[string]stretchOf {
	all := make(map[string]stretchOf)
	for _, s := range []struct {
		words string
		of    stretchOf
	}{
		{"今天 今日 today", days1(0)}, {"昨天 昨日 yesterday", days1(-1)}, {"明天 明日 tomorrow", days1(1)},
		{"本周 本週 this_week", week(0)}, {"下周 下週 next_week", week(1)}, {"上周 上週 last_week", week(-1)},
		{"本月 this_month", months(0, 1)}, {"下月 next_month", months(1, 1)}, {"上月 last_month", months(-1, 1)},
		{"本季度 本季 this_quarter", quarter(0)}, {"下季度 下季 next_quarter", quarter(1)}, {"上季度 上季 last_quarter", quarter(-1)},
		{"今年 本年 this_year", year(0)}, {"明年 next_year", year(1)}, {"去年 last_year", year(-1)},
	} {
		for _, word := range strings.Fields(s.words) {
			all[word] = s.of
		}
	}
	return all
}()

func days1(n int) stretchOf {
	return func(today workday.Date) (workday.Date, workday.Date) { return today.AddDays(n), today.AddDays(n) }
}

func week(n int) stretchOf {
	return func(today workday.Date) (workday.Date, workday.Date) {
		monday := today.AddDays(7*n - (int(today.Weekday())+6)%7)
		return monday, monday.AddDays(6)
	}
}

func months(n, long int) stretchOf {
	return func(today workday.Date) (workday.Date, workday.Date) {
		first := workday.NewDate(today.Year(), today.Month()+time.Month(n), 1)
		return first, first.AddMonths(long).AddDays(-1)
	}
}

func quarter(n int) stretchOf {
	return func(today workday.Date) (workday.Date, workday.Date) {
		into := int(today.Month()-1) % 3
		return months(3*n-into, 3)(today)
	}
}

func year(n int) stretchOf {
	return func(today workday.Date) (workday.Date, workday.Date) {
		y := today.Year() + n
		return workday.NewDate(y, 1, 1), workday.NewDate(y, 12, 31)
	}
}
