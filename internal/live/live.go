// Package live tells signed-in people at once that something has changed: the kind of object and its id, never what changed. Whoever
// is told asks for the object and passes the gate again. One follower for each server reads the append-only history, so that several
// servers on one database need not know of each other.
package live

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

const (
	// MaxStreams is how many people one server tells; more are asked to come back later and ask by themselves meanwhile.
	MaxStreams = 1500
	// MaxEach is how many streams one person holds; the page needs one for each browser.
	MaxEach = 8

	pace     = 500 * time.Millisecond // between two looks at the history
	late     = 10 * time.Second       // how much later than a younger event an older one may be committed
	most     = 500                    // changes told one by one; of more at once only that there are many
	comeBack = 30                     // seconds after which to try again when a stream is refused
	boxed    = 16                     // batches that wait for a slow reader
	window   = 4 * most               // rows read at one look
)

// Kind of the change that says: so much has changed, or was missed, that everything should be asked for again.
const Reset = "reset"

// Change is one line of news.
type Change struct {
	Kind string   `json:"kind" doc:"Kind of object; “message” is one's inbox, “reset” means that everything should be asked for again" example:"duty"`
	ID   ident.ID `json:"id,omitzero" doc:"The object; missing for reset"`

	cursor    ident.ID // event or message that it comes from
	authority ident.ID
	unit      ident.ID
	path      string // of the unit
	actor     ident.ID
	to        ident.ID // the one person whom a message is for
	act       string
}

// Hub follows the history while somebody listens.
type Hub struct {
	store *store.Store
	gate  *access.Gate
	log   *slog.Logger

	mu      sync.Mutex
	running bool
	streams map[*Stream]struct{}
	each    map[ident.ID]int
	wake    chan struct{} // somebody has begun to listen
	began   ident.ID      // when the first of those who listen now began
	newest  ident.ID
}

// New returns a hub that tells nothing until it runs.
func New(s *store.Store, gate *access.Gate, log *slog.Logger) *Hub {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Hub{store: s, gate: gate, log: log, streams: make(map[*Stream]struct{}), each: make(map[ident.ID]int), wake: make(chan struct{}, 1)}
}

// Run follows the history until the context ends, then ends every stream. Without listeners it sleeps.
func (h *Hub) Run(ctx context.Context) {
	h.mu.Lock()
	h.running = true
	h.mu.Unlock()
	defer h.stop()
	f := follower{hub: h, seen: make(map[ident.ID]bool)}
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		if h.count() == 0 {
			f.forget()
			select {
			case <-ctx.Done():
				return
			case <-h.wake:
			}
		}
		if err := f.look(ctx); err != nil && ctx.Err() == nil {
			h.log.WarnContext(ctx, "the history could not be followed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (h *Hub) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.running = false
	for s := range h.streams {
		close(s.box)
	}
	clear(h.streams)
	clear(h.each)
}

func (h *Hub) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.streams)
}

// Follow begins a stream for the actor of the context. last is the cursor that the reader had come to: what happened since is told
// first, or Reset where that is too much or too long ago; "" begins now. A hub that does not run, one that tells enough people already,
// or this person often enough, answers Limited: live.stopped, live.too_many.
func (h *Hub) Follow(ctx context.Context, last string) (*Stream, error) {
	if _, err := h.gate.May(ctx, access.MessageRead); err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	s := &Stream{hub: h, actor: actor, filters: h.filters(actor), box: make(chan []Change, boxed)}
	if err := h.add(s); err != nil {
		return nil, err
	}
	if last != "" {
		s.first = h.since(ctx, s, last)
	}
	return s, nil
}

func (h *Hub) add(s *Stream) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.running {
		return fault.New(fault.Limited, "live.stopped").With("seconds", comeBack)
	}
	if len(h.streams) >= MaxStreams || h.each[s.actor.ID] >= MaxEach {
		return fault.New(fault.Limited, "live.too_many").With("seconds", comeBack)
	}
	if len(h.streams) == 0 {
		h.began = h.store.NewID()
		h.newest = h.began
	}
	h.streams[s] = struct{}{}
	h.each[s.actor.ID]++
	select {
	case h.wake <- struct{}{}:
	default:
	}
	return nil
}

// tell hands a batch to everybody whom some of it concerns.
func (h *Hub) tell(batch []Change, newest ident.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.newest = newest
	for s := range h.streams {
		mine := s.pick(batch)
		if len(mine) == 0 {
			continue
		}
		select {
		case s.box <- mine:
		default: // too slow: it will be told that it missed something
			s.missed.Store(true)
		}
	}
}

// start is where to begin to follow.
func (h *Hub) start() ident.ID {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.began
}

// Cursor is how far the history has been followed, for a reader to come back to; "" before anybody listened.
func (h *Hub) Cursor() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.newest.String()
}

func newer(a, b ident.ID) ident.ID {
	if cmp.Compare(a.Int(), b.Int()) >= 0 {
		return a
	}
	return b
}
