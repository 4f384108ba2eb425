package cycle

import "slices"

// Again is an occurrence that was written before, as these terms reckon it: with another calendar another due date may come out.
// False if the cycle does not know it: the rule file has changed, or the period was of another cycle.
func (c Cycle) Again(o Occurrence, t Terms) (Occurrence, bool) {
	switch c.Kind {
	case Milestones:
		o.Nominal = o.To
		o.Due = t.roll(o.Nominal)
		return o, true
	case Assigned:
		i := slices.IndexFunc(c.Points, func(p Point) bool { return p.label() == o.Label })
		if i < 0 {
			return o, false
		}
		o.Nominal = t.Calendar.End(o.From, c.Points[i].Period)
		o.To, o.Due = o.Nominal, t.roll(o.Nominal)
		return o, true
	}
	p := c.Grid.Containing(o.To)
	if p != o.Period {
		return o, false
	}
	fresh := c.occurrence(p, t)
	o.Nominal, o.Due = fresh.Nominal, fresh.Due
	return o, true
}
