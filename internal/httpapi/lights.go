package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
)

type lightHistoryInput struct {
	ByID
	Page
}

type lightCountsInput struct {
	Page
	Subject ladder.Subject `query:"subject" enum:"duty,notice" doc:"Only lights of duties, or of notices" example:"duty"`
	UnitID  ident.ID       `query:"unit_id" doc:"Only this unit"`
}

type lettersInput struct {
	Page
	Colour    ladder.Colour `query:"colour" enum:"blue,orange,red" doc:"Only letters of this colour" example:"orange"`
	UnitID    ident.ID      `query:"unit_id" doc:"Only letters to this unit"`
	SubjectID ident.ID      `query:"subject_id" doc:"Only letters on this duty or notice"`
}

// registerLights adds why a light shows, its history, the counts by unit, the letters of the ladder and the program's clock.
func (a *API) registerLights() {
	const why = "The rule with its version, the figures that decide, and the day on which time alone will change the light."
	const history = "亮灯记录: every change of the light with the instant from which it holds, its rule, version and figures; oldest first."
	route(a, dutyOp("explain-duty-light", http.MethodGet, "/duties/{id}/light", access.DutyRead, "Explain a duty's light", why),
		func(ctx context.Context, in *byID) (*plain[watches.LightWhy], error) {
			light, err := a.Duties.Light(ctx, in.ID)
			return &plain[watches.LightWhy]{light}, err
		})
	route(a, dutyOp("list-duty-lights", http.MethodGet, "/duties/{id}/lights", access.DutyRead, "Read the history of a duty's light", history),
		func(ctx context.Context, in *lightHistoryInput) (*plain[watches.LightPage], error) {
			page, err := a.Duties.Lights(ctx, in.ID, in.After, in.Limit)
			return &plain[watches.LightPage]{page}, err
		})
	route(a, noticeOp("explain-notice-light", http.MethodGet, "/{id}/light", access.NoticeRead, "Explain a notice's light", why),
		func(ctx context.Context, in *byID) (*plain[watches.LightWhy], error) {
			light, err := a.Notices.Light(ctx, in.ID)
			return &plain[watches.LightWhy]{light}, err
		})
	route(a, noticeOp("list-notice-lights", http.MethodGet, "/{id}/lights", access.NoticeRead, "Read the history of a notice's light", history),
		func(ctx context.Context, in *lightHistoryInput) (*plain[watches.LightPage], error) {
			page, err := a.Notices.Lights(ctx, in.ID, in.After, in.Limit)
			return &plain[watches.LightPage]{page}, err
		})
	route(a, Op{ID: "count-lights", Method: http.MethodGet, Path: "/counters/lights", Tag: "counters", Permission: access.CounterRead, Summary: "Count lights by unit",
		Description: "The lights of duties and notices of each unit within the caller's scope, a page of units at a time."},
		func(ctx context.Context, in *lightCountsInput) (*plain[watches.LightCounts], error) {
			counts, err := a.Watches.CountLights(ctx, watches.LightQuery{Subject: in.Subject, UnitID: in.UnitID, After: in.After, Limit: in.Limit})
			return &plain[watches.LightCounts]{counts}, err
		})
	route(a, Op{ID: "list-letters", Method: http.MethodGet, Path: "/letters", Tag: "letters", Permission: access.LetterRead, Summary: "List letters of the ladder",
		Description: "督办函: the numbered blue, orange and red letters that the ladder sent, newest first."},
		func(ctx context.Context, in *lettersInput) (*plain[watches.LetterPage], error) {
			page, err := a.Watches.Letters(ctx, watches.LetterQuery{Colour: in.Colour, UnitID: in.UnitID, SubjectID: in.SubjectID, After: in.After, Limit: in.Limit})
			return &plain[watches.LetterPage]{page}, err
		})
	route(a, Op{ID: "get-clock", Method: http.MethodGet, Path: "/clock", Tag: "meta", Permission: Signed, Summary: "How does the program's clock stand",
		Description: "While the clock stands before an instant that was already seen, decisions on deadlines stop and reading goes on."},
		func(ctx context.Context, _ *struct{}) (*plain[watches.ClockState], error) {
			state, err := a.Watches.Clock(ctx)
			return &plain[watches.ClockState]{state}, err
		})
}
