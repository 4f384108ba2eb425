package clause

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/duban-gov/duban/internal/plan"
)

// Parse reads a source into a draft. It never fails: what it can't place stands in the unplaced list.
func Parse(src Source, opt Options) Draft {
	p := &parser{src: []rune(src.Text)}
	p.walk(src.Blocks)
	p.take(len(p.src), 0, PieceBody, Unknown)
	p.mergeOnly()
	p.identity(opt)
	p.readNodes()
	p.kinds()
	return p.draft()
}

// seg is a stretch of source and its owner; segs partition the source in order.
type seg struct {
	span   Span
	node   int // id, 0 for none
	kind   PieceKind
	reason Reason
}

// node is a node in the making.
type node struct {
	Node
	rank   int
	row    []cellIn // cells, if it is a table row
	shared []Span   // spans of merged cells above that this row also reads
	free   bool     // an unnumbered paragraph
	titled bool
	body   bool
	duty   bool
}

type parser struct {
	src      []rune
	at       int
	segs     []seg
	nodes    []*node
	stack    []*node
	current  *node // what an unnumbered paragraph continues
	started  bool  // a node has been seen since the last title
	tail     bool  // no numbered line follows
	title    []line
	numbers  []line
	dates    []line
	year     int
	yearFrom string
	declAt   []Span // where each collective of decl was declared
	decl     Declarations
	table    tableState
}

// take gives the source up to end to an owner.
func (p *parser) take(end, node int, kind PieceKind, reason Reason) {
	if end <= p.at {
		return
	}
	p.segs = append(p.segs, seg{Span{p.at, end}, node, kind, reason})
	p.at = end
}

func (p *parser) walk(blocks []Block) {
	last := -1
	for k, b := range blocks {
		if rank, _ := numberOf(newView(p.src, b.Span).s); b.Kind == Row || rank != 0 && rank != dashRank || b.Level > 0 {
			last = k
		}
	}
	for k := 0; k < len(blocks); k++ {
		b := blocks[k]
		p.gap(b.Span.Start)
		p.tail = k > last
		if b.Kind == Row {
			p.row(blocks, k)
			continue
		}
		l := newLine(p.src, b.Span, b.Level)
		for k+1 < len(blocks) && blocks[k+1].Kind == Paragraph {
			next := newLine(p.src, blocks[k+1].Span, blocks[k+1].Level)
			if !l.wrapped(next) {
				break
			}
			l = newLine(p.src, Span{l.span.Start, next.span.End}, l.level)
			k++
		}
		var next string
		if k+1 < len(blocks) {
			next = newView(p.src, blocks[k+1].Span).s
		}
		p.line(l, next)
	}
}

// gap gives the break before a block to whatever stands before it.
func (p *parser) gap(start int) {
	if start <= p.at {
		return
	}
	if n := len(p.segs); n > 0 && p.segs[n-1].node == 0 {
		p.segs[n-1].span.End, p.at = start, start
		return
	} else if n > 0 {
		p.take(start, p.segs[n-1].node, PieceMark, "")
		return
	}
	p.take(start, 0, PieceBody, Blank)
}

// line places one logical line.
func (p *parser) line(l line, next string) {
	switch {
	case l.v.s == "":
		if n := len(p.segs); n > 0 && p.segs[n-1].node != 0 {
			p.take(l.span.End, p.segs[n-1].node, PieceMark, "")
			return
		}
		p.take(l.span.End, 0, PieceBody, Blank)
	case l.rank != 0 && l.rank != dashRank:
		p.numbered(l, l.rank)
	case l.rank == dashRank && p.current != nil && utf8.RuneCountInString(l.rest()) > 8:
		p.numbered(l, dashRank)
	case l.level > 0 && p.isPart(l):
		p.numbered(l, headRank+l.level)
	default:
		p.free(l, next)
	}
}

// isPart reports a heading that opens a part; the first heading of a file is its title.
func (p *parser) isPart(l line) bool {
	if frontReason(strings.TrimLeft(l.v.s, "#")) == TitleText && !p.started {
		return false
	}
	return p.started || l.level > 1 || len(p.title) > 0
}

// numbered opens a node for a line that has a number or is a heading.
func (p *parser) numbered(l line, rank int) {
	for len(p.stack) > 0 && p.stack[len(p.stack)-1].rank >= rank {
		p.stack = p.stack[:len(p.stack)-1]
	}
	n := p.open(rank)
	if l.mark > 0 {
		mark := l.v.span(0, l.mark)
		n.Number = strings.TrimLeft(squeeze(p.src, mark), "#")
		if rank == dashRank {
			n.Number = ""
		}
		p.take(mark.End, n.ID, PieceNumber, "")
	}
	p.stack = append(p.stack, n)
	p.content(n, l, l.mark)
	p.current, p.started = n, true
}

