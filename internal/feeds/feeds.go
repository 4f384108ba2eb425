// Package feeds publishes a person's due dates as an iCalendar feed (日历订阅) under a secret address: whoever has the address reads
// these dates and nothing else, until it is revoked. Calendar programs cannot sign in; therefore the address is the key.
package feeds

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/calendarfeed"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/words"
)

// Service holds the use cases of calendar feeds.
type Service struct {
	store    *store.Store
	gate     *access.Gate
	log      *timeline.Log
	watches  *watches.Service
	accounts *accounts.Service
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, a *accounts.Service) *Service {
	return &Service{store: s, gate: gate, log: log, watches: w, accounts: a}
}

// Limits of feeds.
const (
	maxFeeds = 5         // per person that are not revoked: a phone, a desk, a colleague's calendar
	perHour  = 60        // reads of one feed; calendar programs ask a few times a day
	window   = time.Hour // over which reads are counted
)

// CalendarFeed is one secret address of the caller.
type CalendarFeed struct {
	ID        ident.ID  `json:"id" doc:"Id of the feed"`
	Path      string    `json:"path,omitempty" doc:"Secret path below the address of the installation; only in the answer that makes it" example:"/api/v1/due-dates/….ics"`
	CreatedAt time.Time `json:"created_at" doc:"Instant at which it was made"`
	ReadAt    time.Time `json:"read_at,omitzero" doc:"Instant of the last read"`
	RevokedAt time.Time `json:"revoked_at,omitzero" doc:"Instant since which it answers nothing"`
}

// CalendarFeedPage is the caller's feeds.
type CalendarFeedPage struct {
	Items []CalendarFeed `json:"items" doc:"Feeds, oldest first, also revoked ones"`
	Next  string         `json:"next" doc:"Cursor of the next page; empty at the end"`
}

var columns = access.Columns{Authority: calendarfeed.FieldAuthorityID, Owner: calendarfeed.FieldUserID}

func show(r *ent.CalendarFeed) CalendarFeed {
	return CalendarFeed{ID: r.ID, CreatedAt: r.CreatedAt.UTC(), ReadAt: r.ReadAt.UTC(), RevokedAt: r.RevokedAt.UTC()}
}

const maxPage = 200

// Feeds lists the caller's feeds.
func (s *Service) Feeds(ctx context.Context, after string, limit int) (CalendarFeedPage, error) {
	page := CalendarFeedPage{Items: []CalendarFeed{}}
	filter, err := s.gate.May(ctx, access.FeedManage)
	if err != nil {
		return page, err
	}
	from := ident.ID{}
	if after != "" {
		if from, err = ident.Parse(after); err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
	}
	if limit <= 0 || limit > maxPage {
		limit = maxPage
	}
	rows, err := s.store.Read().CalendarFeed.Query().Where(filter.Predicate(columns)).Where(calendarfeed.IDGT(from)).Order(calendarfeed.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list feeds: %w", err)
	}
	for i, row := range rows {
		if i == limit {
			page.Next = rows[i-1].ID.String()
			break
		}
		page.Items = append(page.Items, show(row))
	}
	return page, nil
}

// Create makes a secret address for the caller's due dates. The secret is in this answer only.
func (s *Service) Create(ctx context.Context) (CalendarFeed, error) {
	if _, err := s.gate.May(ctx, access.FeedManage); err != nil {
		return CalendarFeed{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return CalendarFeed{}, err
	}
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails (crypto/rand)
	secret := base64.RawURLEncoding.EncodeToString(raw[:])
	made := false
	answer, err := store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (CalendarFeed, error) {
		n, err := tx.CalendarFeed.Query().Where(calendarfeed.UserID(actor.ID), calendarfeed.RevokedAtIsNil()).Count(ctx)
		if err != nil {
			return CalendarFeed{}, fmt.Errorf("count feeds: %w", err)
		}
		if n >= maxFeeds {
			return CalendarFeed{}, fault.New(fault.Conflict, "feed.too_many").With("limit", maxFeeds)
		}
		row, err := tx.CalendarFeed.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetUserID(actor.ID).SetHash(hashOf(secret)).
			SetLanguage(string(words.From(ctx))).SetCreatedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return CalendarFeed{}, fmt.Errorf("create feed: %w", err)
		}
		made = true
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: actor.AuthorityID, Subject: "feed", SubjectID: row.ID, Action: "create"})
		return show(row), err
	})
	if made && err == nil { // the secret is never kept with the answer, so a repeated request gets none
		answer.Path = "/due-dates/" + secret + ".ics"
	}
	return answer, err
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte("calendar feed " + secret))
	return sum[:]
}

// Revoke ends one of the caller's feeds at once; one that has been revoked stays so.
func (s *Service) Revoke(ctx context.Context, id ident.ID) error {
	filter, err := s.gate.May(ctx, access.FeedManage)
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := tx.CalendarFeed.Query().Where(calendarfeed.ID(id)).Where(filter.Predicate(columns)).Only(ctx)
		if ent.IsNotFound(err) {
			return fault.Missing("feed")
		}
		if err != nil {
			return fmt.Errorf("read feed: %w", err)
		}
		if !row.RevokedAt.IsZero() {
			return nil
		}
		if err := tx.CalendarFeed.UpdateOneID(id).SetRevokedAt(s.store.Now()).Exec(ctx); err != nil {
			return fmt.Errorf("revoke feed: %w", err)
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "feed", SubjectID: id, Action: "revoke"})
		return err
	})
}
