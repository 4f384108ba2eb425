package graph

import (
	"slices"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// Part is a node of the tree of progress: a task with parts below it, or a duty, whose progress is reported.
type Part struct {
	ID       ident.ID
	Parent   ident.ID // zero for a root
	Rule     Rule     // how progress comes from the parts below; unused where there are none
	Weight   int      // its weight in the parent; 0 or more
	Progress int      // basis points; used where nothing stands below
}

// Tree keeps the progress of a plan. It is not safe for concurrent use.
type Tree struct {
	parts    []Part
	index    map[ident.ID]int32
	parent   []int32
	children [][]int32
	tally    []Tally
	progress []int
}

// Change is one node whose progress changed.
type Change struct {
	ID       ident.ID
	From, To int // basis points
}

// NewTree builds the tree and computes the progress of all of it. It refuses (invalid, a field for each) a part given twice or
// without id, an unknown parent, a weight outside 0 to Limit and progress outside 0 to Full, and (conflict "graph.cycle") a part below
// itself.
func NewTree(parts []Part) (*Tree, error) {
	t := &Tree{parts: slices.Clone(parts), index: make(map[ident.ID]int32, len(parts)), parent: make([]int32, len(parts)),
		children: make([][]int32, len(parts)), tally: make([]Tally, len(parts)), progress: make([]int, len(parts))}
	if faults := t.place(); len(faults) > 0 {
		return nil, fault.BadFields(faults...)
	}
	order, whole := t.rootsFirst()
	if !whole {
		return nil, fault.New(fault.Conflict, "graph.cycle").With("n", len(parts)-len(order))
	}
	for n := len(order) - 1; n >= 0; n-- {
		t.settle(order[n])
	}
	return t, nil
}

func (t *Tree) place() []fault.Field {
	var faults []fault.Field
	for i, p := range t.parts {
		_, twice := t.index[p.ID]
		switch {
		case p.ID.IsZero():
			faults = append(faults, at("parts", i, "required", p.ID))
		case twice:
			faults = append(faults, at("parts", i, "graph.twice", p.ID))
		case outside(p.Weight):
			faults = append(faults, at("parts", i, "graph.range", p.ID))
		case p.Progress < 0 || p.Progress > Full:
			faults = append(faults, at("parts", i, "graph.progress_range", p.ID))
		}
		t.index[p.ID] = int32(i)
	}
	for i, p := range t.parts {
		t.parent[i] = -1
		if p.Parent.IsZero() {
			continue
		}
		parent, ok := t.index[p.Parent]
		if !ok {
			faults = append(faults, at("parts", i, "graph.unknown", p.Parent))
			continue
		}
		t.parent[i] = parent
		t.children[parent] = append(t.children[parent], int32(i))
	}
	return faults
}

// rootsFirst lists every part after the one above it; whole is false if some hang in a cycle.
func (t *Tree) rootsFirst() (order []int32, whole bool) {
	for i := range t.parts {
		if t.parent[i] < 0 {
			order = append(order, int32(i))
		}
	}
	for n := 0; n < len(order); n++ {
		order = append(order, t.children[order[n]]...)
	}
	return order, len(order) == len(t.parts)
}

// settle computes a part whose children are settled.
func (t *Tree) settle(i int32) {
	if len(t.children[i]) == 0 {
		t.progress[i] = t.parts[i].Progress
		return
	}
	tally := Tally{}
	for _, c := range t.children[i] {
		tally = tally.Add(t.parts[c].Weight, t.progress[c])
	}
	t.tally[i], t.progress[i] = tally, t.parts[i].Rule.Progress(tally)
}

// Progress is a part's progress in basis points; 0 for one that is unknown.
func (t *Tree) Progress(id ident.ID) int {
	if i, ok := t.index[id]; ok {
		return t.progress[i]
	}
	return 0
}

// Set reports new progress of a part that has nothing below it, and carries the difference up the path to the root. It lists
// what changed, from the part upward, and stops where nothing changes any more. An unknown part is not found, one with parts
// below is a conflict, progress outside 0 to Full is invalid.
func (t *Tree) Set(id ident.ID, progress int) ([]Change, error) {
	i, ok := t.index[id]
	switch {
	case !ok:
		return nil, fault.Missing("duty")
	case len(t.children[i]) > 0:
		return nil, fault.New(fault.Conflict, "graph.has_parts")
	case progress < 0 || progress > Full:
		return nil, fault.BadField("progress", "graph.progress_range")
	}
	var changes []Change
	for from, to := t.progress[i], progress; from != to; {
		changes = append(changes, Change{t.parts[i].ID, from, to})
		t.progress[i] = to
		above := t.parent[i]
		if above < 0 {
			break
		}
		t.carry(above, i, from, to)
		i, from, to = above, t.progress[above], t.parts[above].Rule.Progress(t.tally[above])
	}
	return changes, nil
}

// carry brings a child's change into the tally above it.
func (t *Tree) carry(above, child int32, from, to int) {
	tally, exact := t.tally[above].Change(t.parts[child].Weight, from, to)
	if !exact {
		tally.Best = 0
		for _, c := range t.children[above] {
			tally.Best = max(tally.Best, t.progress[c])
		}
	}
	t.tally[above] = tally
}
