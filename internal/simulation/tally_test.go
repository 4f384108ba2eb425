package simulation

import (
	"fmt"
	"sync/atomic"
)

// tally counts what happened, so that a simulation in which nothing happens is noticed.
type tally struct {
	acts, refused, checks, steps, crashes, conflicts, doubles, back, ahead, calendars, moved atomic.Int64
}

func (t *tally) all() []*atomic.Int64 {
	return []*atomic.Int64{&t.acts, &t.refused, &t.checks, &t.steps, &t.crashes, &t.conflicts, &t.doubles, &t.back, &t.ahead, &t.calendars, &t.moved}
}

func (t *tally) add(other *tally) {
	for i, n := range other.all() {
		t.all()[i].Add(n.Load())
	}
}

// empty reports whether anything never happened.
func (t *tally) empty() bool {
	for _, n := range t.all() {
		if n.Load() == 0 {
			return true
		}
	}
	return false
}

func (t *tally) String() string {
	return fmt.Sprintf("%d acts (%d refused by a rule), %d checks with %d steps, %d crashes, %d conflicts, %d double checks, %d clocks back, %d ahead, %d calendars with %d dates moved",
		t.acts.Load(), t.refused.Load(), t.checks.Load(), t.steps.Load(), t.crashes.Load(), t.conflicts.Load(), t.doubles.Load(), t.back.Load(),
		t.ahead.Load(), t.calendars.Load(), t.moved.Load())
}
