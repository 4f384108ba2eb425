package clause

import (
	"strings"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/plan"
)

var generalTitle = rx(`(?:指导思想|基本原则|工作原则|总体要求|总体思路|工作思路|总体考虑|重大意义|重要意义|目标$|目标要求|编制依据|编制背景|适用范围|试点范围|实施范围|形势|现状|背景|发展基础|基本情况|总则|附则|术语|名词解释|指导方针|主要依据|起草|实施时间|工作依据)`)

// general reports the title of a part that asks nothing of anybody.
func general(title string) bool {
	return utf8.RuneCountInString(title) <= 16 && generalTitle.MatchString(newView([]rune(title), Span{0, utf8.RuneCountInString(title)}).s) && !strings.Contains(title, "任务")
}

// mergeOnly joins a heading with its only paragraph: together they are one clause.
func (p *parser) mergeOnly() {
	count := make(map[int]int)
	for _, n := range p.nodes {
		count[n.Parent]++
	}
	gone := make(map[int]int)
	for _, n := range p.nodes {
		if n.Parent == 0 || !n.free || count[n.Parent] != 1 || count[n.ID] > 0 {
			continue
		}
		up := p.nodes[n.Parent-1]
		if up.Depth == 0 && !n.duty && len(p.nodes) > 2*count[0] {
			continue // a part of a deep document stays a part
		}
		if !up.duty && !up.body && up.row == nil {
			up.duty, up.body = n.duty, true
			gone[n.ID] = up.ID
		}
	}
	if len(gone) == 0 {
		return
	}
	ids := make(map[int]int)
	var kept []*node
	for _, n := range p.nodes {
		if _, out := gone[n.ID]; !out {
			kept = append(kept, n)
			ids[n.ID] = len(kept)
		}
	}
	for k := range p.segs {
		if up, out := gone[p.segs[k].node]; out {
			p.segs[k].node = up
			if p.segs[k].kind == PieceTitle {
				p.segs[k].kind = PieceBody
			}
		}
		p.segs[k].node = ids[p.segs[k].node]
	}
	for _, n := range kept {
		n.ID, n.Parent = ids[n.ID], ids[n.Parent]
	}
	p.nodes = kept
}

// kinds settles what each node is. A part without a clause of its own is a section or key point; a leaf with one is a task; what
// lies below a task is a subtask.
func (p *parser) kinds() {
	children := make(map[int]int)
	deepest := 0
	for _, n := range p.nodes {
		children[n.Parent]++
		deepest = max(deepest, n.Depth)
	}
	for _, n := range p.nodes {
		var up *node
		if n.Parent > 0 {
			up = p.nodes[n.Parent-1]
		}
		n.General = n.titled && general(n.Title) || up != nil && up.General
		owned := len(n.Assignments) > 0
		switch {
		case up != nil && (up.Kind == plan.Task || up.Kind == plan.Subtask):
			n.Kind = plan.Subtask
		case children[n.ID] > 0 && !owned || n.General && !owned:
			n.Kind = partKind(n.Depth)
		case owned || n.Depth > 0 || n.row != nil || n.free:
			n.Kind = plan.Task
		case n.rank <= 30 && deepest > 0 || !n.body && n.rank <= 30:
			n.Kind = plan.Section
		default:
			n.Kind = plan.Task
		}
	}
}

func partKind(depth int) plan.NodeKind {
	if depth == 0 {
		return plan.Section
	}
	return plan.KeyPoint
}
