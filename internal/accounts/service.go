// Package accounts keeps who may sign in and what post each person holds: users, posts, passwords, sessions, API tokens, the
// set-up of a new installation, whom a message about a unit goes to, and the answers to "why may X do this" and "who may".
package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// Limits of sessions and links (ASVS 5.0 7.1.1, 7.3.1-2, 6.4.1; GB/T 22239-2019 8.1.4.1 b).
const (
	IdleLimit     = 30 * time.Minute // a session unused for so long has ended
	AbsoluteLimit = 12 * time.Hour   // a session ends after so long in any case
	SetupLimit    = 24 * time.Hour   // the link of the first start
	LinkLimit     = 72 * time.Hour   // a link to set a password
	TokenLimit    = 366 * 24 * time.Hour

	touchEvery = time.Minute // how exactly "last seen" is kept
)

// Service is the use cases of accounts.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	units   *units.Service
	hasher  *hasher
	actors  *actorCache
	factors Factors

	// DelegationDays is how many days a delegation lasts at most, and how far ahead one may begin.
	DelegationDays int

	// Objects finds the facts by which access to an object is decided, by kind of object ("duty", "notice"); the composition
	// root fills it before the program serves. Units and users are known here already.
	Objects map[string]func(ctx context.Context, id ident.ID) (access.Facts, error)
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, u *units.Service) *Service {
	svc := &Service{store: s, gate: gate, log: log, units: u, hasher: newHasher(), actors: newActorCache(), DelegationDays: 90}
	svc.Objects = map[string]func(ctx context.Context, id ident.ID) (access.Facts, error){"unit": svc.unitFacts, "user": svc.userFacts}
	return svc
}

// Client is where a request comes from, for throttling and for the list of sessions.
type Client struct {
	Address string // without the port; of the real client when a trusted proxy names it
	Agent   string
}

// Today is the calendar date in the zone of an authority.
func (s *Service) Today(ctx context.Context, client *ent.Client, authorityID ident.ID) (workday.Date, error) {
	zone, err := units.Zone(ctx, client, authorityID)
	if err != nil {
		return workday.Date{}, err
	}
	return workday.DateOf(s.store.Now(), zone), nil
}

// write runs fn in a transaction and forgets the actors kept in memory, so that a change holds from the next request on.
func (s *Service) write(ctx context.Context, fn func(ctx context.Context, tx *ent.Tx) error) error {
	defer s.actors.clear()
	return s.store.Write(ctx, fn)
}

// create is write for a repeatable create with an answer.
func create[T any](ctx context.Context, s *Service, fn func(ctx context.Context, tx *ent.Tx) (T, error)) (T, error) {
	defer s.actors.clear()
	return store.Do(ctx, s.store, fn)
}

// named refuses a change that does not say which version it is based on.
func named(version int) error {
	if version == 0 {
		return fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	return nil
}

// changed turns the number of updated rows into the answer that another change was faster.
func changed(n int, err error) error {
	if err != nil {
		return fmt.Errorf("update: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Stale, "stale")
	}
	return nil
}
