package plans

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// general is the mode of a part that asks for nothing (指导思想, 总体要求).
const general = "general"

// lay turns the draft's nodes into rows: each under its parent, with the span that it came from.
func (d *drafting) lay(ctx context.Context, planID ident.ID) (rowset, error) {
	s := d.service
	names, err := s.directory(ctx, d.tx.Client(), d.authorityID)
	if err != nil {
		return rowset{}, err
	}
	leaders, err := leadersOf(ctx, d.tx.Client(), d.authorityID)
	if err != nil {
		return rowset{}, err
	}
	var set rowset
	ids := make(map[int]ident.ID, len(d.read.Nodes))
	paths := map[int]string{}
	children := map[int]int{}
	for _, n := range d.read.Nodes {
		children[n.Parent]++
		number := children[n.Parent] * segmentStep
		if number > maxSegment || n.Depth >= maxDepth {
			return rowset{}, errTooMany()
		}
		ids[n.ID], paths[n.ID] = s.store.NewID(), paths[n.Parent]+segment(number)
		row := d.task(n)
		row.ID, row.AuthorityID, row.PlanID, row.ParentID, row.Path = ids[n.ID], d.authorityID, planID, ids[n.Parent], paths[n.ID]
		row.LeaderID = d.leader(leaders, row.ID, n.Leaders)
		set.Tasks = append(set.Tasks, row)
		for i, a := range n.Assignments {
			assigned := &ent.Assignment{ID: s.store.NewID(), AuthorityID: d.authorityID, PlanID: planID, TaskID: row.ID, Part: a.Part, Name: a.Name,
				Norm: firstOf(a.FullName, a.Name), SpanStart: a.Span.Start, SpanEnd: a.Span.End, OpenList: n.Open, Sort: i, Version: 1}
			names.resolve(assigned)
			set.Assignments = append(set.Assignments, assigned)
		}
	}
	return set, nil
}

// task makes the row of a node, without its place.
func (d *drafting) task(n clause.Node) *ent.Task {
	mode := string(n.Mode)
	if n.General {
		mode = general
	}
	row := &ent.Task{Kind: n.Kind, Number: n.Number, Title: n.Title, Content: n.Text, SpanStart: n.Span.Start, SpanEnd: n.Span.End,
		Paragraph: d.paragraph(n.Span.Start), Weight: 1, RollUp: plan.All, Mode: mode, Version: 1}
	deadline := d.deadline(n.Deadline)
	setDeadline(row, deadline)
	if len(n.Milestones) > 0 {
		milestones := make([]TaskDeadline, len(n.Milestones))
		for i, m := range n.Milestones {
			milestones[i] = d.deadline(m)
		}
		row.Milestones = encode(milestones)
	}
	if len(n.Targets) > 0 {
		row.Targets = targetsColumn(n.Targets)
	}
	return row
}

func targetsColumn(all []clause.Target) json.RawMessage {
	targets := make([]TaskTarget, len(all))
	for i, t := range all {
		targets[i] = TaskTarget{Metric: t.Metric, Op: t.Op, Value: t.Value, To: t.To, Unit: t.Unit, Per: t.Per, Span: t.Span}
	}
	return encode(targets)
}

// setDeadline writes a deadline into its columns.
func setDeadline(row *ent.Task, d TaskDeadline) {
	row.DeadlineKind, row.DeadlinePhrase, row.DeadlineRule = d.Kind, d.Phrase, d.Rule
	row.DeadlineStart, row.DeadlineEnd = d.Span.Start, d.Span.End
	row.StartDate, row.DueDate, row.Recurrence = d.Start, d.Due, d.Recurrence
}

// deadline resolves what the parser left relative, if the event that it counts from is the document itself. What counts from the
// acceptance or another event stays without a date: a lint finding names it.
func (d *drafting) deadline(c clause.Deadline) TaskDeadline {
	out := TaskDeadline{Kind: c.Kind, Phrase: c.Phrase, Rule: c.Rule, Span: c.Span, Start: c.Start, Due: firstOf(c.End, c.Date), Recurrence: c.RRule}
	if c.Kind != plan.Relative || d.extras.DocumentDate.IsZero() || !countsFromDocument(c.Anchor) {
		return out
	}
	units := map[string]workday.Period{"day": {N: c.N, Unit: workday.ByDay}, "workday": {N: c.N, Unit: workday.ByWorkday},
		"week": {N: 7 * c.N, Unit: workday.ByDay}, "month": {N: c.N, Unit: workday.ByMonth}, "year": {N: c.N, Unit: workday.ByYear}}
	if period, ok := units[c.Unit]; ok {
		out.Start, out.Due = d.extras.DocumentDate, d.service.calendar(d.authorityID).End(d.extras.DocumentDate, period)
	}
	return out
}

// countsFromDocument reports whether a period counts from the day on which the document was issued (印发, 发布, 公布, 下发).
func countsFromDocument(anchor string) bool {
	for _, word := range []string{"印发", "发布", "公布", "下发", "发文", "成文"} {
		if strings.Contains(anchor, word) {
			return true
		}
	}
	return false
}

// paragraph is the number of the block, from 1, in which a character stands.
func (d *drafting) paragraph(at int) int {
	blocks := d.source.Blocks
	return sort.Search(len(blocks), func(i int) bool { return blocks[i].Span.End > at }) + 1
}

// leader finds the supervising leader among the names of a node: the first whom a user bears the name of. Names of nobody are
// remembered, so that lint can ask.
func (d *drafting) leader(known map[string]ident.ID, taskID ident.ID, names []string) ident.ID {
	var first ident.ID
	for _, name := range names {
		found := leadersIn(known, name)
		if len(found) == 0 {
			d.extras.Leaders = append(d.extras.Leaders, unknownLeader{taskID, name})
			continue
		}
		first = firstOf(first, found[0])
	}
	return first
}

// leadersIn reads one name, or several written without a mark between them (贺承远俞敬安).
func leadersIn(known map[string]ident.ID, name string) []ident.ID {
	if id, ok := known[name]; ok {
		return []ident.ID{id}
	}
	runes := []rune(name)
	for n := len(runes) - 2; n >= 2; n-- {
		if id, ok := known[string(runes[:n])]; ok {
			if rest := leadersIn(known, string(runes[n:])); len(rest) > 0 {
				return append([]ident.ID{id}, rest...)
			}
		}
	}
	return nil
}

// askYear asks once for the year if a deadline needs it.
func (d *drafting) askYear(ctx context.Context, row *ent.Plan) (int, error) {
	for _, n := range d.read.Nodes {
		if n.Deadline.Needs == "" {
			continue
		}
		err := d.tx.Question.Create().SetID(d.service.store.NewID()).SetAuthorityID(d.authorityID).SetPlanID(row.ID).
			SetKind(kindNoYear).SetPhrase(n.Deadline.Phrase).SetSpanStart(n.Deadline.Span.Start).SetSpanEnd(n.Deadline.Span.End).
			SetSuggestions(encode([]NameSuggestion{})).SetCreatedAt(d.service.store.Now()).Exec(ctx)
		if err != nil {
			return 0, fmt.Errorf("ask for the year: %w", err)
		}
		return 1, nil
	}
	return 0, nil
}
