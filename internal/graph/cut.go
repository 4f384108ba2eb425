package graph

import (
	"slices"

	"github.com/duban-gov/duban/internal/ident"
)

// CutNodes lists the nodes without which the net of dependencies falls apart (割点): everything on one side of such a node hangs
// on the other side through it alone. What holds parts is not looked at. In the order given to New.
func (g *Graph) CutNodes() []ident.ID {
	c := cutter{g: g, enter: make([]int32, len(g.nodes)), low: make([]int32, len(g.nodes)), cut: make([]bool, len(g.nodes))}
	for i := range int32(len(g.nodes)) {
		if c.enter[i] == 0 {
			c.tree(i)
		}
	}
	var list []ident.ID
	for i, cut := range c.cut {
		if cut {
			list = append(list, g.nodes[i].ID)
		}
	}
	return list
}

// cutter is a depth-first search after Hopcroft and Tarjan (1973), with a stack of its own so that a long chain cannot
// overflow. Enter counts the nodes in the order met, from 1; low is the earliest of them that a node's branch touches.
type cutter struct {
	g          *Graph
	count      int32
	enter, low []int32
	cut        []bool
	stack      []visit
}

// visit is a node under search: its neighbours still to be seen and the node it was reached from (-1 at the root).
type visit struct {
	node, from int32
	rest       []int32
}

func (c *cutter) tree(root int32) {
	branches := 0
	c.push(root, -1)
	for len(c.stack) > 0 {
		top := &c.stack[len(c.stack)-1]
		if len(top.rest) > 0 {
			next := top.rest[0]
			top.rest = top.rest[1:]
			if c.enter[next] == 0 {
				c.push(next, top.node)
			} else if next != top.from {
				c.low[top.node] = min(c.low[top.node], c.enter[next])
			}
			continue
		}
		done := *top
		c.stack = c.stack[:len(c.stack)-1]
		switch done.from {
		case -1:
		case root:
			branches++
		default:
			c.low[done.from] = min(c.low[done.from], c.low[done.node])
			if c.low[done.node] >= c.enter[done.from] {
				c.cut[done.from] = true
			}
		}
	}
	c.cut[root] = branches > 1
}

func (c *cutter) push(node, from int32) {
	c.count++
	c.enter[node], c.low[node] = c.count, c.count
	c.stack = append(c.stack, visit{node, from, c.neighbours(node)})
}

// neighbours are the nodes linked to one in either direction, each once, so that two links between the same nodes count as one.
func (c *cutter) neighbours(i int32) []int32 {
	var list []int32
	for _, arcs := range [][]arc{c.g.into[i], c.g.from[i]} {
		for _, a := range arcs {
			if !a.part {
				list = append(list, a.node)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
