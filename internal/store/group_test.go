package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/testkit"
)

// TestSharedCommit: transactions that share a commit keep their own fate.
func TestSharedCommit(t *testing.T) {
	k := testkit.New(t)
	boom := errors.New("boom")
	t.Run("one_that_fails_harms_no_other", func(t *testing.T) {
		var wait sync.WaitGroup
		for i := range 200 {
			wait.Go(func() {
				err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
					if err := appendEvent(ctx, k, tx, k.Clock.Now()); err != nil {
						return err
					}
					if i%2 == 1 {
						return boom
					}
					return nil
				})
				if (i%2 == 1) != errors.Is(err, boom) {
					t.Errorf("transaction %d: %v", i, err)
				}
			})
		}
		wait.Wait()
		if n := k.Store.Read().Event.Query().CountX(t.Context()); n != 100 {
			t.Errorf("%d events, want 100", n)
		}
	})
	t.Run("a_panic_reaches_its_caller_and_leaves_nothing", func(t *testing.T) {
		func() {
			defer func() {
				if recover() != "boom" {
					t.Error("the panic was lost")
				}
			}()
			_ = k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
				if err := appendEvent(ctx, k, tx, k.Clock.Now()); err != nil {
					t.Error(err)
				}
				panic("boom")
			})
		}()
		if n := k.Store.Read().Event.Query().CountX(t.Context()); n != 100 {
			t.Errorf("%d events, want 100", n)
		}
	})
	t.Run("a_caller_that_gave_up_waits_for_nothing", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := k.Store.Write(ctx, func(context.Context, *ent.Tx) error { return nil }); !errors.Is(err, context.Canceled) && err != nil {
			t.Errorf("got %v", err)
		}
	})
}
