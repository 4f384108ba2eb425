package figure

import (
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// Row is a confirmed figure of one unit for one period, as the roll-up reads it.
type Row struct {
	Unit  unit.Path
	To    workday.Date // last day of the period
	Value Value
}

// Gathered is what many figures come to, and which of them it counts. A unit that gave a figure of its own for a period stands for
// all below it: what these gave for the same period is not counted again (下级数已含). Where the latest period counts (Last), a
// unit's figure stands for all below it whatever period it is of. No row counts for nothing; ok is false.
func Gathered(how Gather, rows []Row) (sum Value, counted []bool, ok bool) {
	counted = make([]bool, len(rows))
	latest := map[unit.Path]int{} // of Last: the row of the latest period
	type slot struct {
		path unit.Path
		to   workday.Date
	}
	given := map[slot]bool{}
	for i, r := range rows {
		if at, have := latest[r.Unit]; !have || rows[at].To.Before(r.To) {
			latest[r.Unit] = i
		}
		given[slot{r.Unit, r.To}] = true
	}
	n := 0
	for i, r := range rows {
		if how == Last {
			counted[i] = latest[r.Unit] == i && !above(r.Unit, func(p unit.Path) bool { _, have := latest[p]; return have })
		} else {
			counted[i] = !above(r.Unit, func(p unit.Path) bool { return given[slot{p, r.To}] })
		}
		if !counted[i] {
			continue
		}
		if n++; how == Max {
			if n == 1 || r.Value > sum {
				sum = r.Value
			}
			continue
		}
		sum += r.Value
	}
	if how == Avg && n > 0 {
		sum = divided(sum, n)
	}
	return sum, counted, n > 0
}

// above reports whether something holds of any unit above a path.
func above(p unit.Path, holds func(unit.Path) bool) bool {
	for _, up := range unit.Ancestors(unit.Parent(p)) {
		if holds(up) {
			return true
		}
	}
	return false
}

// divided rounds half away from zero.
func divided(sum Value, n int) Value {
	half := Value(n / 2)
	if sum < 0 {
		half = -half
	}
	return (sum + half) / Value(n)
}
