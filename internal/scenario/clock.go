package scenario

import (
	"sync"
	"time"
)

// Clock stands where the play put it; Run lets it go on from there with the machine's clock, for a demonstration that a person
// clicks through.
type Clock struct {
	mu   sync.Mutex
	at   time.Time
	from time.Time // when Run was called; zero while the clock stands
}

// NewClock returns a clock that stands at an instant.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// Now is the instant by this clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.from.IsZero() {
		return c.at
	}
	return c.at.Add(time.Since(c.from)) //nolint:forbidigo // a running demonstration follows the machine's clock
}

// Set moves the clock to an instant and lets it stand there.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.from = at, time.Time{}
}

// Run lets the clock go on from where it stands.
func (c *Clock) Run() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.from = time.Now() //nolint:forbidigo // as above
}
