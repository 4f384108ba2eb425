package crash

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestCrash_under_load_loses_nothing_and_halves_nothing kills the server again and again while people write and deadlines pass.
func TestCrash_under_load_loses_nothing_and_halves_nothing(t *testing.T) {
	h := prepare(t)
	l := newLoad(t, h)
	short := 10
	if h.postgres() {
		short = 5
	}
	n := kills(t, short)
	l.begin()
	for i := range n {
		h.forward(i, n)
		s := h.start(t)
		l.on(s)
		if i%2 == 0 { // half of the kills hit a server that has begun to answer, the others whatever it is at
			l.flowing()
		}
		wait(t, time.Duration(30+rand.IntN(221))*time.Millisecond)
		s.kill(t)
		l.off()
		if i%3 == 2 { // else the next server is the first to open what the dead one left
			h.audit(t, l)
		}
		if t.Failed() {
			break
		}
	}
	s := h.start(t)
	l.ending = true
	l.on(s)
	l.writers.Wait()
	h.settled(t)
	s.stop(t)
	h.audit(t, l)
	t.Logf("%d kills: %d writes acknowledged, %d cut off and sent again; the clock stands at %s", n, l.count.acknowledged, l.count.ambiguous,
		h.now().Format(time.DateOnly))
	if l.count.acknowledged < 3*n || l.count.ambiguous == 0 {
		t.Errorf("%d writes were acknowledged and %d cut off: that is no load", l.count.acknowledged, l.count.ambiguous)
	}
}
