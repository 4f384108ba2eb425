package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"entgo.io/ent/dialect"
	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/duban-gov/duban/ent/migrations"
)

// versionTable is where goose keeps what was applied.
const versionTable = "goose_db_version"

// Migrate applies the pending migrations. Several servers may start at once: one applies, the others wait. SQLite gets a
// connection of its own with foreign keys off, because a table rebuild inside a transaction would empty the child tables;
// the foreign keys are checked afterwards.
func Migrate(ctx context.Context, databaseURL string) error {
	if file, ok := strings.CutPrefix(databaseURL, "sqlite:"); ok {
		return migrateSQLite(ctx, file)
	}
	db, err := sql.Open("pgx", databaseURL)
	if err != nil {
		return fmt.Errorf("open for migration: %w", err)
	}
	defer db.Close()
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("make migration lock: %w", err)
	}
	return up(ctx, db, dialect.Postgres, goose.WithSessionLocker(locker))
}

func migrateSQLite(ctx context.Context, file string) (err error) {
	guard := flock.New(filepath.Clean(file) + ".lock")
	if err := guard.Lock(); err != nil {
		return fmt.Errorf("lock %s for migration: %w", file, err)
	}
	defer func() { err = errors.Join(err, guard.Unlock()) }()
	db, err := sql.Open("sqlite", sqliteDSN(file, "&_pragma=foreign_keys(0)"))
	if err != nil {
		return fmt.Errorf("open for migration: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if err := up(ctx, db, dialect.SQLite); err != nil {
		return err
	}
	return checkForeignKeys(ctx, db)
}

func up(ctx context.Context, db *sql.DB, dialectName string, more ...goose.ProviderOption) error {
	provider, err := newProvider(db, dialectName, more...)
	if err != nil {
		return err
	}
	newest, err := Newest(dialectName)
	if err != nil {
		return err
	}
	if have, err := provider.GetDBVersion(ctx); err == nil && have > newest {
		return &SchemaError{Have: have, Want: newest}
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("apply migrations: %w", err)
	}
	return nil
}

func newProvider(db *sql.DB, dialectName string, more ...goose.ProviderOption) (*goose.Provider, error) {
	files, err := fs.Sub(migrations.Files, dialectName)
	if err != nil {
		return nil, fmt.Errorf("find migrations of %s: %w", dialectName, err)
	}
	name := goose.DialectSQLite3
	if dialectName == dialect.Postgres {
		name = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(name, db, files, more...)
	if err != nil {
		return nil, fmt.Errorf("read migrations of %s: %w", dialectName, err)
	}
	return provider, nil
}

func checkForeignKeys(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return fmt.Errorf("check foreign keys: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		var table, parent string
		var row, key sql.NullInt64
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return fmt.Errorf("check foreign keys: %w", err)
		}
		return fmt.Errorf("migration left row %d of %s without its row in %s", row.Int64, table, parent)
	}
	return rows.Err()
}

// SchemaError says that the database's schema is not the one this program was built for.
type SchemaError struct{ Have, Want int64 }

func (e *SchemaError) Error() string {
	if e.Have > e.Want {
		return fmt.Sprintf("the database has schema %d, newer than this program's %d: use a newer duban", e.Have, e.Want)
	}
	return fmt.Sprintf("the database has schema %d, this program needs %d: run \"duban migrate\"", e.Have, e.Want)
}

// Newest is the version of the last migration built into the program.
func Newest(dialectName string) (int64, error) {
	names, err := fs.Glob(migrations.Files, dialectName+"/*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("no migrations for %s: %w", dialectName, err)
	}
	last := filepath.Base(names[len(names)-1])
	digits, _, _ := strings.Cut(last, "_")
	return strconv.ParseInt(digits, 10, 64)
}

// Applied is the version that the database has; 0 for an empty one.
func (s *Store) Applied(ctx context.Context) (int64, error) {
	var have sql.NullInt64
	err := s.readDB.QueryRowContext(ctx, "SELECT max(version_id) FROM "+versionTable).Scan(&have)
	if err != nil && strings.Contains(err.Error(), versionTable) { // no such table: nothing was ever applied
		return 0, nil
	}
	return have.Int64, err
}

func (s *Store) checkSchema(ctx context.Context) error {
	have, err := s.Applied(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	want, err := Newest(s.Dialect)
	if err != nil {
		return err
	}
	if have != want {
		return &SchemaError{Have: have, Want: want}
	}
	return nil
}
