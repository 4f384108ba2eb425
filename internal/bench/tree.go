package bench

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// task is a task of the data set, with the nodes above it from the lowest to the root.
type task struct {
	id    ident.ID
	above []ident.ID
	due   workday.Date
	done  bool // every duty of it is closed
}

// dutyRow is an open duty as the measures use it.
type dutyRow struct {
	id   ident.ID
	task int // index
	unit int // index
}

// node is one inner node on the way to its row; the counters hold what its parts give.
type node struct {
	id, parent       ident.ID
	level            int
	parts, closed    int
	sum              int
	path, title, num string
	due              workday.Date
}

func (n *node) progress() int {
	if n.parts == 0 {
		return 0
	}
	return n.sum / n.parts
}

var taskColumns = []string{"id", "authority_id", "plan_id", "parent_id", "path", "kind", "number", "title", "start_date", "due_date",
	"weight", "roll_up", "progress", "parts", "closed_parts", "part_sum", "part_weight", "leader_id", "version"}

var kinds = []plan.NodeKind{plan.Section, plan.KeyPoint, plan.Task, plan.Subtask}

// buildTasks makes the plan's tree: tasks of which every fifth is done, under three inner levels, with true counters.
func (s *site) buildTasks(ctx context.Context, tx *ent.Tx) error {
	s.plan = s.newID()
	err := tx.Plan.Create().SetID(s.plan).SetAuthorityID(s.authority).SetYear(2017).SetTitle("2017年政务公开工作要点").SetStatus(plan.Issued).
		SetIssuedOn(firstDay).SetIssuedAt(instantOf(firstDay)).SetDuties(len(s.units) * dutiesEach).
		SetClosedDuties(len(s.units) * (dutiesEach - openOfUnit)).SetCreatedAt(s.store.Now()).Exec(ctx)
	if err != nil {
		return err
	}
	blocks := (len(s.units) + sharing - 1) / sharing
	s.tasks = make([]task, blocks*dutiesEach)
	var all, level []*node
	for i := range s.tasks {
		t := &s.tasks[i]
		t.id, t.done, t.due = s.newID(), i%5 == 4, firstDue.AddDays(i*37%270)
		n := &node{id: t.id, level: 3, due: t.due, num: fmt.Sprintf("%d", i+1), title: fmt.Sprintf("推进第%d项重点领域信息公开工作", i+1)}
		n.parts = min(sharing, len(s.units)-i/dutiesEach*sharing)
		if t.done {
			n.closed, n.sum = n.parts, n.parts*10000
		}
		all, level = append(all, n), append(level, n)
	}
	for depth := 2; depth >= 0; depth-- {
		level = s.above(level, depth)
		all = append(all, level...)
	}
	parents := make(map[ident.ID]ident.ID, len(all))
	rows := make([][]any, len(all))
	for i, n := range all {
		parents[n.id] = n.parent
		rows[i] = []any{n.id, s.authority, s.plan, n.parent, n.path, string(kinds[n.level]), n.num, n.title, firstDay, n.due,
			1, string(plan.Weighted), n.progress(), n.parts, n.closed, n.sum, n.parts, s.leader.id, 1}
	}
	for i := range s.tasks {
		for id := parents[s.tasks[i].id]; !id.IsZero(); id = parents[id] {
			s.tasks[i].above = append(s.tasks[i].above, id)
		}
	}
	return s.store.InsertRows(ctx, tx, "tasks", taskColumns, rows)
}

// above makes the nodes one level up; the last level is one root.
func (s *site) above(level []*node, depth int) []*node {
	wide := fanOut
	if depth == 0 {
		wide = len(level)
	}
	var up []*node
	for i, child := range level {
		if i%wide == 0 {
			up = append(up, &node{id: s.newID(), level: depth, num: fmt.Sprintf("%d", len(up)+1), title: fmt.Sprintf("第%d部分", len(up)+1)})
		}
		n := up[len(up)-1]
		child.parent = n.id
		n.parts++
		n.sum += child.progress()
		if child.closed == child.parts {
			n.closed++
		}
	}
	return up
}

