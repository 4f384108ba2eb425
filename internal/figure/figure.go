// Package figure is the law of figures (指标数据): what a number is, and how the numbers of many units and periods become one.
package figure

import "math"

// Gather says how the figures of an indicator become one.
type Gather string

const (
	Sum  Gather = "sum"  // 累计: added over units and periods
	Last Gather = "last" // 存量: of each unit the latest period's, added over units
	Avg  Gather = "avg"  // 平均: the mean of all
	Max  Gather = "max"  // 最大: the greatest of all
)

// Values lists the ways; ent reads it.
func (Gather) Values() []string { return []string{string(Sum), string(Last), string(Avg), string(Max)} }

// scale is how many parts of one a Value counts in, so that sums are exact.
const scale = 10_000

// Limit is the greatest amount that a figure may have.
const Limit = 100_000_000_000

// Value is an amount in ten-thousandths.
type Value int64

// Of rounds an amount to a value. Check Fits first.
func Of(amount float64) Value { return Value(math.Round(amount * scale)) }

// Fits reports whether an amount can be a figure: a number within the limit, of at most four decimals.
func Fits(amount float64) bool {
	if math.IsNaN(amount) || math.Abs(amount) > Limit {
		return false
	}
	parts := amount * scale
	return math.Abs(parts-math.Round(parts)) < 1e-3
}

// Amount is the value as a number.
func (v Value) Amount() float64 { return float64(v) / scale }
