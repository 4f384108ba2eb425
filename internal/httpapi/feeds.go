package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/feeds"
)

type feedInput struct {
	Secret string `path:"secret" minLength:"1" maxLength:"100" doc:"Secret of the feed, as its address was given" example:"AbC….ics"`
}

// calendarFile answers with an iCalendar file.
type calendarFile struct {
	ContentType string `header:"Content-Type"`
	Body        func(huma.Context)
}

// registerFeeds adds calendar feeds.
func (a *API) registerFeeds() {
	op := func(id, method, path, summary, description string) Op {
		return Op{ID: id, Method: method, Path: path, Tag: "calendar", Permission: access.FeedManage, Summary: summary, Description: description}
	}
	route(a, op("list-calendar-feeds", http.MethodGet, "/calendar-feeds", "List calendar feeds", "The caller's feeds, also revoked ones, without their secrets."),
		func(ctx context.Context, in *Page) (*plain[feeds.CalendarFeedPage], error) {
			page, err := a.Feeds.Feeds(ctx, in.After, in.Limit)
			return &plain[feeds.CalendarFeedPage]{page}, err
		})
	create := op("create-calendar-feed", http.MethodPost, "/calendar-feeds", "Make a calendar feed",
		"A secret address for calendar programs, which cannot sign in: whoever has it reads the caller's due dates and nothing else. It is in this answer only.")
	create.Status, create.Creates = http.StatusCreated, true
	route(a, create, func(ctx context.Context, _ *struct{}) (*plain[feeds.CalendarFeed], error) {
		made, err := a.Feeds.Create(ctx)
		if made.Path != "" {
			made.Path = Prefix + made.Path
		}
		return &plain[feeds.CalendarFeed]{made}, err
	})
	revoke := op("revoke-calendar-feed", http.MethodDelete, "/calendar-feeds/{id}", "Revoke a calendar feed", "Ends one of the caller's feeds with the next read. Revoking again changes nothing.")
	revoke.Status = http.StatusNoContent
	route(a, revoke, func(ctx context.Context, in *byID) (*struct{}, error) { return nil, a.Feeds.Revoke(ctx, in.ID) })
	read := op("read-calendar-feed", http.MethodGet, "/due-dates/{secret}", "Read a calendar feed",
		"Due dates of duties and notices as all-day events (RFC 5545). An event keeps its UID, and each change raises its SEQUENCE. At most sixty reads an hour.")
	read.Permission, read.Files = Public, []string{"text/calendar"}
	route(a, read, func(ctx context.Context, in *feedInput) (*calendarFile, error) {
		calendar, err := a.Feeds.Read(ctx, strings.TrimSuffix(in.Secret, ".ics"))
		if err != nil {
			return nil, err
		}
		return &calendarFile{ContentType: "text/calendar; charset=utf-8", Body: func(hc huma.Context) {
			_ = calendar.Write(hc.BodyWriter()) // a caller who hangs up gets no more; there is nobody to tell
		}}, nil
	})
}
