package graph

import (
	"container/heap"
	"slices"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// Move is a node whose forecast changes.
type Move struct {
	Node     ident.ID
	From, To workday.Date
	Days     int // working days
}

// Break is a deadline that was kept before and is not any more.
type Break struct {
	Node   ident.ID
	Due    workday.Date
	Finish workday.Date
	Days   int // working days late
}

// Slipped is what follows if one node slips. Nothing of it is saved.
type Slipped struct {
	Moves   []Move     // what moves, the node itself first, everything after what it waits for
	Breaks  []Break    // the deadlines that break, in the same order
	Units   []ident.ID // whose nodes move, by id
	Leaders []ident.ID // 分管领导 of what moves, by id
}

// Slip tells what follows if a node finishes d working days later than forecast. It looks only at what comes after the node, so it
// costs what it moves, and says the same as a full recompute. d outside 1 to Limit is invalid, a node that is unknown not found, one
// without any date a conflict.
func (g *Graph) Slip(id ident.ID, d int) (Slipped, error) {
	start, ok := g.index[id]
	switch {
	case !ok:
		return Slipped{}, fault.Missing("task")
	case d < 1 || d > Limit:
		return Slipped{}, fault.BadField("days", "graph.slip_days")
	case g.forecast[start].IsZero():
		return Slipped{}, fault.New(fault.Conflict, "graph.no_date")
	}
	finish := wave{g: g, moved: map[int32]workday.Date{start: g.days.AddWorkdays(g.forecast[start], d)}}
	return g.tell(finish.run(start)), nil
}

// wave carries a delay through the net, always taking the node that comes first in order, so each is settled once.
type wave struct {
	g     *Graph
	moved map[int32]workday.Date // the new finish of what moved
	next  queue                  // places in order of nodes to look at
}

func (w *wave) run(start int32) ([]int32, map[int32]workday.Date) {
	var settled []int32
	queued := map[int32]bool{}
	for i := start; ; {
		settled = append(settled, i)
		for _, a := range w.g.from[i] {
			if place := w.g.rank[a.node]; !queued[place] {
				queued[place] = true
				heap.Push(&w.next, place)
			}
		}
		if i = w.advance(); i < 0 {
			return settled, w.moved
		}
	}
}

// advance settles queued nodes until one has moved, and returns it; -1 when none is left.
func (w *wave) advance() int32 {
	for w.next.Len() > 0 {
		i := w.g.order[heap.Pop(&w.next).(int32)]
		finish := w.g.forecast[i] // delays only push, so it finishes no earlier than before
		for _, a := range w.g.into[i] {
			if pushed, ok := w.moved[a.node]; ok {
				finish = later(finish, w.g.earliest(pushed, a, i))
			}
		}
		if finish != w.g.forecast[i] {
			w.moved[i] = finish
			return i
		}
	}
	return -1
}

func (g *Graph) tell(settled []int32, moved map[int32]workday.Date) Slipped {
	var s Slipped
	for _, i := range settled {
		n, from, to := &g.nodes[i], g.forecast[i], moved[i]
		s.Moves = append(s.Moves, Move{Node: n.ID, From: from, To: to, Days: g.days.WorkdaysBetween(from, to)})
		s.Units = append(s.Units, n.Units...)
		s.Leaders = append(s.Leaders, n.Leaders...)
		if !n.Due.IsZero() && to.After(n.Due) && !from.After(n.Due) {
			s.Breaks = append(s.Breaks, Break{Node: n.ID, Due: n.Due, Finish: to, Days: g.days.WorkdaysBetween(n.Due, to)})
		}
	}
	s.Units, s.Leaders = distinct(s.Units), distinct(s.Leaders)
	return s
}

func distinct(ids []ident.ID) []ident.ID {
	slices.SortFunc(ids, ident.ID.Compare)
	return slices.Compact(ids)
}
