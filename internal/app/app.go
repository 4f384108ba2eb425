// Package app is the composition root: it builds the program from its settings, starts and stops it. The commands and the
// scenario tests use the same build.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/httpapi"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
	"github.com/duban-gov/duban/web"
)

// Version is set by the release build.
var Version = "0.1.0-dev"

// App is the built program.
type App struct {
	Config   config.Config
	Store    *store.Store
	Gate     *access.Gate
	Log      *timeline.Log
	Calendar workday.Calendar
	Rules    ladder.Sets
	API      *httpapi.API

	logger *slog.Logger
}

// Options are what a build takes besides the settings.
type Options struct {
	Now     func() time.Time // the clock; time.Now if nil
	Logger  *slog.Logger     // discards if nil
	Migrate bool             // apply pending migrations
}

// Build opens the database and puts the program together; nothing runs yet.
func Build(ctx context.Context, c config.Config, o Options) (*App, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	gate, err := access.NewGate(policies.Model, policies.Policy)
	if err != nil {
		return nil, err
	}
	rules, err := ladder.Load(policies.Rules, "rules")
	if err != nil {
		return nil, fmt.Errorf("load rules: %w", err)
	}
	s, err := store.Open(ctx, store.Options{URL: c.DatabaseURL, Now: o.Now, Migrate: o.Migrate})
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, Store: s, Gate: gate, Rules: rules, Calendar: workday.China(), Log: timeline.New(s, c.Mail.Host != ""), logger: o.Logger}
	a.API = httpapi.New(a.backend())
	return a, nil
}

// backend is what the operations see of the program.
func (a *App) backend() httpapi.Backend {
	return httpapi.Backend{Version: Version, Now: a.Store.Now, Ready: a.Ready, Remember: remember, Secure: a.Config.Secure, Proxies: a.Config.Proxies, Log: a.logger,
		Page: web.Dist()}
}

// remember hands a repeatable request to the store.
func remember(ctx context.Context, r httpapi.Request) context.Context {
	return store.WithRequest(ctx, store.Request(r))
}

// Ready reports whether the program can work.
func (a *App) Ready(ctx context.Context) error { return a.Store.Ping(ctx) }

// Handler is everything that is served on the public address.
func (a *App) Handler() http.Handler { return a.API.Handler() }

// Close closes the database.
func (a *App) Close() error { return a.Store.Close() }

// OpenAPI prints the contract without a database.
func OpenAPI() ([]byte, error) {
	return httpapi.New(httpapi.Backend{Version: contractVersion}).OpenAPI()
}

// contractVersion is the version of the API, apart from the program's.
const contractVersion = "1"
