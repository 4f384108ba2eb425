package live

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
)

// ErrEnded is what Next says when the server stops.
var ErrEnded = errors.New("the stream has ended")

// Stream is the news for one person.
type Stream struct {
	hub     *Hub
	actor   access.Actor
	filters map[access.Permission]access.Filter
	box     chan []Change
	missed  atomic.Bool
	first   []Change
}

// Next waits for news, at most for the time given; none by then is an empty batch. A reader that was too slow gets Reset. The error
// is that of the context, or ErrEnded.
func (s *Stream) Next(ctx context.Context, wait time.Duration) ([]Change, error) {
	if len(s.first) > 0 {
		batch := s.first
		s.first = nil
		return batch, nil
	}
	if s.missed.Swap(false) {
		s.drain()
		return []Change{{Kind: Reset}}, nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case batch, open := <-s.box:
		if !open {
			return nil, ErrEnded
		}
		return batch, nil
	case <-timer.C:
		return nil, nil
	}
}

// drain throws away what Reset stands for.
func (s *Stream) drain() {
	for {
		select {
		case _, open := <-s.box:
			if !open {
				return
			}
		default:
			return
		}
	}
}

// Close ends the stream; it may be called after the hub has stopped.
func (s *Stream) Close() {
	h := s.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, there := h.streams[s]; !there {
		return
	}
	delete(h.streams, s)
	if h.each[s.actor.ID]--; h.each[s.actor.ID] <= 0 {
		delete(h.each, s.actor.ID)
	}
}

// pick is what of a batch this person may see, each object once.
func (s *Stream) pick(batch []Change) []Change {
	var mine []Change
	told := make(map[string]bool)
	for _, c := range batch {
		if !s.sees(c) {
			continue
		}
		if key := c.Kind + c.ID.String(); !told[key] {
			told[key] = true
			mine = append(mine, Change{Kind: c.Kind, ID: c.ID})
		}
	}
	return mine
}

// sees asks the rule of the object's kind. What somebody did is always told to that person's other windows.
func (s *Stream) sees(c Change) bool {
	if c.Kind == Reset {
		return c.authority.IsZero() || c.authority == s.actor.AuthorityID
	}
	if !c.to.IsZero() {
		return c.to == s.actor.ID
	}
	rule, known := rules[c.Kind]
	if !known {
		return false
	}
	if same(c.actor, s.actor.ID) {
		return c.authority == s.actor.AuthorityID
	}
	return s.filters[rule.permission(c.act)].Covers(access.Facts{AuthorityID: c.authority, UnitID: c.unit, Path: c.path, OwnerID: c.actor})
}

func same(a, b ident.ID) bool { return !a.IsZero() && a == b }
