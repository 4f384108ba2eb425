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

type findingsInput struct {
	Page
	InspectionID ident.ID              `query:"inspection_id" doc:"Only findings of this inspection"`
	NoticeID     ident.ID              `query:"notice_id" doc:"Only findings in this notice"`
	UnitID       ident.ID              `query:"unit_id" doc:"Only findings in this unit"`
	DutyID       ident.ID              `query:"duty_id" doc:"Only findings that touch this duty"`
	Status       rectify.FindingStatus `query:"status" enum:"open,ordered,closed,dismissed" doc:"Only findings in this state" example:"open"`
	Severity     rectify.Severity      `query:"severity" enum:"minor,major,serious" doc:"Only findings of this grade" example:"serious"`
}

type recordFindingInput struct {
	ByID
	Body inspections.RecordFindingInput
}

// registerFindings adds the faults found at inspections.
func (a *API) registerFindings() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: path, Tag: "findings", Permission: permission, Summary: summary, Description: description}
	}
	record := op("record-finding", http.MethodPost, "/inspections/{id}/findings", access.FindingRecord, "Record a finding",
		"A member of the team writes down a fault while the inspection is open. The unit is one that the inspection is directed at, or below one.")
	record.Creates, record.Status = true, http.StatusCreated
	route(a, record, func(ctx context.Context, in *recordFindingInput) (*one[inspections.Finding], error) {
		made, err := a.Inspections.Record(ctx, in.ID, in.Body)
		return reply(made, made.Version), err
	})
	route(a, op("list-findings", http.MethodGet, "/findings", access.FindingRead, "List findings", "Findings that the caller may see, the newest first."),
		func(ctx context.Context, in *findingsInput) (*plain[inspections.FindingPage], error) {
			page, err := a.Inspections.ListFindings(ctx, inspections.FindingFilter{InspectionID: in.InspectionID, NoticeID: in.NoticeID,
				UnitID: in.UnitID, DutyID: in.DutyID, Status: in.Status, Severity: in.Severity, After: in.After, Limit: in.Limit})
			return &plain[inspections.FindingPage]{page}, err
		})
	route(a, op("get-finding", http.MethodGet, "/findings/{id}", access.FindingRead, "Get a finding", "One finding with its state and what the caller may do."),
		func(ctx context.Context, in *byID) (*one[inspections.Finding], error) {
			found, err := a.Inspections.GetFinding(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, op("dismiss-finding", http.MethodPost, "/findings/{id}/dismiss", access.FindingDismiss, "Dismiss a finding",
		"Drops a finding that stands in no notice, with a reason. What a notice ordered is closed by its verification instead."),
		a.Inspections.Dismiss, func(v inspections.Finding) int { return v.Version })
	link := op("link-finding", http.MethodPost, "/findings/{id}/link", access.FindingLink, "Decide whether a finding repeats an earlier one",
		"A person confirms or rejects that a finding is the same fault as an earlier one of the unit, proposed by likeness or not. Both sides see what was confirmed.")
	link.Creates = true
	change(a, link, a.Inspections.Link, func(v inspections.Finding) int { return v.Version })
	route(a, op("list-finding-events", http.MethodGet, "/findings/{id}/events", access.EventRead, "Read a finding's history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Inspections.FindingTimeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
}
