package graph

import (
	"slices"

	"github.com/duban-gov/duban/internal/ident"
)

// shortestCycle lists the nodes of a shortest cycle, each waiting for the one before it and the first for the last; of several
// the one through the node given first.
func (g *Graph) shortestCycle() []ident.ID {
	k := g.knot()
	s := newSearch(len(g.nodes))
	var best []int32
	for i := range int32(len(g.nodes)) {
		if !k.in[i] || len(best) == 1 {
			continue
		}
		if found := s.cycle(k, i, len(best)); found != nil {
			best = found
		}
		k.remove(i) // every cycle through it is known now
	}
	return g.ids(best)
}

// knot is what is left of the net when all that no cycle passes is taken away, on both sides.
type knot struct {
	g    *Graph
	in   []bool
	outs []int32 // how many nodes of the knot wait for each
}

func (g *Graph) knot() *knot {
	k := &knot{g: g, in: make([]bool, len(g.nodes)), outs: make([]int32, len(g.nodes))}
	for i := range k.in {
		k.in[i] = true
	}
	for _, i := range g.order { // sort got no further than the first cycles
		k.in[i] = false
	}
	for i := range g.nodes {
		for _, a := range g.from[i] {
			if k.in[a.node] {
				k.outs[i]++
			}
		}
	}
	for i := range int32(len(g.nodes)) {
		if k.in[i] && k.outs[i] == 0 {
			k.remove(i)
		}
	}
	return k
}

// remove takes a node away, and then every node for which nothing is left to wait.
func (k *knot) remove(i int32) {
	k.in[i] = false
	gone := []int32{i}
	for len(gone) > 0 {
		i, gone = gone[len(gone)-1], gone[:len(gone)-1]
		for _, a := range k.g.into[i] {
			if k.outs[a.node]--; k.in[a.node] && k.outs[a.node] == 0 {
				k.in[a.node] = false
				gone = append(gone, a.node)
			}
		}
	}
}

// search is a breadth-first search whose memory is used again for each start.
type search struct {
	seen  []int32 // the start for which a node was last seen, plus one
	prev  []int32
	depth []int32
	queue []int32
}

func newSearch(n int) *search {
	return &search{seen: make([]int32, n), prev: make([]int32, n), depth: make([]int32, n)}
}

// cycle finds a shortest way from start back to itself with fewer than limit nodes (0: any number); nil if there is none.
func (s *search) cycle(k *knot, start int32, limit int) []int32 {
	s.queue = append(s.queue[:0], start)
	s.seen[start], s.depth[start] = start+1, 1
	for head := 0; head < len(s.queue); head++ {
		i := s.queue[head]
		if limit > 0 && int(s.depth[i]) >= limit {
			return nil
		}
		for _, a := range k.g.from[i] {
			if a.node == start {
				return s.way(start, i)
			}
			if !k.in[a.node] || s.seen[a.node] == start+1 {
				continue
			}
			s.seen[a.node], s.prev[a.node], s.depth[a.node] = start+1, i, s.depth[i]+1
			s.queue = append(s.queue, a.node)
		}
	}
	return nil
}

func (s *search) way(start, end int32) []int32 {
	way := []int32{end}
	for end != start {
		end = s.prev[end]
		way = append(way, end)
	}
	slices.Reverse(way)
	return way
}
