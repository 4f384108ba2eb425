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
