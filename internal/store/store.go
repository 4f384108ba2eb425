// Package store opens the database on either dialect, hands out one client for reads and one way to write, applies the
// migrations and turns database errors into faults. It knows no business.
package store

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
)

// Store is an open database. Reads take no transaction; every change goes through Write or Do.
type Store struct {
	Dialect string // dialect.SQLite or dialect.Postgres
	read    *ent.Client
	write   *ent.Client
	readDB  *sql.DB
	writeDB *sql.DB
	group   *group // SQLite's one writer; nil on PostgreSQL
	trial   *Trial // nil in earnest
	ids     *ident.Maker
	now     func() time.Time
	close   func() error

	statements atomic.Int64
}

// Read is the client for queries outside a transaction.
func (s *Store) Read() *ent.Client { return s.read }

// DB is the pool behind Read, for set statements that ent does not write.
func (s *Store) DB() *sql.DB { return s.readDB }

// Now is the instant by the injected clock: UTC, cut to the millisecond, which both databases keep exactly.
func (s *Store) Now() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// NewID makes the next id.
func (s *Store) NewID() ident.ID { return s.ids.At(s.now()) }

// Close closes the pools.
func (s *Store) Close() error { return s.close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.readDB.PingContext(ctx) }

// Statements is how many statements were run on SQLite since the store was opened; tests hold operations to a number. It is 0
// on PostgreSQL.
func (s *Store) Statements() int64 { return s.statements.Load() }

// Postgres reports whether the database is PostgreSQL.
func (s *Store) Postgres() bool { return s.Dialect == dialect.Postgres }

func client(dialectName string, db *sql.DB) *ent.Client {
	return ent.NewClient(ent.Driver(entsql.OpenDB(dialectName, db)))
}
