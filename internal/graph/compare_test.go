package graph_test

import (
	"reflect"
	"testing"

	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
)

func TestCompare(t *testing.T) {
	a := graph.Item{ID: id(1), Due: day("2017-06-30"), Units: []ident.ID{id(11), id(12)}}
	b := graph.Item{ID: id(2), Due: day("2017-12-31"), Units: []ident.ID{id(13)}}
	c := graph.Item{ID: id(3), Parent: id(1)}
	with := func(item graph.Item, change func(*graph.Item)) graph.Item {
		change(&item)
		return item
	}
	late := with(a, func(i *graph.Item) { i.Due, i.Progress = day("2017-07-31"), 5000 })
	other := with(a, func(i *graph.Item) { i.Units = []ident.ID{id(12)} })
	turned := with(a, func(i *graph.Item) { i.Units = []ident.ID{id(12), id(11)} })
	moved := with(c, func(i *graph.Item) { i.Parent = id(2) })
	cases := []struct {
		name          string
		before, after []graph.Item
		want          graph.Difference
	}{
		{"same_is_no_difference", []graph.Item{a, b}, []graph.Item{b, a}, graph.Difference{}},
		{"units_in_another_order_are_the_same", []graph.Item{a}, []graph.Item{turned}, graph.Difference{}},
		{"added_and_removed", []graph.Item{a, b}, []graph.Item{c, a}, graph.Difference{Added: []graph.Item{c}, Removed: []graph.Item{b}}},
		{"date_and_progress_changed", []graph.Item{a}, []graph.Item{late},
			graph.Difference{Altered: []graph.Altered{{Before: a, After: late, Aspects: []graph.Aspect{graph.DueChanged, graph.ProgressChanged}}}}},
		{"units_changed", []graph.Item{a}, []graph.Item{other},
			graph.Difference{Altered: []graph.Altered{{Before: a, After: other, Aspects: []graph.Aspect{graph.UnitsChanged}}}}},
		{"moved_elsewhere", []graph.Item{c}, []graph.Item{moved},
			graph.Difference{Altered: []graph.Altered{{Before: c, After: moved, Aspects: []graph.Aspect{graph.PlaceChanged}}}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := graph.Compare(c.before, c.after); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v", got)
			}
		})
	}
}
