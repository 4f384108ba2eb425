package plans

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
)

// MergeTasksInput names the nodes that become part of another.
type MergeTasksInput struct {
	TaskIDs []ident.ID `json:"task_ids" minItems:"1" maxItems:"100" doc:"Nodes of the same plan that are taken in"`
}

// MergeTasks takes other nodes into one: wording, targets, responsible bodies and children go over, the span covers all of
// them, and the later due date stands if the nodes name different ones.
func (s *Service) MergeTasks(ctx context.Context, id ident.ID, version int, in MergeTasksInput) (Task, error) {
	return s.changeTask(ctx, id, version, actMerge, func(ctx context.Context, e *editing, t *ent.Task) error {
		gone := map[ident.ID]bool{}
		for i, other := range in.TaskIDs {
			o := e.byID[other]
			if o == nil || o == t || strings.HasPrefix(t.Path, o.Path) || gone[other] {
				return fault.BadField(fmt.Sprintf("body.task_ids[%d]", i), "plan.merge")
			}
			if err := e.takeIn(t, o); err != nil {
				return err
			}
			gone[other] = true
		}
		return e.remove(ctx, gone)
	})
}

// takeIn moves all that a node holds into another.
func (e *editing) takeIn(t, o *ent.Task) error {
	for _, child := range slices.Clone(e.children[o.ID]) {
		last := ident.ID{}
		if have := e.children[t.ID]; len(have) > 0 {
			last = have[len(have)-1].ID
		}
		if err := e.place(child, t.ID, last); err != nil {
			return err
		}
	}
	t.Content = joinText(t.Content, o.Content)
	t.SpanStart, t.SpanEnd = cover(t.SpanStart, t.SpanEnd, o.SpanStart, o.SpanEnd)
	var targets, more []TaskTarget
	decode(t.Targets, &targets)
	decode(o.Targets, &more)
	if targets = append(targets, more...); len(targets) > 0 {
		t.Targets = encode(targets)
	}
	if o.DueDate.Compare(t.DueDate) != 0 && !o.DueDate.IsZero() && (t.DueDate.IsZero() && t.DeadlineKind == plan.NoDeadline || o.DueDate.After(t.DueDate) && !t.DueDate.IsZero()) {
		t.DeadlineKind, t.DeadlinePhrase, t.DeadlineRule = o.DeadlineKind, o.DeadlinePhrase, o.DeadlineRule
		t.DeadlineStart, t.DeadlineEnd, t.DueDate = o.DeadlineStart, o.DeadlineEnd, o.DueDate
	}
	e.hand(o.ID, t.ID)
	return nil
}

// hand gives the assignments of one node to another; a body that is there already keeps the part it has there.
func (e *editing) hand(from, to ident.ID) {
	have := e.assigned(to)
	next := len(have)
	for _, a := range e.assigned(from) {
		twice := slices.ContainsFunc(have, func(h *ent.Assignment) bool {
			return h.Norm == a.Norm || resolved(h) && h.UnitID == a.UnitID && h.RosterID == a.RosterID
		})
		if !twice {
			a.TaskID, a.Sort = to, next
			next++
		}
	}
}

func joinText(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// cover is the smallest span that holds two; an empty one counts for nothing.
func cover(start, end, otherStart, otherEnd int) (int, int) {
	switch {
	case otherEnd <= otherStart:
		return start, end
	case end <= start:
		return otherStart, otherEnd
	}
	return min(start, otherStart), max(end, otherEnd)
}

// SplitTaskInput says where a node is cut.
type SplitTaskInput struct {
	At    int    `json:"at" minimum:"1" doc:"First character of the new node in the source text; it lies within the node's span" example:"529"`
	Title string `json:"title" minLength:"1" maxLength:"300" doc:"Title of the new node" example:"公布主动公开目录"`
}

// SplitTask cuts a node in two at a character of the source. The new node stands after it with the same deadline and
// responsible bodies; each keeps its own part of the span, and the wording is that of the source.
func (s *Service) SplitTask(ctx context.Context, id ident.ID, version int, in SplitTaskInput) (Task, error) {
	if err := named(version); err != nil {
		return Task{}, err
	}
	row, _, err := s.taskSeen(ctx, s.store.Read(), id)
	if err != nil {
		return Task{}, err
	}
	return s.create(ctx, row.PlanID, actSplit, func(ctx context.Context, e *editing) (*ent.Task, error) {
		t, err := e.node(id, version)
		if err != nil {
			return nil, err
		}
		return e.split(ctx, t, in)
	})
}

func (e *editing) split(ctx context.Context, t *ent.Task, in SplitTaskInput) (*ent.Task, error) {
	if in.At <= t.SpanStart || in.At >= t.SpanEnd {
		return nil, fault.BadField("body.at", "plan.split_outside")
	}
	doc, err := e.tx.Document.Get(ctx, e.plan.DocumentID)
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	text := []rune(doc.Content)
	second := *t
	second.ID, second.Version, second.Path = e.s.store.NewID(), 1, ""
	second.Title, second.Number = strings.TrimSpace(in.Title), ""
	second.SpanStart, second.Content = in.At, strings.TrimSpace(string(text[in.At:t.SpanEnd]))
	t.Content, t.SpanEnd = strings.TrimSpace(string(text[t.SpanStart:in.At])), in.At
	var targets []TaskTarget
	decode(t.Targets, &targets)
	t.Targets, second.Targets = nil, nil
	var first, rest []TaskTarget
	for _, target := range targets {
		if target.Span.Start < in.At {
			first = append(first, target)
		} else {
			rest = append(rest, target)
		}
	}
	if len(first) > 0 {
		t.Targets = encode(first)
	}
	if len(rest) > 0 {
		second.Targets = encode(rest)
	}
	e.Tasks = append(e.Tasks, &second)
	e.byID[second.ID] = &second
	for _, a := range e.assigned(t.ID) {
		twin := *a
		twin.ID, twin.TaskID, twin.Version = e.s.store.NewID(), second.ID, 1
		e.Assignments = append(e.Assignments, &twin)
	}
	return &second, e.place(&second, t.ParentID, t.ID)
}
