package clause

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// free places an unnumbered line.
func (p *parser) free(l line, next string) {
	s := strings.TrimLeft(l.v.s, "#")
	reason := frontReason(s)
	if l.level == 1 && !p.started && reason == "" {
		reason = TitleText
	}
	if reason == "" && p.first() && utf8.RuneCountInString(s) <= 45 && !strings.ContainsAny(s, "。；：，") && len(regions(l.v)) == 0 {
		reason = TitleText
	}
	if reason == "" && utf8.RuneCountInString(s) <= 40 && dateLine.MatchString(next) && !strings.ContainsAny(s, "。；：") {
		reason = Signature
	}
	if !p.started && metaLine.MatchString(s) && utf8.RuneCountInString(s) <= 60 {
		reason = Note
	}
	if !p.started && len(p.title) > 0 && yearSpan.MatchString(s) {
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
	metaLine = rx(`^-+[一-龥]{2,8}：`)
	yearSpan = rx(`^（[^（）]*(?:年|稿|版|试行|暂行)）$`)
)

// opening marks the sentences with which a document introduces itself.
var opening = rx(`^(?:为|根据|按照|经|近年来|当前|现将|现就|《)|(?:制定本|现提出|提出(?:以下|如下)|通知如下|特制定|请(?:认真)?(?:贯彻|遵照|组织实施|结合实际))`)

func isTitleWith(s, next string) bool {
	return titleEnding.MatchString(s+next) && utf8.RuneCountInString(s+next) <= 90 || titleEnding.MatchString(s)
}

// first reports that nothing but blank lines stands before.
func (p *parser) first() bool {
	for _, s := range p.segs {
		if s.node != 0 || s.reason != Blank {
			return false
		}
	}
	return true
}

// isLabel reports a line that is only a labelled time limit or the like, which belongs to the clause above.
func (l line) isLabel() bool {
	for _, re := range []*pattern{timeLabel, otherLabel, label} {
		if loc := re.find(l.v.s); loc != nil && loc[0] <= len("（") {
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
