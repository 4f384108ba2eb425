package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
)

type inspectionsInput struct {
	Page
	Status rectify.InspectionStatus `query:"status" enum:"planned,open,finished" doc:"Only inspections in this state" example:"open"`
	Kind   rectify.InspectionKind   `query:"kind" enum:"comprehensive,special,incident,routine,lead_check" doc:"Only inspections of this form" example:"special"`
	UnitID ident.ID                 `query:"unit_id" doc:"Only inspections directed at this unit"`
	PlanID ident.ID                 `query:"plan_id" doc:"Only inspections of this plan's execution"`
}

// historyInput is the input of a history of one object.
type historyInput struct {
	ByID
	Page
}

// actInput is the input of an act that needs nothing but the object and its version.
type actInput struct {
	ByID
	Match
}

// actOn registers an act without a body on one existing object under its version.
func actOn[O any](a *API, op Op, act func(ctx context.Context, id ident.ID, version int) (O, error), version func(O) int) {
	route(a, op, func(ctx context.Context, in *actInput) (*one[O], error) {
		n, err := in.Version()
		if err != nil {
			return nil, err
		}
		out, err := act(ctx, in.ID, n)
		return reply(out, version(out)), err
	})
}

func inspectionVersion(v inspections.Inspection) int { return v.Version }

// registerInspections adds inspections from plan to conclusion.
func (a *API) registerInspections() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/inspections" + path, Tag: "inspections", Permission: permission, Summary: summary, Description: description}
	}
	route(a, op("list-inspections", http.MethodGet, "", access.InspectionRead, "List inspections", "Inspections of the authority, the newest first."),
		func(ctx context.Context, in *inspectionsInput) (*plain[inspections.InspectionPage], error) {
			page, err := a.Inspections.List(ctx, inspections.InspectionFilter{Status: in.Status, Kind: in.Kind, UnitID: in.UnitID, PlanID: in.PlanID,
				After: in.After, Limit: in.Limit})
			return &plain[inspections.InspectionPage]{page}, err
		})
	create := op("create-inspection", http.MethodPost, "", access.InspectionCreate, "Register an inspection",
		"Makes the plan of an inspection: form, basis, scope, units, dates, and maybe the team. The answer warns of other inspections of the same units in overlapping days.")
	create.Creates, create.Status = true, http.StatusCreated
	route(a, create, func(ctx context.Context, in *struct {
		Body inspections.CreateInspectionInput
	}) (*one[inspections.Inspection], error) {
		made, err := a.Inspections.Create(ctx, in.Body)
		return reply(made, made.Version), err
	})
	route(a, op("get-inspection", http.MethodGet, "/{id}", access.InspectionRead, "Get an inspection", "One inspection with its units, its team and what the caller may do."),
		func(ctx context.Context, in *byID) (*one[inspections.Inspection], error) {
			found, err := a.Inspections.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, op("edit-inspection", http.MethodPut, "/{id}", access.InspectionEdit, "Change the plan of an inspection",
		"Replaces the plan while the inspection is not open; the units are replaced too. From opening on the scope is locked (Order 733 art. 15)."),
		a.Inspections.Edit, inspectionVersion)
	change(a, op("staff-inspection", http.MethodPut, "/{id}/team", access.InspectionStaff, "Name the team of an inspection",
		"Replaces the whole team, of which one member leads, until the inspection is finished. New members are told."),
		a.Inspections.Staff, inspectionVersion)
	actOn(a, op("open-inspection", http.MethodPost, "/{id}/open", access.InspectionOpen, "Open an inspection",
		"Starts the inspection: its team may record findings. It needs a leader."), a.Inspections.Open, inspectionVersion)
	change(a, op("finish-inspection", http.MethodPost, "/{id}/finish", access.InspectionFinish, "Finish an inspection",
		"Makes the conclusion (Order 733 art. 16) by a member of the team. Findings are ordered by notices before or after."),
		a.Inspections.Finish, inspectionVersion)
	route(a, op("list-inspection-events", http.MethodGet, "/{id}/events", access.EventRead, "Read an inspection's history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Inspections.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
}
