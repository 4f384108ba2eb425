package graph

import (
	"container/heap"
	"fmt"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// at is a fault in the i-th node or link.
func at(list string, i int, code string, id ident.ID) fault.Field {
	return fault.Field{Location: fmt.Sprintf("%s[%d]", list, i), Code: code, Params: fault.Params{"id": id.String()}}
}

// sort fills order and rank; false if a cycle stands in the way.
func (g *Graph) sort() bool {
	waits := make([]int32, len(g.nodes))
	var free queue
	for i := range g.nodes {
		waits[i] = int32(len(g.into[i]))
		if waits[i] == 0 {
			free = append(free, int32(i)) // ascending, so a heap already
		}
	}
	g.order = make([]int32, 0, len(g.nodes))
	g.rank = make([]int32, len(g.nodes))
	for free.Len() > 0 {
		i := heap.Pop(&free).(int32)
		g.rank[i] = int32(len(g.order))
		g.order = append(g.order, i)
		for _, a := range g.from[i] {
			if waits[a.node]--; waits[a.node] == 0 {
				heap.Push(&free, a.node)
			}
		}
	}
	return len(g.order) == len(g.nodes)
}

// queue is a heap of node numbers, smallest first.
type queue []int32

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i] < q[j] }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(int32)) }
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
