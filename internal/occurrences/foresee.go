package occurrences

import (
	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// ForeseenReminder is the reminder of a report that will be sent if nobody acts.
type ForeseenReminder struct {
	On     workday.Date
	Period string
	Due    workday.Date
	Rule   string // rule file and version, and the cycle or recurrence
}

// Foresee lists the reminders that the reports on a task will bring, through a day, if it is handed out on another and nobody acts
// (试运行), in the order of their days. It asks the same law as the clocks do. The choices are those of the task's plan.
func (s *Service) Foresee(t *ent.Task, choices map[ident.ID]string, on, through workday.Date) []ForeseenReminder {
	set := s.Set()
	if set.Remind.N == 0 {
		return nil
	}
	days := milestones(t)
	c, recurrence, ok := set.Choose(cycle.Named{Task: choices[t.ID], Plan: choices[ident.ID{}], Recurrence: t.Recurrence, Dated: len(days) > 0})
	if !ok {
		return nil
	}
	name := c.ID
	if recurrence != "" {
		name = recurrence
	}
	calendar := s.watches.Calendar(t.AuthorityID)
	var all []ForeseenReminder
	for _, o := range c.Opening(cycle.Anchor{Assigned: on, Milestones: days}, workday.Date{}, through, s.terms(t.AuthorityID)) {
		day := set.RemindOn(o, calendar)
		if day.Before(o.Opens) { // it is reminded of as soon as it is there
			day = o.Opens
		}
		if !day.After(o.Due) && !day.After(through) {
			all = append(all, ForeseenReminder{On: day, Period: o.Label, Due: o.Due, Rule: set.Rule() + ":" + name})
		}
	}
	return all
}
