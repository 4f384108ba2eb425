package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
)

func TestLast(t *testing.T) {
	k := testkit.New(t)
	note := func(all *[]string, word string, err error) func(context.Context, *ent.Tx) error {
		return func(context.Context, *ent.Tx) error {
			*all = append(*all, word)
			return err
		}
	}
	t.Run("comes after all else of the transaction, in order", func(t *testing.T) {
		var done []string
		err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			for _, word := range []string{"task", "plan"} {
				if err := store.Last(ctx, tx, note(&done, word, nil)); err != nil {
					return err
				}
			}
			done = append(done, "event")
			return nil
		})
		if want := []string{"event", "task", "plan"}; err != nil || !slices.Equal(done, want) {
			t.Errorf("did %v, %v; want %v", done, err, want)
		}
	})
	t.Run("takes the whole transaction back when it fails", func(t *testing.T) {
		var done []string
		boom := errors.New("boom")
		err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			if err := store.Last(ctx, tx, note(&done, "task", boom)); err != nil {
				return err
			}
			return appendEvent(ctx, k, tx, k.Store.Now())
		})
		if n := k.Store.Read().Event.Query().CountX(t.Context()); !errors.Is(err, boom) || n != 0 {
			t.Errorf("%v, and %d events stayed", err, n)
		}
	})
	t.Run("of a transaction that failed is not done", func(t *testing.T) {
		var done []string
		boom := errors.New("boom")
		err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			return errors.Join(store.Last(ctx, tx, note(&done, "task", nil)), boom)
		})
		if !errors.Is(err, boom) || len(done) > 0 {
			t.Errorf("did %v, %v", done, err)
		}
	})
}
