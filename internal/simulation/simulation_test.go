package simulation

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var (
	oneSeed   = flag.Uint64("seed", 0, "play only this seed")
	firstSeed = flag.Uint64("from", 1, "the first seed")
	seeds     = flag.Int("seeds", 0, "how many seeds to play; 0 means the short form")
	days      = flag.Int("days", 90, "how many days each seed plays")
)

// The short forms: what a continuous build can wait for.
const (
	shortSeeds         = 24
	shortSeedsPostgres = 4
	shortDaysPostgres  = 25
)

func onPostgres() bool { return os.Getenv("TEST_POSTGRES_URL") != "" }

func TestSimulation(t *testing.T) {
	from, n, length := *firstSeed, *seeds, *days
	switch {
	case *oneSeed != 0:
		from, n = *oneSeed, 1
	case n == 0 && onPostgres():
		n, length = shortSeedsPostgres, shortDaysPostgres
	case n == 0:
		n = shortSeeds
	}
	var sum tally
	start := time.Now()
	t.Run("seeds", func(t *testing.T) {
		for seed := from; seed < from+uint64(n); seed++ {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, seed)
				if err := w.play(length); err != nil {
					t.Fatalf("%v\n%s\nagain: go test ./internal/simulation -run Simulation -seed %d -days %d", err, strings.Join(w.trace, "\n"), seed, length)
				}
				sum.add(&w.tally)
			})
		}
	})
	took := time.Since(start)
	t.Logf("%d seeds of %d days in %s: %s; %.0f steps a second", n, length, took.Round(time.Second), &sum, float64(sum.acts.Load()+sum.checks.Load())/took.Seconds())
	if !t.Failed() && n >= shortSeeds && sum.empty() {
		t.Errorf("something never happened, so the simulation shows too little: %s", &sum)
	}
}
