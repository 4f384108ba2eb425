package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

type eventsInput struct {
	Page
	ActorID   ident.ID  `query:"actor_id" doc:"Only what this user did"`
	Subject   string    `query:"subject" maxLength:"40" doc:"Only events of this kind of object" example:"post"`
	SubjectID ident.ID  `query:"subject_id" doc:"Only events of this object"`
	Action    string    `query:"action" maxLength:"40" doc:"Only this act" example:"grant"`
	From      time.Time `query:"from" doc:"Only events at this instant or later" example:"2017-03-01T00:00:00+08:00"`
	To        time.Time `query:"to" doc:"Only events before this instant" example:"2017-04-01T00:00:00+08:00"`
}

// registerEvents adds the audit log.
func (a *API) registerEvents() {
	route(a, Op{ID: "list-events", Method: http.MethodGet, Path: "/events", Tag: "events", Permission: access.AuditRead, Summary: "Read the audit log",
		Description: "Who did what to which object, the newest first, for the audit administrator. What changed is shown for administrative objects only; histories of business objects are read at the objects."},
		func(ctx context.Context, in *eventsInput) (*plain[timeline.AuditPage], error) {
			page, err := a.Audit.Events(ctx, timeline.AuditFilter{ActorID: in.ActorID, Subject: in.Subject, SubjectID: in.SubjectID, Action: in.Action,
				From: in.From, To: in.To, After: in.After, Limit: in.Limit})
			return &plain[timeline.AuditPage]{page}, err
		})
}
