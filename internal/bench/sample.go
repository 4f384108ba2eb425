package bench

import (
	"slices"
	"syscall"
	"time"
)

// stopwatch times what follows.
func stopwatch() func() time.Duration {
	began := time.Now()                                      //nolint:forbidigo // a measure takes wall time
	return func() time.Duration { return time.Since(began) } //nolint:forbidigo // as above
}

// spent is the processor time that this process has used.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// timing collects the times of operations of one side, and the processor time they took.
type timing struct {
	times []time.Duration
	cpu   time.Duration
}

// of runs one operation and keeps what it took.
func (t *timing) of(do func() error) error {
	elapsed, before := stopwatch(), spent()
	err := do()
	t.times, t.cpu = append(t.times, elapsed()), t.cpu+spent()-before
	return err
}

func (t *timing) cost(units int) Cost {
	c := costOf(t.times, units)
	c.CPU = float64(t.cpu.Microseconds()) / float64(units)
	return c
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
