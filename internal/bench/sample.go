package bench

import (
	"slices"
	"time"
)

// stopwatch times what follows.
func stopwatch() func() time.Duration {
	began := time.Now()                                      //nolint:forbidigo // a measure takes wall time
	return func() time.Duration { return time.Since(began) } //nolint:forbidigo // as above
}

// costOf sums up the times of operations that did units of work in all, one after the other.
func costOf(times []time.Duration, units int) Cost {
	var sum time.Duration
	for _, t := range times {
		sum += t
	}
	c := Cost{P50: millis(quantile(times, 0.5)), P99: millis(quantile(times, 0.99))}
	if sum > 0 {
		c.Rate = float64(units) / sum.Seconds()
	}
	return c
}

// quantile of the times; zero of none.
func quantile(times []time.Duration, q float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
