// Package graph is the plan as a net: tasks with dates and durations, dependencies with lags, and the tree that holds them. It
// answers what order the work has, whether the dates can be kept, what moves if one task slips, where there is slack, and how
// progress rolls up. Pure: a Graph is built from plain data, never changes and saves nothing.
//
// A task finishes on its planned date unless what it waits for forces a later one; that date is its forecast. Work is never
// pulled forward: a planned date is a commitment. A task waits for its predecessors (finish to start, 完成—开始: predecessor's
// finish, then the lag, then its own duration), and what holds parts finishes no earlier than the last of them.
package graph

import (
	"slices"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// Limit is the greatest duration and lag in days, the greatest weight and the greatest delay that can be asked for: far beyond any
// plan, and small enough that sums and dates cannot overflow.
const Limit = 10000

func outside(n int) bool { return n < 0 || n > Limit }

// Node is a task, or a section or key point that holds tasks.
type Node struct {
	ID      ident.ID
	Parent  ident.ID     // the node that holds it; zero for a root
	Finish  workday.Date // when it is planned to be finished; none: on its due date
	Due     workday.Date // the deadline; none: it has no end date
	Days    int          // working days that it takes once it may start; 0 for a milestone
	Units   []ident.ID   // who answers for it
	Leaders []ident.ID   // 分管领导
}

// Link lets the node After start only once Before is finished and the lag has passed.
type Link struct {
	Before, After ident.ID
	Lag           int  // days, 0 or more
	Working       bool // the lag counts working days; natural days otherwise
}

// Days is the part of a calendar that the graph needs; workday.Calendar has it. AddWorkdays is the n-th working day after d, or
// before it for a negative n; d itself is not counted. WorkdaysBetween counts the working days after a up to and including b,
// and is negative if b is earlier.
type Days interface {
	AddWorkdays(d workday.Date, n int) workday.Date
	WorkdaysBetween(a, b workday.Date) int
}

// Graph is a net without cycles. It is safe for concurrent use if its Days are.
type Graph struct {
	days     Days
	nodes    []Node
	index    map[ident.ID]int32
	into     [][]arc // what each node waits for
	from     [][]arc // what waits for each node
	order    []int32 // every node after all that it waits for
	rank     []int32 // place in order
	forecast []workday.Date
}

// arc is one waiting between two nodes, seen from either end. A part holds its container to its own finish without lag.
type arc struct {
	node    int32 // the other end
	lag     int32
	working bool
	part    bool
}

// New builds the net. It refuses a node given twice or without id, a link or parent that names no node, a lag or duration
// outside 0 to Limit (invalid, a field for each), and a cycle (conflict "graph.cycle" with the shortest one as "cycle" and its length "n").
func New(nodes []Node, links []Link, days Days) (*Graph, error) {
	g := &Graph{days: days, nodes: slices.Clone(nodes), index: make(map[ident.ID]int32, len(nodes))}
	faults := g.place(nodes)
	faults = append(faults, g.connect(links)...)
	if len(faults) > 0 {
		return nil, fault.BadFields(faults...)
	}
	if !g.sort() {
		cycle := g.shortestCycle()
		return nil, fault.New(fault.Conflict, "graph.cycle").With("cycle", cycle).With("n", len(cycle))
	}
	g.forecast = g.schedule(nil)
	return g, nil
}

func (g *Graph) place(nodes []Node) []fault.Field {
	var faults []fault.Field
	for i, n := range nodes {
		_, twice := g.index[n.ID]
		switch {
		case n.ID.IsZero():
			faults = append(faults, at("nodes", i, "required", n.ID))
		case twice:
			faults = append(faults, at("nodes", i, "graph.twice", n.ID))
		case outside(n.Days):
			faults = append(faults, at("nodes", i, "graph.range", n.ID))
		}
		g.index[n.ID] = int32(i)
	}
	return faults
}

func (g *Graph) connect(links []Link) []fault.Field {
	g.into, g.from = make([][]arc, len(g.nodes)), make([][]arc, len(g.nodes))
	var faults []fault.Field
	for i, l := range links {
		before, ok := g.index[l.Before]
		after, found := g.index[l.After]
		switch {
		case !ok:
			faults = append(faults, at("links", i, "graph.unknown", l.Before))
		case !found:
			faults = append(faults, at("links", i, "graph.unknown", l.After))
		case outside(l.Lag):
			faults = append(faults, at("links", i, "graph.range", l.After))
		default:
			g.join(before, after, arc{lag: int32(l.Lag), working: l.Working})
		}
	}
	for i, n := range g.nodes {
		if n.Parent.IsZero() {
			continue
		}
		parent, ok := g.index[n.Parent]
		if !ok {
			faults = append(faults, at("nodes", i, "graph.unknown", n.Parent))
			continue
		}
		g.join(int32(i), parent, arc{part: true})
	}
	return faults
}

func (g *Graph) join(before, after int32, a arc) {
	a.node = before
	g.into[after] = append(g.into[after], a)
	a.node = after
	g.from[before] = append(g.from[before], a)
}

// Order lists every node after all that it waits for; among the free ones the order given to New is kept.
func (g *Graph) Order() []ident.ID { return g.ids(g.order) }

// Forecast is when a node will be finished as things stand; no date for a node without dates or for an unknown one.
func (g *Graph) Forecast(id ident.ID) workday.Date {
	if i, ok := g.index[id]; ok {
		return g.forecast[i]
	}
	return workday.Date{}
}

func (g *Graph) ids(list []int32) []ident.ID {
	ids := make([]ident.ID, len(list))
	for i, n := range list {
		ids[i] = g.nodes[n].ID
	}
	return ids
}
