package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/vitals"
)

// registerSystem adds how the installation does.
func (a *API) registerSystem() {
	route(a, Op{ID: "get-system-state", Method: http.MethodGet, Path: "/system/state", Tag: "meta", Permission: access.WebhookManage, Summary: "How does the installation do",
		Description: "Jobs, outgoing messages, database, files and free space, each with whether somebody should look. Of its jobs a server tells what happened since it started; " +
			"of a job that another server leads, what its lease says. Backups are made outside of the program, which knows nothing of them."},
		func(ctx context.Context, _ *struct{}) (*plain[vitals.SystemState], error) {
			state, err := a.Vitals.State(ctx)
			return &plain[vitals.SystemState]{state}, err
		})
}
