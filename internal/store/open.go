package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"github.com/duban-gov/duban/internal/ident"
)

// Options say where the database is and which clock to use.
type Options struct {
	URL     string           // "sqlite:data/duban.db" or "postgres://…"
	Now     func() time.Time // the clock; time.Now if nil
	Migrate bool             // apply pending migrations; otherwise an old schema is refused
	Readers int              // read connections; 0 means 4
	Trial   *Trial           // what a simulation does to it; nil in earnest
}

const (
	busyTimeout = "15000" // milliseconds; 3 s still failed on a loaded machine
	maxPostgres = 16
)

// Open opens the database, checks or migrates its schema and claims a node number for ids.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // the default clock of the program
	}
	if o.Readers == 0 {
		o.Readers = 4
	}
	s := &Store{now: o.Now, trial: o.Trial}
	var err error
	switch {
	case strings.HasPrefix(o.URL, "sqlite:"):
		err = s.openSQLite(strings.TrimPrefix(o.URL, "sqlite:"), o)
	case strings.HasPrefix(o.URL, "postgres://"), strings.HasPrefix(o.URL, "postgresql://"):
		err = s.openPostgres(o)
	default:
		err = errors.New(`a database URL begins with "sqlite:" or "postgres://"`)
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := s.prepare(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// prepare brings the schema up to date, or checks it, and takes a node number.
func (s *Store) prepare(ctx context.Context, o Options) error {
	if err := s.Ping(ctx); err != nil {
		return fmt.Errorf("reach database: %w", err)
	}
	if o.Migrate {
		if err := Migrate(ctx, o.URL); err != nil {
			return err
		}
	}
	if err := s.checkSchema(ctx); err != nil {
		return err
	}
	node, err := s.claimNode(ctx)
	if err != nil {
		return fmt.Errorf("claim node number: %w", err)
	}
	s.ids = ident.NewMaker(node)
	return nil
}

// openSQLite opens one writer connection, whose transactions begin immediate, and a pool of readers. FULL: an acknowledged
// write survives a power cut.
func (s *Store) openSQLite(file string, o Options) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return fmt.Errorf("make folder for %s: %w", file, err)
	}
	writer, err := newStatementKeeper(sqliteDSN(file, o.Trial.durability()+"&_txlock=immediate&_pragma=foreign_keys(1)&_pragma=cache_size(-64000)&_pragma=wal_autocheckpoint(16000)"), &s.statements)
	if err != nil {
		return err
	}
	reader, err := newStatementKeeper(sqliteDSN(file, o.Trial.durability()+"&_pragma=foreign_keys(1)&_pragma=query_only(1)"), &s.statements)
	if err != nil {
		return err
	}
	write, read := sql.OpenDB(writer), sql.OpenDB(reader)
	write.SetMaxOpenConns(1)
	read.SetMaxOpenConns(o.Readers)
	read.SetMaxIdleConns(o.Readers)
	if err := write.Ping(); err != nil { // creates the file and switches it to WAL before a reader opens it
		return err
	}
	s.Dialect = dialect.SQLite
	s.readDB, s.writeDB = read, write
	s.read, s.write = client(s.Dialect, read), client(s.Dialect, write)
	s.group = newGroup(write)
	s.close = func() error {
		s.group.close()
		return errors.Join(read.Close(), write.Close())
	}
	return nil
}

func sqliteDSN(file, more string) string {
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath()}).String()
	return name + "?_pragma=busy_timeout(" + busyTimeout + ")&_pragma=journal_mode(WAL)" +
		"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-16000)&_time_integer_format=unix_milli&_inttotime=1&_timezone=UTC" + more
}

func (s *Store) openPostgres(o Options) error {
	db, err := sql.Open("pgx", o.URL)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(maxPostgres)
	db.SetMaxIdleConns(maxPostgres)
	db.SetConnMaxIdleTime(5 * time.Minute)
	s.Dialect = dialect.Postgres
	s.readDB, s.writeDB = db, db
	s.read = client(s.Dialect, db)
	s.write = s.read
	s.close = db.Close
	return nil
}

// claimNode takes the next node number from the number series kept for it, so that two processes never make the same id.
func (s *Store) claimNode(ctx context.Context) (int64, error) {
	var node int64
	err := s.writeDB.QueryRowContext(ctx, `INSERT INTO number_series (id, authority_id, kind, year, last) VALUES (1, 0, 'node', 0, 1)
		ON CONFLICT (authority_id, kind, year) DO UPDATE SET last = number_series.last + 1 RETURNING last`).Scan(&node)
	return node, err
}
