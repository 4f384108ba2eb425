package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
)

func TestPause_grows_has_a_limit_and_is_not_the_same_twice(t *testing.T) {
	for try, most := range map[int]time.Duration{1: 10 * time.Millisecond, 2: 20 * time.Millisecond, 5: 160 * time.Millisecond, 30: time.Second} {
		seen := make(map[time.Duration]bool)
		for range 100 {
			got := store.Pause(try)
			seen[got] = true
			if got < most/2 || got > most {
				t.Errorf("after try %d it waits %s, want %s to %s", try, got, most/2, most)
			}
		}
		if len(seen) < 50 {
			t.Errorf("after try %d a hundred writers wait only %d different times", try, len(seen))
		}
	}
}

// TestWrite_outlasts_deadlocks lets many writers take two locks in opposite orders: PostgreSQL refuses one of each pair again
// and again, and in the end each of them has written.
func TestWrite_outlasts_deadlocks(t *testing.T) {
	k := testkit.New(t)
	if !k.Store.Postgres() {
		t.Skip("SQLite has one writer: nothing waits for two locks")
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	names := []string{"deadlock.a", "deadlock.b"}
	for _, name := range names {
		_, err := k.Store.Lead(t.Context(), name, "nobody", time.Minute)
		must(err)
	}
	const writers = 16
	var all sync.WaitGroup
	failed := make(chan error, writers)
	for i := range writers {
		all.Go(func() {
			failed <- k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				if _, err := tx.ExecContext(ctx, "SET LOCAL deadlock_timeout = '10ms'"); err != nil { // else a second each
					return err
				}
				for n := range names {
					text := "UPDATE leases SET holder = holder || '.' WHERE name = $1"
					if _, err := tx.ExecContext(ctx, text, names[(i+n)%2]); err != nil {
						return err
					}
					if _, err := tx.ExecContext(ctx, "SELECT pg_sleep(0.01)"); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
	all.Wait()
	close(failed)
	for err := range failed {
		must(err)
	}
}

func TestWrite_gives_up_with_its_caller(t *testing.T) {
	k := testkit.New(t)
	if !k.Store.Postgres() {
		t.Skip("on SQLite nothing is tried again but a lost group")
	}
	ctx, cancel := context.WithCancel(t.Context())
	tries := 0
	err := k.Store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if tries++; tries == 2 {
			cancel()
		}
		_, err := tx.ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40P01'; END $$")
		return err
	})
	if err == nil || tries > 2 {
		t.Errorf("tried %d times after its caller gave up: %v", tries, err)
	}
	tries = 0
	err = k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		tries++
		_, err := tx.ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40P01'; END $$")
		return err
	})
	if tries != store.MaxTries || errors.Is(err, context.Canceled) {
		t.Errorf("tried %d times, want %d: %v", tries, store.MaxTries, err)
	}
}
