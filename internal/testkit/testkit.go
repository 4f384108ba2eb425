// Package testkit gives a test a fresh database of either dialect, a clock that the test moves, and actors to act as. With
// TEST_POSTGRES_URL set (the URL of a server's maintenance database), every test runs on PostgreSQL instead of SQLite.
package testkit

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/seal"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/policies"
)

// Start is the instant at which a test's clock stands first: Monday 2017-03-06, 09:00 in Shanghai.
var Start = time.Date(2017, 3, 6, 1, 0, 0, 0, time.UTC)

// Clock is the injected clock; only a test moves it.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at an instant.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Now is the instant the clock stands at.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to an instant, forward or back.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = at
}

// Advance moves the clock by d.
func (c *Clock) Advance(d time.Duration) { c.Set(c.Now().Add(d)) }

// Kit is the ground under one test.
type Kit struct {
	T     testing.TB
	Store *store.Store
	Gate  *access.Gate
	Log   *timeline.Log
	Clock *Clock
	Box   *seal.Box
	URL   string // of the test's own database, for a second server on it
}

// New makes a fresh, migrated database that is gone after the test.
func New(t testing.TB) *Kit {
	t.Helper()
	clock := NewClock(Start)
	url := freshURL(t)
	s, err := store.Open(t.Context(), store.Options{URL: url, Now: clock.Now})
	if err != nil {
		t.Fatalf("open test database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close test database: %v", err)
		}
	})
	gate, err := access.NewGate(policies.Model, policies.Policy)
	if err != nil {
		t.Fatalf("load policy: %v", err)
	}
	box, err := seal.New(make([]byte, 32))
	if err != nil {
		t.Fatalf("make key: %v", err)
	}
	return &Kit{Box: box, T: t, Store: s, Gate: gate, Log: timeline.New(s, false), Clock: clock, URL: url}
}

// Second opens the same database again, as a second server would.
func (k *Kit) Second() *store.Store {
	k.T.Helper()
	s, err := store.Open(k.T.Context(), store.Options{URL: k.URL, Now: k.Clock.Now})
	if err != nil {
		k.T.Fatalf("open second server's store: %v", err)
	}
	k.T.Cleanup(func() { _ = s.Close() })
	return s
}

// As is a context in which a user with the posts acts.
func (k *Kit) As(authority, user ident.ID, name string, posts ...access.Post) context.Context {
	return access.With(k.T.Context(), access.Actor{ID: user, AuthorityID: authority, Name: name, Posts: posts})
}

var template struct {
	once sync.Once
	file string
	err  error
}

// URL makes an empty, migrated database for a test that builds the whole program.
func URL(t testing.TB) string {
	t.Helper()
	return freshURL(t)
}

// freshURL makes an empty, migrated database: on SQLite a copy of one made per test binary, on PostgreSQL a database of its own.
func freshURL(t testing.TB) string {
	t.Helper()
	if server := os.Getenv("TEST_POSTGRES_URL"); server != "" {
		return freshPostgres(t, server)
	}
	template.once.Do(func() { template.file, template.err = migratedFile() })
	if template.err != nil {
		t.Fatalf("make template database: %v", template.err)
	}
	raw, err := os.ReadFile(template.file)
	if err != nil {
		t.Fatalf("read template database: %v", err)
	}
	file := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatalf("copy template database: %v", err)
	}
	return "sqlite:" + file
}

func migratedFile() (string, error) {
	dir, err := os.MkdirTemp("", "duban-test-")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "template.db")
	s, err := store.Open(context.Background(), store.Options{URL: "sqlite:" + file, Migrate: true})
	if err != nil {
		return "", err
	}
	if err := s.Close(); err != nil { // the last connection folds the WAL into the file
		return "", fmt.Errorf("close template: %w", err)
	}
	return file, nil
}
