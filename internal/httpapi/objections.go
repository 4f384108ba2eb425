package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/objections"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
)

type objectionsInput struct {
	Page
	Status    rectify.ObjectionStatus `query:"status" enum:"filed,upheld,changed,revoked,retracted" doc:"Only objections in this state" example:"filed"`
	Subject   rectify.ObjectedTo      `query:"subject" enum:"notice,conclusion" doc:"Only objections to this kind" example:"notice"`
	SubjectID ident.ID                `query:"subject_id" doc:"Only objections to this very notice or conclusion"`
	UnitID    ident.ID                `query:"unit_id" doc:"Only objections of this unit"`
	Open      bool                    `query:"open" doc:"Only objections that wait for a decision" example:"true"`
}

// registerObjections adds re-examination: filing, retracting, deciding.
func (a *API) registerObjections() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/objections" + path, Tag: "objections", Permission: permission, Summary: summary, Description: description}
	}
	version := func(v objections.Objection) int { return v.Version }
	route(a, op("list-objections", http.MethodGet, "", access.ObjectionRead, "List objections", "Objections that the caller may see, the newest first."),
		func(ctx context.Context, in *objectionsInput) (*plain[objections.ObjectionPage], error) {
			page, err := a.Objections.List(ctx, objections.ObjectionFilter{Status: in.Status, Subject: in.Subject, SubjectID: in.SubjectID, UnitID: in.UnitID,
				Open: in.Open, After: in.After, Limit: in.Limit})
			return &plain[objections.ObjectionPage]{page}, err
		})
	file := op("file-objection", http.MethodPost, "", access.ObjectionFile, "Object to a notice or a conclusion",
		"The unit applies for re-examination within the period that runs from its receipt (Order 733 art. 17); the clock of the decision starts. What is objected to goes on being carried out meanwhile.")
	file.Creates, file.Status = true, http.StatusCreated
	route(a, file, func(ctx context.Context, in *struct {
		Body objections.FileObjectionInput
	}) (*one[objections.Objection], error) {
		made, err := a.Objections.File(ctx, in.Body)
		return reply(made, made.Version), err
	})
	route(a, op("get-objection", http.MethodGet, "/{id}", access.ObjectionRead, "Get an objection", "One objection with its clock; for those who decide also with everybody who had a part."),
		func(ctx context.Context, in *byID) (*one[objections.Objection], error) {
			found, err := a.Objections.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	retract := op("retract-objection", http.MethodPost, "/{id}/retract", access.ObjectionRetract, "Retract an objection", "The unit withdraws it; it may file anew while the period runs.")
	retract.Creates = true
	actOn(a, retract, a.Objections.Retract, version)
	for _, d := range []struct {
		act, summary, description string
		permission                access.Permission
		do                        func(context.Context, ident.ID, int, objections.DecideObjectionInput) (objections.Objection, error)
	}{
		{"uphold", "Uphold what was objected to", "It stands.", access.ObjectionUphold, a.Objections.Uphold},
		{"change", "Change what was objected to", "A notice gets another demand or deadline, a conclusion another content.", access.ObjectionChange, a.Objections.Change},
		{"revoke", "Revoke what was objected to", "A notice is voided with its number and its findings are dismissed; a conclusion holds no more.", access.ObjectionRevoke, a.Objections.Revoke},
	} {
		decide := op(d.act+"-objection", http.MethodPost, "/{id}/"+d.act, d.permission, d.summary,
			d.description+" Decided by people who had no part; the refusal names the person and the part (Order 733 art. 17).")
		decide.Creates = true
		change(a, decide, d.do, version)
	}
	route(a, op("list-objection-events", http.MethodGet, "/{id}/events", access.EventRead, "Read an objection's history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Objections.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
}
