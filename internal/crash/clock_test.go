package crash

import (
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/store"
)

const day = 24 * time.Hour

// jumps are by how much the clock goes on between two servers: not at all, as in a restart; a day, with the messages of the day;
// some days and weeks, after which people get a digest.
var jumps = []time.Duration{0, day, 0, day, 0, 3 * day, 0, 12 * day, 0, day, 0, 16 * day, 0, 61 * day, 0, day, 0, 31 * day}

// forward puts the clock on before the i-th of n starts, so that all jumps are spread over them.
func (h *house) forward(i, n int) {
	for k := i * len(jumps) / n; k < (i+1)*len(jumps)/n; k++ {
		h.days += jumps[k]
	}
}

// wait lets real time pass for other processes to work in.
func wait(t *testing.T, d time.Duration) {
	t.Helper()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-t.Context().Done():
	}
}

// patience is how long a server may take to catch up with everything that is due.
const patience = 60 * time.Second

// settled waits until a running server has looked at every clock that is due.
func (h *house) settled(t *testing.T) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: h.url, Now: h.now})
	must(t, err)
	defer s.Close()
	for end := time.Now().Add(patience); ; {
		due, closed := h.left(t, s)
		if due == 0 && closed {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d clocks are due and not looked at (round closed: %v)", due, closed)
		}
		wait(t, 20*time.Millisecond)
	}
}

// left is how many clocks are due and not looked at, and whether the round is closed.
func (h *house) left(t *testing.T, s *store.Store) (due int, closed bool) {
	t.Helper()
	marked := 0
	must(t, s.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM watches WHERE next_check_at <= $1", h.now().UTC()).Scan(&due))
	must(t, s.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM leases WHERE name = 'deadlines.done' AND mark >= $1", h.now().Add(-time.Hour).UTC()).Scan(&marked))
	return due, marked == 1
}
