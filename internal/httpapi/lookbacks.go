package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/lookbacks"
)

type drawInput struct {
	Year int    `query:"year" minimum:"2000" maximum:"2100" doc:"Year that is looked at again; last year if missing" example:"2016"`
	Seed string `query:"seed" maxLength:"100" doc:"Seed of the draw; today's date if missing" example:"2017-03-06"`
	Size int    `query:"size" minimum:"1" maximum:"500" doc:"How many to draw; by the rule file if missing" example:"20"`
}

// registerLookBacks adds the look-back at what was put right the year before.
func (a *API) registerLookBacks() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: path, Tag: "look-backs", Permission: permission, Summary: summary, Description: description}
	}
	route(a, op("draw-look-back", http.MethodGet, "/look-back-draw", access.InspectionRead, "Draw what would be looked at again",
		"Draws from a year's closed notices and dated duties by a seed, and makes nothing. The same year, seed and size give the same draw, so anybody can check it."),
		func(ctx context.Context, in *drawInput) (*plain[lookbacks.LookDraw], error) {
			draw, err := a.LookBacks.Draw(ctx, lookbacks.DrawInput{Year: in.Year, Seed: in.Seed, Size: in.Size})
			return &plain[lookbacks.LookDraw]{draw}, err
		})
	create := op("create-look-back", http.MethodPost, "/look-backs", access.InspectionCreate, "Register a look-back",
		"Draws and makes an inspection of the kind look_back, with what was drawn as items and their units as objects; it goes the way of every plan.")
	create.Creates, create.Status = true, http.StatusCreated
	route(a, create, func(ctx context.Context, in *struct {
		Body lookbacks.CreateLookBackInput
	}) (*one[inspections.Inspection], error) {
		made, err := a.LookBacks.Create(ctx, in.Body)
		return reply(made, made.Version), err
	})
	route(a, op("get-look-items", http.MethodGet, "/inspections/{id}/look-items", access.InspectionRead, "Read the items of a look-back", "In the order of the draw, each with what was found."),
		func(ctx context.Context, in *byID) (*plain[lookbacks.LookItems], error) {
			items, err := a.LookBacks.Items(ctx, in.ID)
			return &plain[lookbacks.LookItems]{items}, err
		})
	version := func(v lookbacks.LookItem) int { return v.Version }
	hold := op("hold-look-item", http.MethodPost, "/look-items/{id}/hold", access.InspectionCheck, "Find that a rectification held", "By a member of the team while the look-back is open.")
	hold.Creates = true
	change(a, hold, a.LookBacks.Hold, version)
	back := op("come-back-look-item", http.MethodPost, "/look-items/{id}/come-back", access.InspectionCheck, "Find that a fault came back",
		"A notice inside its rebound window is reopened; else its findings are recorded anew with their lineage and a new notice is drafted. On a duty a finding is recorded.")
	back.Creates = true
	change(a, back, a.LookBacks.ComeBack, version)
}
