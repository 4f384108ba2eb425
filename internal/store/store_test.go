package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
)

func appendEvent(ctx context.Context, k *testkit.Kit, tx *ent.Tx, at time.Time) error {
	return tx.Event.Create().SetID(k.Store.NewID()).SetAuthorityID(ident.FromInt(7)).SetAt(at).SetActorID(ident.FromInt(1)).
		SetActorName("test").SetSubject("duty").SetSubjectID(ident.FromInt(9)).SetAction("accept").Exec(ctx)
}

func TestInstants(t *testing.T) {
	k := testkit.New(t)
	shanghai := time.FixedZone("CST", 8*3600)
	at := time.Date(2017, 10, 1, 9, 0, 0, 0, shanghai) // 01:00 UTC
	if err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return appendEvent(ctx, k, tx, at) }); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		before time.Time
		want   int
	}{
		"an instant in another zone that is later finds it":         {time.Date(2017, 10, 1, 2, 0, 0, 0, time.UTC), 1},
		"an instant in another zone that is earlier does not":       {time.Date(2017, 10, 1, 0, 59, 0, 0, time.UTC), 0},
		"the same wall time in a zone further west is later":        {time.Date(2017, 10, 1, 9, 0, 0, 0, time.UTC), 1},
		"a fraction of a second after it finds it":                  {at.Add(time.Millisecond), 1},
		"the instant itself is not before itself":                   {at, 0},
		"a wall time that reads later but is earlier finds nothing": {time.Date(2017, 10, 1, 12, 0, 0, 0, time.FixedZone("NZ", 13*3600)), 0},
	} {
		t.Run(name, func(t *testing.T) {
			n, err := k.Store.Read().Event.Query().Where(event.AtLT(c.before)).Count(t.Context())
			if err != nil || n != c.want {
				t.Fatalf("found %d, %v; want %d", n, err, c.want)
			}
		})
	}
}

func TestHistory(t *testing.T) {
	k := testkit.New(t)
	if err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return appendEvent(ctx, k, tx, k.Clock.Now()) }); err != nil {
		t.Fatal(err)
	}
	t.Run("refuses_update", func(t *testing.T) {
		err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			return tx.Event.Update().SetReason("changed").Exec(ctx)
		})
		if err == nil {
			t.Fatal("an event was changed")
		}
	})
	t.Run("refuses_delete", func(t *testing.T) {
		err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			_, err := tx.Event.Delete().Exec(ctx)
			return err
		})
		if err == nil {
			t.Fatal("an event was deleted")
		}
	})
}

func TestWrite(t *testing.T) {
	k := testkit.New(t)
	t.Run("sixteen_writers_lose_nothing", func(t *testing.T) {
		var wait sync.WaitGroup
		for range 16 {
			wait.Go(func() {
				for range 10 {
					if err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error { return appendEvent(ctx, k, tx, k.Clock.Now()) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		if n := k.Store.Read().Event.Query().CountX(t.Context()); n != 160 {
			t.Fatalf("%d events, want 160", n)
		}
	})
	t.Run("an_error_leaves_nothing", func(t *testing.T) {
		before := k.Store.Read().Event.Query().CountX(t.Context())
		boom := errors.New("boom")
		err := k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			if err := appendEvent(ctx, k, tx, k.Clock.Now()); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatalf("got %v", err)
		}
		if n := k.Store.Read().Event.Query().CountX(t.Context()); n != before {
			t.Fatalf("%d events, want %d", n, before)
		}
	})
}

func TestDo(t *testing.T) {
	k := testkit.New(t)
	type answer struct{ N int }
	runs := 0
	create := func(ctx context.Context) (answer, error) {
		return store.Do(ctx, k.Store, func(ctx context.Context, tx *ent.Tx) (answer, error) {
			runs++
			return answer{runs}, appendEvent(ctx, k, tx, k.Clock.Now())
		})
	}
	request := store.Request{User: ident.FromInt(5), Key: "k1", Operation: "create", Hash: []byte{1}}
	ctx := store.WithRequest(t.Context(), request)
	first, err := create(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("the_same_request_gets_the_same_answer", func(t *testing.T) {
		again, err := create(ctx)
		if err != nil || again != first || runs != 1 {
			t.Fatalf("got %v, %v after %d runs; want %v after 1", again, err, runs, first)
		}
	})
	t.Run("the_same_key_with_another_body_conflicts", func(t *testing.T) {
		other := request
		other.Hash = []byte{2}
		if _, err := create(store.WithRequest(t.Context(), other)); fault.CodeOf(err) != "idempotency.mismatch" {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a_failed_request_may_be_sent_again", func(t *testing.T) {
		failing := store.WithRequest(t.Context(), store.Request{User: request.User, Key: "k2", Operation: "create", Hash: []byte{1}})
		if _, err := store.Do(failing, k.Store, func(context.Context, *ent.Tx) (answer, error) { return answer{}, errors.New("boom") }); err == nil {
			t.Fatal("no error")
		}
		if _, err := create(failing); err != nil {
			t.Fatal(err)
		}
	})
}
