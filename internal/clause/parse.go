package clause

import (
	"strconv"
	"strings"
	"unicode/utf8"
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
		last, joined := l, false
		for k+1 < len(blocks) && blocks[k+1].Kind == Paragraph {
			next := newLine(p.src, blocks[k+1].Span, blocks[k+1].Level)
			if !last.wrapped(next, joined) {
				break
			}
			last, joined = next, true
			k++
		}
		if joined {
			l = newLine(p.src, Span{l.span.Start, last.span.End}, l.level)
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
	case l.rank == dashRank && frontReason(l.rest()) == Note:
		p.front(l, Note)
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

var (
	yearInNumber = rx(`[〔（]([12][0-9]{3})`)
	anyYear      = rx(`([12][0-9]{3})`)
)

// identity settles the document's title, number and year.
func (p *parser) identity(opt Options) {
	if opt.Year != 0 {
		p.year, p.yearFrom = opt.Year, "option"
		return
	}
	for _, from := range []struct {
		lines []line
		re    *lazy
		name  string
	}{{p.numbers, yearInNumber, "number"}, {p.title, anyYear, "title"}, {p.dates, anyYear, "date"}} {
		for _, l := range from.lines {
			if m := from.re.FindStringSubmatch(l.v.s); m != nil {
				p.year, _ = strconv.Atoi(m[1])
				p.yearFrom = from.name
				return
			}
		}
	}
}
