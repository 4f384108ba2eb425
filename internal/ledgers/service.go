// Package ledgers is the seeing side of duties (台账): one query over all that a person may see, in the language of package query,
// as pages, as counts by kind, as it was at any past instant, compared with any date, and as a file. It changes no duty itself;
// what it writes is what people keep for themselves: views, and what they follow.
package ledgers

import (
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// Service holds the use cases of the ledger.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
	duties  *duties.Service
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, d *duties.Service) *Service {
	return &Service{store: s, gate: gate, log: log, watches: w, duties: d}
}
