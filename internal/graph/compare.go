package graph

import (
	"slices"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// Item is a node of a plan as it was at one instant.
type Item struct {
	ID       ident.ID
	Parent   ident.ID
	Due      workday.Date
	Units    []ident.ID // in any order
	Progress int        // basis points
}

// Aspect is what may differ between two states of a node.
type Aspect string

const (
	DueChanged      Aspect = "due"      // 时限
	UnitsChanged    Aspect = "units"    // 责任单位
	ProgressChanged Aspect = "progress" // 进度
	PlaceChanged    Aspect = "place"    // 所属上级
)

// Altered is a node that stands in both states and differs.
type Altered struct {
	Before, After Item
	Aspects       []Aspect
}

// Difference is what changed from one state of a plan to another.
type Difference struct {
	Added   []Item    // in the order of the later state
	Removed []Item    // in the order of the earlier state
	Altered []Altered // in the order of the later state
}

// Compare tells two states of a plan apart, such as the baseline and today. A node is the same if its id is.
func Compare(before, after []Item) Difference {
	old := make(map[ident.ID]Item, len(before))
	for _, item := range before {
		old[item.ID] = item
	}
	var d Difference
	kept := make(map[ident.ID]bool, len(after))
	for _, item := range after {
		kept[item.ID] = true
		was, ok := old[item.ID]
		if !ok {
			d.Added = append(d.Added, item)
			continue
		}
		if aspects := differ(was, item); len(aspects) > 0 {
			d.Altered = append(d.Altered, Altered{was, item, aspects})
		}
	}
	for _, item := range before {
		if !kept[item.ID] {
			d.Removed = append(d.Removed, item)
		}
	}
	return d
}

func differ(a, b Item) []Aspect {
	var aspects []Aspect
	for _, c := range []struct {
		aspect Aspect
		differ bool
	}{
		{DueChanged, a.Due != b.Due},
		{UnitsChanged, !slices.Equal(distinct(slices.Clone(a.Units)), distinct(slices.Clone(b.Units)))},
		{ProgressChanged, a.Progress != b.Progress},
		{PlaceChanged, a.Parent != b.Parent},
	} {
		if c.differ {
			aspects = append(aspects, c.aspect)
		}
	}
	return aspects
}
