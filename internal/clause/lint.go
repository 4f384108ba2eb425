package clause

import (
	"cmp"
	"slices"

	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// Severity is how much a finding weighs: an error stops the issue of a plan, a warning wants a look, a note informs.
type Severity string

const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Notice  Severity = "note"
)

// Finding is a fault that lint found. Its text for people is "lint.<rule>" in the language files.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Node is the id of the node at fault; 0 if the fault lies in text that is in no node.
	Node int  `json:"node,omitempty"`
	Span Span `json:"span"`
	// Params are the values that the text names.
	Params map[string]any `json:"params,omitempty"`
}

// LintOptions are what the rules need from outside. A rule without what it needs is not applied.
type LintOptions struct {
	Today     workday.Date            // the day on which the draft is looked at
	IsWorkday func(workday.Date) bool // the authority's calendar
}

// LintRule is one rule with its stable id.
type LintRule struct {
	ID       string
	Severity Severity
	check    func(*linter, Node, func(Span, map[string]any))
}

// LintRules are the rules over a draft's nodes, in the order in which they are applied. Source: domain.md, "The plan as a graph".
var LintRules = []LintRule{
	{"unit.none", Error, (*linter).noUnit},
	{"lead.none", Error, (*linter).noLead},
	{"lead.several", Warning, (*linter).severalLeads},
	{"lead.is_support", Error, (*linter).leadIsSupport},
	{"list.open", Warning, (*linter).openList},
	{"deadline.none", Warning, (*linter).noDeadline},
	{"deadline.no_year", Error, (*linter).noYear},
	{"deadline.past", Error, (*linter).past},
	{"deadline.after_parent", Error, (*linter).afterParent},
	{"deadline.day_off", Warning, (*linter).dayOff},
	{"number.gap", Notice, (*linter).gap},
}

// UnplacedDuty is the rule for responsibility words in text that stands in no node.
const UnplacedDuty = "unplaced.duty"

type linter struct {
	draft    Draft
	opt      LintOptions
	children map[int][]Node
}

