package graph_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

func TestSlack_is_exactly_what_a_node_may_slip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawNet(t)
		slacks := mustNew(t, n.nodes, n.links, n.days).Slacks()
		before := n.naive(nil)
		node := rapid.SampledFrom(n.nodes).Draw(t, "node").ID
		s, ok := slacks[node]
		if ok == before[node].IsZero() {
			t.Fatalf("slack of a node on %s: %v", before[node], ok)
		}
		if !ok {
			return
		}
		after := func(d int) map[ident.ID]workday.Date {
			return n.naive(map[ident.ID]workday.Date{node: n.days.AddWorkdays(before[node], d)})
		}
		if s.End < 0 || last(after(s.End)) != last(before) || last(after(s.End+1)) == last(before) {
			t.Fatalf("node %d, slack to the end %d in %s", node.Int(), s.End, n)
		}
		downstream := n.after(node)
		if bound := slices.ContainsFunc(n.nodes, func(x graph.Node) bool { return downstream[x.ID] && !x.Due.IsZero() }); bound != s.Bound {
			t.Fatalf("node %d bound: %v", node.Int(), s.Bound)
		}
		if !s.Bound {
			return
		}
		// alone: what follows from this node only, whatever else is late
		alone := func(d int) map[ident.ID]workday.Date {
			planned := map[ident.ID]workday.Date{}
			for _, x := range n.nodes {
				planned[x.ID] = workday.Date{}
			}
			planned[node] = n.days.AddWorkdays(before[node], max(d, 0))
			return n.naive(planned)
		}
		if s.Deadline >= 0 && n.late(alone(s.Deadline), downstream) || !n.late(alone(s.Deadline+1), downstream) {
			t.Fatalf("node %d, slack to a deadline %d in %s", node.Int(), s.Deadline, n)
		}
	})
}

func last(finish map[ident.ID]workday.Date) workday.Date {
	var end workday.Date
	for _, d := range finish {
		if d.After(end) {
			end = d
		}
	}
	return end
}

// after finds a node and all that waits for it.
func (n net) after(node ident.ID) map[ident.ID]bool {
	found := map[ident.ID]bool{node: true}
	for size := 0; size != len(found); {
		size = len(found)
		for _, l := range n.links {
			if found[l.Before] {
				found[l.After] = true
			}
		}
		for _, x := range n.nodes {
			if found[x.ID] && !x.Parent.IsZero() {
				found[x.Parent] = true
			}
		}
	}
	return found
}

func (n net) late(finish map[ident.ID]workday.Date, among map[ident.ID]bool) bool {
	return slices.ContainsFunc(n.nodes, func(x graph.Node) bool {
		return among[x.ID] && !x.Due.IsZero() && finish[x.ID].After(x.Due)
	})
}

func TestCriticalPath_holds_the_end(t *testing.T) {
	long := 0
	rapid.Check(t, func(t *rapid.T) {
		n := drawNet(t)
		strict := rapid.Bool().Draw(t, "strict")
		for i := range n.links {
			n.links[i].Working = n.links[i].Working || strict
		}
		g := mustNew(t, n.nodes, n.links, n.days)
		path, slacks := g.CriticalPath(), g.Slacks()
		if len(path) == 0 {
			if len(slacks) > 0 {
				t.Fatalf("no path in %s", n)
			}
			return
		}
		long = max(long, len(path))
		if g.Forecast(path[len(path)-1]) != last(n.naive(nil)) {
			t.Fatalf("path %v does not reach the end", path)
		}
		for i, node := range path {
			if strict && slacks[node].End != 0 { // natural days would let a day off swallow some
				t.Fatalf("%d on path %v has slack %d in %s", node.Int(), path, slacks[node].End, n)
			}
			if i > 0 && !n.holds(path[i-1], node, g.Forecast(path[i-1]), g.Forecast(node)) {
				t.Fatalf("path %v is broken at %d", path, i)
			}
		}
	})
	if long < 3 {
		t.Errorf("longest path has %d nodes", long)
	}
}

// holds reports whether node is finished on the day after, and no earlier, because another is on the day before.
func (n net) holds(other, node ident.ID, before, after workday.Date) bool {
	planned := map[ident.ID]workday.Date{}
	for _, x := range n.nodes {
		planned[x.ID] = workday.Date{}
	}
	planned[other] = before
	return n.naive(planned)[node] == after
}

func TestFeasibility_finds_a_contradiction_exactly_when_deadlines_cannot_all_be_kept(t *testing.T) {
	both := map[bool]bool{}
	rapid.Check(t, func(t *rapid.T) {
		n := drawNet(t)
		for i := range n.nodes {
			n.nodes[i].Finish = workday.Date{} // planned on the deadline itself
		}
		list := mustNew(t, n.nodes, n.links, n.days).Feasibility()
		everything := map[ident.ID]bool{}
		for _, node := range n.nodes {
			everything[node.ID] = true
		}
		if late := n.late(n.naive(nil), everything); late != (len(list) > 0) {
			t.Fatalf("late %v, found %+v in %s", late, list, n)
		}
		both[len(list) > 0] = true
	})
	if len(both) != 2 {
		t.Error("every net was alike")
	}
}

func TestFeasibility(t *testing.T) {
	g := mustNew(t, []graph.Node{
		{ID: id(1), Due: day("2017-06-30")},
		{ID: id(2), Days: 2},
		{ID: id(3), Due: day("2017-07-03")},
		{ID: id(4), Due: day("2017-07-04")},
		{ID: id(5), Due: day("2017-05-31")},
		{ID: id(6), Due: day("2017-06-01"), Parent: id(5)},
	}, []graph.Link{{Before: id(1), After: id(2)}, {Before: id(2), After: id(3)}, {Before: id(2), After: id(4)}}, weekdays{})
	want := []graph.Infeasible{
		{Node: id(3), Due: day("2017-07-03"), Earliest: day("2017-07-04"), Because: id(1)},
		{Node: id(5), Due: day("2017-05-31"), Earliest: day("2017-06-01"), Because: id(6), Part: true},
	}
	if got := g.Feasibility(); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}
