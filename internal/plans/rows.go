package plans

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/assignment"
	"github.com/duban-gov/duban/ent/question"
	"github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/ident"
)

// rowset is rows of a draft: all of them while it is edited, or those that one edit changed, as the history keeps them.
type rowset struct {
	Tasks       []*ent.Task       `json:"tasks,omitempty"`
	Assignments []*ent.Assignment `json:"assignments,omitempty"`
	Questions   []*ent.Question   `json:"questions,omitempty"`
}

// load reads the nodes and assignments of a plan, in document order.
func load(ctx context.Context, client *ent.Client, planID ident.ID) (rowset, error) {
	var set rowset
	var err error
	if set.Tasks, err = client.Task.Query().Where(task.PlanID(planID)).Order(task.ByPath()).All(ctx); err != nil {
		return set, fmt.Errorf("read tasks: %w", err)
	}
	set.Assignments, err = client.Assignment.Query().Where(assignment.PlanID(planID)).Order(assignment.BySort(), assignment.ByID()).All(ctx)
	if err != nil {
		return set, fmt.Errorf("read assignments: %w", err)
	}
	set.Questions, err = client.Question.Query().Where(question.PlanID(planID)).Order(question.ByID()).All(ctx)
	if err != nil {
		return set, fmt.Errorf("read questions: %w", err)
	}
	return set, nil
}

// loadNet reads of a plan's nodes and assignments only what its graph needs: a forecast is asked for while somebody waits, and
// the texts are most of a row.
func loadNet(ctx context.Context, client *ent.Client, planID ident.ID) (rowset, error) {
	var set rowset
	var err error
	set.Tasks, err = client.Task.Query().Where(task.PlanID(planID)).Order(task.ByPath()).
		Select(task.FieldID, task.FieldParentID, task.FieldNumber, task.FieldTitle, task.FieldDueDate, task.FieldLeaderID).All(ctx)
	if err != nil {
		return set, fmt.Errorf("read tasks: %w", err)
	}
	set.Assignments, err = client.Assignment.Query().Where(assignment.PlanID(planID)).Order(assignment.BySort(), assignment.ByID()).
		Select(assignment.FieldID, assignment.FieldTaskID, assignment.FieldUnitID, assignment.FieldRosterID, assignment.FieldPart).All(ctx)
	if err != nil {
		return set, fmt.Errorf("read assignments: %w", err)
	}
	return set, nil
}

// clone copies the rows, so that the copy can be changed and compared with the original.
func (r rowset) clone() rowset {
	return rowset{Tasks: copies(r.Tasks), Assignments: copies(r.Assignments), Questions: copies(r.Questions)}
}

func copies[T any](rows []*T) []*T {
	out := make([]*T, len(rows))
	for i, r := range rows {
		c := *r
		out[i] = &c
	}
	return out
}

// difference keeps the rows that two sets do not share, as they are in each.
func difference(before, after rowset) (was, is rowset) {
	was.Tasks, is.Tasks = differing(before.Tasks, after.Tasks, func(t *ent.Task) ident.ID { return t.ID })
	was.Assignments, is.Assignments = differing(before.Assignments, after.Assignments, func(a *ent.Assignment) ident.ID { return a.ID })
	was.Questions, is.Questions = differing(before.Questions, after.Questions, func(q *ent.Question) ident.ID { return q.ID })
	return was, is
}

func differing[T any](before, after []*T, id func(*T) ident.ID) (was, is []*T) {
	old := make(map[ident.ID]*T, len(before))
	for _, r := range before {
		old[id(r)] = r
	}
	for _, r := range after {
		o, had := old[id(r)]
		delete(old, id(r))
		if had && same(o, r) {
			continue
		}
		if had {
			was = append(was, o)
		}
		is = append(is, r)
	}
	for _, r := range before {
		if _, gone := old[id(r)]; gone {
			was = append(was, r)
		}
	}
	return was, is
}

// same compares rows by what they hold, not by the bookkeeping that ent keeps in them.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// empty reports whether the set holds no row.
func (r rowset) empty() bool { return len(r.Tasks)+len(r.Assignments)+len(r.Questions) == 0 }

