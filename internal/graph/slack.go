package graph

import (
	"slices"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// Slack is how many working days a node may slip (机动时间).
type Slack struct {
	End      int  // until the end of the whole plan moves
	Deadline int  // until it keeps a deadline, its own or one after it, from being met; negative: it does so already
	Bound    bool // a deadline stands at or after the node; otherwise Deadline means nothing
}

// Slacks computes the slack of every node that has a forecast.
func (g *Graph) Slacks() map[ident.ID]Slack {
	end := g.end()
	byEnd := g.backward(func(int32) workday.Date { return end })
	byDeadline := g.backward(func(i int32) workday.Date { return g.nodes[i].Due })
	slacks := make(map[ident.ID]Slack, len(g.nodes))
	for i, n := range g.nodes {
		finish := g.forecast[i]
		if finish.IsZero() {
			continue
		}
		s := Slack{End: g.days.WorkdaysBetween(finish, byEnd[i]), Bound: !byDeadline[i].IsZero()}
		if s.Bound {
			s.Deadline = g.days.WorkdaysBetween(finish, byDeadline[i])
		}
		if s.Bound && byDeadline[i].Before(finish) {
			s.Deadline = min(s.Deadline, -1) // late, even if only days off lie between
		}
		slacks[n.ID] = s
	}
	return slacks
}

// backward computes the latest day on which every node may finish so that each keeps its own limit; no date for no limit.
func (g *Graph) backward(limit func(int32) workday.Date) []workday.Date {
	last := make([]workday.Date, len(g.nodes))
	for _, i := range slices.Backward(g.order) {
		last[i] = limit(i)
		for _, a := range g.from[i] {
			if bound := g.latest(last[a.node], a, a.node); !bound.IsZero() && bound.Compare(last[i]) < 0 {
				last[i] = bound
			}
		}
	}
	return last
}

// end is the day on which the last node finishes; no date if none has one.
func (g *Graph) end() workday.Date {
	var end workday.Date
	for _, finish := range g.forecast {
		end = later(end, finish)
	}
	return end
}

// CriticalPath is the chain that decides when the plan ends (关键路径): from a node that stands on its own date, each holding the
// next, to the last one to finish. Days off may leave a node on it a little slack all the same. Containers that only wait for their parts are left off its end. Of several, the one whose
// nodes come first in the order given to New. Nil if nothing has a date.
func (g *Graph) CriticalPath() []ident.ID {
	end := g.end()
	if end.IsZero() {
		return nil
	}
	last := int32(slices.Index(g.forecast, end))
	for part := g.holding(last, true); part >= 0; part = g.holding(last, true) {
		last = part
	}
	path := []int32{last}
	for i := g.holding(last, false); i >= 0; i = g.holding(i, false) {
		path = append(path, i)
	}
	slices.Reverse(path)
	return g.ids(path)
}

// holding is what keeps a node from finishing earlier, the first given of several; -1 if only its own date does. With partsOnly
// it looks at the node's parts alone.
func (g *Graph) holding(i int32, partsOnly bool) int32 {
	first := int32(-1)
	for _, a := range g.into[i] {
		before := g.forecast[a.node]
		if partsOnly && !a.part || before.IsZero() || g.earliest(before, a, i) != g.forecast[i] {
			continue
		}
		if first < 0 || a.node < first {
			first = a.node
		}
	}
	return first
}