// open makes a node below the top of the stack.
func (p *parser) open(rank int) *node {
	n := &node{rank: rank}
	n.ID = len(p.nodes) + 1
	if len(p.stack) > 0 {
		top := p.stack[len(p.stack)-1]
		n.Parent, n.Depth = top.ID, top.Depth+1
	}
	p.nodes = append(p.nodes, n)
	return n
}

// content lays a line's text from byte offset from into a node: its title, then its body; several clauses become children.
func (p *parser) content(n *node, l line, from int) {
	v := newView(p.src, l.v.span(from, len(l.v.s)))
	if from >= len(l.v.s) {
		p.take(l.span.End, n.ID, PieceMark, "")
		return
	}
	parts := splitClauses(v)
	regs := regions(v)
	n.duty = n.duty || len(regs) > 0
	title := titleEnd(v.s, regs)
	if title > 0 && !n.titled {
		span := v.span(0, title)
		n.Title = strings.TrimRight(squeeze(p.src, span), "。.；;：:，,")
		n.titled = true
		p.take(span.End, n.ID, PieceTitle, "")
	} else {
		title = 0
	}
	if len(parts) < 2 {
		n.body = n.body || title < len(strings.TrimRight(v.s, "。；"))
		p.take(l.span.End, n.ID, PieceBody, "")
		return
	}
	p.clauses(n, v, parts, title)
	p.take(l.span.End, len(p.nodes), PieceBody, "")
}

// clauses lays the clauses of one paragraph into children of n; if n has nothing of its own to show, it is the first of them.
func (p *parser) clauses(n *node, v *view, parts [][2]int, title int) {
	bare := title == 0 && n.Number == ""
	n.duty = false
	if !bare {
		p.stack = append(p.stack, n)
		defer func() { p.stack = p.stack[:len(p.stack)-1] }()
	}
	for k, part := range parts {
		if part[1] <= title {
			continue
		}
		child := n
		if k > 0 || !bare {
			child = p.open(freeRank)
		}
		child.free, child.duty, child.body = true, true, true
		p.take(v.span(part[0], part[1]).End, child.ID, PieceBody, "")
	}
}

// titleEnd is where a clause's title ends: its first sentence if it is short and more follows, or the whole if it is all there
// is besides the responsibility; 0 if the text begins without a title.
func titleEnd(s string, regs []region) int {
	limit := len(s)
	if len(regs) > 0 {
		limit = regs[0].i
	}
	for _, sent := range sentences(s[:limit]) {
		if sent[0] != 0 {
			break
		}
		end := sent[1]
		if strings.HasPrefix(s[end:], "。") {
			end += len("。")
		}
		if n := utf8.RuneCountInString(s[:sent[1]]); n <= 40 || sent[1] == limit && n <= 60 {
			return end
		}
	}
	return 0
}

// free places an unnumbered line.
func (p *parser) free(l line, next string) {
	s := strings.TrimLeft(l.v.s, "#")
	reason := frontReason(s)
	if l.level == 1 && !p.started && reason == "" {
		reason = TitleText
	}
	if reason == "" && utf8.RuneCountInString(s) <= 40 && dateLine.MatchString(next) && !strings.ContainsAny(s, "。；：") {
		reason = Signature
	}
	if !p.started && metaLine.MatchString(s) && utf8.RuneCountInString(s) <= 60 {
		reason = Note
	}
	if reason == "" && !p.started && len(p.title) > 0 && yearSpan.MatchString(s) {
		reason = TitleText
	}
	if reason == "" && !p.started && !strings.ContainsAny(s, "。；：") && utf8.RuneCountInString(s) <= 45 && isTitleWith(s, next) {
		reason = TitleText
	}
	regs := regions(l.v)
	if reason != "" && !(reason == TitleText && len(regs) > 0) && !(reason == Note && len(regs) > 0 && p.current != nil) {
		p.front(l, reason)
		return
	}
	signal := len(regs) > 0
	bare := signal && onlyDuty(l.v.s, regs)
	switch {
	case p.current != nil && (bare || l.isLabel()):
		p.current.duty = true
		p.take(l.span.End, p.current.ID, PieceBody, "")
	case signal, p.current != nil && !p.inGeneral() && p.acts(l):
		p.paragraph(l, signal)
	case p.current != nil:
		p.current.body = true
		p.take(l.span.End, p.current.ID, PieceBody, "")
	case p.acts(l) && !opening.MatchString(s):
		p.paragraph(l, signal)
	default:
		p.front(l, Preamble)
	}
}

