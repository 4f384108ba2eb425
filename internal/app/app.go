// Package app is the composition root: it builds the program from its settings, starts and stops it. The commands and the
// scenario tests use the same build.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/deeds"
	"github.com/duban-gov/duban/internal/digests"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/feeds"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/handovers"
	"github.com/duban-gov/duban/internal/httpapi"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/instructions"
	"github.com/duban-gov/duban/internal/jobs"
	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/live"
	"github.com/duban-gov/duban/internal/lookbacks"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/objections"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/proceedings"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/rules"
	"github.com/duban-gov/duban/internal/seal"
	"github.com/duban-gov/duban/internal/searches"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/urges"
	"github.com/duban-gov/duban/internal/vitals"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/policies"
	"github.com/duban-gov/duban/web"
)

// Version is set by the release build.
var Version = "0.1.0-dev"

// App is the built program.
type App struct {
	Config  config.Config
	Store   *store.Store
	Gate    *access.Gate
	Log     *timeline.Log
	Rules   watches.Rules
	Rectify rectify.Rules
	API     *httpapi.API

	Files        files.Store
	Units        *units.Service
	Accounts     *accounts.Service
	Numbers      *numbers.Service
	Watches      *watches.Service
	RuleBook     *rules.Service
	Evidence     *evidence.Service
	Duties       *duties.Service
	Plans        *plans.Service
	Inspections  *inspections.Service
	Notices      *notices.Service
	Objections   *objections.Service
	LookBacks    *lookbacks.Service
	Urges        *urges.Service
	Messages     *messages.Service
	Calendars    *calendars.Service
	Audit        *timeline.Audit
	Live         *live.Hub
	Matters      *matters.Service
	Instructions *instructions.Service
	Proceedings  *proceedings.Service
	Handovers    *handovers.Service
	Occurrences  *occurrences.Service
	Indicators   *indicators.Service
	Deeds        *deeds.Service
	Digests      *digests.Service
	Ledgers      *ledgers.Service
	Searches     *searches.Service
	Feeds        *feeds.Service
	Vitals       *vitals.Service

	proofs files.Store // files of evidence
	box    *seal.Box   // secrets that the program has to read again
	logger *slog.Logger
	runner *jobs.Runner
}

// keyFile is the key of the sealed secrets, in the data folder: it belongs into every backup of the folder, and not beside one of
// the database.
const keyFile = "secret.key"

// Options are what a build takes besides the settings.
type Options struct {
	Now     func() time.Time // the clock; that of the settings if nil
	Logger  *slog.Logger     // discards if nil
	Migrate bool             // apply pending migrations
	Trial   *store.Trial     // what a simulation does to the database; nil in earnest
	Bare    bool             // without the API and the page: for simulations that start a thousand times
}

// Build opens the database and puts the program together; nothing runs yet.
func Build(ctx context.Context, c config.Config, o Options) (*App, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = c.Now
	}
	if c.ClockOffset != 0 {
		o.Logger.WarnContext(ctx, "the clock is moved: this is a trial", "offset", c.ClockOffset.String())
	}
	gate, err := access.NewGate(policies.Model, policies.Policy)
	if err != nil {
		return nil, err
	}
	rules, err := loadRules()
	if err != nil {
		return nil, err
	}
	rectification, err := rectify.LoadRules(policies.Rules, "rules")
	if err != nil {
		return nil, fmt.Errorf("load rules of inspections: %w", err)
	}
	s, err := store.Open(ctx, store.Options{URL: c.DatabaseURL, Now: o.Now, Migrate: o.Migrate, Trial: o.Trial})
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, Store: s, Gate: gate, Rules: rules, Rectify: rectification, Log: timeline.New(s, c.Mail.Host != ""), logger: o.Logger}
	if err := a.warn(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a.Files, a.proofs = a.stores()
	if err := errors.Join(a.Files.Sweep(s.Now(), arriving), a.proofs.Sweep(s.Now(), arriving)); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if a.box, err = seal.Open(filepath.Join(c.DataDir, keyFile)); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := a.buildServices(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := errors.Join(a.Watches.LookAtClock(ctx), a.Watches.Reload(ctx, s.DB()), a.Watches.LoadCalendars(ctx, s.DB())); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if o.Bare {
		return a, nil
	}
	edge := a.backend()
	edge.Page = web.Dist()
	a.API = httpapi.New(edge)
	return a, nil
}

// Ready reports whether the program can work: the database answers. A clock that went back stops decisions on deadlines only: a
// server that could not be read any more would hide the alarm.
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
