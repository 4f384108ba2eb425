package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/timeline"
)

type calendarYearInput struct {
	Year int `path:"year" minimum:"2000" maximum:"2100" doc:"The year" example:"2017"`
}

type previewCalendarInput struct {
	Page
	Body calendars.PreviewCalendarInput
}

type calendarMovesInput struct {
	ByID
	Page
}

func calendarVersion(v calendars.CalendarProposal) int { return v.Version }

func calendarOp(id, method, path string, permission access.Permission, summary, description string) Op {
	return Op{ID: id, Method: method, Path: path, Tag: "calendar", Permission: permission, Summary: summary, Description: description}
}

// registerCalendar adds the working calendar and the notices that change it.
func (a *API) registerCalendar() {
	route(a, calendarOp("get-calendar-year", http.MethodGet, "/calendar/{year}", access.CalendarRead, "Read a year of the calendar",
		"Days off and make-up days of a year, and whether a notice has settled it. A day that neither list names is worked Monday to Friday."),
		func(ctx context.Context, in *calendarYearInput) (*plain[calendars.CalendarYear], error) {
			year, err := a.Calendars.Year(ctx, in.Year)
			return &plain[calendars.CalendarYear]{year}, err
		})
	route(a, calendarOp("preview-calendar", http.MethodPost, "/calendar-previews", access.CalendarPropose, "Try a notice of days off",
		"Lists the days that a notice changes and every date and step of a ladder that would move, the old day and the new one. Nothing is saved. Further pages: the same body with the cursor."),
		func(ctx context.Context, in *previewCalendarInput) (*plain[calendars.CalendarPreview], error) {
			view, err := a.Calendars.Preview(ctx, in.Body, in.After, in.Limit)
			return &plain[calendars.CalendarPreview]{view}, err
		})
	route(a, calendarOp("list-calendar-proposals", http.MethodGet, "/calendar-proposals", access.CalendarRead, "List notices proposed to the calendar", "The newest first."),
		func(ctx context.Context, in *Page) (*plain[calendars.CalendarProposalPage], error) {
			page, err := a.Calendars.List(ctx, in.After, in.Limit)
			return &plain[calendars.CalendarProposalPage]{page}, err
		})
	propose := calendarOp("propose-calendar", http.MethodPost, "/calendar-proposals", access.CalendarPropose, "Propose a notice to the calendar",
		"Keeps a notice for somebody else's approval. Nothing moves yet.")
	propose.Creates, propose.Status = true, http.StatusCreated
	route(a, propose, func(ctx context.Context, in *struct {
		Body calendars.ProposeCalendarInput
	}) (*one[calendars.CalendarProposal], error) {
		made, err := a.Calendars.Propose(ctx, in.Body)
		return reply(made, made.Version), err
	})
	a.registerCalendarProposal()
}

// registerCalendarProposal adds what is done with one proposal.
func (a *API) registerCalendarProposal() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return calendarOp(id, method, "/calendar-proposals/{id}"+path, permission, summary, description)
	}
	route(a, op("get-calendar-proposal", http.MethodGet, "", access.CalendarRead, "Get a proposal", "One notice that was proposed, and what became of it."),
		func(ctx context.Context, in *byID) (*one[calendars.CalendarProposal], error) {
			found, err := a.Calendars.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	route(a, op("list-calendar-moves", http.MethodGet, "/moves", access.CalendarApprove, "List what a proposal would move",
		"Every date and step that the proposal would move now, by object."),
		func(ctx context.Context, in *calendarMovesInput) (*plain[calendars.CalendarMovePage], error) {
			page, err := a.Calendars.Moves(ctx, in.ID, in.After, in.Limit)
			return &plain[calendars.CalendarMovePage]{page}, err
		})
	actOn(a, op("approve-calendar", http.MethodPost, "/approve", access.CalendarApprove, "Approve a proposal",
		"Puts the notice in force and moves every date that is still to come, once, with a line of the deadline ledger and an event for each. Not by the one who proposed it."),
		a.Calendars.Approve, calendarVersion)
	change(a, op("refuse-calendar", http.MethodPost, "/refuse", access.CalendarApprove, "Refuse a proposal", "Turns the notice down, with a reason. Not by the one who proposed it."),
		a.Calendars.Refuse, calendarVersion)
	actOn(a, op("withdraw-calendar", http.MethodPost, "/withdraw", access.CalendarPropose, "Withdraw a proposal", "Takes one's own proposal back."),
		a.Calendars.Withdraw, calendarVersion)
	route(a, op("list-calendar-events", http.MethodGet, "/events", access.EventRead, "Read a proposal's history", "Who did what, oldest first."),
		func(ctx context.Context, in *historyInput) (*plain[timeline.EventPage], error) {
			page, err := a.Calendars.Timeline(ctx, in.ID, in.After, in.Limit)
			return &plain[timeline.EventPage]{page}, err
		})
}
