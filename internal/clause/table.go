package clause

import (
	"strings"
	"unicode/utf8"
)

// tableState is what is known of the table being read. It outlives the table, since the next page's table may have no header.
type tableState struct {
	table int
	width int
	cols  []column
	// inHeader says that the row before was a header row too.
	inHeader bool
	base     []*node // the outline above the table
	groups   []*node // open groups (merged first columns), outermost first
	above    map[int]Span
}

// row places one table row.
func (p *parser) row(blocks []Block, k int) {
	b := blocks[k]
	t := &p.table
	if b.Table != t.table {
		t.table, t.groups, t.above = b.Table, nil, map[int]Span{}
		t.base = append([]*node(nil), p.stack...)
		t.inHeader = false
	}
	texts := p.texts(b)
	filled := filledCells(texts)
	switch {
	case len(filled) == 0 || isRule(texts):
		p.take(b.Span.End, 0, PieceBody, TableHead)
	case isHeader(texts):
		p.header(b, texts)
		t.inHeader = true
		return
	case t.cols == nil || columns(b) > t.width+1 || columns(b) < t.width-1 && len(filled) > 1:
		p.plainRow(b)
	case len(filled) == 1 && (filled[0] == 0 || b.Cells[filled[0]].Columns > 1) && !anyMerged(b):
		p.sectionRow(b, filled[0])
	default:
		p.dataRow(blocks, k, texts)
	}
	t.inHeader = false
}

func (p *parser) texts(b Block) []string {
	out := make([]string, len(b.Cells))
	for k, c := range b.Cells {
		out[k] = newView(p.src, c.Span).s
	}
	return out
}

func filledCells(texts []string) []int {
	var out []int
	for k, s := range texts {
		if s != "" {
			out = append(out, k)
		}
	}
	return out
}

func anyMerged(b Block) bool {
	for _, c := range b.Cells {
		if c.Merged {
			return true
		}
	}
	return false
}

func columns(b Block) int {
	n := 0
	for _, c := range b.Cells {
		n = max(n, c.Column+c.Columns)
	}
	return n
}

// isRule reports the line of dashes under a Markdown header.
func isRule(texts []string) bool {
	for _, s := range texts {
		if strings.Trim(s, "-—：:") != "" {
			return false
		}
	}
	return true
}

// header takes over the columns that a header row names.
func (p *parser) header(b Block, texts []string) {
	t := &p.table
	old := t.cols
	t.width = columns(b)
	t.cols = make([]column, t.width)
	cols := columnsOf(texts)
	for k, c := range b.Cells {
		for n := c.Column; n < min(c.Column+c.Columns, t.width); n++ {
			t.cols[n] = cols[k]
			if texts[k] == "" && t.inHeader && n < len(old) { // the second row of a header: 责任单位 | 牵头 · 配合
				t.cols[n] = old[n]
			}
		}
	}
	if d, _, _ := declared(newView(p.src, b.Span)); d.FirstListedIsLead {
		p.decl.FirstListedIsLead = true
	}
	p.take(b.Span.End, 0, PieceBody, TableHead)
}

// plainRow leaves a row of a table without a known header unplaced, unless it is part of a page's layout around text.
func (p *parser) plainRow(b Block) {
	for _, c := range b.Cells {
		if c.Span.Empty() {
			continue
		}
		l := newLine(p.src, c.Span, 0)
		if l.rank != 0 && l.rank != dashRank && utf8.RuneCountInString(l.rest()) > 30 {
			p.take(c.Span.Start, 0, PieceBody, Unknown)
			p.numbered(l, l.rank)
			continue
		}
		p.take(c.Span.End, 0, PieceBody, Unknown)
	}
	p.gap(b.Span.End)
}

// sectionRow opens a part for a row that spans the table.
func (p *parser) sectionRow(b Block, k int) {
	l := newLine(p.src, b.Cells[k].Span, 0)
	rank := l.rank
	if rank == 0 || rank == dashRank {
		rank, l.mark = 46, 0
	}
	p.stack = append([]*node(nil), p.table.base...)
	for _, g := range p.table.groups {
		if g.row == nil && g.rank < rank && g.titled {
			p.stack = append(p.stack, g)
		}
	}
	parent := 0
	if len(p.stack) > 0 {
		parent = p.stack[len(p.stack)-1].rank
	}
	if parent >= rank {
		rank = parent + 1
	}
	p.take(b.Cells[k].Span.Start, len(p.nodes)+1, PieceMark, "")
	p.numbered(l, rank)
	p.take(b.Span.End, len(p.nodes), PieceMark, "")
	p.table.groups = append([]*node(nil), p.stack[min(len(p.table.base), len(p.stack)):]...)
	p.table.above = map[int]Span{}
}

