package cycle

import (
	"fmt"
	"slices"

	"github.com/duban-gov/duban/internal/workday"
)

// Set is a rule file of cycles. A zero Set asks for no report.
type Set struct {
	ID      string
	Version int
	Default string         // cycle of a plan that names none
	Roll    bool           // due dates on a day off move to the next working day
	Grace   workday.Period // see Terms
	Remind  workday.Period // how long before the due date a reminder is sent
	Clause  []Field        // what reports by a clause's own recurrence have to say

	Semesters Semesters // when semesters end
	Cycles    []Cycle
	Names     map[string]map[string]string // of the cycles by id, in each language
}

// Rule names the set and its version, as records do.
func (s Set) Rule() string { return fmt.Sprintf("%s@%d", s.ID, s.Version) }

// Terms are the terms of the set with a calendar.
func (s Set) Terms(c workday.Calendar) Terms {
	return Terms{Calendar: c, Roll: s.Roll, Grace: s.Grace}
}

// RemindOn is the day on which the reminder of an occurrence is sent.
func (s Set) RemindOn(o Occurrence, c workday.Calendar) workday.Date {
	return c.Shift(o.Due, -s.Remind.N, s.Remind.Unit)
}

// Find finds a cycle by its id.
func (s Set) Find(id string) (Cycle, bool) {
	i := slices.IndexFunc(s.Cycles, func(c Cycle) bool { return c.ID == id })
	if i < 0 {
		return Cycle{}, false
	}
	return s.Cycles[i], true
}

// Named is what decides over the cycle of a task.
type Named struct {
	Task       string // cycle chosen for the task
	Recurrence string // what its clause states
	Plan       string // cycle chosen for the plan
	Dated      bool   // whether it has milestones with a date
}

// Choose finds the cycle of a task: what was chosen for the task, else what its clause states, else what was chosen for the plan,
// else the default. A cycle that the file no longer has, a recurrence that cannot be read, and milestones that a task does not
// have give way to the next. The recurrence comes back where it decides.
func (s Set) Choose(n Named) (c Cycle, recurrence string, ok bool) {
	if c, ok = s.take(n.Task, n.Dated); ok || n.Task == None {
		return c, "", ok
	}
	if n.Recurrence != "" && s.Version > 0 {
		if c, err := Recurrence(n.Recurrence, s.Clause); err == nil {
			return c, n.Recurrence, true
		}
	}
	if c, ok = s.take(n.Plan, n.Dated); ok || n.Plan == None {
		return c, "", ok
	}
	c, ok = s.take(s.Default, n.Dated)
	return c, "", ok
}

func (s Set) take(id string, dated bool) (Cycle, bool) {
	c, ok := s.Find(id)
	return c, ok && (c.Kind != Milestones || dated)
}

// Grid cuts the calendar into periods of a length, with the semesters of the set.
func (s Set) Grid(every Every) Grid { return Grid{Every: every, Semesters: s.Semesters} }

// ParsePeriod reads the name of a period, with the semesters of the set.
func (s Set) ParsePeriod(label string) (Period, error) { return ParsePeriod(label, s.Semesters) }
