package clause

import (
	"strings"
	"unicode/utf8"
)

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
