// Package cycle is the law of report cycles (报送周期): how the calendar is cut into periods, which report of a task falls due
// when, and what it has to say. Cycles are data in a rule file (policies/rules/cycles.yaml); a clause that says "每季度" brings
// its own as a recurrence.
package cycle

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// Every is how long a period is.
type Every string

const (
	Week     Every = "week"      // 周: Monday to Sunday
	Month    Every = "month"     // 月
	Quarter  Every = "quarter"   // 季度
	HalfYear Every = "half_year" // 半年
	Semester Every = "semester"  // 学期: see Semesters
	Year     Every = "year"      // 年
)

// Values lists the lengths; ent reads it.
func (Every) Values() []string {
	return []string{string(Week), string(Month), string(Quarter), string(HalfYear), string(Semester), string(Year)}
}

// Period is a stretch of days that is reported on, both ends included, with the name that people give it: 2017-W14, 2017-03,
// 2017-Q1, 2017-H1, 2016-S2 (the second semester of the school year that began in 2016), 2017.
type Period struct {
	Label    string
	From, To workday.Date
}

// Semesters are the months with whose last day the first and the second semester of a school year end (第一、第二学期). A zero
// value is January and July: August to January, February to July.
type Semesters [2]time.Month

// usualSemesters are those of the school calendars of most provinces.
var usualSemesters = Semesters{time.January, time.July}

func (s Semesters) ends() Semesters {
	if s == (Semesters{}) {
		return usualSemesters
	}
	return s
}

// Grid cuts the calendar into periods without gaps. A zero Grid is of months.
type Grid struct {
	Every  Every
	N      int          // only every so many weeks or years; 0 is 1
	Months []time.Month // with whose last day a period ends, in order; nil: those of Every

	Semesters Semesters // of a grid of semesters
}

// ends are the months with which periods end.
var ends = map[Every][]time.Month{
	Month:    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
	Quarter:  {3, 6, 9, 12},
	HalfYear: {6, 12},
	Year:     {12},
}

func (g Grid) months() []time.Month {
	if len(g.Months) > 0 {
		return g.Months
	}
	if g.Every == Semester {
		ends := g.Semesters.ends()
		return ends[:]
	}
	if months := ends[g.Every]; months != nil {
		return months
	}
	return ends[Month]
}

func (g Grid) step() int { return max(g.N, 1) }

// Containing is the period in which a day lies; no day, no period.
func (g Grid) Containing(d workday.Date) Period {
	switch {
	case d.IsZero():
		return Period{}
	case g.Every == Week:
		return g.weeks(d)
	}
	to := g.endFrom(d.Year(), d.Month(), 1)
	from := g.endFrom(d.Year(), d.Month()-1, -1).AddDays(1)
	return Period{Label: g.label(from, to), From: from, To: to}
}

// Next is the period after another.
func (g Grid) Next(p Period) Period { return g.Containing(p.To.AddDays(1)) }

// weeks counts blocks of weeks from the first Monday of the calendar, 0001-01-01.
func (g Grid) weeks(d workday.Date) Period {
	days := 7 * g.step()
	from := workday.NumberedDate((d.Number()-1)/days*days + 1)
	year, week := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, time.UTC).ISOWeek()
	return Period{Label: fmt.Sprintf("%d-W%02d", year, week), From: from, To: from.AddDays(days - 1)}
}

// endFrom is the last day of the first month, looking forward or back from one on, with which a period ends.
func (g Grid) endFrom(year int, month time.Month, dir int) workday.Date {
	ends, step := g.months(), 1
	if g.Every == Year && len(g.Months) == 0 {
		step = g.step()
	}
	for at := workday.NewDate(year, month, 1); ; at = at.AddMonths(dir) {
		if slices.Contains(ends, at.Month()) && at.Year()%step == 0 {
			return workday.MonthEnd(at.Year(), at.Month())
		}
	}
}

func (g Grid) label(from, to workday.Date) string {
	switch {
	case len(g.Months) > 0 || g.Every == Month || g.Every == "":
		return fmt.Sprintf("%d-%02d", to.Year(), to.Month())
	case g.Every == Quarter:
		return fmt.Sprintf("%d-Q%d", to.Year(), to.Month()/3)
	case g.Every == HalfYear:
		return fmt.Sprintf("%d-H%d", to.Year(), to.Month()/6)
	case g.Every == Semester && to.Month() == g.Semesters.ends()[0]:
		return fmt.Sprintf("%d-S1", from.Year())
	case g.Every == Semester: // of the school year that began with the semester before it
		return fmt.Sprintf("%d-S2", g.Containing(from.AddDays(-1)).From.Year())
	case g.step() > 1:
		return fmt.Sprintf("%d-%d", from.Year(), to.Year())
	}
	return strconv.Itoa(to.Year())
}

var labelled = regexp.MustCompile(`^(\d{4})(?:-(?:(W)(\d{2})|(Q)([1-4])|(H)([12])|(S)([12])|(\d{2})))?$`)

// ParsePeriod reads the name of a week, month, quarter, half-year, semester or year, with semesters that end as given. Errors:
// input.invalid with the code period.name.
func ParsePeriod(label string, semesters Semesters) (Period, error) {
	bad := fault.BadField("period", "period.name")
	m := labelled.FindStringSubmatch(label)
	if m == nil {
		return Period{}, bad
	}
	year, _ := strconv.Atoi(m[1])
	part := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
	var p Period
	switch {
	case year < 1:
		return Period{}, bad
	case m[2] != "":
		p = Grid{Every: Week}.Containing(workday.NewDate(year, 1, 4).AddDays(7 * (part(3) - 1)))
	case m[4] != "":
		p = Grid{Every: Quarter}.Containing(workday.NewDate(year, time.Month(3*part(5)), 1))
	case m[6] != "":
		p = Grid{Every: HalfYear}.Containing(workday.NewDate(year, time.Month(6*part(7)), 1))
	case m[8] != "":
		p = semesters.find(year, part(9))
	case m[10] != "":
		p = Grid{Every: Month}.Containing(workday.NewDate(year, time.Month(max(part(10), 1)), 1))
	default:
		p = Grid{Every: Year}.Containing(workday.NewDate(year, 1, 1))
	}
	if p.Label != label {
		return Period{}, bad
	}
	return p, nil
}

// find is a semester of the school year that begins in a year.
func (s Semesters) find(year, n int) Period {
	g := Grid{Every: Semester, Semesters: s}
	p := g.Containing(workday.NewDate(year, 1, 1))
	for label := fmt.Sprintf("%d-S%d", year, n); p.Label != label && p.From.Year() <= year+1; {
		p = g.Next(p)
	}
	return p
}
