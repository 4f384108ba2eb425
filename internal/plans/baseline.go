package plans

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// BaselineChanges is what changed in an issued plan between two instants.
type BaselineChanges struct {
	From  time.Time    `json:"from" doc:"Earlier instant; the issue of the plan if it was not given"`
	To    time.Time    `json:"to" doc:"Later instant; now if it was not given"`
	Items []TaskChange `json:"items" doc:"Tasks that differ, in document order"`
}

// TaskChange is a task whose duties differ between two instants.
type TaskChange struct {
	Kind     string         `json:"kind" enum:"added,removed,changed" doc:"added, removed (all its duties were withdrawn) or changed" example:"changed"`
	TaskID   ident.ID       `json:"task_id" doc:"The task"`
	Number   string         `json:"number,omitempty" doc:"Its number" example:"4."`
	Title    string         `json:"title" doc:"Its title"`
	Aspects  []graph.Aspect `json:"aspects" doc:"What differs: due, units, progress" example:"[\"due\"]"`
	OldDue   workday.Date   `json:"old_due,omitzero" doc:"Due date at the earlier instant" example:"2017-06-30"`
	NewDue   workday.Date   `json:"new_due,omitzero" doc:"Due date at the later instant" example:"2017-08-31"`
	Joined   []ident.ID     `json:"joined" doc:"Units that came"`
	Left     []ident.ID     `json:"left" doc:"Units that went"`
	OldShare int            `json:"old_progress" doc:"Progress at the earlier instant: mean of its duties, basis points" example:"0"`
	NewShare int            `json:"new_progress" doc:"Progress at the later instant" example:"4500"`
}

// Changes compares an issued plan at two instants, from the history of its duties alone: what was deleted or withdrawn since is
// still found. Without instants it compares the baseline with now.
func (s *Service) Changes(ctx context.Context, planID ident.ID, from, to time.Time) (BaselineChanges, error) {
	client := s.store.Read()
	row, err := s.seen(ctx, client, planID)
	if err != nil {
		return BaselineChanges{}, err
	}
	if row.IssuedAt.IsZero() {
		return BaselineChanges{}, fault.New(fault.Conflict, "plan.not_issued")
	}
	from, to = firstOf(from, row.IssuedAt), firstOf(to, s.store.Now())
	if to.Before(from) {
		return BaselineChanges{}, fault.BadField("query.to", "plan.to_before_from")
	}
	lives, err := s.lives(ctx, client, planID)
	if err != nil {
		return BaselineChanges{}, err
	}
	tasks, err := load(ctx, client, planID)
	if err != nil {
		return BaselineChanges{}, err
	}
	c := BaselineChanges{From: from.UTC(), To: to.UTC(), Items: []TaskChange{}}
	diff := graph.Compare(stateAt(tasks.Tasks, lives, from), stateAt(tasks.Tasks, lives, to))
	for _, i := range diff.Added {
		c.Items = append(c.Items, TaskChange{Kind: "added", TaskID: i.ID, NewDue: i.Due, Joined: i.Units, Left: []ident.ID{}, NewShare: i.Progress, Aspects: []graph.Aspect{}})
	}
	for _, i := range diff.Removed {
		c.Items = append(c.Items, TaskChange{Kind: "removed", TaskID: i.ID, OldDue: i.Due, Left: i.Units, Joined: []ident.ID{}, OldShare: i.Progress, Aspects: []graph.Aspect{}})
	}
	for _, d := range diff.Altered {
		c.Items = append(c.Items, TaskChange{Kind: "changed", TaskID: d.After.ID, Aspects: d.Aspects, OldDue: d.Before.Due, NewDue: d.After.Due,
			Joined: without(d.After.Units, d.Before.Units), Left: without(d.Before.Units, d.After.Units), OldShare: d.Before.Progress, NewShare: d.After.Progress})
	}
	c.name(tasks.Tasks)
	return c, nil
}

// name fills in numbers and titles and puts the tasks in document order.
func (c *BaselineChanges) name(tasks []*ent.Task) {
	byID := map[ident.ID]*ent.Task{}
	for _, t := range tasks {
		byID[t.ID] = t
	}
	for i := range c.Items {
		t := byID[c.Items[i].TaskID]
		c.Items[i].Number, c.Items[i].Title = t.Number, t.Title
	}
	slices.SortFunc(c.Items, func(a, b TaskChange) int { return cmp.Compare(byID[a.TaskID].Path, byID[b.TaskID].Path) })
}

func without(all, some []ident.ID) []ident.ID {
	rest := []ident.ID{}
	for _, id := range all {
		if !slices.Contains(some, id) {
			rest = append(rest, id)
		}
	}
	return rest
}

// life is one duty with what its history says changed, in order.
type life struct {
	row   *ent.Duty
	turns []turn
}

// turn is the tracked fields of a duty before one of its events.
type turn struct {
	at     time.Time
	before dutyState
}

// dutyState is what an event of a duty keeps of it; a field that did not change is missing.
type dutyState struct {
	Status   *string       `json:"status"`
	UnitID   *ident.ID     `json:"unit_id"`
	Progress *int          `json:"progress"`
	DueDate  *workday.Date `json:"due_date"`
}

// lives reads the duties of a plan and their events.
func (s *Service) lives(ctx context.Context, client *ent.Client, planID ident.ID) (map[ident.ID][]*life, error) {
	rows, err := client.Duty.Query().Where(entduty.PlanID(planID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read duties of plan: %w", err)
	}
	byDuty := make(map[ident.ID]*life, len(rows))
	byTask := map[ident.ID][]*life{}
	for _, r := range rows {
		l := &life{row: r}
		byDuty[r.ID] = l
		byTask[r.TaskID] = append(byTask[r.TaskID], l)
	}
	events, err := client.Event.Query().Where(event.Subject("duty"), event.PlanID(planID), event.BeforeNotNil()).Order(event.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read history of duties: %w", err)
	}
	for _, e := range events {
		var before dutyState
		if l := byDuty[e.SubjectID]; l != nil && json.Unmarshal(e.Before, &before) == nil {
			l.turns = append(l.turns, turn{e.At, before})
		}
	}
	return byTask, nil
}

// at takes a duty back to an instant; false if it was not there, or withdrawn.
func (l *life) at(instant time.Time) (ent.Duty, bool) {
	d := *l.row
	for _, t := range slices.Backward(l.turns) {
		if !t.at.After(instant) {
			break
		}
		set(&d.UnitID, t.before.UnitID)
		set(&d.Progress, t.before.Progress)
		set(&d.DueDate, t.before.DueDate)
		if t.before.Status != nil {
			d.Status = duty.Status(*t.before.Status)
		}
	}
	return d, !d.CreatedAt.After(instant) && d.Status != duty.Cancelled
}

// stateAt is the tasks with duties at an instant.
func stateAt(tasks []*ent.Task, lives map[ident.ID][]*life, instant time.Time) []graph.Item {
	var items []graph.Item
	for _, t := range tasks {
		item := graph.Item{ID: t.ID, Units: []ident.ID{}}
		sum := 0
		for _, l := range lives[t.ID] {
			d, there := l.at(instant)
			if !there {
				continue
			}
			item.Units = append(item.Units, d.UnitID)
			if item.Due.IsZero() || d.DueDate.After(item.Due) {
				item.Due = d.DueDate
			}
			if d.Status == duty.Closed {
				d.Progress = graph.Full
			}
			sum += d.Progress
		}
		if n := len(item.Units); n > 0 {
			item.Progress = sum / n
			items = append(items, item)
		}
	}
	return items
}
