package cycle

import (
	"time"

	"github.com/duban-gov/duban/internal/workday"
)

// Kind is what brings the next report about.
type Kind string

const (
	Regular    Kind = "regular"    // 定期: the calendar
	Milestones Kind = "milestones" // 按节点: the milestones of the task
	Assigned   Kind = "assigned"   // 交办后: days after the assignment
)

// Field is a part of a report that a content rule can ask for.
type Field string

const (
	Responsible Field = "responsible" // 责任人: who does it
	NextSteps   Field = "next_steps"  // 计划
	Measures    Field = "measures"    // 措施
	Narrative   Field = "narrative"   // 进展、结果
	Problems    Field = "problems"    // 存在问题
)

// Values lists the fields in the order of the form.
func (Field) Values() []string {
	return []string{string(Responsible), string(Measures), string(Narrative), string(Problems), string(NextSteps)}
}

// None is the id of the cycle that asks for no report.
const None = "none"

// Cycle is one way of asking for reports.
type Cycle struct {
	ID     string
	Kind   Kind
	Grid   Grid    // of a regular cycle
	Due    DueDay  // of a regular cycle
	Points []Point // of a cycle after the assignment, in order
	Ask    []Field // what a report has to say; a point may ask for something else
}

// DueDay says on which day of its last month, or week, a period falls due: 5 is the fifth, a month without that day ends
// earlier, and 0 is the last. After moves to the month or week that follows the period.
type DueDay struct {
	N     int
	After bool
}

// Point is one report of a cycle after the assignment.
type Point struct {
	Period workday.Period
	Ask    []Field
}

// Terms are what all cycles of a rule file share, and the calendar.
type Terms struct {
	Calendar workday.Calendar
	Roll     bool           // a due date on a day off moves to the next working day
	Grace    workday.Period // a regular report that falls due sooner after the assignment is not asked for
}

// Anchor is what a task brings to its cycle.
type Anchor struct {
	Assigned   workday.Date   // the day on which it was handed out (交办)
	Milestones []workday.Date // in any order
}

// Occurrence is one report that is asked for.
type Occurrence struct {
	Period
	Opens   workday.Date // first day on which it may be handed in
	Nominal workday.Date // due date as the rule says it
	Due     workday.Date // due date in force: rolled where the terms say so
	Ask     []Field
}

// Opening lists the occurrences that open after one day, up to and including another, in the order in which they open. No
// "after" means from the beginning.
func (c Cycle) Opening(a Anchor, after, through workday.Date, t Terms) []Occurrence {
	if a.Assigned.IsZero() || through.Before(a.Assigned) {
		return nil
	}
	switch c.Kind {
	case Milestones:
		return between(c.milestones(a, t), after, through)
	case Assigned:
		return between(c.points(a, t), after, through)
	}
	return c.regular(a, after, through, t)
}

// NextOpens is the first day after another on which an occurrence opens, or may open; no date if none ever will.
func (c Cycle) NextOpens(a Anchor, after workday.Date, t Terms) workday.Date {
	if a.Assigned.IsZero() {
		return workday.Date{}
	}
	if after.Before(a.Assigned) {
		return a.Assigned
	}
	if c.Kind == Regular {
		return c.Grid.Next(c.Grid.Containing(after)).From
	}
	all := c.milestones(a, t)
	if c.Kind == Assigned {
		all = c.points(a, t)
	}
	for _, o := range all {
		if o.Opens.After(after) {
			return o.Opens
		}
	}
	return workday.Date{}
}

func between(all []Occurrence, after, through workday.Date) []Occurrence {
	var some []Occurrence
	for _, o := range all {
		if (after.IsZero() || o.Opens.After(after)) && !o.Opens.After(through) {
			some = append(some, o)
		}
	}
	return some
}

// regular walks the periods from the one that holds the first day asked about.
func (c Cycle) regular(a Anchor, after, through workday.Date, t Terms) []Occurrence {
	start := a.Assigned
	if after.After(start) {
		start = after
	}
	first := t.Calendar.End(a.Assigned, t.Grace)
	var all []Occurrence
	for p := c.Grid.Containing(start); !p.From.After(through); p = c.Grid.Next(p) {
		o := c.occurrence(p, t)
		if o.Opens.Before(a.Assigned) {
			o.Opens = a.Assigned
		}
		if !o.Due.Before(first) {
			all = append(all, o)
		}
	}
	return between(all, after, through)
}

func (c Cycle) occurrence(p Period, t Terms) Occurrence {
	nominal := c.Due.in(c.Grid, p)
	return Occurrence{Period: p, Opens: p.From, Nominal: nominal, Due: t.roll(nominal), Ask: c.Ask}
}

// in is the due day of a period as the rule says it.
func (d DueDay) in(g Grid, p Period) workday.Date {
	if g.Every == Week {
		monday := p.To.AddDays(-6)
		if d.After {
			monday = p.To.AddDays(1)
		}
		if d.N == 0 {
			return monday.AddDays(6)
		}
		return monday.AddDays(min(d.N, 7) - 1)
	}
	year, month := p.To.Year(), p.To.Month()
	if d.After {
		month++
	}
	last := workday.MonthEnd(year, month)
	if d.N == 0 || d.N >= last.Day() {
		return last
	}
	return workday.NewDate(last.Year(), last.Month(), d.N)
}

func (t Terms) roll(d workday.Date) workday.Date {
	if t.Roll {
		return t.Calendar.NextWorkday(d)
	}
	return d
}

// Year is every occurrence of which the due date lies in a year; the burden meter counts them.
func (c Cycle) Year(a Anchor, year int, t Terms) []Occurrence {
	var some []Occurrence
	for _, o := range c.Opening(a, workday.Date{}, workday.NewDate(year, time.December, 31), t) {
		if o.Due.Year() == year {
			some = append(some, o)
		}
	}
	return some
}
