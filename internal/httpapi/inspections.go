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
	Status rectify.InspectionStatus `query:"status" enum:"draft,proposed,approved,open,finished,concluded,cancelled" doc:"Only inspections in this state" example:"open"`
	Kind   rectify.InspectionKind   `query:"kind" enum:"comprehensive,special,incident,routine,lead_check,look_back" doc:"Only inspections of this form" example:"special"`
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
		"Makes the plan of an inspection: form, basis, scope, matters, methods, check-list, units, dates, and maybe the team. The answer warns of other inspections of the same objects in overlapping days.")
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
		"Replaces the plan while it is a draft; the units are replaced too. From its approval on the scope is locked (Order 733 art. 15)."),
		a.Inspections.Edit, inspectionVersion)
	change(a, op("staff-inspection", http.MethodPut, "/{id}/team", access.InspectionStaff, "Name the team of an inspection",
		"Replaces the whole team, of which one member leads, until the work on the spot ends. Nobody with a post in an inspected unit or below it. New members are told."),
		a.Inspections.Staff, inspectionVersion)
	a.registerInspectionApproval(op)
	a.registerInspectionWork(op)
	route(a, op("list-inspection-events", http.MethodGet, "/{id}/events", access.EventRead, "Read an inspection's history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Inspections.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
}

// inspectionOp builds the declaration of an operation on inspections.
type inspectionOp func(id, method, path string, permission access.Permission, summary, description string) Op

// registerInspectionApproval adds what happens to a plan until it goes to work.
func (a *API) registerInspectionApproval(op inspectionOp) {
	change(a, op("propose-inspection", http.MethodPost, "/{id}/propose", access.InspectionPropose, "Propose a plan for approval",
		"Needs a leader, a method, and a reason for each other inspection of the same object over the same matter in overlapping days (Order 733 art. 15)."),
		a.Inspections.Propose, inspectionVersion)
	change(a, op("send-back-inspection", http.MethodPost, "/{id}/send-back", access.InspectionSendBack, "Send a plan back",
		"Returns a proposed plan to its drafters with a reason. Never by whoever proposed it."), a.Inspections.SendBack, inspectionVersion)
	actOn(a, op("approve-inspection", http.MethodPost, "/{id}/approve", access.InspectionApprove, "Approve a plan",
		"The plan takes its number and its first version, and is locked from here on. Never by whoever proposed it."), a.Inspections.Approve, inspectionVersion)
	change(a, op("amend-inspection", http.MethodPost, "/{id}/amend", access.InspectionAmend, "Amend an approved plan",
		"Makes a new version of an approved plan: fewer objects, other days or methods. A wider scope, other objects or other content are refused (Order 733 art. 15)."),
		a.Inspections.Amend, inspectionVersion)
	change(a, op("cancel-inspection", http.MethodPost, "/{id}/cancel", access.InspectionCancel, "Cancel an inspection",
		"Withdraws an inspection that has not begun. A number that it took stays used, with the reason."), a.Inspections.Cancel, inspectionVersion)
	actOn(a, op("open-inspection", http.MethodPost, "/{id}/open", access.InspectionOpen, "Open an inspection",
		"Starts an approved inspection: its team may check and record findings."), a.Inspections.Open, inspectionVersion)
	route(a, op("list-inspection-versions", http.MethodGet, "/{id}/versions", access.InspectionRead, "Read the versions of an approved plan",
		"Every version from the approval on, with who made it and why. A plan has few."),
		func(ctx context.Context, in *byID) (*plain[inspections.InspectionVersions], error) {
			list, err := a.Inspections.Versions(ctx, in.ID)
			return &plain[inspections.InspectionVersions]{list}, err
		})
	route(a, op("get-inspection-burdens", http.MethodGet, "/{id}/burdens", access.InspectionRead, "Read the burden of a plan's objects",
		"How often and how long each object of the plan is inspected in the year in which the plan begins, by quarter, this plan included."),
		func(ctx context.Context, in *byID) (*plain[inspections.InspectionBurdens], error) {
			list, err := a.Inspections.Burdens(ctx, in.ID)
			return &plain[inspections.InspectionBurdens]{list}, err
		})
}

// registerInspectionWork adds the work on the spot and its end.
func (a *API) registerInspectionWork(op inspectionOp) {
	route(a, op("get-inspection-checks", http.MethodGet, "/{id}/checks", access.InspectionRead, "Read the check-list of an inspection",
		"What the team found of each item at each unit so far."),
		func(ctx context.Context, in *byID) (*plain[inspections.SiteItems], error) {
			list, err := a.Inspections.Checks(ctx, in.ID)
			return &plain[inspections.SiteItems]{list}, err
		})
	save := op("save-inspection-checks", http.MethodPost, "/{id}/checks", access.InspectionCheck, "Save entries of the check-list",
		"Takes what a member of the team found on the spot, maybe offline. Each entry names the version that it is based on; one that somebody else overtook is answered as a conflict with what stands.")
	save.Creates = true
	route(a, save, func(ctx context.Context, in *struct {
		ByID
		Body inspections.SaveChecksInput
	}) (*plain[inspections.SavedChecks], error) {
		saved, err := a.Inspections.SaveChecks(ctx, in.ID, in.Body)
		return &plain[inspections.SavedChecks]{saved}, err
	})
	actOn(a, op("finish-inspection", http.MethodPost, "/{id}/finish", access.InspectionFinish, "End the work on the spot",
		"By a member of the team; the conclusion follows."), a.Inspections.Finish, inspectionVersion)
	change(a, op("conclude-inspection", http.MethodPost, "/{id}/conclude", access.InspectionConclude, "Conclude an inspection",
		"Makes the conclusion (Order 733 art. 16) by a member of the team and delivers to each object the part that is about it."),
		a.Inspections.Conclude, inspectionVersion)
}
