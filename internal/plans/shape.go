package plans

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// AddTaskInput is a new node of a draft.
type AddTaskInput struct {
	ParentID    ident.ID      `json:"parent_id,omitzero" doc:"Node above; missing for the top"`
	AfterID     ident.ID      `json:"after_id,omitzero" doc:"Sibling after which it stands; missing for the first place"`
	Kind        plan.NodeKind `json:"kind" enum:"section,key_point,task,subtask" doc:"Kind of node" example:"task"`
	Number      string        `json:"number,omitempty" maxLength:"40" doc:"Number" example:"35."`
	Title       string        `json:"title" minLength:"1" maxLength:"300" doc:"Short title" example:"编制主动公开目录"`
	Content     string        `json:"content,omitempty" maxLength:"20000" doc:"Wording" example:"编制并公布主动公开目录"`
	DueDate     workday.Date  `json:"due_date,omitzero" doc:"Due date" example:"2017-11-30"`
	Assignments []AssignInput `json:"assignments,omitempty" maxItems:"500" doc:"Responsible bodies"`
}

// AddTask puts a new node into a draft. It has no span: it stands in no document.
func (s *Service) AddTask(ctx context.Context, planID ident.ID, in AddTaskInput) (Task, error) {
	if _, err := s.gate.May(ctx, access.PlanEdit); err != nil {
		return Task{}, err
	}
	return s.create(ctx, planID, actAdd, func(ctx context.Context, e *editing) (*ent.Task, error) {
		return e.newTask(ctx, in)
	})
}

// newTask makes a node and gives it its place.
func (e *editing) newTask(ctx context.Context, in AddTaskInput) (*ent.Task, error) {
	t := &ent.Task{ID: e.s.store.NewID(), AuthorityID: e.plan.AuthorityID, PlanID: e.plan.ID, Kind: in.Kind, Number: in.Number,
		Title: strings.TrimSpace(in.Title), Content: in.Content, DeadlineKind: plan.NoDeadline, Weight: 1, RollUp: plan.All, Version: 1}
	if !in.DueDate.IsZero() {
		t.DeadlineKind, t.DeadlineRule, t.DueDate = plan.OnDate, manual, in.DueDate
	}
	e.Tasks = append(e.Tasks, t)
	e.byID[t.ID] = t
	if err := e.place(t, in.ParentID, in.AfterID); err != nil {
		return nil, err
	}
	rows, err := e.assignments(ctx, t, in.Assignments)
	e.Assignments = append(e.Assignments, rows...)
	return t, err
}

// MoveTaskInput is the new place of a node.
type MoveTaskInput struct {
	ParentID ident.ID `json:"parent_id,omitzero" doc:"Node above; missing for the top"`
	AfterID  ident.ID `json:"after_id,omitzero" doc:"Sibling after which it stands; missing for the first place"`
}

// MoveTask puts a node, with all that is below it, to another place in its draft. Spans stay: they say where the text came from.
func (s *Service) MoveTask(ctx context.Context, id ident.ID, version int, in MoveTaskInput) (Task, error) {
	return s.changeTask(ctx, id, version, actMove, func(_ context.Context, e *editing, t *ent.Task) error {
		return e.place(t, in.ParentID, in.AfterID)
	})
}

// DeleteTask takes a node out of a draft, with all that is below it. Its text stays in the source, where undo finds it again.
func (s *Service) DeleteTask(ctx context.Context, id ident.ID, version int) error {
	if err := named(version); err != nil {
		return err
	}
	row, _, err := s.taskSeen(ctx, s.store.Read(), id)
	if err != nil {
		return err
	}
	return s.change(ctx, row.PlanID, 0, actDelete, func(ctx context.Context, e *editing) error {
		t, err := e.node(id, version)
		if err != nil {
			return err
		}
		return e.remove(ctx, e.below(t))
	})
}

