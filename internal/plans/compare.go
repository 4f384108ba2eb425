package plans

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
)

// PlanComparison is what tells one plan from another: an older draft from a re-imported document, last year's plan from this
// year's.
type PlanComparison struct {
	BeforeID ident.ID         `json:"before_id" doc:"The older plan"`
	AfterID  ident.ID         `json:"after_id" doc:"The newer plan"`
	Same     int              `json:"same" doc:"Nodes that say the same in both" example:"50"`
	Items    []TaskDifference `json:"items" doc:"What differs, in the order of the newer plan, removed nodes last"`
}

// TaskDifference is a node that stands in one plan only, or says something else in the other.
type TaskDifference struct {
	Kind     string        `json:"kind" enum:"added,removed,moved,changed" doc:"added, removed, moved (only its place differs) or changed" example:"changed"`
	BeforeID ident.ID      `json:"before_id,omitzero" doc:"Node of the older plan"`
	AfterID  ident.ID      `json:"after_id,omitzero" doc:"Node of the newer plan"`
	Number   string        `json:"number,omitempty" doc:"Its number" example:"7."`
	Title    string        `json:"title" doc:"Its title" example:"深化招生考试信息公开"`
	Fields   []FieldChange `json:"fields" doc:"What differs, with the old value"`
}

// FieldChange is one value that differs.
type FieldChange struct {
	Field  string `json:"field" doc:"title, number, content, due_date, recurrence, lead, support, collective, targets, leader, place" example:"due_date"`
	Before string `json:"before" doc:"Value in the older plan" example:"2017-06-30"`
	After  string `json:"after" doc:"Value in the newer plan" example:"2017-07-31"`
}

// Compare tells two plans apart. Nodes of two documents have no id in common: they are matched by title under the same parent,
// then by title anywhere, then by wording.
func (s *Service) Compare(ctx context.Context, beforeID, afterID ident.ID) (PlanComparison, error) {
	client := s.store.Read()
	var sides [2]*side
	for i, id := range []ident.ID{beforeID, afterID} {
		if _, err := s.seen(ctx, client, id); err != nil {
			return PlanComparison{}, err
		}
		set, err := load(ctx, client, id)
		if err != nil {
			return PlanComparison{}, fmt.Errorf("compare plans: %w", err)
		}
		sides[i] = newSide(set)
	}
	before, after := sides[0], sides[1]
	pair := match(before, after)
	c := PlanComparison{BeforeID: beforeID, AfterID: afterID, Items: []TaskDifference{}}
	kept := map[ident.ID]bool{}
	for _, t := range after.Tasks {
		old := pair[t.ID]
		if old == nil {
			c.Items = append(c.Items, TaskDifference{Kind: "added", AfterID: t.ID, Number: t.Number, Title: t.Title, Fields: []FieldChange{}})
			continue
		}
		kept[old.ID] = true
		fields := differences(before.facts(old), after.facts(t))
		if len(fields) == 0 {
			c.Same++
			continue
		}
		kind := "changed"
		if len(fields) == 1 && fields[0].Field == "place" {
			kind = "moved"
		}
		c.Items = append(c.Items, TaskDifference{Kind: kind, BeforeID: old.ID, AfterID: t.ID, Number: t.Number, Title: t.Title, Fields: fields})
	}
	for _, t := range before.Tasks {
		if !kept[t.ID] {
			c.Items = append(c.Items, TaskDifference{Kind: "removed", BeforeID: t.ID, Number: t.Number, Title: t.Title, Fields: []FieldChange{}})
		}
	}
	return c, nil
}

// side is one of two plans that are compared.
type side struct {
	rowset
	byID     map[ident.ID]*ent.Task
	assigned map[ident.ID][]*ent.Assignment
}

func newSide(set rowset) *side {
	s := &side{rowset: set, byID: map[ident.ID]*ent.Task{}, assigned: map[ident.ID][]*ent.Assignment{}}
	for _, t := range set.Tasks {
		s.byID[t.ID] = t
	}
	for _, a := range set.Assignments {
		s.assigned[a.TaskID] = append(s.assigned[a.TaskID], a)
	}
	return s
}

// place names what a node hangs under.
func (s *side) place(t *ent.Task) string {
	var titles []string
	for t = s.byID[t.ParentID]; t != nil; t = s.byID[t.ParentID] {
		titles = append(titles, t.Title)
	}
	slices.Reverse(titles)
	return strings.Join(titles, " / ")
}

// keys are the ways to recognise a node, the surest first.
func (s *side) keys(t *ent.Task) [3]string {
	title := letters(t.Title)
	return [3]string{"1" + letters(s.place(t)) + "/" + title, "2" + title, "3" + letters(t.Content)}
}

// letters is a text without marks and blanks, which change from one edition to the next.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// match pairs the nodes of after with those of before. A key that stands for several nodes pairs them in order.
func match(before, after *side) map[ident.ID]*ent.Task {
	pair := make(map[ident.ID]*ent.Task, len(after.Tasks))
	taken := map[ident.ID]bool{}
	for level := range 3 {
		free := map[string][]*ent.Task{}
		for _, t := range before.Tasks {
			if key := before.keys(t)[level]; !taken[t.ID] && len(key) > 1 {
				free[key] = append(free[key], t)
			}
		}
		for _, t := range after.Tasks {
			key := after.keys(t)[level]
			if pair[t.ID] != nil || len(free[key]) == 0 {
				continue
			}
			pair[t.ID] = free[key][0]
			taken[free[key][0].ID] = true
			free[key] = free[key][1:]
		}
	}
	return pair
}

// facts are what a node says, field by field.
func (s *side) facts(t *ent.Task) []FieldChange {
	parts := map[string][]string{}
	for _, a := range s.assigned[t.ID] {
		parts[string(a.Part)] = append(parts[string(a.Part)], a.Name)
	}
	var targets []TaskTarget
	decode(t.Targets, &targets)
	figures := make([]string, len(targets))
	for i, g := range targets {
		figures[i] = fmt.Sprintf("%s%s%g%s", g.Metric, g.Op, g.Value, g.Unit)
	}
	list := func(names []string) string { return strings.Join(names, "、") }
	return []FieldChange{{Field: "title", After: t.Title}, {Field: "number", After: t.Number}, {Field: "content", After: t.Content},
		{Field: "due_date", After: t.DueDate.String()}, {Field: "recurrence", After: t.Recurrence}, {Field: "lead", After: list(parts["lead"])},
		{Field: "support", After: list(parts["support"])}, {Field: "collective", After: list(parts["collective"])}, {Field: "targets", After: list(figures)},
		{Field: "leader", After: t.LeaderID.String()}, {Field: "place", After: s.place(t)}}
}

// differences keeps the fields whose values differ.
func differences(was, is []FieldChange) []FieldChange {
	list := []FieldChange{}
	for i, f := range is {
		if was[i].After != f.After {
			list = append(list, FieldChange{Field: f.Field, Before: was[i].After, After: f.After})
		}
	}
	return list
}
