package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
)

func urgeVersion(u duties.Urge) int { return u.Version }

// registerUrges adds reminders that want a reply.
func (a *API) registerUrges() {
	route(a, Op{ID: "list-urges", Method: http.MethodGet, Path: "/duties/{id}/urges", Tag: "urges", Permission: access.UrgeRead, Summary: "List the urges on a duty",
		Description: "Those of people and those of the ladder, oldest first."},
		func(ctx context.Context, in *historyInput) (*plain[duties.UrgePage], error) {
			page, err := a.Duties.Urges(ctx, in.ID, in.After, in.Limit)
			return &plain[duties.UrgePage]{page}, err
		})
	route(a, Op{ID: "urge-duty", Method: http.MethodPost, Path: "/duties/{id}/urges", Tag: "urges", Permission: access.DutyUrge, Status: http.StatusCreated, Creates: true,
		Summary: "Urge a unit", Description: "催办: a recorded reminder with a day for the reply; the duty's state stays."},
		func(ctx context.Context, in *onDuty[duties.UrgeDutyInput]) (*one[duties.Urge], error) {
			made, err := a.Duties.Urge(ctx, in.ID, in.Body)
			return reply(made, made.Version), err
		})
	change(a, Op{ID: "reply-urge", Method: http.MethodPost, Path: "/urges/{id}/reply", Tag: "urges", Permission: access.UrgeReply,
		Summary: "Reply to an urge", Description: "Once, by the unit that was urged."}, a.Duties.ReplyUrge, urgeVersion)
}
