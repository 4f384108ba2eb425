package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
)

func TestNumbered(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no_placeholder_stays", "SELECT '$.a'", "SELECT '$.a'"},
		{"in_order_becomes_plain", "SELECT $1, $2 WHERE a IN ($3,$4)", "SELECT ?, ? WHERE a IN (?,?)"},
		{"two_digits_are_one_number", "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)", "(?,?,?,?,?,?,?,?,?,?,?)"},
		{"used_twice_keeps_numbers", "SELECT $1, $2, $1", "SELECT ?1, ?2, ?1"},
		{"out_of_order_keeps_numbers", "SELECT $2, $1", "SELECT ?2, ?1"},
		{"quoted_text_stays", `SELECT $1, '$2', "$3", $2`, `SELECT ?, '$2', "$3", ?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := numbered(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func keeper(t *testing.T) (*sql.DB, *atomic.Int64) {
	t.Helper()
	var ran atomic.Int64
	c, err := newStatementKeeper(sqliteDSN(filepath.Join(t.TempDir(), "kept.db"), ""), &ran)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE numbers (n integer)"); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if _, err := db.ExecContext(t.Context(), "INSERT INTO numbers VALUES ($1)", i); err != nil {
			t.Fatal(err)
		}
	}
	return db, &ran
}

// TestKeptStatements: a statement that is kept answers as a fresh one would.
func TestKeptStatements(t *testing.T) {
	const all = "SELECT n FROM numbers WHERE n >= $1 ORDER BY n"
	sum := func(ctx context.Context, q Queryer, from int) (sum int, err error) {
		err = Each(ctx, q, all, []any{from}, func(scan func(...any) error) error {
			var n int
			err := scan(&n)
			sum += n
			return err
		})
		return sum, err
	}
	t.Run("one_that_is_still_read_runs_again_beside_itself", func(t *testing.T) {
		db, _ := keeper(t)
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback() //nolint:errcheck // only read
		var sums []int
		err = Each(t.Context(), tx, all, []any{3}, func(scan func(...any) error) error {
			inner, err := sum(t.Context(), tx, 0)
			sums = append(sums, inner)
			return err
		})
		if err != nil || len(sums) != 2 || sums[0] != 10 || sums[1] != 10 {
			t.Errorf("sums %v, error %v; want 10 for each of two rows", sums, err)
		}
	})
	t.Run("more_than_are_kept_all_work", func(t *testing.T) {
		db, ran := keeper(t)
		before := ran.Load()
		for round := range 2 {
			for i := range keptStatements + 10 {
				var n int
				if err := db.QueryRowContext(t.Context(), fmt.Sprintf("SELECT n + %d FROM numbers WHERE n = $1", i), 1).Scan(&n); err != nil || n != i+1 {
					t.Fatalf("round %d: got %d, %v; want %d", round, n, err, i+1)
				}
			}
		}
		if n := ran.Load() - before; n != 2*(keptStatements+10) {
			t.Errorf("%d statements counted", n)
		}
	})
	t.Run("a_changed_table_is_seen", func(t *testing.T) {
		db, _ := keeper(t)
		if _, err := sum(t.Context(), db, 0); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"ALTER TABLE numbers ADD COLUMN m integer", "DROP TABLE numbers", "CREATE TABLE numbers (n text)", "INSERT INTO numbers VALUES ('7')"} {
			if _, err := db.ExecContext(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := sum(t.Context(), db, 0); err != nil || got != 7 {
			t.Errorf("got %d, %v; want 7", got, err)
		}
	})
	t.Run("one_that_failed_works_again", func(t *testing.T) {
		db, _ := keeper(t)
		if _, err := db.ExecContext(t.Context(), "CREATE UNIQUE INDEX once ON numbers (n)"); err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), "INSERT INTO numbers VALUES ($1)", 1); err == nil {
			t.Fatal("a second 1 was taken")
		}
		if _, err := db.ExecContext(t.Context(), "INSERT INTO numbers VALUES ($1)", 9); err != nil {
			t.Errorf("after a refusal: %v", err)
		}
	})
}
