package store

import (
	"context"
	"math/rand/v2"
	"time"
)

// maxTries bounds how often a transaction is tried. With the pauses between them the last try begins some two seconds after the
// first failure at the earliest, which outlasts a queue of writers that each wait for PostgreSQL to find a deadlock.
const maxTries = 8

const (
	firstPause = 10 * time.Millisecond
	mostPause  = time.Second
)

// pause is how long to wait after the n-th failed try: twice as long each time, half of it by chance. Without chance the losers
// of a deadlock come back in step, take their first locks again before the winner's queue has moved, and lose again.
func pause(try int) time.Duration {
	whole := min(mostPause, firstPause<<(try-1))
	return whole/2 + rand.N(whole/2+1)
}

// rest waits, and reports whether it may go on: false when the caller has given up meanwhile.
func rest(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
