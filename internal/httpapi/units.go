package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

type unitsInput struct {
	Page
	Under ident.ID     `query:"under" doc:"Only units below this one"`
	Depth int          `query:"depth" minimum:"0" maximum:"50" doc:"At most so many levels below it (or below the root); 0 means any" example:"1"`
	Kind  unit.Kind    `query:"kind" enum:"department,division,affiliated,university,city_bureau,county_bureau,school,service_site" doc:"Only units of this kind" example:"university"`
	Name  string       `query:"name" maxLength:"100" doc:"Only units whose name contains this" example:"法规"`
	On    workday.Date `query:"on" doc:"Only units that exist on this day" example:"2017-03-06"`
}

type resolveInput struct {
	Name string       `query:"name" required:"true" minLength:"1" maxLength:"100" doc:"Name as written in a document" example:"法规处"`
	On   workday.Date `query:"on" doc:"Day of the document; today if missing" example:"2017-03-06"`
}

// UnitMatches is what a name may mean.
type UnitMatches struct {
	Items []units.Match `json:"items" doc:"Every certain match, or up to five suggestions, best first"`
}

// UnitLineage is the changes in a unit's identity.
type UnitLineage struct {
	Items []units.UnitChange `json:"items" doc:"Changes, oldest first"`
}

// registerUnits adds the unit tree.
func (a *API) registerUnits() {
	route(a, Op{ID: "list-units", Method: http.MethodGet, Path: "/units", Tag: "units", Permission: access.UnitRead, Summary: "List units",
		Description: "The unit tree in its order: each unit stands before the units below it."},
		func(ctx context.Context, in *unitsInput) (*plain[units.UnitPage], error) {
			page, err := a.Units.List(ctx, units.UnitQuery{Under: in.Under, Depth: in.Depth, Kind: in.Kind, Name: in.Name, On: in.On, After: in.After, Limit: in.Limit})
			return &plain[units.UnitPage]{page}, err
		})
	route(a, Op{ID: "create-unit", Method: http.MethodPost, Path: "/units", Tag: "units", Permission: access.UnitManage, Status: http.StatusCreated, Creates: true, Summary: "Add a unit",
		Description: "Adds a unit below another one. Siblings have different names; codes are unique in the authority."},
		func(ctx context.Context, in *struct{ Body units.CreateUnitInput }) (*one[units.Unit], error) {
			made, err := a.Units.Create(ctx, in.Body)
			return reply(made, made.Version), err
		})
	route(a, Op{ID: "get-unit", Method: http.MethodGet, Path: "/units/{id}", Tag: "units", Permission: access.UnitRead, Summary: "Get a unit",
		Description: "One unit of the authority, also one that has ended."},
		func(ctx context.Context, in *byID) (*one[units.Unit], error) {
			found, err := a.Units.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	route(a, Op{ID: "get-unit-lineage", Method: http.MethodGet, Path: "/units/{id}/lineage", Tag: "units", Permission: access.UnitRead, Summary: "Get a unit's lineage",
		Description: "When the unit was renamed, merged or closed, and why."},
		func(ctx context.Context, in *byID) (*plain[UnitLineage], error) {
			changes, err := a.Units.Lineage(ctx, in.ID)
			return &plain[UnitLineage]{UnitLineage{Items: changes}}, err
		})
	route(a, Op{ID: "resolve-unit-name", Method: http.MethodGet, Path: "/units/resolve", Tag: "units", Permission: access.UnitRead, Summary: "Find what a name means",
		Description: "Looks a name up as a document writes it on a day: names, short names, rosters, names of the past. Without a certain match it suggests, by sound, abbreviation and likeness."},
		func(ctx context.Context, in *resolveInput) (*plain[UnitMatches], error) {
			matches, err := a.Units.Find(ctx, in.Name, in.On)
			return &plain[UnitMatches]{UnitMatches{Items: matches}}, err
		})
	a.registerUnitChanges()
}

// registerUnitChanges adds the acts on one unit.
func (a *API) registerUnitChanges() {
	version := func(u units.Unit) int { return u.Version }
	op := func(act, method, path, summary, description string) Op {
		return Op{ID: act + "-unit", Method: method, Path: "/units/{id}" + path, Tag: "units", Permission: access.UnitManage, Summary: summary, Description: description}
	}
	change(a, op("update", http.MethodPut, "", "Put a unit right", "Replaces kind, code, short names, order and first day. Name, place and end have acts of their own."),
		a.Units.Update, version)
	change(a, op("rename", http.MethodPost, "/rename", "Rename a unit", "Gives a new name from a day on; the old one stays in the lineage, so that older documents still find the unit."),
		a.Units.Rename, version)
	change(a, op("move", http.MethodPost, "/move", "Move a unit", "Puts a unit with all below it under another one, in one step. A unit cannot go below itself."),
		a.Units.Move, version)
	change(a, op("merge", http.MethodPost, "/merge", "Merge a unit into another", "Ends the unit: the units below it move to the successor, posts end, open work is handed over."),
		a.Units.Merge, version)
	change(a, op("close", http.MethodPost, "/close", "Close a unit", "Ends a unit without a successor; units below it are moved or closed first."),
		a.Units.Close, version)
}
