package figure_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

var q1, q2 = workday.MustDate("2017-03-31"), workday.MustDate("2017-06-30")

func row(path unit.Path, to workday.Date, amount float64) figure.Row {
	return figure.Row{Unit: path, To: to, Value: figure.Of(amount)}
}

func TestGathered(t *testing.T) {
	a, b := unit.Segment(1), unit.Segment(2)
	aa, ab := unit.Child(a, unit.Segment(1)), unit.Child(a, unit.Segment(2))
	for name, c := range map[string]struct {
		how  figure.Gather
		rows []figure.Row
		want float64
	}{
		"sum_adds_units_and_periods":                 {figure.Sum, []figure.Row{row(a, q1, 10), row(b, q1, 5), row(a, q2, 1)}, 16},
		"sum_counts_nothing_below_a_unit_that_spoke": {figure.Sum, []figure.Row{row(a, q1, 10), row(aa, q1, 6), row(ab, q1, 4), row(b, q1, 5)}, 15},
		"but_only_for_the_period_it_spoke_of":        {figure.Sum, []figure.Row{row(a, q1, 10), row(aa, q1, 6), row(aa, q2, 7)}, 17},
		"last_takes_each_units_latest":               {figure.Last, []figure.Row{row(a, q1, 10), row(a, q2, 12), row(b, q1, 5)}, 17},
		"last_counts_nothing_below_a_unit":           {figure.Last, []figure.Row{row(a, q1, 10), row(aa, q2, 7)}, 10},
		"avg_is_the_mean":                            {figure.Avg, []figure.Row{row(a, q1, 1), row(b, q1, 2), row(a, q2, 2)}, 1.6667},
		"avg_rounds_away_from_zero":                  {figure.Avg, []figure.Row{row(a, q1, -0.0001), row(b, q1, -0.0002)}, -0.0002},
		"max_of_negatives":                           {figure.Max, []figure.Row{row(a, q1, -5), row(b, q1, -2)}, -2},
	} {
		t.Run(name, func(t *testing.T) {
			got, _, ok := figure.Gathered(c.how, c.rows)
			if !ok || got.Amount() != c.want {
				t.Errorf("got %v, want %v", got.Amount(), c.want)
			}
		})
	}
	if _, _, ok := figure.Gathered(figure.Sum, nil); ok {
		t.Error("no figures have a sum")
	}
}

// TestGathered_counts_every_unit_once: below every counted row of a sum no other row of its period is counted, and every row that
// is not counted has one above it that is.
func TestGathered_counts_every_unit_once(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paths := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) unit.Path {
			path := unit.Path("")
			for range rapid.IntRange(1, 4).Draw(t, "depth") {
				path = unit.Child(path, unit.Segment(rapid.IntRange(1, 3).Draw(t, "n")))
			}
			return path
		}), 1, 12, rapid.ID).Draw(t, "paths")
		var rows []figure.Row
		want := new(big.Int)
		for _, p := range paths {
			rows = append(rows, figure.Row{Unit: p, To: q1, Value: figure.Value(rapid.Int64Range(-1000, 1000).Draw(t, "value"))})
		}
		got, counted, _ := figure.Gathered(figure.Sum, rows)
		for i, r := range rows {
			covers := 0
			for j, other := range rows {
				if i != j && counted[j] && unit.Within(other.Unit, r.Unit) {
					covers++
				}
			}
			if counted[i] == (covers > 0) {
				t.Fatalf("%s counted %v with %d counted above it", r.Unit, counted[i], covers)
			}
			if counted[i] {
				want.Add(want, big.NewInt(int64(r.Value)))
			}
		}
		if want.Int64() != int64(got) {
			t.Fatalf("sum %d, want %s", got, want)
		}
	})
}

func TestFits(t *testing.T) {
	for amount, want := range map[float64]bool{0: true, 12.3456: true, -7: true, 99999999999.9999: true, 0.12345: false, 1e12: false,
		math.NaN(): false, math.Inf(1): false} {
		if got := figure.Fits(amount); got != want {
			t.Errorf("%v fits: %v, want %v", amount, got, want)
		}
	}
	if v := figure.Of(12.3456); v.Amount() != 12.3456 {
		t.Errorf("12.3456 became %v", v.Amount())
	}
}
