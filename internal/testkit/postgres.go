package testkit

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"testing"

	"github.com/duban-gov/duban/internal/store"
)

// templateLock is the advisory lock under which test binaries that run side by side make the template database once.
const templateLock = 713705

var counter atomic.Int64

// freshPostgres copies the server's migrated template database and drops the copy after the test.
func freshPostgres(t testing.TB, server string) string {
	t.Helper()
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatalf("open PostgreSQL: %v", err)
	}
	template, err := postgresTemplate(t.Context(), admin, server)
	if err != nil {
		t.Fatalf("make template database: %v", err)
	}
	name := fmt.Sprintf("duban_t%d_%d", os.Getpid(), counter.Add(1))
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatalf("create test database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop test database: %v", err)
		}
		_ = admin.Close()
	})
	return onDatabase(server, name)
}

// postgresTemplate names the migrated database of this program's schema version and makes it if it is missing.
func postgresTemplate(ctx context.Context, admin *sql.DB, server string) (string, error) {
	newest, err := store.Newest("postgres")
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("duban_template_%d", newest)
	conn, err := admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", templateLock); err != nil {
		return "", err
	}
	defer conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock($1)", templateLock) //nolint:errcheck // the session ends with the connection
	var have bool
	if err := conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&have); err != nil || have {
		return name, err
	}
	raw := name + "_new"
	if _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+raw); err != nil {
		return "", err
	}
	if _, err := conn.ExecContext(ctx, "CREATE DATABASE "+raw); err != nil {
		return "", err
	}
	s, err := store.Open(ctx, store.Options{URL: onDatabase(server, raw), Migrate: true})
	if err != nil {
		return "", err
	}
	if err := s.Close(); err != nil {
		return "", err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+raw+" RENAME TO "+name)
	return name, err
}

func onDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}
