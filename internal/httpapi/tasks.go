package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plans"
)

type tasksInput struct {
	ByID
	Page
	Under ident.ID `query:"under" doc:"Only nodes below this one"`
	Depth int      `query:"depth" minimum:"0" maximum:"12" doc:"At most so many levels below it (or below the top); 0 means any" example:"1"`
}

type addTaskInput struct {
	ByID
	Body plans.AddTaskInput
}

type splitTaskInput struct {
	ByID
	Match
	Body plans.SplitTaskInput
}

type slipInput struct {
	ByID
	Days int `query:"days" required:"true" minimum:"1" maximum:"1000" doc:"Working days that the task finishes later" example:"5"`
}

// registerTasks adds the nodes of plans.
func (a *API) registerTasks() {
	version := func(t plans.Task) int { return t.Version }
	route(a, Op{ID: "list-tasks", Method: http.MethodGet, Path: "/plans/{id}/tasks", Tag: "tasks", Permission: access.PlanRead, Summary: "List a plan's tasks",
		Description: "The nodes of a plan in document order: a node stands before its children, and its path says where it hangs."},
		func(ctx context.Context, in *tasksInput) (*plain[plans.TaskPage], error) {
			page, err := a.Plans.Tasks(ctx, in.ID, plans.TaskQuery{Under: in.Under, Depth: in.Depth, After: in.After, Limit: in.Limit})
			return &plain[plans.TaskPage]{page}, err
		})
	route(a, Op{ID: "add-task", Method: http.MethodPost, Path: "/plans/{id}/tasks", Tag: "tasks", Permission: access.PlanEdit, Status: http.StatusCreated, Creates: true,
		Summary: "Add a task to a draft", Description: "Puts a new node into a draft. It has no span, because it stands in no document."},
		func(ctx context.Context, in *addTaskInput) (*one[plans.Task], error) {
			made, err := a.Plans.AddTask(ctx, in.ID, in.Body)
			return reply(made, made.Version), err
		})
	route(a, Op{ID: "get-task", Method: http.MethodGet, Path: "/tasks/{id}", Tag: "tasks", Permission: access.PlanRead, Summary: "Get a task", Description: "One node with its deadline, figures and responsible bodies."},
		func(ctx context.Context, in *byID) (*one[plans.Task], error) {
			found, err := a.Plans.Task(ctx, in.ID)
			return reply(found, found.Version), err
		})
	op := func(id, method, path, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/tasks/{id}" + path, Tag: "tasks", Permission: access.PlanEdit, Summary: summary, Description: description}
	}
	change(a, op("edit-task", http.MethodPatch, "", "Change a task of a draft", "Changes what is given: words, dates, responsible bodies, leader, weight, roll-up rule, completion contract."), a.Plans.EditTask, version)
	change(a, op("move-task", http.MethodPost, "/move", "Move a task of a draft", "Puts a node with all below it to another place. Spans stay."), a.Plans.MoveTask, version)
	change(a, op("merge-tasks", http.MethodPost, "/merge", "Merge tasks of a draft", "Takes other nodes into this one, with their words, figures, responsible bodies and children; the span covers all."), a.Plans.MergeTasks, version)
	split := op("split-task", http.MethodPost, "/split", "Split a task of a draft", "Cuts a node in two at a character of the source; each keeps its part of the span. Answers with the new node.")
	split.Status, split.Creates = http.StatusCreated, true
	route(a, split, func(ctx context.Context, in *splitTaskInput) (*one[plans.Task], error) {
		n, err := in.Version()
		if err != nil {
			return nil, err
		}
		made, err := a.Plans.SplitTask(ctx, in.ID, n, in.Body)
		return reply(made, made.Version), err
	})
	remove := op("delete-task", http.MethodDelete, "", "Delete a task of a draft", "Takes a node out, with all below it. Undo brings it back.")
	remove.Status = http.StatusNoContent
	route(a, remove, func(ctx context.Context, in *actInput) (*struct{}, error) {
		n, err := in.Version()
		if err != nil {
			return nil, err
		}
		return nil, a.Plans.DeleteTask(ctx, in.ID, n)
	})
	route(a, Op{ID: "foresee-slip", Method: http.MethodGet, Path: "/tasks/{id}/slip", Tag: "tasks", Permission: access.PlanRead, Summary: "Foresee a slip",
		Description: "What follows if the task finishes later: which tasks move, which deadlines break, whom it touches. Nothing is saved."},
		func(ctx context.Context, in *slipInput) (*plain[plans.SlipForecast], error) {
			forecast, err := a.Plans.Slip(ctx, in.ID, in.Days)
			return &plain[plans.SlipForecast]{forecast}, err
		})
}
