package crash

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestCheck_by_two_servers_that_are_killed_takes_each_step_once lets two servers look at some hundred duties that fall due at
// once, kills one or both in between, and counts: no step missing, none double.
func TestCheck_by_two_servers_that_are_killed_takes_each_step_once(t *testing.T) {
	h := prepare(t)
	rounds := kills(t, 8) / 2
	for i := range rounds {
		h.forward(i, rounds)
		one, two := h.start(t), h.start(t)
		wait(t, time.Duration(20+rand.IntN(400))*time.Millisecond)
		one.kill(t)
		if i%2 == 0 { // the other goes on with what the dead one held
			h.settled(t)
			two.stop(t)
		} else {
			two.kill(t)
		}
	}
	last := h.start(t)
	h.settled(t)
	last.stop(t)
	h.audit(t, nil)
}
