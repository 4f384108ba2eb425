package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
)

type conclusionsInput struct {
	Page
	InspectionID ident.ID                 `query:"inspection_id" doc:"Only conclusions of this inspection"`
	UnitID       ident.ID                 `query:"unit_id" doc:"Only conclusions about this unit"`
	Status       rectify.ConclusionStatus `query:"status" doc:"Only conclusions in this state" example:"delivered"`
}

type registerInput struct {
	Kind numbers.Kind `path:"kind" enum:"rectification,inspection,conclusion,objection,matter,interview,commendation,criticism" doc:"Series" example:"inspection"`
	Year int          `path:"year" minimum:"2000" maximum:"2100" doc:"Year of the series" example:"2017"`
}

// registerConclusions adds what is delivered to the objects of an inspection, the burden of a unit and the registers of numbers.
func (a *API) registerConclusions() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: path, Tag: "conclusions", Permission: permission, Summary: summary, Description: description}
	}
	route(a, op("list-conclusions", http.MethodGet, "/conclusions", access.ConclusionRead, "List conclusions",
		"The parts of conclusions about units that the caller may see, the newest first."),
		func(ctx context.Context, in *conclusionsInput) (*plain[inspections.ConclusionPage], error) {
			page, err := a.Inspections.Conclusions(ctx, inspections.ConclusionFilter{InspectionID: in.InspectionID, UnitID: in.UnitID, Status: in.Status, After: in.After, Limit: in.Limit})
			return &plain[inspections.ConclusionPage]{page}, err
		})
	route(a, op("get-conclusion", http.MethodGet, "/conclusions/{id}", access.ConclusionRead, "Get a conclusion", "What the conclusion of an inspection says to one unit, with its receipt."),
		func(ctx context.Context, in *byID) (*one[inspections.Conclusion], error) {
			found, err := a.Inspections.GetConclusion(ctx, in.ID)
			return reply(found, found.Version), err
		})
	receive := op("receive-conclusion", http.MethodPost, "/conclusions/{id}/receive", access.ConclusionReceive, "Sign for a conclusion",
		"The unit confirms that it received the conclusion; the period to object runs from this day (Order 733 art. 17).")
	receive.Creates = true
	actOn(a, receive, a.Inspections.Receive, func(v inspections.Conclusion) int { return v.Version })
	route(a, op("list-conclusion-events", http.MethodGet, "/conclusions/{id}/events", access.EventRead, "Read a conclusion's history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Inspections.ConclusionTimeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
	route(a, op("get-unit-inspection-burden", http.MethodGet, "/units/{id}/inspection-burden", access.InspectionRead, "Read how much a unit is inspected",
		"Inspections and days of a year and its quarters, with the numbers above which a plan warns (Order 733 art. 15)."),
		func(ctx context.Context, in *struct {
			ByID
			Year int `query:"year" minimum:"2000" maximum:"2100" doc:"Year; this year if missing" example:"2017"`
		}) (*plain[inspections.InspectionLoad], error) {
			burden, err := a.Inspections.Burden(ctx, in.ID, in.Year)
			return &plain[inspections.InspectionLoad]{burden}, err
		})
	route(a, op("get-number-register", http.MethodGet, "/number-registers/{kind}/{year}", access.InspectionRead, "Read a register of document numbers",
		"The last number of a series in a year and the voided ones. Every number from 1 to the last was used once."),
		func(ctx context.Context, in *registerInput) (*plain[inspections.NumberRegister], error) {
			register, err := a.Inspections.Register(ctx, in.Kind, in.Year)
			return &plain[inspections.NumberRegister]{register}, err
		})
}
