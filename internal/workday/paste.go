package workday

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/fault"
)

// The notice as the State Council's office prints it (国务院办公厅关于…年部分节假日安排的通知): a heading with the year, then one numbered
// paragraph a festival:
//
//	二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
var (
	printedYear     = regexp.MustCompile(`(20\d\d)年(?:部分)?节假日`)
	printedFestival = regexp.MustCompile(`^[一二三四五六七八九十]+、([^：:]{1,20})[：:](.+)$`)
	printedDay      = regexp.MustCompile(`(?:(20\d\d)年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）|\(([^)]*)\))?(至)?`)
	printedWeekday  = regexp.MustCompile(`(?:周|星期)([一二三四五六日天])`)
)

var weekdayNames = map[string]time.Weekday{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 0, "天": 0}

// printed reports whether the text is a notice as printed.
func printed(text string) bool { return printedYear.MatchString(text) }

// readPrinted reads a printed notice. The weekdays that stand in brackets are held against the dates, so that a slip of a digit is
// found. Errors: input.invalid with every line at fault.
func readPrinted(text string) ([]Notice, error) {
	year, _ := strconv.Atoi(printedYear.FindStringSubmatch(text)[1])
	r := printedReader{notice: Notice{Year: year}}
	for i, line := range strings.Split(text, "\n") {
		r.at = "line " + strconv.Itoa(i+1)
		if m := printedFestival.FindStringSubmatch(strings.Join(strings.Fields(line), "")); m != nil {
			r.festival(m[1], m[2])
		}
	}
	if len(r.notice.Days) == 0 {
		r.fail("calendar.no_days", strconv.Itoa(year))
	}
	return []Notice{r.notice}, orBad(r.faults)
}

type printedReader struct {
	notice Notice
	at     string
	month  time.Month
	faults []fault.Field
}

func (r *printedReader) fail(code, value string) {
	r.faults = append(r.faults, fault.Field{Location: r.at, Code: code, Params: fault.Params{"value": value}})
}

// festival reads the sentences of one paragraph: one that says 放假 gives days off, one that says 上班 days worked; others (the
// number of days, advice) give none.
func (r *printedReader) festival(name, text string) {
	for _, sentence := range strings.FieldsFunc(text, func(c rune) bool { return c == '。' || c == '；' }) {
		off, work := strings.Contains(sentence, "放假"), strings.Contains(sentence, "上班")
		if off == work {
			continue
		}
		r.days(name, sentence, work)
	}
}

func (r *printedReader) days(name, sentence string, work bool) {
	var from Date
	for _, m := range printedDay.FindAllStringSubmatch(sentence, -1) {
		day, ok := r.day(m)
		if !ok {
			r.fail("calendar.bad_day", m[0])
			return
		}
		if m[6] != "" { // 至: the first of a range
			from = day
			continue
		}
		first := day
		if !from.IsZero() {
			first, from = from, Date{}
		}
		if day.Before(first) || first.DaysUntil(day) >= longestRange {
			r.fail("calendar.bad_day", m[0])
			return
		}
		for d := first; !d.After(day); d = d.AddDays(1) {
			r.notice.Days = append(r.notice.Days, Day{Date: d, Work: work, Name: name})
		}
	}
}

// day is one date; a month or year that is left out is that of the date before, or the notice's.
func (r *printedReader) day(m []string) (Date, bool) {
	year := r.notice.Year
	if m[1] != "" {
		year, _ = strconv.Atoi(m[1])
	}
	if m[2] != "" {
		month, _ := strconv.Atoi(m[2])
		r.month = time.Month(month)
	}
	n, _ := strconv.Atoi(m[3])
	d := NewDate(year, r.month, n)
	if r.month < 1 || r.month > 12 || d.Day() != n || d.Month() != r.month {
		return Date{}, false
	}
	if w := printedWeekday.FindStringSubmatch(m[4] + m[5]); w != nil && weekdayNames[w[1]] != d.Weekday() {
		r.fail("calendar.weekday", m[0])
	}
	return d, true
}
