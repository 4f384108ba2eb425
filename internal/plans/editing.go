package plans

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
)

// editing is a draft under change: the rows as they will be. An edit changes them in memory; what differs afterwards is written
// and kept in the event, so that it can be undone.
type editing struct {
	s    *Service
	tx   *ent.Tx
	plan *ent.Plan
	rowset
	byID     map[ident.ID]*ent.Task
	children map[ident.ID][]*ent.Task // in document order
	memory   *memory                  // a name that is remembered for later documents
}

// memory is an alias that an answer made.
type memory struct {
	Name     string   `json:"name"`
	UnitID   ident.ID `json:"unit_id,omitzero"`
	RosterID ident.ID `json:"roster_id,omitzero"`
}

// changed is what the history keeps of an edit.
type changed struct {
	Act    string   `json:"act"`
	Undoes ident.ID `json:"undoes,omitzero"`
	Memory *memory  `json:"memory,omitempty"`
	rowset
}

// The acts of editing, as the history names them.
const (
	actAnswer = "answer"
	actUpdate = "update"
	actAdd    = "add"
	actMove   = "move"
	actMerge  = "merge"
	actSplit  = "split"
	actDelete = "delete"
	actUndo   = "undo"
)

// errIssuing refuses a change to a plan that is being issued: what was handed out must stay what the baseline says.
func errIssuing() error { return fault.New(fault.Conflict, "plan.issuing") }

// open takes a plan for editing in the caller's transaction. version is that of the plan; zero if a node's version is checked.
func (s *Service) open(ctx context.Context, tx *ent.Tx, planID ident.ID, version int) (*editing, error) {
	row, _, err := s.take(ctx, tx.Client(), planID, access.PlanEdit, plan.Edit, facts{})
	if err != nil {
		return nil, err
	}
	if issuing(row) {
		return nil, errIssuing()
	}
	if err := lock(ctx, tx, row, version); err != nil {
		return nil, err
	}
	set, err := load(ctx, tx.Client(), planID)
	if err != nil {
		return nil, err
	}
	e := &editing{s: s, tx: tx, plan: row, rowset: set.clone()}
	e.index()
	return e, nil
}

// index rebuilds the maps after nodes came, went or moved.
func (e *editing) index() {
	sortTasks(e.Tasks)
	e.byID = make(map[ident.ID]*ent.Task, len(e.Tasks))
	e.children = make(map[ident.ID][]*ent.Task)
	for _, t := range e.Tasks {
		e.byID[t.ID] = t
		e.children[t.ParentID] = append(e.children[t.ParentID], t)
	}
}

// node is a node of the draft at the version that the caller saw; a version of zero takes any.
func (e *editing) node(id ident.ID, version int) (*ent.Task, error) {
	t := e.byID[id]
	switch {
	case t == nil:
		return nil, fault.Missing("task")
	case version != 0 && t.Version != version:
		return nil, stale()
	}
	return t, nil
}

// change runs an edit: load, change in memory, write the difference, ask about new names, append one event.
func (s *Service) change(ctx context.Context, planID ident.ID, version int, act string, edit func(ctx context.Context, e *editing) error) error {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := s.changeIn(ctx, tx, planID, version, act, edit)
		return err
	})
}

func (s *Service) changeIn(ctx context.Context, tx *ent.Tx, planID ident.ID, version int, act string, edit func(ctx context.Context, e *editing) error) (*editing, error) {
	e, err := s.open(ctx, tx, planID, version)
	if err != nil {
		return nil, err
	}
	before := e.rowset.clone()
	if err := edit(ctx, e); err != nil {
		return nil, err
	}
	was, is := difference(before, e.rowset)
	if was.empty() && is.empty() {
		return e, nil
	}
	if err := exchange(ctx, tx, was, is); err != nil {
		return nil, err
	}
	if _, err := s.askNames(ctx, tx, e.plan, e.rowset); err != nil {
		return nil, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: e.plan.AuthorityID, Subject: subject, SubjectID: planID, PlanID: planID,
		Action: string(plan.Edit), Before: was, After: changed{Act: act, Memory: e.memory, rowset: is}})
	return e, err
}

// changeTask runs an edit of one node, at the version that the caller saw, and returns the node as it is then.
func (s *Service) changeTask(ctx context.Context, id ident.ID, version int, act string, edit func(ctx context.Context, e *editing, t *ent.Task) error) (Task, error) {
	if err := named(version); err != nil {
		return Task{}, err
	}
	row, _, err := s.taskSeen(ctx, s.store.Read(), id)
	if err != nil {
		return Task{}, err
	}
	err = s.change(ctx, row.PlanID, 0, act, func(ctx context.Context, e *editing) error {
		t, err := e.node(id, version)
		if err != nil {
			return err
		}
		return edit(ctx, e, t)
	})
	if err != nil {
		return Task{}, err
	}
	return s.Task(ctx, id)
}

// create runs an edit that makes a node, and returns it; a repeated request gets the same answer.
func (s *Service) create(ctx context.Context, planID ident.ID, act string, edit func(ctx context.Context, e *editing) (*ent.Task, error)) (Task, error) {
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Task, error) {
		var made *ent.Task
		_, err := s.changeIn(ctx, tx, planID, 0, act, func(ctx context.Context, e *editing) (err error) {
			made, err = edit(ctx, e)
			return err
		})
		if err != nil {
			return Task{}, err
		}
		row, err := tx.Task.Get(ctx, made.ID)
		if err != nil {
			return Task{}, fmt.Errorf("read new task: %w", err)
		}
		views, err := taskViews(ctx, tx.Client(), []*ent.Task{row})
		if err != nil {
			return Task{}, err
		}
		return views[0], nil
	})
}

// assigned lists the assignments of a node in their order.
func (e *editing) assigned(id ident.ID) []*ent.Assignment {
	var list []*ent.Assignment
	for _, a := range e.Assignments {
		if a.TaskID == id {
			list = append(list, a)
		}
	}
	return list
}
