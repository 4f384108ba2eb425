package plans

import (
	"cmp"
	"context"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
)

// Severity says what a finding of lint does to issuing.
type Severity string

const (
	LintError   Severity = "error"   // the plan cannot be issued
	LintWarning Severity = "warning" // whoever issues has to say that it was seen
)

// LintFinding is one thing that is wrong, or looks wrong, in a draft.
type LintFinding struct {
	Key      string         `json:"key" doc:"Names this finding when it is acknowledged at issue; stays the same until the draft changes there" example:"plan.day_off@0h2kz9f7x3b1c"`
	Rule     string         `json:"rule" doc:"Stable id of the rule" example:"plan.day_off"`
	Severity Severity       `json:"severity" enum:"error,warning" doc:"error: cannot be issued; warning: has to be acknowledged" example:"warning"`
	TaskID   ident.ID       `json:"task_id,omitzero" doc:"Node that it is about; missing if it is about the plan"`
	Span     clause.Span    `json:"span,omitzero" doc:"Characters of the source text"`
	Message  string         `json:"message" doc:"What is wrong, in the reader's language" example:"时限 2017-12-31 不是工作日"`
	Params   map[string]any `json:"params,omitempty" doc:"Values that the text names"`
}

// LintReport is what lint found.
type LintReport struct {
	Errors   int           `json:"errors" doc:"Findings that forbid issuing" example:"0"`
	Warnings int           `json:"warnings" doc:"Findings that have to be acknowledged" example:"3"`
	Findings []LintFinding `json:"findings" doc:"In document order, errors of a node first"`
}

// Lint checks a plan: who owes what is said for every clause, dates can be kept, names are known.
func (s *Service) Lint(ctx context.Context, planID ident.ID) (LintReport, error) {
	client := s.store.Read()
	row, err := s.seen(ctx, client, planID)
	if err != nil {
		return LintReport{}, err
	}
	sh, err := s.layOut(ctx, client, row, s.today())
	if err != nil {
		return LintReport{}, err
	}
	return s.lint(ctx, client, sh)
}

func (s *Service) lint(ctx context.Context, client *ent.Client, sh *sheet) (LintReport, error) {
	l := &linter{sheet: sh, lang: words.From(ctx), found: []LintFinding{}}
	for _, t := range sh.Tasks {
		for _, check := range nodeRules {
			check(l, t)
		}
	}
	l.net()
	l.whole()
	l.busyWeeks()
	twins, err := s.sameAsks(ctx, client, sh)
	if err != nil {
		return LintReport{}, err
	}
	for _, twin := range twins {
		l.say(ruleSameAsk, twin.task, twin.planID.String(), map[string]any{"plan": twin.plan, "task": twin.task.Title})
	}
	repeats, err := s.asksTwice(ctx, client, sh)
	if err != nil {
		return LintReport{}, err
	}
	for _, r := range repeats {
		l.say(ruleAskedTwice, r.task, r.indicator.String()+"-"+r.otherID.String(), map[string]any{"task": r.task.Title, "name": r.name, "other": r.other, "n": r.n})
	}
	return l.report(), nil
}

// linter collects findings.
type linter struct {
	*sheet
	lang  words.Lang
	found []LintFinding
}

// say notes a finding about a node, or about the plan if t is nil. detail tells findings of one rule and node apart.
func (l *linter) say(r rule, t *ent.Task, detail string, params map[string]any) {
	f := LintFinding{Key: r.id, Rule: r.id, Severity: r.severity, Params: params}
	if t != nil {
		f.TaskID, f.Span = t.ID, clause.Span{Start: t.SpanStart, End: t.SpanEnd}
		f.Key += "@" + t.ID.String()
	}
	if detail != "" {
		f.Key += ":" + detail
	}
	f.Message = words.Text(l.lang, "field."+r.id, params)
	l.found = append(l.found, f)
}

// at narrows the last finding to the characters that it is about.
func (l *linter) at(start, end int) {
	if end > start {
		l.found[len(l.found)-1].Span = clause.Span{Start: start, End: end}
	}
}

// report puts the findings in document order.
func (l *linter) report() LintReport {
	place := map[ident.ID]string{}
	for _, t := range l.Tasks {
		place[t.ID] = t.Path
	}
	slices.SortStableFunc(l.found, func(a, b LintFinding) int {
		return cmp.Or(cmp.Compare(place[a.TaskID], place[b.TaskID]), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Key, b.Key))
	})
	r := LintReport{Findings: l.found}
	for _, f := range l.found {
		if f.Severity == LintError {
			r.Errors++
		} else {
			r.Warnings++
		}
	}
	return r
}
