package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/deeds"
	"github.com/duban-gov/duban/internal/workday"
)

type doneInput struct {
	Page
	Subject string       `query:"subject" enum:"calendar,conclusion,duty,finding,hand_over,indicator,inspection,instruction,matter,notice,objection,plan,proceeding,rule" doc:"Only this kind of object" example:"duty"`
	From    workday.Date `query:"from" doc:"Only acts on this day or later" example:"2017-03-01"`
	To      workday.Date `query:"to" doc:"Only acts on this day or earlier; the row of an object is then the latest act up to it" example:"2017-03-31"`
}

// registerDone adds what the caller has dealt with.
func (a *API) registerDone() {
	route(a, Op{ID: "list-done", Method: http.MethodGet, Path: "/done", Tag: "duties", Permission: access.DutyRead, Summary: "List what I have dealt with",
		Description: "已办: one row for each object that the caller acted on, with their latest act on it and its state today, the latest act first. What the caller may no longer read has no title."},
		func(ctx context.Context, in *doneInput) (*plain[deeds.DonePage], error) {
			page, err := a.Deeds.Done(ctx, deeds.DoneQuery{Subject: in.Subject, From: in.From, To: in.To, After: in.After, Limit: in.Limit})
			return &plain[deeds.DonePage]{page}, err
		})
}
