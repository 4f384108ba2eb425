package plans

import (
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
)

// net is the plan as a graph: nodes with due dates, the tree, and the dependencies. A cycle is a fault that names the shortest.
func (sh *sheet) net() (*graph.Graph, error) {
	nodes := make([]graph.Node, len(sh.Tasks))
	for i, t := range sh.Tasks {
		nodes[i] = graph.Node{ID: t.ID, Parent: t.ParentID, Due: t.DueDate}
		if !t.LeaderID.IsZero() {
			nodes[i].Leaders = []ident.ID{t.LeaderID}
		}
		for _, r := range sh.recipients(t) {
			nodes[i].Units = append(nodes[i].Units, r.UnitID)
		}
	}
	links := make([]graph.Link, len(sh.links))
	for i, l := range sh.links {
		links[i] = graph.Link{Before: l.BeforeID, After: l.AfterID, Lag: l.Lag, Working: l.WorkingDays}
	}
	return graph.New(nodes, links, sh.calendar)
}
