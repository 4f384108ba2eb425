package numbers_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
)

var authority = ident.FromInt(7)

var errGivenUp = errors.New("given up")

// take takes a number and then fails if it should.
func take(ctx context.Context, s *store.Store, series *numbers.Service, of ident.ID, kind numbers.Kind, year int, fail bool) (int, error) {
	var serial int
	err := s.Write(ctx, func(ctx context.Context, tx *ent.Tx) (err error) {
		if serial, err = series.Next(ctx, tx, of, kind, year); err != nil {
			return err
		}
		if fail {
			return errGivenUp
		}
		return nil
	})
	return serial, err
}

func TestNext_twoServersWithFailuresLeaveNoGap(t *testing.T) {
	k := testkit.New(t)
	second := k.Second()
	servers := []*store.Store{k.Store, second}
	const takers, each = 24, 5
	var (
		mu    sync.Mutex
		taken []int
		wait  sync.WaitGroup
	)
	for i := range takers {
		s := servers[i%2]
		series := numbers.New(s)
		wait.Go(func() {
			for j := range each {
				fail := (i+j)%3 == 0
				serial, err := take(t.Context(), s, series, authority, numbers.Rectification, 2017, fail)
				if fail && !errors.Is(err, errGivenUp) || !fail && err != nil {
					t.Errorf("taker %d: %v", i, err)
				}
				if !fail {
					mu.Lock()
					taken = append(taken, serial)
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	slices.Sort(taken)
	for i, serial := range taken {
		if serial != i+1 {
			t.Fatalf("numbers %v: want 1 to %d without gap or repetition", taken, len(taken))
		}
	}
	last, _, err := numbers.New(second).Series(t.Context(), authority, numbers.Rectification, 2017)
	if err != nil || last != len(taken) || last == 0 {
		t.Fatalf("the series ends at %d, %v; %d were taken", last, err, len(taken))
	}
}

func TestNext_countsPerAuthorityKindAndYear(t *testing.T) {
	k := testkit.New(t)
	series := numbers.New(k.Store)
	for i, c := range []struct {
		of   ident.ID
		kind numbers.Kind
		year int
		want int
	}{
		{authority, numbers.Rectification, 2017, 1},
		{authority, numbers.Rectification, 2017, 2},
		{authority, numbers.Rectification, 2018, 1},
		{authority, "criticism", 2017, 1},
		{ident.FromInt(8), numbers.Rectification, 2017, 1},
		{authority, numbers.Rectification, 2017, 3},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			got, err := take(t.Context(), k.Store, series, c.of, c.kind, c.year, false)
			if err != nil || got != c.want {
				t.Fatalf("got %d, %v; want %d", got, err, c.want)
			}
		})
	}
}

func TestVoid(t *testing.T) {
	k := testkit.New(t)
	series := numbers.New(k.Store)
	for range 3 {
		if _, err := take(t.Context(), k.Store, series, authority, numbers.Rectification, 2017, false); err != nil {
			t.Fatal(err)
		}
	}
	void := func() error {
		return k.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
			return series.Void(ctx, tx, authority, numbers.Rectification, 2017, 2, ident.FromInt(9), "对象有误")
		})
	}
	if err := void(); err != nil {
		t.Fatal(err)
	}
	t.Run("the_number_stays_used", func(t *testing.T) {
		if got, err := take(t.Context(), k.Store, series, authority, numbers.Rectification, 2017, false); err != nil || got != 4 {
			t.Fatalf("got %d, %v; want 4", got, err)
		}
		_, voided, err := series.Series(t.Context(), authority, numbers.Rectification, 2017)
		if err != nil || len(voided) != 1 || voided[0].Serial != 2 || voided[0].Reason != "对象有误" {
			t.Fatalf("got %v, %v", voided, err)
		}
	})
	t.Run("twice_is_refused", func(t *testing.T) {
		if err := void(); !store.IsDuplicate(err) {
			t.Fatalf("got %v, want a duplicate", err)
		}
	})
}

func TestFormat(t *testing.T) {
	if got := numbers.Format("湘教督", 2017, 45); got != "湘教督〔2017〕45号" {
		t.Fatalf("got %s", got)
	}
}
