package ident_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/ident"
)

func TestText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := ident.FromInt(rapid.Int64Min(1).Draw(t, "n"))
		back, err := ident.Parse(id.String())
		if err != nil || back != id || len(id.String()) != 13 {
			t.Fatalf("%d prints as %q and reads as %d, %v", id.Int(), id, back.Int(), err)
		}
	})
	for _, bad := range []string{"", "0", "0000000000000", "zzzzzzzzzzzzz", "0d3k2m9q7x4v", "0d3k2m9q7x4vI", "0d3k2m9q7x4vu", "0d3k2m9q7x4vbb"} {
		if _, err := ident.Parse(bad); err == nil {
			t.Errorf("%q was read as an id", bad)
		}
	}
}

func TestMaker(t *testing.T) {
	at := time.Date(2017, 3, 6, 1, 0, 0, 0, time.UTC)
	t.Run("ids_only_grow_even_when_the_clock_steps_back", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			m := ident.NewMaker(3)
			var last ident.ID
			for _, step := range rapid.SliceOfN(rapid.Int64Range(-1e6, 1e6), 1, 5000).Draw(t, "steps") {
				at = at.Add(time.Duration(step) * time.Microsecond)
				id := m.At(at)
				if id.Compare(last) <= 0 {
					t.Fatalf("%s came after %s", id, last)
				}
				last = id
			}
		})
	})
	t.Run("two_servers_never_make_the_same_id", func(t *testing.T) {
		a, b := ident.NewMaker(1), ident.NewMaker(2)
		seen := make(map[ident.ID]bool)
		for range 10000 {
			for _, id := range []ident.ID{a.At(at), b.At(at)} {
				if seen[id] {
					t.Fatalf("%s was made twice", id)
				}
				seen[id] = true
			}
		}
	})
}