var (
	metaLine = regexp.MustCompile(`^-+[一-龥]{2,8}：`)
	yearSpan = regexp.MustCompile(`^（[^（）]*(?:年|稿|版|试行|暂行)）$`)
)

// opening marks the sentences with which a document introduces itself.
var opening = regexp.MustCompile(`^(?:为|根据|按照|经|近年来|当前|现将|现就|《)|(?:制定本|现提出|提出(?:以下|如下)|通知如下|特制定|请(?:认真)?(?:贯彻|遵照|组织实施|结合实际))`)

func isTitleWith(s, next string) bool {
	return titleEnding.MatchString(s+next) && utf8.RuneCountInString(s+next) <= 90 || titleEnding.MatchString(s)
}

// isLabel reports a line that is only a labelled time limit or the like, which belongs to the clause above.
func (l line) isLabel() bool {
	for _, re := range []*regexp.Regexp{timeLabel, otherLabel, label} {
		if loc := re.FindStringIndex(l.v.s); loc != nil && loc[0] <= len("（") {
			return true
		}
	}
	return false
}

// onlyDuty reports whether nothing but responsibility stands in a line.
func onlyDuty(s string, regs []region) bool {
	left := len(s)
	for _, g := range regs {
		left -= g.j - g.i
	}
	return left <= len("。；")*(len(regs)+1)
}

// acts reports whether an unnumbered paragraph asks somebody for something.
func (p *parser) acts(l line) bool {
	v := newView(p.src, l.span)
	d, _ := subjects(v)
	return len(d.parties) > 0 || len(findDeadlines(v, 0, len(v.s), 2000, false)) > 0
}

func (p *parser) inGeneral() bool {
	for _, n := range p.stack {
		if n.titled && general(n.Title) {
			return true
		}
	}
	return false
}

// paragraph opens a node for an unnumbered paragraph below the innermost part. After the last number of the document, one that
// only asks in general (各地要…) stands below the part, not below its last clause.
func (p *parser) paragraph(l line, signal bool) {
	saved := slices.Clone(p.stack)
	for p.tail && !signal && len(p.stack) > 0 && (p.stack[len(p.stack)-1].duty || p.stack[len(p.stack)-1].body) {
		p.stack = p.stack[:len(p.stack)-1]
	}
	n := p.open(freeRank)
	n.free = true
	if l.mark > 0 {
		p.take(l.v.span(0, l.mark).End, n.ID, PieceMark, "")
	}
	p.content(n, l, l.mark)
	p.stack = saved
	if len(p.stack) == 0 {
		p.current = n
	}
	p.started = true
}

// front leaves a line unplaced and notes what it tells of the document. The title of an annex starts a new outline.
func (p *parser) front(l line, reason Reason) {
	switch reason {
	case TitleText:
		if !p.started {
			p.title = append(p.title, l)
		} else {
			p.stack, p.current = nil, nil
		}
	case DocNumber:
		p.numbers = append(p.numbers, l)
	case Signature:
		if dateLine.MatchString(l.v.s) {
			p.dates = append(p.dates, l)
		}
		p.stack, p.current = nil, nil
	case Attachment:
		p.stack, p.current = nil, nil
	}
	v := newView(p.src, l.span)
	d, names, _ := declared(v)
	p.decl.FirstListedIsLead = p.decl.FirstListedIsLead || d.FirstListedIsLead
	for _, m := range names {
		p.decl.Collective, p.declAt = append(p.decl.Collective, v.quote(m.i, m.j)), append(p.declAt, v.span(m.i, m.j))
	}
	p.take(l.span.End, 0, PieceBody, reason)
}

var generalTitle = regexp.MustCompile(`(?:指导思想|基本原则|工作原则|总体要求|总体思路|工作思路|总体考虑|重大意义|重要意义|目标$|目标要求|编制依据|编制背景|适用范围|试点范围|实施范围|形势|现状|背景|发展基础|基本情况|总则|附则|术语|名词解释|指导方针|主要依据|起草|实施时间|工作依据)`)

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

// identity settles the document's title, number and year.
func (p *parser) identity(opt Options) {
	if opt.Year != 0 {
		p.year, p.yearFrom = opt.Year, "option"
		return
	}
	inNumber, plain := rx(`[〔（【]([12][0-9]{3})`), rx(`([12][0-9]{3})`)
	for _, from := range []struct {
		lines []line
		re    *regexp.Regexp
		name  string
	}{{p.numbers, inNumber, "number"}, {p.title, plain, "title"}, {p.dates, plain, "date"}} {
		for _, l := range from.lines {
			if m := from.re.FindStringSubmatch(l.v.s); m != nil {
				p.year, _ = strconv.Atoi(m[1])
				p.yearFrom = from.name
				return
			}
		}
	}
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
