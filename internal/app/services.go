package app

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"time"
	_ "time/tzdata" // a server without zone files still knows Asia/Shanghai

	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/cycle"
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
	"github.com/duban-gov/duban/internal/ladder"
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
	"github.com/duban-gov/duban/internal/rules"
	"github.com/duban-gov/duban/internal/searches"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/urges"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

// zoneName is the zone of every deadline: China has one.
const zoneName = "Asia/Shanghai"

// loadRules reads the ladders and the calendar that the program is built with.
func loadRules() (watches.Rules, error) {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		return watches.Rules{}, fmt.Errorf("load zone: %w", err)
	}
	sets, err := ladder.Load(policies.Rules, "rules")
	if err != nil {
		return watches.Rules{}, fmt.Errorf("load rules: %w", err)
	}
	cycles, err := cycle.Load(policies.Rules, "rules")
	if err != nil {
		return watches.Rules{}, fmt.Errorf("load report cycles: %w", err)
	}
	acts, err := supervise.Load(policies.Rules, "rules")
	if err != nil {
		return watches.Rules{}, fmt.Errorf("load rules: %w", err)
	}
	return watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: zone, Urges: acts.Urges, Matters: acts.Matters,
		Cycles: cycles}, nil
}

// evidenceLimit is the size of the largest file of evidence, in bytes.
const evidenceLimit = 50 << 20

// arriving is how old a half-arrived file has to be to count as left behind by a program that stopped.
const arriving = 24 * time.Hour

// stores are where files lie: documents and evidence, each in a folder of its own or below a prefix of its own in the bucket.
// What is still arriving lies on this machine in either case.
func (a *App) stores() (documents, proofs files.Store) {
	here, below := files.In(a.Config.DataDir), files.In(filepath.Join(a.Config.DataDir, "evidence"))
	s3 := a.Config.S3
	if s3.Bucket == "" {
		return here, below
	}
	set := files.BucketSettings{Endpoint: s3.Endpoint, Bucket: s3.Bucket, Region: s3.Region, AccessKey: s3.AccessKey, SecretKey: s3.SecretKey,
		VirtualHost: s3.VirtualHost, Now: a.Config.Now}
	set.Prefix = s3.Prefix + "documents/"
	documents = files.NewBucket(set, here)
	set.Prefix = s3.Prefix + "evidence/"
	return documents, files.NewBucket(set, below)
}

