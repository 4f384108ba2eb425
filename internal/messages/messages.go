// Package messages delivers what the history tells people: an inbox for each person, e-mail, and signed copies to webhooks.
// Messages are written with their event in one transaction (package timeline); here they are read, and sent at least once
// under an id that never changes, so that whoever gets one twice can tell.
package messages

import (
	"net/http"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/seal"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
)

// Settings say how messages leave.
type Settings struct {
	Mail         Mail
	Box          *seal.Box     // seals the webhooks' secrets
	AllowPrivate bool          // webhooks may lie at loopback, private and link-local addresses
	Lease        time.Duration // how long a worker may keep a message before another takes it over; 0 means 5 minutes
	Tries        int           // how often a message is tried before it has failed; 0 means 10
}

// Mail is the SMTP server that e-mail goes to; an empty host turns e-mail off.
type Mail struct {
	Host     string
	Port     int
	User     string
	Password string
	From     string // address of the sender
	TLS      string // "starttls", "tls" or "none"
}

// Back-off: the first retry comes after backoffFirst, each further one after twice as long, never later than backoffMost.
const (
	backoffFirst = time.Minute
	backoffMost  = 6 * time.Hour
)

// Service holds the use cases of messages and webhooks.
type Service struct {
	store    *store.Store
	gate     *access.Gate
	log      *timeline.Log
	settings Settings
	hooks    *http.Client
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, settings Settings) *Service {
	if settings.Lease == 0 {
		settings.Lease = 5 * time.Minute
	}
	if settings.Tries == 0 {
		settings.Tries = 10
	}
	return &Service{store: s, gate: gate, log: log, settings: settings, hooks: hookClient(settings.AllowPrivate)}
}
