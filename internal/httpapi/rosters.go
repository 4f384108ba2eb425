package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

type rosterUnitsInput struct {
	ByID
	Page
	On workday.Date `query:"on" doc:"The day; today if missing" example:"2017-03-06"`
}

// registerRosters adds the named collectives.
func (a *API) registerRosters() {
	version := func(r units.Roster) int { return r.Version }
	route(a, Op{ID: "list-rosters", Method: http.MethodGet, Path: "/rosters", Tag: "rosters", Permission: access.RosterRead, Summary: "List rosters",
		Description: "The collectives that documents name (各高校), oldest first."},
		func(ctx context.Context, in *Page) (*plain[units.RosterPage], error) {
			page, err := a.Units.Rosters(ctx, in.After, in.Limit)
			return &plain[units.RosterPage]{page}, err
		})
	route(a, Op{ID: "create-roster", Method: http.MethodPost, Path: "/rosters", Tag: "rosters", Permission: access.RosterManage, Status: http.StatusCreated, Creates: true, Summary: "Add a roster",
		Description: "A rule (kinds below a unit) or a list of dated members, not both. A plan that is issued expands it by its members of that day."},
		func(ctx context.Context, in *struct{ Body units.SaveRosterInput }) (*one[units.Roster], error) {
			made, err := a.Units.CreateRoster(ctx, in.Body)
			return reply(made, made.Version), err
		})
	route(a, Op{ID: "get-roster", Method: http.MethodGet, Path: "/rosters/{id}", Tag: "rosters", Permission: access.RosterRead, Summary: "Get a roster",
		Description: "One roster of the authority."},
		func(ctx context.Context, in *byID) (*one[units.Roster], error) {
			found, err := a.Units.GetRoster(ctx, in.ID)
			return reply(found, found.Version), err
		})
	change(a, Op{ID: "update-roster", Method: http.MethodPut, Path: "/rosters/{id}", Tag: "rosters", Permission: access.RosterManage, Summary: "Change a roster",
		Description: "Replaces name, short names, and rule or list. Plans that were issued keep their duties."},
		a.Units.UpdateRoster, version)
	route(a, Op{ID: "list-roster-units", Method: http.MethodGet, Path: "/rosters/{id}/units", Tag: "rosters", Permission: access.RosterRead, Summary: "List a roster's units on a day",
		Description: "The members on a day, in the order of the tree: the very list by which a plan issued on that day is split."},
		func(ctx context.Context, in *rosterUnitsInput) (*plain[units.RosterUnits], error) {
			members, err := a.Units.MembersOf(ctx, in.ID, in.On, in.After, in.Limit)
			return &plain[units.RosterUnits]{members}, err
		})
}