// exchange brings the database from the rows of was to those of is: what is in both is updated, the rest inserted or deleted.
// Nodes are deleted after their assignments and inserted before them.
func exchange(ctx context.Context, tx *ent.Tx, was, is rowset) error {
	if err := exchangeTasks(ctx, tx, was.Tasks, is.Tasks); err != nil {
		return err
	}
	if err := exchangeAssignments(ctx, tx, was.Assignments, is.Assignments); err != nil {
		return err
	}
	for _, id := range missing(was.Tasks, is.Tasks, func(t *ent.Task) ident.ID { return t.ID }) {
		if err := tx.Task.DeleteOneID(id).Exec(ctx); err != nil {
			return fmt.Errorf("delete task: %w", err)
		}
	}
	for _, q := range is.Questions {
		err := tx.Question.UpdateOneID(q.ID).SetAnswer(q.Answer).SetAnswerID(q.AnswerID).SetAnsweredByID(q.AnsweredByID).Exec(ctx)
		if err == nil && q.AnsweredAt.IsZero() {
			err = tx.Question.UpdateOneID(q.ID).ClearAnsweredAt().Exec(ctx)
		} else if err == nil {
			err = tx.Question.UpdateOneID(q.ID).SetAnsweredAt(q.AnsweredAt).Exec(ctx)
		}
		if err != nil {
			return fmt.Errorf("write question: %w", err)
		}
	}
	return nil
}

func exchangeTasks(ctx context.Context, tx *ent.Tx, was, is []*ent.Task) error {
	had := idSet(was, func(t *ent.Task) ident.ID { return t.ID })
	var fresh rowset
	for _, t := range is {
		if !had[t.ID] {
			fresh.Tasks = append(fresh.Tasks, t)
			continue
		}
		if err := update(tx, t).Exec(ctx); err != nil {
			return fmt.Errorf("update task: %w", err)
		}
	}
	return fresh.insert(ctx, tx)
}

func exchangeAssignments(ctx context.Context, tx *ent.Tx, was, is []*ent.Assignment) error {
	gone := missing(was, is, func(a *ent.Assignment) ident.ID { return a.ID })
	if _, err := tx.Assignment.Delete().Where(assignment.IDIn(gone...)).Exec(ctx); err != nil {
		return fmt.Errorf("delete assignments: %w", err)
	}
	had := idSet(was, func(a *ent.Assignment) ident.ID { return a.ID })
	var fresh rowset
	for _, a := range is {
		if !had[a.ID] {
			fresh.Assignments = append(fresh.Assignments, a)
			continue
		}
		err := tx.Assignment.UpdateOneID(a.ID).SetTaskID(a.TaskID).SetPart(a.Part).SetName(a.Name).SetNorm(a.Norm).SetUnitID(a.UnitID).
			SetRosterID(a.RosterID).SetOpenList(a.OpenList).SetSort(a.Sort).AddVersion(1).Exec(ctx)
		if err != nil {
			return fmt.Errorf("update assignment: %w", err)
		}
	}
	return fresh.insert(ctx, tx)
}

// missing lists the ids that were and are not any more.
func missing[T any](was, is []*T, id func(*T) ident.ID) []ident.ID {
	stays := idSet(is, id)
	var gone []ident.ID
	for _, r := range was {
		if !stays[id(r)] {
			gone = append(gone, id(r))
		}
	}
	return gone
}

func idSet[T any](rows []*T, id func(*T) ident.ID) map[ident.ID]bool {
	set := make(map[ident.ID]bool, len(rows))
	for _, r := range rows {
		set[id(r)] = true
	}
	return set
}

// batch is how many rows one statement inserts.
const batch = 200

// insert writes new nodes and assignments.
func (r rowset) insert(ctx context.Context, tx *ent.Tx) error {
	for part := range slices.Chunk(r.Tasks, batch) {
		rows := make([]*ent.TaskCreate, len(part))
		for i, t := range part {
			rows[i] = create(tx, t)
		}
		if err := tx.Task.CreateBulk(rows...).Exec(ctx); err != nil {
			return fmt.Errorf("insert tasks: %w", err)
		}
	}
	for part := range slices.Chunk(r.Assignments, batch) {
		rows := make([]*ent.AssignmentCreate, len(part))
		for i, a := range part {
			rows[i] = tx.Assignment.Create().SetID(a.ID).SetAuthorityID(a.AuthorityID).SetPlanID(a.PlanID).SetTaskID(a.TaskID).SetPart(a.Part).
				SetName(a.Name).SetNorm(a.Norm).SetSpanStart(a.SpanStart).SetSpanEnd(a.SpanEnd).SetUnitID(a.UnitID).SetRosterID(a.RosterID).
				SetOpenList(a.OpenList).SetSort(a.Sort).SetVersion(max(a.Version, 1))
		}
		if err := tx.Assignment.CreateBulk(rows...).Exec(ctx); err != nil {
			return fmt.Errorf("insert assignments: %w", err)
		}
	}
	return nil
}

// sortTasks puts nodes in document order.
func sortTasks(tasks []*ent.Task) {
	slices.SortFunc(tasks, func(a, b *ent.Task) int { return cmp.Compare(a.Path, b.Path) })
}
