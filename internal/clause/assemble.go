package clause

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// readNodes reads who, when and how much of every node, in document order, so that a declaration holds from where it stands.
func (p *parser) readNodes() {
	own := make([][]Span, len(p.nodes)+1)
	for _, s := range p.segs {
		if s.node > 0 && (s.kind == PieceTitle || s.kind == PieceBody) {
			own[s.node] = append(own[s.node], s.span)
		}
	}
	duties := make(map[int][]Span)
	for _, n := range p.nodes {
		before := p.decl
		var r reading
		var v *view
		if n.row != nil {
			r, v = readRow(p.src, n.row, p.year, p.decl)
		} else {
			v = newView(p.src, own[n.ID]...)
			r = readClause(v, p.year, p.decl)
		}
		n.fill(r, v)
		if p.isGeneral(n) && n.Mode == Subject {
			n.Mode, n.Assignments = ModeNone, nil
		}
		duties[n.ID] = r.dutySpans
		p.decl.FirstListedIsLead = p.decl.FirstListedIsLead || r.declares.FirstListedIsLead
		p.inherit(n, r, v, before)
		n.Text = p.textOf(own[n.ID], r.dutySpans)
		if n.Title == "" {
			n.Title = shortTitle(n.Text)
		}
	}
	p.cutDuties(duties)
}

// isGeneral reports a node of a part that asks nothing of anybody.
func (p *parser) isGeneral(n *node) bool {
	for n != nil {
		if n.titled && general(n.Title) {
			return true
		}
		if n.Parent == 0 {
			return false
		}
		n = p.nodes[n.Parent-1]
	}
	return false
}

// fill copies a reading into a node.
func (n *node) fill(r reading, v *view) {
	n.Assignments = r.assign(v)
	if len(n.Assignments) > 0 {
		n.Mode = r.who.mode
	}
	n.Open, n.Scope = r.open, r.scope
	n.Deadline, n.Milestones, n.Targets = r.deadline, r.milestones, r.targets
}

// inherit adds the collectives of a declaration to the clause that makes it and to the later ones that name somebody.
func (p *parser) inherit(n *node, r reading, v *view, before Declarations) {
	if len(n.Assignments) > 0 {
		for k, name := range before.Collective {
			if slices.ContainsFunc(n.Assignments, func(a Assignment) bool { return a.Name == name }) {
				continue
			}
			n.Assignments = append(n.Assignments, Assignment{Part: "collective", Name: name, Span: p.declAt[k], Mode: n.Mode, Inherited: true})
		}
	}
	for _, m := range r.declared {
		span := v.span(m.i, m.j)
		n.Assignments = append(n.Assignments, Assignment{Part: "collective", Name: squeeze(p.src, span), Span: span, Mode: r.who.mode})
		p.decl.Collective = append(p.decl.Collective, squeeze(p.src, span))
		p.declAt = append(p.declAt, span)
	}
}

// textOf is a node's own wording without the responsibility clause.
func (p *parser) textOf(own, duties []Span) string {
	var parts []string
	duties = sorted(duties)
	for _, s := range own {
		at := s.Start
		duties = from(duties, at)
		for _, d := range duties {
			if d.Start >= s.End {
				break
			}
			if d.Start >= at && d.End <= s.End {
				parts = append(parts, squeeze(p.src, Span{at, d.Start}))
				at = d.End
			}
		}
		parts = append(parts, squeeze(p.src, Span{at, s.End}))
	}
	return leftover.ReplaceAllString(strings.Join(parts, ""), "$1")
}

// leftover are the marks between and after a clause's responsibility (建设。（…负责。以下均需…落实。）), which stand alone once it is cut out.
var leftover = rx(`([。；])(?:[。；，]+[）】]?)+$`)

// from leaves out the spans at the head that end before at, so that a walk in text order looks at each only where it stands.
func from(spans []Span, at int) []Span {
	for len(spans) > 0 && spans[0].End <= at {
		spans = spans[1:]
	}
	return spans
}

func sorted(spans []Span) []Span {
	out := slices.Clone(spans)
	slices.SortFunc(out, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// shortTitle is the beginning of a text up to its first mark, at most 40 characters.
func shortTitle(s string) string {
	if k := strings.IndexAny(s, "，。；：,;:"); k > 0 && utf8.RuneCountInString(s[:k]) >= 4 {
		s = s[:k]
	}
	runes := []rune(strings.Trim(s, "。；，"))
	if len(runes) > 40 {
		runes = runes[:40]
	}
	return string(runes)
}

// cutDuties cuts the segments of nodes where a responsibility clause begins and ends.
func (p *parser) cutDuties(duties map[int][]Span) {
	var out []seg
	for id := range duties {
		duties[id] = sorted(duties[id])
	}
	for _, s := range p.segs {
		if s.node == 0 || s.kind != PieceBody && s.kind != PieceTitle {
			out = append(out, s)
			continue
		}
		at := s.span.Start
		duties[s.node] = from(duties[s.node], at)
		for _, d := range duties[s.node] {
			if d.Start >= s.span.End {
				break
			}
			d.Start, d.End = max(d.Start, at), min(d.End, s.span.End)
			if d.Empty() {
				continue
			}
			if d.Start > at {
				out = append(out, seg{Span{at, d.Start}, s.node, s.kind, ""})
			}
			out = append(out, seg{d, s.node, PieceDuty, ""})
			at = d.End
		}
		if at < s.span.End {
			out = append(out, seg{Span{at, s.span.End}, s.node, s.kind, ""})
		}
	}
	p.segs = out
}

// draft assembles what was read.
func (p *parser) draft() Draft {
	d := Draft{Year: p.year, YearFrom: p.yearFrom, Declarations: p.decl, Nodes: make([]Node, len(p.nodes)), Unplaced: []Unplaced{}}
	for k, l := range p.title {
		if k == 0 {
			d.TitleSpan = l.span
		} else if p.title[k-1].span.End+2 < l.span.Start {
			break
		}
		d.Title += strings.TrimLeft(squeeze(p.src, l.span), "#")
		d.TitleSpan.End = l.span.End
	}
	if len(p.numbers) > 0 {
		d.Number, d.NumberSpan = squeeze(p.src, p.numbers[0].span), p.numbers[0].span
	}
	for _, s := range p.segs {
		if s.node == 0 {
			d.Unplaced = append(d.Unplaced, Unplaced{s.span, string(p.src[s.span.Start:s.span.End]), s.reason})
			continue
		}
		n := p.nodes[s.node-1]
		n.Pieces = append(n.Pieces, Piece{s.kind, s.span})
	}
	for k, n := range p.nodes {
		d.Nodes[k] = n.Node
		if len(n.Pieces) == 0 {
			continue
		}
		d.Nodes[k].Span = Span{n.Pieces[0].Span.Start, n.Pieces[len(n.Pieces)-1].Span.End}
	}
	return d
}
