package simulation

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/store"
)

// faults are what happens to the first server while it does one thing.
type faults struct {
	crashIn  int   // moments until it dies; 0: it does not
	refuse   int   // how often the database refuses its transaction
	slow     bool  // the database takes its time
	double   bool  // the second server looks at the deadlines after each of its commits
	dead     bool  // it has died
	busy     bool  // the second server is at work
	refused  int64 // how often it was refused
	slowness *rand.Rand
}

func (f *faults) arm(r *rand.Rand) {
	*f = faults{slowness: r}
	switch n := r.IntN(100); {
	case n < 4:
		f.crashIn = 1 + r.IntN(6)
	case n < 9:
		f.refuse = 1 + r.IntN(3)
	case n < 14:
		f.slow = true
	case n < 24:
		f.double = true
	}
}

// at is what the first server's store asks at each moment of a transaction.
func (w *world) at(m store.Moment) error {
	f := &w.trial
	switch {
	case f.busy:
		return nil
	case f.dead:
		return errDead
	case f.crashIn > 0:
		if f.crashIn--; f.crashIn == 0 {
			f.dead = true
			return errDead
		}
	case f.refuse > 0 && m == store.BeforeCommit:
		f.refuse--
		f.refused++
		return store.ErrRefused
	case f.slow && m == store.BeforeCommit:
		w.Clock.Advance(time.Duration(1+f.slowness.IntN(90)) * time.Second)
	case f.double && m == store.AfterCommit:
		f.busy = true
		defer func() { f.busy = false }()
		w.doubles.Add(1)
		checked, err := w.two.Watches.Check(w.job("deadlines"), 0)
		w.steps.Add(int64(checked.Steps))
		w.truth.tried(w.Clock.Now())
		return err
	}
	return nil
}

// trouble lets the clock go wrong now and then.
func (w *world) trouble() error {
	now := w.Clock.Now()
	switch n := w.r.IntN(100); {
	case n < 3:
		w.back.Add(1)
		w.Clock.Set(now.Add(-time.Duration(1+w.r.IntN(72)) * time.Hour))
		defer w.Clock.Set(now)
		if w.r.IntN(2) == 0 { // what was seen outlives the process
			if err := w.app.Close(); err != nil {
				return err
			}
			w.app = w.open(true)
		}
		_, err := w.app.Watches.Check(w.job("deadlines"), 0)
		w.say("%s clock back by %s: %v", now.In(shanghai).Format("01-02 15:04"), now.Sub(w.Clock.Now()), err)
		if must := w.Clock.Now().Before(w.truth.seen.Add(-5 * time.Second)); must && fault.KindOf(err) != fault.Unavailable {
			return fmt.Errorf("the clock stands at %s, %s was seen, and the check said %v", w.Clock.Now(), w.truth.seen, err)
		}
		if fault.KindOf(err) == fault.Unavailable && w.app.Watches.TimeHolds() == nil {
			return fmt.Errorf("nobody is told that the clock went back")
		}
		return nil
	case n < 5:
		w.ahead.Add(1)
		w.Clock.Set(now.Add(time.Duration(1+w.r.IntN(40)) * time.Hour))
		if err := w.check(); err != nil {
			return fmt.Errorf("clock ahead: %w", err)
		}
		if err := w.whole(); err != nil {
			return fmt.Errorf("clock ahead: %w", err)
		}
		w.Clock.Set(now)
		w.truth.seen, w.truth.attempt = now, now
		return w.app.Watches.ResetTime(w.job("deadlines"))
	}
	return nil
}
