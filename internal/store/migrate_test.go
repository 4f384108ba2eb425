package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
)

func TestOpen_refuses_a_schema_that_is_newer_than_the_program(t *testing.T) {
	k := testkit.New(t)
	next := k.Second()
	if _, err := next.Exec(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99991231000000, true)"); err != nil {
		t.Fatal(err)
	}
	for name, migrate := range map[string]bool{"at_start": false, "by_migrate": true} {
		t.Run(name, func(t *testing.T) {
			_, err := store.Open(t.Context(), store.Options{URL: k.URL, Migrate: migrate})
			var schema *store.SchemaError
			if !errors.As(err, &schema) || schema.Have <= schema.Want || !strings.Contains(err.Error(), "newer") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestDurability_names_what_makes_an_acknowledged_write_unsafe(t *testing.T) {
	k := testkit.New(t)
	if !k.Store.Postgres() {
		if found, err := k.Store.Durability(t.Context()); err != nil || len(found) > 0 {
			t.Errorf("SQLite with synchronous=FULL: %v, %v", found, err)
		}
		return
	}
	if _, err := k.Store.Exec(t.Context(), "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit TO off', current_database()); END $$"); err != nil {
		t.Fatal(err)
	}
	found, err := k.Second().Durability(t.Context()) // a setting of the database holds for new connections
	if err != nil || !slices.Contains(found, "synchronous_commit") {
		t.Errorf("got %v, %v", found, err)
	}
}
