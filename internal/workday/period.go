package workday

import (
	"fmt"
	"slices"
	"time"

	"github.com/duban-gov/duban/internal/fault"
)

// Unit is what a period is counted in.
type Unit string

const (
	ByDay     Unit = "day"     // 日: natural days
	ByWorkday Unit = "workday" // 工作日
	ByMonth   Unit = "month"   // 月
	ByYear    Unit = "year"    // 年
)

// Values lists the units; ent reads it.
func (Unit) Values() []string {
	return []string{string(ByDay), string(ByWorkday), string(ByMonth), string(ByYear)}
}

// Period is a length of time that runs from a date. Roll says that an end on a day off moves to the next working day (民法典
// art. 203; that it holds for ordinary weekends too is practice, hence a switch). A working-day period never ends on one.
type Period struct {
	N    int  `json:"n"`
	Unit Unit `json:"unit"`
	Roll bool `json:"roll,omitempty"`
}

// longestPeriod bounds N: nothing that an office owes runs longer than 200 years of working days.
const longestPeriod = 50_000

// Check reports what is wrong with the period, at a location of the caller's choice; nil if nothing is.
func (p Period) Check(at string) []fault.Field {
	var faults []fault.Field
	if p.N < 0 || p.N > longestPeriod {
		faults = append(faults, fault.Field{
			Location: at + ".n", Code: "period.length", Params: fault.Params{"value": p.N, "max": longestPeriod},
		})
	}
	if !slices.Contains(p.Unit.Values(), string(p.Unit)) {
		faults = append(faults, fault.Field{
			Location: at + ".unit", Code: "period.unit", Params: fault.Params{"value": string(p.Unit)},
		})
	}
	return faults
}

// The rules by which a period is resolved, as a resolution names them.
const (
	RuleFirstDay = "period.first_day" // 民法典 art. 201: the day it begins on is not counted
	RuleWorkday  = "period.workday"   // 行政许可法 art. 82 and the like: only working days are counted
	RuleMonthEnd = "period.month_end" // 民法典 art. 202: no such day in the month, so its last day
	RuleRoll     = "period.roll"      // 民法典 art. 203: the last day is a day off, so the next working day
)

// Step is one rule applied on the way to a date, and the date after it.
type Step struct {
	Rule string `json:"rule"`
	Date Date   `json:"date"`
}

// Resolution is the last day of a period, how it was found and with which calendar. Provisional means that a year on the way
// has no notice yet, so the date may still move.
type Resolution struct {
	Date        Date   `json:"date"`
	Steps       []Step `json:"steps"`
	Calendar    string `json:"calendar"`
	Provisional bool   `json:"provisional,omitempty"`
}

// Shift moves n units from a date, back for a negative n; no date, or an unknown unit, gives no date.
func (c Calendar) Shift(d Date, n int, unit Unit) Date {
	if d.IsZero() {
		return d
	}
	switch unit {
	case ByDay:
		return d.AddDays(n)
	case ByWorkday:
		return c.AddWorkdays(d, n)
	case ByMonth:
		return d.AddMonths(n)
	case ByYear:
		return d.AddMonths(12 * n)
	}
	return Date{}
}

// End is the last day of a period that begins on from: Resolve without the explanation.
func (c Calendar) End(from Date, p Period) Date {
	end := c.Shift(from, p.N, p.Unit)
	if p.Roll {
		end = c.NextWorkday(end)
	}
	return end
}

// Resolve is the last day of a period that begins on from, with the rules that led to it. The period has passed at the end of
// that day. Errors: input.invalid for a bad period or no date to begin on.
func (c Calendar) Resolve(from Date, p Period) (Resolution, error) {
	faults := p.Check("period")
	if from.IsZero() {
		faults = append(faults, fault.Field{Location: "from", Code: "period.no_start"})
	}
	if len(faults) > 0 {
		return Resolution{}, fmt.Errorf("resolve period: %w", fault.BadFields(faults...))
	}
	end := c.Shift(from, p.N, p.Unit)
	var steps []Step
	if p.N > 0 {
		steps = append(steps, Step{RuleFirstDay, from.AddDays(1)})
	}
	switch {
	case p.Unit == ByWorkday:
		steps = append(steps, Step{RuleWorkday, end})
	case p.Unit != ByDay && end.Day() != from.Day():
		steps = append(steps, Step{RuleMonthEnd, end})
	}
	if rolled := c.NextWorkday(end); p.Roll && rolled != end {
		end = rolled
		steps = append(steps, Step{RuleRoll, end})
	}
	return Resolution{Date: end, Steps: steps, Calendar: c.Version, Provisional: c.ProvisionalBetween(from, end)}, nil
}

// MonthEnd is the last day of the month: "6月底前" ends with it.
func MonthEnd(year int, month time.Month) Date { return NewDate(year, month+1, 1).AddDays(-1) }
