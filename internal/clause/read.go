package clause

import (
	"slices"
	"strings"

	"github.com/duban-gov/duban/internal/plan"
)

// reading is what one clause says.
type reading struct {
	who        resolved
	full       map[string]string // name as written → full form, where a shared prefix was left out
	open       bool
	deadline   Deadline
	milestones []Deadline
	targets    []Target
	scope      []string
	declares   Declarations
	declared   []mention // the collectives that declares names, where they stand
	dutySpans  []Span
}

// readClause reads a clause from the view of its text.
func readClause(v *view, docYear int, context Declarations) reading {
	r := reading{full: map[string]string{}}
	declares, names, ranges := declared(v)
	r.declares, r.declared = declares, names
	for _, x := range ranges {
		r.dutySpans = append(r.dutySpans, v.span(x[0], x[1]))
	}
	whole := v.s
	v.s = without(v.s, ranges)
	regs := regions(v)
	var d duty
	for _, g := range regs {
		d.readExpression(v, g.lo, g.hi, g.base, g.label)
		r.dutySpans = append(r.dutySpans, v.span(g.i, g.j))
		ranges = append(ranges, [2]int{g.i, g.j})
	}
	ranges = excluding(ranges, d.times)
	body := *v
	body.s = without(v.s, ranges)
	subject := false
	if len(d.parties) == 0 && len(regs) == 0 {
		d, _ = subjects(&body)
		subject = len(d.parties) > 0
	}
	if declares.FirstListedIsLead {
		context.FirstListedIsLead = true
	}
	r.who = d.resolve(context.FirstListedIsLead && !subject)
	if subject && r.who.mode != JointWith && len(r.who.support) == 0 {
		r.who.mode = Subject
	}
	r.open = d.open
	r.nameFull(v, d.parties)
	r.readTimes(v, &body, d.times, docYear)
	v.s = whole
	return r
}

// excluding takes the holes out of ranges.
func excluding(ranges, holes [][2]int) [][2]int {
	for _, h := range holes {
		var out [][2]int
		for _, r := range ranges {
			if h[0] < r[0] || h[1] > r[1] {
				out = append(out, r)
				continue
			}
			out = append(out, [2]int{r[0], h[0]}, [2]int{h[1], r[1]})
		}
		ranges = out
	}
	return ranges
}

// nameFull records the full forms of names that left out a shared prefix.
func (r *reading) nameFull(v *view, parties []party) {
	items := make([]mention, len(parties))
	for k, p := range parties {
		items[k] = p.mention
	}
	for k, full := range fullNames(items) {
		written := v.quote(items[k].i, items[k].j)
		r.full[written] = strings.TrimSuffix(full, items[k].text) + written
	}
}

// readTimes reads deadlines and targets; a labelled time limit (完成时限：) goes before whatever the body says, and one that
// stands with the responsible bodies (inDuty) before what the rest of the body says.
func (r *reading) readTimes(v, body *view, inDuty [][2]int, docYear int) {
	var all []found
	var skip [][2]int
	labels := timeLabel.all(v.s, windows(v.s), maxLabels)
	for k, t := range labels {
		limit := len(v.s)
		if k+1 < len(labels) {
			limit = labels[k+1][0]
		}
		end := valueEnd(v.s, t[1], limit)
		if stop := strings.Index(v.s[t[1]:end], "；"); stop >= 0 {
			end = t[1] + stop
		}
		if l := label.find(v.s[t[1]:end]); l != nil {
			end = t[1] + l[0]
		}
		all = append(all, findDeadlines(v, t[1], end, docYear, true)...)
		skip = append(skip, [2]int{t[0], end})
		r.dutySpans = append(r.dutySpans, v.span(t[0], end))
	}
	if len(all) == 0 {
		all = findDeadlines(body, 0, len(body.s), docYear, false)
	}
	for _, f := range all {
		skip = append(skip, [2]int{f.i, f.j})
	}
	r.deadline, r.milestones = chooseFirst(all, inDuty)
	r.targets = findTargets(body, 0, len(body.s), skip)
}

// assign lists a reading's bodies as assignments.
func (r reading) assign(v *view) []Assignment {
	var out []Assignment
	r.who.each(func(part plan.AssignmentPart, p party) {
		name := v.quote(p.i, p.j)
		a := Assignment{Part: part, Name: name, Span: v.span(p.i, p.j), Mode: r.who.mode}
		if full := r.full[name]; full != "" {
			a.FullName = full
		}
		out = append(out, a)
	})
	return out
}

// chooseFirst chooses among the deadlines in the given ranges; those elsewhere are milestones. Without any there, among all.
func chooseFirst(all []found, ranges [][2]int) (Deadline, []Deadline) {
	var first []found
	var rest []Deadline
	for _, f := range all {
		if slices.ContainsFunc(ranges, func(r [2]int) bool { return f.i >= r[0] && f.j <= r[1] }) {
			first = append(first, f)
		} else {
			rest = append(rest, f.Deadline)
		}
	}
	if len(first) == 0 {
		return choose(all)
	}
	deadline, milestones := choose(first)
	return deadline, append(milestones, rest...)
}