// remove takes nodes out, with their assignments and dependencies.
func (e *editing) remove(ctx context.Context, gone map[ident.ID]bool) error {
	if err := e.refuseLinked(ctx, gone); err != nil {
		return err
	}
	e.Tasks = slices.DeleteFunc(e.Tasks, func(t *ent.Task) bool { return gone[t.ID] })
	e.Assignments = slices.DeleteFunc(e.Assignments, func(a *ent.Assignment) bool { return gone[a.TaskID] })
	e.index()
	return nil
}

// below is a node with all nodes under it.
func (e *editing) below(t *ent.Task) map[ident.ID]bool {
	set := map[ident.ID]bool{}
	for _, other := range e.Tasks {
		if strings.HasPrefix(other.Path, t.Path) {
			set[other.ID] = true
		}
	}
	return set
}

// place gives a node, and all below it, a place among the children of a parent.
func (e *editing) place(t *ent.Task, parentID, afterID ident.ID) error {
	root, err := e.newParent(t, parentID)
	if err != nil {
		return err
	}
	siblings := slices.DeleteFunc(slices.Clone(e.children[parentID]), func(o *ent.Task) bool { return o.ID == t.ID })
	at := 0
	if !afterID.IsZero() {
		if at = slices.IndexFunc(siblings, func(o *ent.Task) bool { return o.ID == afterID }) + 1; at == 0 {
			return fault.BadField("body.after_id", "unknown")
		}
	}
	subtree := e.subtree(t)
	t.ParentID = parentID
	if number, ok := between(siblings, at); ok {
		rebase(subtree, t.Path, root+segment(number))
		e.index()
		return nil
	}
	return e.space(root, slices.Insert(siblings, at, t))
}

// newParent checks where a node is to hang and returns the path there.
func (e *editing) newParent(t *ent.Task, parentID ident.ID) (string, error) {
	if parentID.IsZero() {
		return "", nil
	}
	parent := e.byID[parentID]
	switch {
	case parent == nil:
		return "", fault.BadField("body.parent_id", "unknown")
	case parent == t || t.Path != "" && strings.HasPrefix(parent.Path, t.Path):
		return "", fault.New(fault.Conflict, "plan.move_into_itself")
	case len(parent.Path)/segmentWidth >= maxDepth:
		return "", errTooMany()
	}
	return parent.Path, nil
}

// subtree lists a node and all nodes below it; a new node has nothing below it.
func (e *editing) subtree(t *ent.Task) []*ent.Task {
	if t.Path == "" {
		return []*ent.Task{t}
	}
	var list []*ent.Task
	for _, other := range e.Tasks {
		if strings.HasPrefix(other.Path, t.Path) {
			list = append(list, other)
		}
	}
	return list
}

// rebase moves a subtree from one path to another.
func rebase(subtree []*ent.Task, from, to string) {
	for _, t := range subtree {
		t.Path = to + strings.TrimPrefix(t.Path, from)
	}
}

// number is the number of a node's last segment.
func number(t *ent.Task) int {
	n, _ := strconv.ParseInt(t.Path[len(t.Path)-segmentWidth:], 36, 32) // written by segment
	return int(n)
}

// between finds a free number for the place at among siblings; false if there is no room.
func between(siblings []*ent.Task, at int) (int, bool) {
	low := 0
	if at > 0 {
		low = number(siblings[at-1])
	}
	if at == len(siblings) {
		return low + segmentStep, low+segmentStep <= maxSegment
	}
	middle := (low + number(siblings[at])) / 2
	return middle, middle > low
}

// space numbers all children of a parent anew, with room between them.
func (e *editing) space(root string, siblings []*ent.Task) error {
	if len(siblings)*segmentStep > maxSegment {
		return errTooMany()
	}
	subtrees := make([][]*ent.Task, len(siblings))
	for i, t := range siblings {
		subtrees[i] = e.subtree(t)
	}
	for i, t := range siblings {
		rebase(subtrees[i], t.Path, root+segment((i+1)*segmentStep))
	}
	e.index()
	return nil
}