// Lint checks a draft before issue. Findings come in document order, those of one node in the order of the rules.
func Lint(d Draft, opt LintOptions) []Finding {
	l := &linter{draft: d, opt: opt, children: make(map[int][]Node)}
	for _, n := range d.Nodes {
		l.children[n.Parent] = append(l.children[n.Parent], n)
	}
	found := []Finding{}
	for _, n := range d.Nodes {
		for _, rule := range LintRules {
			rule.check(l, n, func(s Span, params map[string]any) {
				found = append(found, Finding{rule.ID, rule.Severity, n.ID, s, params})
			})
		}
	}
	for _, u := range d.Unplaced {
		if u.Reason == Unknown || u.Reason == Preamble {
			if asks([]rune(u.Text)) {
				found = append(found, Finding{Rule: UnplacedDuty, Severity: Warning, Span: u.Span})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(order(a, d), order(b, d)) })
	return found
}

// asks reports a text that names responsible bodies, or somebody with a date.
func asks(text []rune) bool {
	v := newView(text, Span{0, len(text)})
	if len(regions(v)) > 0 {
		return true
	}
	d, _ := subjects(v)
	return len(d.parties) > 0 && len(findDeadlines(v, 0, len(v.s), 2000, false)) > 0
}

// order is the place in the document by which findings are sorted.
func order(f Finding, d Draft) int {
	if n, ok := d.Node(f.Node); ok {
		return n.Span.Start
	}
	return f.Span.Start
}

// isTask reports a node that somebody has to do.
func isTask(n Node) bool { return !n.General && (n.Kind == plan.Task || n.Kind == plan.Subtask) }

// head is the piece that stands for a node: its title, else its first.
func head(n Node) Span {
	for _, p := range n.Pieces {
		if p.Kind == PieceTitle || p.Kind == PieceBody {
			return p.Span
		}
	}
	return n.Span
}

// covered reports whether a node or one above it names somebody.
func (l *linter) covered(n Node) bool {
	for {
		if len(n.Assignments) > 0 {
			return true
		}
		up, ok := l.draft.Node(n.Parent)
		if !ok {
			return false
		}
		n = up
	}
}

// below reports whether every leaf below a node names somebody.
func (l *linter) below(n Node) bool {
	for _, c := range l.children[n.ID] {
		if len(c.Assignments) == 0 && !l.below(c) {
			return false
		}
	}
	return len(l.children[n.ID]) > 0
}

func (l *linter) noUnit(n Node, report func(Span, map[string]any)) {
	if isTask(n) && !l.covered(n) && !l.below(n) {
		report(head(n), nil)
	}
}

func parts(n Node, part plan.AssignmentPart) []Assignment {
	var out []Assignment
	for _, a := range n.Assignments {
		if a.Part == part {
			out = append(out, a)
		}
	}
	return out
}

func (l *linter) noLead(n Node, report func(Span, map[string]any)) {
	if support := parts(n, plan.Support); isTask(n) && len(support) > 0 && len(parts(n, plan.Lead)) == 0 {
		report(support[0].Span, nil)
	}
}

func (l *linter) severalLeads(n Node, report func(Span, map[string]any)) {
	leads := parts(n, plan.Lead)
	if isTask(n) && len(leads) > 1 && n.Mode != ByDuty {
		report(Span{leads[0].Span.Start, leads[len(leads)-1].Span.End}, map[string]any{"n": len(leads)})
	}
}

// leadIsSupport compares full names, so that 省财政厅 and a 财政厅 that shares its prefix are one.
func (l *linter) leadIsSupport(n Node, report func(Span, map[string]any)) {
	for _, lead := range parts(n, plan.Lead) {
		for _, support := range parts(n, plan.Support) {
			if fullName(lead) == fullName(support) {
				report(support.Span, map[string]any{"unit": lead.Name})
			}
		}
	}
}

func fullName(a Assignment) string {
	if a.FullName != "" {
		return a.FullName
	}
	return a.Name
}

func (l *linter) openList(n Node, report func(Span, map[string]any)) {
	if isTask(n) && n.Open && len(n.Assignments) > 0 {
		report(n.Assignments[len(n.Assignments)-1].Span, nil)
	}
}

// due is a node's own last day, or the nearest one above it.
func (l *linter) due(n Node) (Node, bool) {
	for {
		if n.Deadline.Kind != plan.NoDeadline && n.Deadline.Kind != "" {
			return n, true
		}
		up, ok := l.draft.Node(n.Parent)
		if !ok {
			return Node{}, false
		}
		n = up
	}
}

func (l *linter) noDeadline(n Node, report func(Span, map[string]any)) {
	if !isTask(n) || len(l.children[n.ID]) > 0 {
		return
	}
	if _, ok := l.due(n); !ok {
		report(head(n), nil)
	}
}

func (l *linter) noYear(n Node, report func(Span, map[string]any)) {
	if n.Deadline.Needs != "" {
		report(n.Deadline.Span, map[string]any{"phrase": n.Deadline.Phrase})
	}
}

func (l *linter) past(n Node, report func(Span, map[string]any)) {
	if last := n.Deadline.last(); isTask(n) && !last.IsZero() && !l.opt.Today.IsZero() && last.Before(l.opt.Today) {
		report(n.Deadline.Span, map[string]any{"date": last.String()})
	}
}

func (l *linter) afterParent(n Node, report func(Span, map[string]any)) {
	up, ok := l.draft.Node(n.Parent)
	if !ok || n.Deadline.last().IsZero() {
		return
	}
	above, ok := l.due(up)
	if ok && !above.Deadline.last().IsZero() && n.Deadline.last().After(above.Deadline.last()) {
		report(n.Deadline.Span, map[string]any{"date": n.Deadline.last().String(), "parent": above.Deadline.last().String()})
	}
}

func (l *linter) dayOff(n Node, report func(Span, map[string]any)) {
	if last := n.Deadline.last(); isTask(n) && l.opt.IsWorkday != nil && !last.IsZero() && !l.opt.IsWorkday(last) {
		report(n.Deadline.Span, map[string]any{"date": last.String()})
	}
}

// gap finds a number that does not follow the one before it among its siblings of the same style.
func (l *linter) gap(n Node, report func(Span, map[string]any)) {
	rank, value := ordinal(n.Number)
	if value == 0 {
		return
	}
	before := 0
	for _, s := range l.children[n.Parent] {
		if s.ID >= n.ID {
			break
		}
		if r, v := ordinal(s.Number); v > 0 && r == rank {
			before = v
		}
	}
	if before > 0 && value != before+1 && value != 1 {
		report(n.Pieces[0].Span, map[string]any{"number": n.Number, "before": before})
	}
}

var anyNumber = rx(`[0-9]+|` + hanNumber)

// ordinal is the rank and value of a number as written; 0 if it has none.
func ordinal(number string) (rank, value int) {
	v := newView([]rune(number), Span{0, len([]rune(number))})
	rank, _ = numberOf(v.s + "甲")
	value, _ = wholeNumber(anyNumber.FindString(v.s))
	if rank == 51 || rank == 52 {
		return rank, 0
	}
	return rank, value
}
