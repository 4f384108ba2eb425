package cycle

import (
	"fmt"
	"slices"

	"github.com/duban-gov/duban/internal/workday"
)

// milestones asks for a report at each milestone on or after the assignment: about the days since the one before. Its name keeps
// the milestone's place among all of the task, so that it says the same when an earlier one is past.
func (c Cycle) milestones(a Anchor, t Terms) []Occurrence {
	days := slices.Clone(a.Milestones)
	slices.SortFunc(days, workday.Date.Compare)
	days = slices.Compact(days)
	var all []Occurrence
	from := a.Assigned
	for i, day := range days {
		if day.IsZero() || day.Before(a.Assigned) {
			continue
		}
		all = append(all, Occurrence{Period: Period{Label: fmt.Sprintf("M%d", i+1), From: from, To: day}, Opens: from,
			Nominal: day, Due: t.roll(day), Ask: c.Ask})
		from = day.AddDays(1)
	}
	return all
}

// points asks for a report some days after the assignment (交办后1、3、7日). All of them may be handed in from the first day.
func (c Cycle) points(a Anchor, t Terms) []Occurrence {
	all := make([]Occurrence, len(c.Points))
	for i, p := range c.Points {
		nominal := t.Calendar.End(a.Assigned, p.Period)
		ask := p.Ask
		if len(ask) == 0 {
			ask = c.Ask
		}
		all[i] = Occurrence{Period: Period{Label: p.label(), From: a.Assigned, To: nominal}, Opens: a.Assigned,
			Nominal: nominal, Due: t.roll(nominal), Ask: ask}
	}
	return all
}

// label is D1 for one day after the assignment, WD1 for one working day.
func (p Point) label() string {
	if p.Period.Unit == workday.ByWorkday {
		return fmt.Sprintf("WD%d", p.Period.N)
	}
	return fmt.Sprintf("D%d", p.Period.N)
}
