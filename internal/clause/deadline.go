package clause

import (
	"cmp"
	"slices"
	"strings"

	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// Deadline is when a clause falls due, with the phrase it was read from and the rule that read it.
type Deadline struct {
	Kind   plan.DeadlineKind `json:"kind"`
	Phrase string            `json:"phrase,omitempty"`
	Span   Span              `json:"span,omitzero"`
	// Date is the last day, inclusive, of kind date; Start and End are those of kind period.
	Date  workday.Date `json:"date,omitzero"`
	Start workday.Date `json:"start,omitzero"`
	End   workday.Date `json:"end,omitzero"`
	// N and Unit are the length of kind relative, in hour, day, workday, week, month or year; Anchor is the event in the text.
	N      int    `json:"n,omitempty"`
	Unit   string `json:"unit,omitempty"`
	Anchor string `json:"anchor,omitempty"`
	// RRule is the recurrence of kind recurring (RFC 5545, without the RRULE: head).
	RRule string `json:"rrule,omitempty"`
	// Precision is "year" if the text names only the year.
	Precision string `json:"precision,omitempty"`
	// Rule is the stable id of the rule that read the phrase.
	Rule string `json:"rule,omitempty"`
	// Needs says what is missing to fix the date: "doc_year".
	Needs string `json:"needs,omitempty"`
}

// last is the day by which deadlines of fixed date are ordered.
func (d Deadline) last() workday.Date {
	if d.Kind == plan.Period {
		return d.End
	}
	return d.Date
}

// found is a deadline with its byte range in the view.
type found struct {
	Deadline
	i, j int
}

// clock is what a rule needs to resolve a phrase.
type clock struct {
	docYear  int
	lastYear int // the year named last in this clause
}

// timeHit is a match of a rule.
type timeHit struct {
	rule *timeRule
	loc  []int
}

// timeHits matches the rules in their order; text that one has taken is closed to the next. Hits come in text order.
func timeHits(text string, cell bool) []timeHit {
	var hits []timeHit
	taken := make([]bool, len(text)+1)
	in := windows(text)
	for p := range timeRules {
		rule := &timeRules[p]
		if rule.cellOnly && !cell {
			continue
		}
		rule.re.each(text, in, func(loc []int) bool {
			if anyTaken(taken, loc[0], loc[1]) || rule.unless != nil && rule.unless(text, loc[0], loc[1]) {
				return true
			}
			for k := loc[0]; k < loc[1]; k++ {
				taken[k] = true
			}
			hits = append(hits, timeHit{rule, loc})
			return true
		})
	}
	slices.SortFunc(hits, func(a, b timeHit) int { return cmp.Compare(a.loc[0], b.loc[0]) })
	return hits
}

// findDeadlines reads every deadline of s[i:j] of the view, in text order. cell says that the text is nothing but a time limit
// (完成时限：…), where a bare date or word counts.
func findDeadlines(v *view, i, j, docYear int, cell bool) []found {
	if !strings.ContainsAny(v.s[i:j], "年月日号季周天旬时长常持即立马动期末底节学汛考暖假0123456789") {
		return nil
	}
	text := maskTitles(v.s[i:j])
	clk := &clock{docYear: docYear}
	var out []found
	for _, h := range timeHits(text, cell) {
		m := make([]string, len(h.loc)/2)
		for k := range m {
			m[k] = group(text, h.loc, k)
		}
		d, ok := h.rule.read(m, clk)
		if !ok || h.rule.skip || clk.history(d, text, h.loc[0], h.loc[1]) {
			continue
		}
		lo, hi := phraseOf(text, h, d)
		d.Rule, d.Phrase, d.Span = h.rule.id, v.quote(i+lo, i+hi), v.span(i+lo, i+hi)
		out = append(out, found{Deadline: d, i: i + h.loc[0], j: i + h.loc[1]})
	}
	return out
}

// phraseOf is the stretch of a hit that is the phrase itself: without marks, the verb that only told that it is a date, and what
// stands before a relative deadline's anchor.
func phraseOf(text string, h timeHit, d Deadline) (lo, hi int) {
	lo, hi = h.loc[0], h.loc[1]
	if strings.HasSuffix(h.rule.id, "_verb") {
		hi -= len(actingEnd.FindString(text[lo:hi]))
	}
	const marks = "，。；：（）\n"
	hi = lo + len(strings.TrimRight(text[lo:hi], marks))
	lo = hi - len(strings.TrimLeft(text[lo:hi], marks))
	if k := strings.Index(text[lo:hi], strings.TrimSuffix(d.Anchor, "前")); d.Anchor != "" && k > 0 {
		lo += k
		for _, w := range []string{"自", "从"} {
			if strings.HasSuffix(text[:lo], w) {
				lo -= len(w)
			}
		}
	}
	return lo, hi
}

// history reports a date that is told, not set: in a year before the document's, or 截至…，已….
func (c *clock) history(d Deadline, s string, i, j int) bool {
	if last := d.last(); c.docYear > 0 && !last.IsZero() && last.Year() < c.docYear {
		return true
	}
	asOf := strings.HasPrefix(s[i:j], "截至") || strings.HasSuffix(s[:i], "截至")
	return asOf && already.MatchString(headOf(s[j:], 120))
}

var already = rx(`^，[^，。；]{0,16}(?:已|共有|累计已)`)

var actingEnd = rx(`(?:` + acting + `)$`)

func anyTaken(taken []bool, i, j int) bool {
	for k := i; k < j; k++ {
		if taken[k] {
			return true
		}
	}
	return false
}

var titles = compile(`《[^《》]*》|〔[0-9]{4}〕[0-9]*号?`)

// maskTitles blanks the titles and numbers of documents, so that their years are no deadlines; the length stays.
func maskTitles(s string) string {
	if !titles.may(charsOf(s)) {
		return s
	}
	return titles.re.ReplaceAllStringFunc(s, func(t string) string { return strings.Repeat("\n", len(t)) })
}

// choose picks the deadline of a clause: the latest fixed date; else what is relative, recurring, continuing, in that order. The
// others are milestones.
func choose(all []found) (Deadline, []Deadline) {
	if len(all) == 0 {
		return Deadline{Kind: plan.NoDeadline}, nil
	}
	best := 0
	for k := range all {
		if rank(all[k].Kind) < rank(all[best].Kind) || rank(all[k].Kind) == 0 && rank(all[best].Kind) == 0 && later(all[k], all[best]) {
			best = k
		}
	}
	var rest []Deadline
	for k := range all {
		if k != best && all[k].Deadline != all[best].Deadline {
			rest = append(rest, all[k].Deadline)
		}
	}
	return all[best].Deadline, rest
}

func later(a, b found) bool {
	if a.last().IsZero() || b.last().IsZero() {
		return false
	}
	return b.last().Before(a.last())
}

func rank(k plan.DeadlineKind) int {
	switch k {
	case plan.OnDate, plan.Period:
		return 0
	case plan.Relative:
		return 1
	case plan.Recurring:
		return 2
	}
	return 3
}
