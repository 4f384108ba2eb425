package workday

import (
	"fmt"
	"strconv"
	"strings"
)

// Origin says how a date was reckoned: from which day, over which period, by which version of the calendar. Kept beside the
// date as text, it lets another calendar reckon the same date again, and tells any reader which calendar gave it. The zero Origin is that of a
// date that somebody stated.
type Origin struct {
	From     Date
	Period   Period
	Calendar string
}

// Reckon is the last day of a period with its origin; no date to begin on gives neither.
func (c Calendar) Reckon(from Date, p Period) (Date, Origin) {
	if from.IsZero() {
		return Date{}, Origin{}
	}
	return c.End(from, p), Origin{From: from, Period: p, Calendar: c.Version}
}

// Again reckons the same date by this calendar.
func (c Calendar) Again(o Origin) (Date, Origin) { return c.Reckon(o.From, o.Period) }

// IsZero reports whether the date was stated, not reckoned.
func (o Origin) IsZero() bool { return o == Origin{} }

const rolled = "roll"

// String is "2017-03-06 2workday @2026-1a2b3c4d"; a period that rolls off days off has "roll" after its unit. Empty for a stated
// date.
func (o Origin) String() string {
	if o.IsZero() {
		return ""
	}
	roll := ""
	if o.Period.Roll {
		roll = " " + rolled
	}
	return fmt.Sprintf("%s %d%s%s @%s", o.From, o.Period.N, o.Period.Unit, roll, o.Calendar)
}

// ParseOrigin reads what String wrote; false for anything else, the empty text among it.
func ParseOrigin(text string) (Origin, bool) {
	rest, calendar, ok := strings.Cut(text, " @")
	words := strings.Fields(rest)
	if !ok || len(words) < 2 || len(words) > 3 || len(words) == 3 && words[2] != rolled {
		return Origin{}, false
	}
	from, err := ParseDate(words[0])
	digits := strings.TrimRight(words[1], "abcdefghijklmnopqrstuvwxyz")
	n, number := strconv.Atoi(digits)
	o := Origin{From: from, Period: Period{N: n, Unit: Unit(words[1][len(digits):]), Roll: len(words) == 3}, Calendar: calendar}
	return o, err == nil && number == nil && !from.IsZero() && o.Period.Check("") == nil
}