// dataRow opens a task for a row; a merged cell at its left opens a group that the rows below share.
func (p *parser) dataRow(blocks []Block, k int, texts []string) {
	b, t := blocks[k], &p.table
	p.stack = append(append([]*node(nil), t.base...), t.groups...)
	cells := make([]cellIn, 0, len(b.Cells))
	var pieces []seg
	var group *node
	for c, cell := range b.Cells {
		col := colUnknown
		if cell.Column < len(t.cols) {
			col = t.cols[cell.Column]
		}
		blank := texts[c] == ""
		if !blank && col.groups() && !cell.Merged && leftmost(pieces, texts[c+1:]) && p.spansDown(blocks, k, cell.Column) {
			p.closeGroups(cell.Column)
			p.take(cell.Span.Start, p.owner(), PieceMark, "")
			group = p.open(47 + len(t.groups))
			group.titled, group.Title = true, squeeze(p.src, cell.Span)
			group.rank = 100 + cell.Column // groups are told apart by their column
			p.take(cell.Span.End, group.ID, PieceTitle, "")
			t.groups = append(t.groups, group)
			p.stack = append(p.stack, group)
			continue
		}
		if cell.Merged && blank {
			if span, ok := t.above[cell.Column]; ok {
				if _, isRole := col.role(); isRole || col == colTime || col == colScope || col == colLeader {
					cells = append(cells, cellIn{span: span, col: col})
				}
			}
			continue
		}
		t.above[cell.Column] = cell.Span
		cells = append(cells, cellIn{span: cell.Span, col: col})
		pieces = append(pieces, seg{span: cell.Span, kind: pieceOf(col)})
	}
	p.placeRow(b, cells, pieces)
}

// leftmost reports whether a cell can open a group: it has nothing but a number at its left, and at its right something to group.
func leftmost(before []seg, after []string) bool {
	for _, s := range before {
		if s.kind != PieceNumber && !s.span.Empty() {
			return false
		}
	}
	return len(filledCells(after)) > 0
}

func (p *parser) owner() int {
	if n := len(p.segs); n > 0 {
		return p.segs[n-1].node
	}
	return 0
}

// spansDown reports whether the cell in a column goes on in the next row: merged, or empty beside a filled one.
func (p *parser) spansDown(blocks []Block, k, col int) bool {
	if k+1 >= len(blocks) || blocks[k+1].Kind != Row || blocks[k+1].Table != blocks[k].Table {
		return false
	}
	next := blocks[k+1]
	for _, c := range next.Cells {
		if c.Column != col {
			continue
		}
		if c.Merged {
			return true
		}
		return newView(p.src, c.Span).s == "" && len(filledCells(p.texts(next))) >= 2
	}
	return false
}

// closeGroups ends the groups of a column and of those to its right.
func (p *parser) closeGroups(col int) {
	t := &p.table
	for len(t.groups) > 0 && t.groups[len(t.groups)-1].rank >= 100+col {
		t.groups = t.groups[:len(t.groups)-1]
	}
	p.stack = append(append([]*node(nil), t.base...), t.groups...)
}

func pieceOf(c column) PieceKind {
	switch c {
	case colNumber:
		return PieceNumber
	case colTitle:
		return PieceTitle
	case colLead, colSupport, colMain, colGuide, colTime, colLeader:
		return PieceDuty
	}
	return PieceCell
}

// placeRow makes the row's task and gives it its cells.
func (p *parser) placeRow(b Block, cells []cellIn, pieces []seg) {
	n := p.open(freeRank)
	n.row, n.body = cells, true
	for _, s := range pieces {
		if s.span.Empty() {
			continue
		}
		p.take(s.span.Start, n.ID, PieceMark, "")
		text := squeeze(p.src, s.span)
		switch {
		case s.kind == PieceNumber && n.Number == "":
			n.Number = text
		case s.kind == PieceTitle && n.Title == "":
			n.Title, n.titled = strings.TrimRight(text, "。.；;"), true
		}
		p.take(s.span.End, n.ID, s.kind, "")
	}
	for _, c := range cells {
		if c.col == colLeader {
			n.Leaders = leaders(p.src, c.span)
		}
	}
	p.take(b.Span.End, n.ID, PieceMark, "")
	p.current, p.started = nil, true
}

// leaders reads the persons of a cell; two that run together without a mark stay together.
func leaders(src []rune, s Span) []string {
	v := newView(src, s)
	var out []string
	for _, part := range strings.FieldsFunc(v.s, func(r rune) bool { return r == '、' || r == '，' || r == '；' || r == '/' }) {
		if !noBody.MatchString(part) {
			out = append(out, part)
		}
	}
	return out
}
