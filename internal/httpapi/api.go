// Package httpapi is the HTTP edge: huma operations, one file per resource, and the one place where faults become RFC 9457
// problem documents. It holds no business rule and never sees ent, casbin or the store.
package httpapi

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/deeds"
	"github.com/duban-gov/duban/internal/digests"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/feeds"
	"github.com/duban-gov/duban/internal/handovers"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/instructions"
	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/live"
	"github.com/duban-gov/duban/internal/lookbacks"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/objections"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/proceedings"
	"github.com/duban-gov/duban/internal/rules"
	"github.com/duban-gov/duban/internal/searches"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/urges"
	"github.com/duban-gov/duban/internal/vitals"
	"github.com/duban-gov/duban/internal/watches"
)

// Prefix is where every operation of the API lies.
const Prefix = "/api/v1"

// Backend is all that the operations need. A zero Backend is enough to print the OpenAPI document.
type Backend struct {
	Version  string
	Now      func() time.Time
	Ready    func(context.Context) error                                    // nil when the database answers
	Session  func(ctx context.Context, secret string) (access.Actor, error) // who holds a session secret
	Token    func(ctx context.Context, secret string) (access.Actor, error) // who holds an API token
	Remember func(ctx context.Context, r Request) context.Context           // makes creates repeatable under an Idempotency-Key
	Secure   bool                                                           // whether the cookie is __Host- and Secure (HTTPS)
	Proxies  []string                                                       // addresses whose X-Forwarded-For is believed
	Log      *slog.Logger
	Page     fs.FS // the built page; nil where there is none

	Units    *units.Service
	Accounts *accounts.Service

	Evidence     *evidence.Service
	Duties       *duties.Service
	Inspections  *inspections.Service
	Notices      *notices.Service
	Objections   *objections.Service
	LookBacks    *lookbacks.Service
	Urges        *urges.Service
	Messages     *messages.Service
	Audit        *timeline.Audit
	Live         *live.Hub
	Plans        *plans.Service
	Watches      *watches.Service
	Calendars    *calendars.Service
	Matters      *matters.Service
	Instructions *instructions.Service
	Proceedings  *proceedings.Service
	Handovers    *handovers.Service
	Occurrences  *occurrences.Service
	Rules        *rules.Service
	Indicators   *indicators.Service
	Deeds        *deeds.Service
	Digests      *digests.Service
	Ledgers      *ledgers.Service
	Searches     *searches.Service
	Feeds        *feeds.Service
	Vitals       *vitals.Service
}

// API is the built edge.
type API struct {
	Backend
	huma huma.API
	mux  *http.ServeMux
}

// New builds the operations over a backend.
func New(b Backend) *API {
	if b.Log == nil {
		b.Log = slog.New(slog.DiscardHandler)
	}
	if b.Now == nil {
		b.Now = time.Now //nolint:forbidigo // the default where nobody injects one: printing the contract
	}
	a := &API{Backend: b, mux: http.NewServeMux()}
	a.huma = humago.New(a.mux, config(b.Version))
	a.registerMeta()
	a.registerSession()
	a.registerTokens()
	a.registerUsers()
	a.registerPosts()
	a.registerDelegations()
	a.registerAccess()
	a.registerPlans()
	a.registerPlanYear()
	a.registerTasks()
	a.registerQuestions()
	a.registerDependencies()
	a.registerUnits()
	a.registerUnitTables()
	a.registerRosters()
	a.registerDuties()
	a.registerReports()
	a.registerReporting()
	a.registerIndicators()
	a.registerDigest()
	a.registerLedger()
	a.registerLedgerActs()
	a.registerViews()
	a.registerSearch()
	a.registerDone()
	a.registerFeeds()
	a.registerExtensions()
	a.registerShares()
	a.registerUrges()
	a.registerMatters()
	a.registerInstructions()
	a.registerProceedings()
	a.registerHandOvers()
	a.registerEvidence()
	a.registerCounters()
	a.registerLights()
	a.registerRules()
	a.registerInspections()
	a.registerFindings()
	a.registerConclusions()
	a.registerNotices()
	a.registerReplies()
	a.registerObjections()
	a.registerLookBacks()
	a.registerInbox()
	a.registerWebhooks()
	a.registerEvents()
	a.registerLive()
	a.registerCalendar()
	a.registerSystem()
	return a
}

// config is huma made strict: no foreign hosts, no schema links, no unknown input.
func config(version string) huma.Config {
	cfg := huma.DefaultConfig("督办 duban", version)
	cfg.Info.Description = "Supervision and task accountability: plans, duties, deadlines, inspections, rectification. " +
		"Errors are RFC 9457 problem documents with a stable code; texts follow Accept-Language (zh-CN, zh-TW, en)."
	cfg.DocsPath, cfg.OpenAPIPath, cfg.SchemasPath = "", "", ""
	cfg.CreateHooks = nil
	cfg.RejectUnknownQueryParameters = true
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "__Host-duban", Description: "Session cookie set by signing in"},
		"token":   {Type: "http", Scheme: "bearer", Description: "API token of a user"},
	}
	return cfg
}

// OpenAPI is the document of the contract in YAML.
func (a *API) OpenAPI() ([]byte, error) { return a.huma.OpenAPI().YAML() }

// Operations lists every operation with the permission it declares, for the guard tests.
func (a *API) Operations() map[string]access.Permission {
	all := make(map[string]access.Permission)
	for _, item := range a.huma.OpenAPI().Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil {
				permission, _ := op.Metadata["permission"].(access.Permission)
				all[op.OperationID] = permission
			}
		}
	}
	return all
}
