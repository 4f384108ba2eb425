package workday

import (
	"strconv"
	"strings"

	"github.com/duban-gov/duban/internal/fault"
)

// Day is one day of which a notice says something: a day off, or a weekend day that is worked (调休补班).
type Day struct {
	Date Date
	Work bool
	Name string // the festival as the notice names it
}

// Notice is what one authority said about the days of a year. A notice with a Year settles that year: its days are no longer
// provisional. A notice without one (Year 0) adds local days and settles nothing.
type Notice struct {
	Year    int
	Sources []string // addresses of the notice and of its changes within the year
	Days    []Day
}

// ParseNotices reads the text form of notices. A block is one year:
//
//	2017 https://address-of-the-notice
//	春节 01-27..02-02 + 01-22 02-04
//
// that is, the year with the addresses, then one line a festival: name, days off, and after + the weekend days worked. MM-DD is
// in the block's year; a day of another year is written out. The year "local" opens a block of local days, all written out.
// Lines that begin with # and empty lines say nothing. Every line at fault is listed.
func ParseNotices(text string) ([]Notice, error) {
	var p parser
	for i, line := range strings.Split(text, "\n") {
		p.line = i + 1
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		p.read(words)
	}
	if len(p.faults) > 0 {
		return nil, fault.BadFields(p.faults...)
	}
	return p.notices, nil
}

type parser struct {
	line    int
	notices []Notice
	faults  []fault.Field
}

func (p *parser) fail(code, value string) {
	p.faults = append(p.faults, fault.Field{
		Location: "line " + strconv.Itoa(p.line), Code: code, Params: fault.Params{"value": value},
	})
}

func (p *parser) read(words []string) {
	if year, ok := blockYear(words[0]); ok {
		p.notices = append(p.notices, Notice{Year: year, Sources: words[1:]})
		return
	}
	if len(p.notices) == 0 {
		p.fail("calendar.no_year", words[0])
		return
	}
	if len(words) == 1 {
		p.fail("calendar.no_days", words[0])
		return
	}
	p.festival(&p.notices[len(p.notices)-1], words[0], words[1:])
}

func blockYear(word string) (int, bool) {
	if word == "local" {
		return 0, true
	}
	year, err := strconv.Atoi(word)
	return year, err == nil && len(word) == 4
}

func (p *parser) festival(into *Notice, name string, words []string) {
	work := false
	for _, word := range words {
		if word == "+" {
			work = true
			continue
		}
		from, to, ok := dayRange(word, into.Year)
		if !ok {
			p.fail("calendar.bad_day", word)
			continue
		}
		for d := from; !d.After(to); d = d.AddDays(1) {
			into.Days = append(into.Days, Day{Date: d, Work: work, Name: name})
		}
	}
}

// longestRange bounds a range of days, so that a slip of the pen in a year does not become a century off.
const longestRange = 31

func dayRange(word string, year int) (from, to Date, ok bool) {
	first, last, isRange := strings.Cut(word, "..")
	from, ok = dayIn(first, year)
	if !isRange || !ok {
		return from, from, ok
	}
	to, ok = dayIn(last, year)
	return from, to, ok && !to.Before(from) && from.DaysUntil(to) < longestRange
}

func dayIn(word string, year int) (Date, bool) {
	if len(word) == len("01-02") && year > 0 {
		word = strconv.Itoa(year) + "-" + word
	}
	d, err := ParseDate(word)
	return d, err == nil
}