// buildServices makes the features in their written order.
func (a *App) buildServices() error {
	a.Units = units.New(a.Store, a.Gate, a.Log)
	a.Accounts = accounts.New(a.Store, a.Gate, a.Log, a.Units)
	a.Accounts.DelegationDays = a.Config.DelegationDays
	a.Accounts.UseFactors(accounts.Factors{Box: a.box, Required: a.Config.Factor, Clock: a.machine})
	a.Units.OnMerge = append(a.Units.OnMerge, a.Accounts.EndPostsOf)
	a.Numbers = numbers.New(a.Store)
	a.Watches = watches.New(a.Store, a.Gate, a.Log, a.Rules, nil)
	book, err := rules.New(a.Store, a.Gate, a.Log, a.Watches, policies.Rules, "rules")
	if err != nil {
		return fmt.Errorf("load rule files: %w", err)
	}
	a.RuleBook = book
	a.Evidence = evidence.New(a.Store, a.Gate, a.Log, a.proofs, evidenceLimit, a.Rules.Zone)
	a.Occurrences = occurrences.New(a.Store, a.Gate, a.Log, a.Watches)
	a.Indicators = indicators.New(a.Store, a.Gate, a.Log, a.Occurrences)
	a.Duties = duties.New(a.Store, a.Gate, a.Log, a.Watches)
	a.Plans = plans.New(a.Store, a.Gate, a.Log, a.Units, a.Watches, a.Duties, a.Files)
	a.Units.OnMerge = append(a.Units.OnMerge, a.Duties.HandOver, a.Occurrences.HandOver, a.Plans.HandOver)
	a.Inspections = inspections.New(a.Store, a.Gate, a.Log, a.Watches, a.Numbers, a.Rectify)
	a.Notices = notices.New(a.Store, a.Gate, a.Log, a.Watches, a.Numbers, a.Rectify)
	a.Units.OnMerge = append(a.Units.OnMerge, a.Notices.HandOver)
	a.Objections = objections.New(a.Store, a.Gate, a.Log, a.Watches, a.Numbers, a.Inspections, a.Notices)
	a.LookBacks = lookbacks.New(a.Store, a.Gate, a.Log, a.Watches, a.Inspections, a.Notices)
	a.Urges = urges.New(a.Store, a.Gate, a.Log, a.Watches, a.Accounts, a.Duties, a.Notices)
	a.Matters = matters.New(a.Store, a.Gate, a.Log, a.Watches, a.Duties, a.Numbers)
	a.Instructions = instructions.New(a.Store, a.Gate, a.Log, a.Watches,
		instructions.Features{Plans: a.Plans, Duties: a.Duties, Inspections: a.Inspections, Notices: a.Notices, Matters: a.Matters})
	a.Proceedings = proceedings.New(a.Store, a.Gate, a.Log, a.Watches, a.Numbers)
	a.Handovers = handovers.New(a.Store, a.Gate, a.Log, a.Watches, a.Occurrences)
	a.Units.OnMerge = append(a.Units.OnMerge, a.Matters.HandOver, a.Instructions.HandOver, a.Proceedings.HandOver, a.Handovers.HandOver)
	a.Messages = messages.New(a.Store, a.Gate, a.Log, messages.Settings{Mail: messages.Mail(a.Config.Mail), AllowPrivate: a.Config.Webhook.AllowPrivate, Box: a.box})
	a.Digests = digests.New(a.Store, a.Gate, a.Log, a.Watches, a.Accounts, a.Duties)
	a.Calendars = calendars.New(a.Store, a.Gate, a.Log, a.Watches, a.Occurrences)
	a.Calendars.Movers[ladder.OnDuty], a.Calendars.Movers[ladder.OnNotice] = a.Duties.MoveDates, a.Notices.MoveDates
	a.Deeds = deeds.New(a.Store, a.Gate, a.Log, a.Watches, deeds.Features{Duties: a.Duties, Plans: a.Plans, Inspections: a.Inspections, Notices: a.Notices,
		Objections: a.Objections, Matters: a.Matters, Instructions: a.Instructions, Proceedings: a.Proceedings, Handovers: a.Handovers,
		Indicators: a.Indicators, Calendars: a.Calendars, Rules: a.RuleBook})
	a.Ledgers = ledgers.New(a.Store, a.Gate, a.Log, a.Watches, a.Duties)
	a.Searches = searches.New(a.Store, a.Gate)
	a.Feeds = feeds.New(a.Store, a.Gate, a.Log, a.Watches, a.Accounts)
	a.Duties.TakeEvidence(a.Evidence)
	a.Inspections.TakeEvidence(a.Evidence)
	a.Notices.TakeEvidence(a.Evidence)
	maps.Copy(a.Accounts.Objects, a.objects())
	a.Audit = timeline.NewAudit(a.Store, a.Gate)
	a.Live = live.New(a.Store, a.Gate, a.logger)
	a.buildJobs()
	return nil
}

// backend is what the operations see of the program.
func (a *App) backend() httpapi.Backend {
	return httpapi.Backend{Version: Version, Now: a.Store.Now, Ready: a.Ready, Remember: remember, Secure: a.Config.Secure, Proxies: a.Config.Proxies, Log: a.logger,
		Session: a.Accounts.BySession, Token: a.Accounts.ByToken,
		Units:        a.Units,
		Accounts:     a.Accounts,
		Inspections:  a.Inspections,
		Notices:      a.Notices,
		Objections:   a.Objections,
		LookBacks:    a.LookBacks,
		Urges:        a.Urges,
		Messages:     a.Messages,
		Audit:        a.Audit,
		Live:         a.Live,
		Plans:        a.Plans,
		Duties:       a.Duties,
		Evidence:     a.Evidence,
		Watches:      a.Watches,
		Rules:        a.RuleBook,
		Calendars:    a.Calendars,
		Matters:      a.Matters,
		Instructions: a.Instructions,
		Proceedings:  a.Proceedings,
		Handovers:    a.Handovers,
		Occurrences:  a.Occurrences,
		Indicators:   a.Indicators,
		Deeds:        a.Deeds,
		Digests:      a.Digests,
		Ledgers:      a.Ledgers,
		Searches:     a.Searches,
		Feeds:        a.Feeds,
		Vitals:       a.Vitals,
	}
}

// machine is the time on the wall: the program's own clock without the move that a trial gives it.
func (a *App) machine() time.Time { return a.Store.Now().Add(-a.Config.ClockOffset) }

// remember hands a repeatable request to the store.
func remember(ctx context.Context, r httpapi.Request) context.Context {
	return store.WithRequest(ctx, store.Request(r))
}