// firstDue is the earliest due date; none is near enough for a step of the ladder while a run takes place.
var firstDue = workday.MustDate("2017-04-05")

var (
	dutyColumns = []string{"id", "authority_id", "plan_id", "task_id", "unit_id", "unit_path", "part", "status", "open", "progress", "due_date",
		"original_due_date", "due_revision", "accept_due_date", "leader_id", "accepted_at", "accepted_by_id", "closed_at", "closed_by_id",
		"close_reason", "note", "completion_id", "created_at", "updated_at", "version"}
	watchColumns = []string{"id", "authority_id", "subject", "unit_id", "unit_path", "leader_id", "start_date", "due_date",
		"due_revision", "sign_due_date", "light", "light_rule", "light_since", "next_check_at", "progress"}
	eventColumns = []string{"id", "authority_id", "at", "actor_id", "post_id", "actor_name", "subject", "subject_id", "plan_id", "unit_id",
		"action", "before", "after", "reason", "request_id"}
	countColumns = []string{"id", "authority_id", "plan_id", "unit_id", "unit_path", "status", "n"}
)

const accepted = `{"status":"active"}`

// buildDuties writes the duties with their clocks, one event each (the unit signed), and the counters.
func (s *site) buildDuties(ctx context.Context, tx *ent.Tx) error {
	var counts [][]any
	for u := range s.units {
		if err := s.buildDutiesOf(ctx, tx, u); err != nil {
			return err
		}
		for status, n := range map[duty.Status]int{duty.Active: openOfUnit, duty.Closed: dutiesEach - openOfUnit} {
			counts = append(counts, []any{s.newID(), s.authority, s.plan, s.units[u].id, s.units[u].path, string(status), n})
		}
		if u%500 == 499 {
			s.say("%d duties: %d written", s.size, (u+1)*openOfUnit)
		}
	}
	return s.store.InsertRows(ctx, tx, "duty_counts", countColumns, counts)
}

func (s *site) buildDutiesOf(ctx context.Context, tx *ent.Tx, u int) error {
	at, clerk, signed := s.units[u], s.clerks[u], instantOf(firstDay)
	duties, watches, events := make([][]any, dutiesEach), make([][]any, dutiesEach), make([][]any, dutiesEach)
	for i := range dutiesEach {
		index := u/sharing*dutiesEach + i
		t, id := s.tasks[index], s.newID()
		status, progress, reason, light, rule := duty.Active, 0, "", ladder.Green, "duty.default@1:on_time"
		var closedAt, next any = nil, instantOf(t.due.AddDays(-10))
		var closer ident.ID
		if t.done {
			status, progress, reason, light, rule = duty.Closed, 10000, string(duty.Done), ladder.Done, ladder.RuleClosed
			closedAt, closer, next = signed, s.office.id, nil
		} else {
			s.duties = append(s.duties, dutyRow{id, index, u})
		}
		duties[i] = []any{id, s.authority, s.plan, t.id, at.id, at.path, string(duty.Lead), string(status), status.Open(), progress, t.due,
			t.due, 1, firstDay, s.leader.id, signed, clerk.id, closedAt, closer, reason, "", ident.ID{}, signed, signed, 1}
		watches[i] = []any{id, s.authority, string(ladder.OnDuty), at.id, at.path, s.leader.id, firstDay, t.due,
			1, workday.Date{}, string(light), rule, signed, next, progress}
		events[i] = []any{s.newID(), s.authority, signed, clerk.id, clerk.post.ID, clerk.name, "duty", id, s.plan, at.id, "accept", nil, accepted, "", ""}
	}
	for _, part := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{{"duties", dutyColumns, duties}, {"watches", watchColumns, watches}, {"events", eventColumns, events}} {
		if err := s.store.InsertRows(ctx, tx, part.table, part.columns, part.rows); err != nil {
			return err
		}
	}
	return nil
}
