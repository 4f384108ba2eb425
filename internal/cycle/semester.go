package cycle

import (
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/workday"
)

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

// find is a semester of the school year that begins in a year.
func (s Semesters) find(year, n int) Period {
	g := Grid{Every: Semester, Semesters: s}
	p := g.Containing(workday.NewDate(year, 1, 1))
	for label := fmt.Sprintf("%d-S%d", year, n); p.Label != label && p.From.Year() <= year+1; {
		p = g.Next(p)
	}
	return p
}

// semesters reads the months with which semesters end: none are the usual ones.
func (c *checker) semesters(ends []int) Semesters {
	if ends == nil {
		return usualSemesters
	}
	ok := len(ends) == 2 && ends[0] != ends[1]
	for _, month := range ends {
		ok = ok && month >= 1 && month <= 12
	}
	c.want(ok, "semester_ends", ends, "[1…12, 1…12]")
	if !ok {
		return usualSemesters
	}
	return Semesters{time.Month(ends[0]), time.Month(ends[1])}
}

// Grid cuts the calendar into periods of a length, with the semesters of the set.
func (s Set) Grid(every Every) Grid { return Grid{Every: every, Semesters: s.Semesters} }

// ParsePeriod reads the name of a period, with the semesters of the set.
func (s Set) ParsePeriod(label string) (Period, error) { return ParsePeriod(label, s.Semesters) }
