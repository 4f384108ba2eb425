package plans

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/roster"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// extras is what a plan keeps of its document besides its nodes: the column declarations.
type extras struct {
	Declarations clause.Declarations `json:"declarations,omitzero"`
	DocumentDate workday.Date        `json:"document_date,omitzero"`
	Leaders      []unknownLeader     `json:"leaders,omitempty"` // named in the document, not among the users
	CarriedFrom  ident.ID            `json:"carried_from,omitzero"`
	Template     bool                `json:"template,omitempty"`
}

// unknownLeader is a supervising leader of the document whom no user bears the name of.
type unknownLeader struct {
	TaskID ident.ID `json:"task_id"`
	Name   string   `json:"name"`
}

// extrasOf reads the column; an empty one is empty.
func extrasOf(row *ent.Plan) extras {
	var e extras
	decode(row.Declarations, &e)
	return e
}

// decode reads JSON that this package wrote; what is missing stays as it was.
func decode(raw json.RawMessage, into any) {
	if len(raw) > 0 {
		_ = json.Unmarshal(raw, into) // written by encode; a column changed by hand reads as empty
	}
}

// encode writes a value for a JSON column.
func encode(value any) json.RawMessage {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err) // plain data of this package
	}
	return raw
}

// issuing reports whether issuing was begun and is not finished.
func issuing(row *ent.Plan) bool { return row.Status == plan.Draft && !row.IssuedByID.IsZero() }

// view maps a plan.
func (s *Service) view(ctx context.Context, r *ent.Plan) Plan {
	f := facts{Status: r.Status}
	f.Open = r.Duties - r.ClosedDuties
	allowed, more := plan.Table.Allowed(f), extrasOf(r)
	if more.Template {
		allowed = slices.DeleteFunc(slices.Clone(allowed), func(a transition.Allowed) bool { return a.Action == plan.Issue })
	}
	return Plan{ID: r.ID, Year: r.Year, Title: r.Title, Number: r.Number, Status: r.Status, Issuing: issuing(r), DocumentID: r.DocumentID,
		DocumentDate: more.DocumentDate, IssuedOn: r.IssuedOn, IssuedAt: r.IssuedAt, Duties: r.Duties, ClosedDuties: r.ClosedDuties,
		Progress: r.Progress, CreatedAt: r.CreatedAt, Version: r.Version, AllowedActions: s.gate.Actions(ctx, scope(r), allowed), Template: more.Template}
}

// taskView maps a node; names are those of units and rosters.
func taskView(r *ent.Task, assigned []*ent.Assignment, names map[ident.ID]string) Task {
	t := Task{ID: r.ID, PlanID: r.PlanID, ParentID: r.ParentID, Path: r.Path, Depth: len(r.Path)/segmentWidth - 1, Kind: r.Kind, Number: r.Number,
		Title: r.Title, Content: r.Content, Span: clause.Span{Start: r.SpanStart, End: r.SpanEnd},
		Deadline: TaskDeadline{Kind: r.DeadlineKind, Phrase: r.DeadlinePhrase, Rule: r.DeadlineRule,
			Span: clause.Span{Start: r.DeadlineStart, End: r.DeadlineEnd}, Start: r.StartDate, Due: r.DueDate, Recurrence: r.Recurrence},
		Milestones: []TaskDeadline{}, Targets: []TaskTarget{}, Weight: r.Weight, RollUp: r.RollUp, RollUpK: r.RollUpK, Progress: r.Progress,
		Parts: r.Parts, ClosedParts: r.ClosedParts, LeaderID: r.LeaderID, Mode: r.Mode, Assignments: []Assignment{}, Version: r.Version}
	decode(r.Milestones, &t.Milestones)
	decode(r.Targets, &t.Targets)
	decode(r.Contract, &t.Contract)
	for _, a := range assigned {
		t.Assignments = append(t.Assignments, assignmentView(a, names))
	}
	return t
}

func assignmentView(a *ent.Assignment, names map[ident.ID]string) Assignment {
	return Assignment{ID: a.ID, Part: a.Part, Name: a.Name, Span: clause.Span{Start: a.SpanStart, End: a.SpanEnd}, UnitID: a.UnitID,
		UnitName: names[a.UnitID], RosterID: a.RosterID, RosterName: names[a.RosterID], Resolved: resolved(a), OpenList: a.OpenList}
}

// resolved reports whether it is known who is meant.
func resolved(a *ent.Assignment) bool { return !a.UnitID.IsZero() || !a.RosterID.IsZero() }

// namesOf reads the names of the units and rosters that assignments mean.
func namesOf(ctx context.Context, client *ent.Client, assigned []*ent.Assignment) (map[ident.ID]string, error) {
	names := make(map[ident.ID]string)
	var unitIDs, rosterIDs []ident.ID
	for _, a := range assigned {
		for id, list := range map[ident.ID]*[]ident.ID{a.UnitID: &unitIDs, a.RosterID: &rosterIDs} {
			if _, have := names[id]; !have && !id.IsZero() {
				names[id] = ""
				*list = append(*list, id)
			}
		}
	}
	unitRows, err := client.Unit.Query().Where(entunit.IDIn(unitIDs...)).Select(entunit.FieldID, entunit.FieldName).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names of units: %w", err)
	}
	for _, r := range unitRows {
		names[r.ID] = r.Name
	}
	rosterRows, err := client.Roster.Query().Where(roster.IDIn(rosterIDs...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read names of rosters: %w", err)
	}
	for _, r := range rosterRows {
		names[r.ID] = r.Name
	}
	return names, nil
}
