package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/urges"
)

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
		Summary: "Reply to an urge", Description: "Once, by the unit that was urged, on a duty or a notice."}, a.Urges.Reply, sentUrgeVersion)
	a.registerUrging()
}

type sentUrgesInput struct {
	Page
	Sent       bool     `query:"sent" doc:"Only urges that the caller sent" example:"true"`
	Waiting    bool     `query:"waiting" doc:"Only urges that wait for a reply of the caller's units" example:"true"`
	Unanswered int      `query:"unanswered" minimum:"1" maximum:"365" doc:"Only urges without a reply for so many natural days, while their object is open" example:"3"`
	SubjectID  ident.ID `query:"subject_id" doc:"Only urges on this duty or notice"`
}

func sentUrgeVersion(u urges.SentUrge) int { return u.Version }

// registerUrging adds urging across duties and notices.
func (a *API) registerUrging() {
	op := func(id, method, path string, permission access.Permission, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/urges" + path, Tag: "urges", Permission: permission, Summary: summary, Description: description}
	}
	route(a, op("list-sent-urges", http.MethodGet, "", access.UrgeRead, "List urges across duties and notices",
		"Newest first, with the answer and with who has read each of them and when. An urge is seen by whoever sees its object."),
		func(ctx context.Context, in *sentUrgesInput) (*plain[urges.SentUrgePage], error) {
			page, err := a.Urges.List(ctx, urges.SentUrgeQuery{Sent: in.Sent, Waiting: in.Waiting, Unanswered: in.Unanswered, SubjectID: in.SubjectID,
				After: in.After, Limit: in.Limit})
			return &plain[urges.SentUrgePage]{page}, err
		})
	route(a, op("get-urge", http.MethodGet, "/{id}", access.UrgeRead, "Get an urge", "One urge with its answer, and who has read it when."),
		func(ctx context.Context, in *byID) (*one[urges.SentUrge], error) {
			found, err := a.Urges.Get(ctx, in.ID)
			return reply(found, found.Version), err
		})
	send := op("send-urges", http.MethodPost, "", access.DutyUrge, "Urge many units",
		"催办: up to two hundred duties and notices, each with its own result. What was urged within the cool-down needs the reason. Sent again under its Idempotency-Key, it urges only what was not urged.")
	send.Creates = true
	route(a, send, func(ctx context.Context, in *struct{ Body urges.SendUrgesInput }) (*plain[urges.UrgeResults], error) {
		results, err := a.Urges.Send(ctx, in.Body)
		return &plain[urges.UrgeResults]{results}, err
	})
	route(a, op("preview-urges", http.MethodPost, "/preview", access.DutyUrge, "Preview a bulk urge",
		"Whom it would reach, what cannot be urged and why, the last urge on each with its answer. Changes nothing."),
		func(ctx context.Context, in *struct{ Body urges.SelectUrgesInput }) (*plain[urges.UrgePreview], error) {
			preview, err := a.Urges.Preview(ctx, in.Body)
			return &plain[urges.UrgePreview]{preview}, err
		})
	route(a, op("preview-outlooks", http.MethodPost, "/outlooks", access.UrgeRead, "Get the last urge and the next step of duties",
		"For up to two hundred duties: the latest urge, whether it was read and answered, and what the ladder does next if nobody acts. Changes nothing."),
		func(ctx context.Context, in *struct{ Body outlooksInput }) (*plain[urges.Outlooks], error) {
			found, err := a.Urges.Outlooks(ctx, in.Body.DutyIDs)
			return &plain[urges.Outlooks]{found}, err
		})
}

type outlooksInput struct {
	DutyIDs []ident.ID `json:"duty_ids" minItems:"1" maxItems:"200" doc:"Duties"`
}
