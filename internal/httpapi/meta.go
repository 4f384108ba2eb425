package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/duban-gov/duban/internal/fault"
)

// Health says that the program runs.
type Health struct {
	Status  string    `json:"status" enum:"ok" doc:"ok"`
	Version string    `json:"version" doc:"Version of the program" example:"0.1.0"`
	Now     time.Time `json:"now" doc:"Instant by the program's clock"`
}

// registerMeta adds liveness and readiness.
func (a *API) registerMeta() {
	alive := func() *plain[Health] {
		return &plain[Health]{Health{Status: "ok", Version: a.Version, Now: a.Now().UTC()}}
	}
	route(a, Op{ID: "get-health", Method: http.MethodGet, Path: "/health", Tag: "meta", Permission: Public, Summary: "Is the program alive",
		Description: "Answers as long as the process serves; says nothing of the database."},
		func(context.Context, *struct{}) (*plain[Health], error) { return alive(), nil })
	route(a, Op{ID: "get-ready", Method: http.MethodGet, Path: "/ready", Tag: "meta", Permission: Public, Summary: "Can the program work",
		Description: "Answers 200 when the database answers; 503 otherwise. How the clock stands is told by get-clock."},
		func(ctx context.Context, _ *struct{}) (*plain[Health], error) {
			if a.Ready != nil {
				if err := a.Ready(ctx); err != nil {
					return nil, fault.New(fault.Unavailable, "unavailable").Because(err)
				}
			}
			return alive(), nil
		})
}
