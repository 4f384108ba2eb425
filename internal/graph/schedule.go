package graph

import (
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// planned is the date to which a node is committed: its planned finish, or else its deadline.
func (n *Node) planned() workday.Date {
	if n.Finish.IsZero() {
		return n.Due
	}
	return n.Finish
}

// schedule computes when every node finishes, in order; moved gives some nodes another planned date.
func (g *Graph) schedule(moved map[int32]workday.Date) []workday.Date {
	finish := make([]workday.Date, len(g.nodes))
	for _, i := range g.order {
		planned, ok := moved[i]
		if !ok {
			planned = g.nodes[i].planned()
		}
		finish[i] = g.finish(i, planned, finish)
	}
	return finish
}

// finish is when a node finishes, given the date planned for it and when what it waits for finishes.
func (g *Graph) finish(i int32, planned workday.Date, finish []workday.Date) workday.Date {
	for _, a := range g.into[i] {
		planned = later(planned, g.earliest(finish[a.node], a, i))
	}
	return planned
}

// earliest is the first day on which node i can be finished if what it waits for finishes on the day before.
func (g *Graph) earliest(before workday.Date, a arc, i int32) workday.Date {
	if before.IsZero() || a.part {
		return before
	}
	if a.working {
		return g.days.AddWorkdays(before, int(a.lag)+g.nodes[i].Days)
	}
	return g.days.AddWorkdays(before.AddDays(int(a.lag)), g.nodes[i].Days)
}

// latest turns earliest round: the last day on which what node i waits for may finish, if i has to be finished by the day after.
func (g *Graph) latest(after workday.Date, a arc, i int32) workday.Date {
	if after.IsZero() || a.part {
		return after
	}
	if a.working {
		return g.backWorkdays(after, int(a.lag)+g.nodes[i].Days)
	}
	return g.backWorkdays(after, g.nodes[i].Days).AddDays(-int(a.lag))
}

// backWorkdays is the last day from which n working days lead no further than d.
func (g *Graph) backWorkdays(d workday.Date, n int) workday.Date {
	if n == 0 {
		return d
	}
	return g.days.AddWorkdays(d.AddDays(1), -n).AddDays(-1)
}

// later is the later of two dates; no date counts as none at all.
func later(a, b workday.Date) workday.Date {
	if b.After(a) {
		return b
	}
	return a
}

// Infeasible is a deadline that cannot be kept even if everything before it is finished on its own deadline.
type Infeasible struct {
	Node     ident.ID
	Due      workday.Date // its deadline
	Earliest workday.Date // the first day on which it could be finished
	Because  ident.ID     // the dated node before it that is to blame
	Part     bool         // Because is a part of Node; otherwise Node waits for it
}

// Feasibility lists the deadlines that contradict each other, in order: a successor due too soon after its predecessor (后置任务
// 早于前置任务), a part due after what holds it (子任务晚于上级任务). Through nodes without deadlines it looks further back. One line for each
// pair to blame.
func (g *Graph) Feasibility() []Infeasible {
	done := make([]workday.Date, len(g.nodes)) // when a node is finished if all deadlines are met
	blame := make([]int32, len(g.nodes))       // the dated node from which that date comes
	var list []Infeasible
	for _, i := range g.order {
		due := g.nodes[i].Due
		done[i], blame[i] = due, i
		for _, a := range g.into[i] {
			first := g.earliest(done[a.node], a, i)
			switch {
			case first.IsZero():
			case due.IsZero():
				if first.After(done[i]) {
					done[i], blame[i] = first, blame[a.node]
				}
			case first.After(due):
				list = append(list, Infeasible{Node: g.nodes[i].ID, Due: due, Earliest: first,
					Because: g.nodes[blame[a.node]].ID, Part: a.part})
			}
		}
	}
	return list
}
