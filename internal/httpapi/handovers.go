package httpapi

import (
	"context"
	"mime"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/handovers"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

type handOversInput struct {
	Page
	UnitID ident.ID        `query:"unit_id" doc:"Only lists of this unit"`
	Status handover.Status `query:"status" enum:"drawn,given,taken,void" doc:"Only lists in this state" example:"drawn"`
	Mine   bool            `query:"mine" doc:"Only open lists of which the caller is one of the people" example:"true"`
}

type handOverItemsInput struct {
	ByID
	Page
}

type handOverPeopleInput struct {
	UnitID ident.ID `query:"unit_id" required:"true" doc:"Unit whose work is handed over"`
}

type exportHandOverInput struct {
	ByID
	Format string `query:"format" enum:"xlsx,text" default:"xlsx" doc:"A table, or the canonical text that the hash is taken of" example:"text"`
}

var handOverMedia = map[string]string{"xlsx": ledgerMedia["xlsx"], "text": "text/plain; charset=utf-8"}

func handOverVersion(h handovers.HandOver) int { return h.Version }

func handOverOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: "/hand-overs" + path, Tag: "hand-overs", Permission: permission, Summary: summary, Description: description}
}

// registerHandOvers adds the lists by which work changes hands.
func (a *API) registerHandOvers() {
	a.registerHandOverReads()
	draw := handOverOp("draw-hand-over", http.MethodPost, "", access.HandOverDraw, "Draw up a hand-over list",
		"编制交接清单: all that is open in a unit at this instant, for who leaves a post, who succeeds and who witnesses, under the hash of its text. "+
			"By who leaves, by the head of the unit or of one above, or by the office.")
	draw.Creates, draw.Status = true, http.StatusCreated
	route(a, draw, func(ctx context.Context, in *struct{ Body handovers.DrawHandOverInput }) (*one[handovers.HandOver], error) {
		made, err := a.Handovers.Draw(ctx, in.Body)
		return reply(made, made.Version), err
	})
	actOn(a, handOverOp("give-hand-over", http.MethodPost, "/{id}/give", access.HandOverSign, "Sign a list as who leaves",
		"移交: refused with hand_over.changed while the list no longer says what is open; then it is drawn anew."), a.Handovers.Give, handOverVersion)
	actOn(a, handOverOp("witness-hand-over", http.MethodPost, "/{id}/witness", access.HandOverSign, "Sign a list as its witness",
		"监交: after who leaves, or in their place where they can no longer sign."), a.Handovers.Attest, handOverVersion)
	actOn(a, handOverOp("take-hand-over", http.MethodPost, "/{id}/take", access.HandOverSign, "Sign a list as the successor",
		"接收: last of all; refused with hand_over.changed while the list no longer says what is open."), a.Handovers.TakeOver, handOverVersion)
	redraw := handOverOp("redraw-hand-over", http.MethodPost, "/{id}/redraw", access.HandOverDraw, "Draw a list anew",
		"重新编制: the old list is void with what was signed under it; answers with the new one.")
	redraw.Creates = true
	change(a, redraw, a.Handovers.Redraw, handOverVersion)
	change(a, handOverOp("void-hand-over", http.MethodPost, "/{id}/void", access.HandOverDraw, "End a list",
		"作废: with a reason, before it is taken over; rows and signatures stay."), a.Handovers.Void, handOverVersion)
}

func (a *API) registerHandOverReads() {
	route(a, handOverOp("list-hand-overs", http.MethodGet, "", access.HandOverRead, "List hand-over lists",
		"Newest first: those of the caller's units, and those of which the caller is one of the people."),
		func(ctx context.Context, in *handOversInput) (*plain[handovers.HandOverPage], error) {
			page, err := a.Handovers.List(ctx, handovers.HandOverQuery{UnitID: in.UnitID, Status: in.Status, Mine: in.Mine, After: in.After, Limit: in.Limit})
			return &plain[handovers.HandOverPage]{page}, err
		})
	route(a, handOverOp("get-hand-over", http.MethodGet, "/{id}", access.HandOverRead, "Get a hand-over list",
		"One list with its signatures, and what changed since it was drawn."),
		func(ctx context.Context, in *byID) (*one[handovers.HandOver], error) {
			found, err := a.Handovers.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	route(a, handOverOp("list-hand-over-items", http.MethodGet, "/{id}/items", access.HandOverRead, "List the rows of a hand-over list",
		"What was open when it was drawn: duties, reports owed, extensions asked for, shares, notices, instructions and urges."),
		func(ctx context.Context, in *handOverItemsInput) (*plain[handovers.HandOverItemPage], error) {
			page, err := a.Handovers.Items(ctx, in.ID, in.After, in.Limit)
			return &plain[handovers.HandOverItemPage]{page}, err
		})
	route(a, handOverOp("list-hand-over-events", http.MethodGet, "/{id}/events", access.EventRead, "Read its history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Handovers.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
	route(a, handOverOp("get-hand-over-people", http.MethodGet, "/people", access.HandOverDraw, "List who may stand in which part of a list",
		"移交人、接收人、监交人: who holds or lately held a post in the unit, who succeeds, and who heads it or a unit above."),
		func(ctx context.Context, in *handOverPeopleInput) (*plain[handovers.HandOverPeople], error) {
			people, err := a.Handovers.People(ctx, in.UnitID)
			return &plain[handovers.HandOverPeople]{people}, err
		})
	export := handOverOp("export-hand-over", http.MethodGet, "/{id}/export", access.HandOverRead, "Export a hand-over list",
		"As a table with its signatures, or as the canonical text: sha256sum of that file is the hash that was signed.")
	export.Files = []string{ledgerMedia["xlsx"], "text/plain"}
	route(a, export, func(ctx context.Context, in *exportHandOverInput) (*download, error) {
		name, file, err := a.Handovers.Export(ctx, in.ID, in.Format)
		return &download{ContentType: handOverMedia[in.Format], Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": name}), Body: file}, err
	})
}
