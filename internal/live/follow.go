package live

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/ent/message"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/ident"
)

// stale is how old a cursor may be to be resumed; older ones get Reset without a look at the history.
const stale = time.Hour

// follower is how far a hub has read. Ids are made before their transaction commits, so each look goes back by `late` and leaves out
// what was seen.
type follower struct {
	hub   *Hub
	floor ident.ID // nothing at or before it is told any more
	seen  map[ident.ID]bool
}

// forget makes the next look begin at that moment.
func (f *follower) forget() {
	f.floor = ident.ID{}
	clear(f.seen)
}

// look reads what is new and tells it.
func (f *follower) look(ctx context.Context) error {
	h := f.hub
	if f.floor.IsZero() {
		f.floor = h.start()
	}
	rows, err := h.read(ctx, f.floor, window)
	if err != nil {
		return err
	}
	if len(rows) == window {
		f.skip()
		return nil
	}
	var fresh []Change
	newest := f.floor
	for _, c := range rows {
		newest = newer(newest, c.cursor)
		if !f.seen[c.cursor] {
			f.seen[c.cursor] = true
			fresh = append(fresh, c)
		}
	}
	f.floor = newer(f.floor, newest.Back(late))
	for id := range f.seen {
		if id.Compare(f.floor) <= 0 {
			delete(f.seen, id)
		}
	}
	if len(fresh) > most {
		h.tell(resets(fresh), newest)
		return nil
	}
	h.tell(fresh, newest)
	return nil
}

// skip goes to the end of the history: so much has happened that everybody has to ask again.
func (f *follower) skip() {
	f.forget()
	f.floor = f.hub.store.NewID()
	f.hub.tell([]Change{{Kind: Reset}}, f.floor)
}

// resets is one Reset for each authority concerned.
func resets(changes []Change) []Change {
	var all []Change
	for _, c := range changes {
		if !slices.ContainsFunc(all, func(r Change) bool { return r.authority == c.authority }) {
			all = append(all, Change{Kind: Reset, authority: c.authority})
		}
	}
	return all
}

// since is what happened after a cursor as far as the stream's person may see it.
func (h *Hub) since(ctx context.Context, s *Stream, last string) []Change {
	again := []Change{{Kind: Reset}}
	from, err := ident.Parse(last)
	if err != nil || from.Compare(h.store.NewID().Back(stale)) < 0 {
		return again
	}
	rows, err := h.read(ctx, from.Back(late), window)
	if err != nil {
		h.log.WarnContext(ctx, "a stream could not be resumed", "error", err)
		return again
	}
	if len(rows) == window {
		return again
	}
	mine := s.pick(rows)
	if len(mine) > most {
		return again
	}
	return mine
}

// read lists events and inbox messages after an id, at most so many of each kind together.
func (h *Hub) read(ctx context.Context, after ident.ID, limit int) ([]Change, error) {
	events, err := h.store.Read().Event.Query().Where(event.IDGT(after)).Order(event.ByID()).Limit(limit).
		Select(event.FieldID, event.FieldAuthorityID, event.FieldActorID, event.FieldSubject, event.FieldSubjectID, event.FieldUnitID, event.FieldAction).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	messages, err := h.store.Read().Message.Query().Where(message.IDGT(after), message.ChannelEQ(message.ChannelInbox)).Order(message.ByID()).Limit(limit).
		Select(message.FieldID, message.FieldAuthorityID, message.FieldRecipientID).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	all := make([]Change, 0, len(events)+len(messages))
	var units []ident.ID
	for _, e := range events {
		all = append(all, Change{Kind: e.Subject, ID: e.SubjectID, cursor: e.ID, authority: e.AuthorityID, unit: e.UnitID, actor: e.ActorID, act: e.Action})
		if !e.UnitID.IsZero() && !slices.Contains(units, e.UnitID) {
			units = append(units, e.UnitID)
		}
	}
	for _, m := range messages {
		all = append(all, Change{Kind: "message", ID: m.ID, cursor: m.ID, authority: m.AuthorityID, to: m.RecipientID})
	}
	if len(all) >= limit {
		return all[:limit], nil
	}
	return all, h.paths(ctx, all, units)
}

// paths adds to each change where its unit stands in the tree.
func (h *Hub) paths(ctx context.Context, changes []Change, units []ident.ID) error {
	if len(units) == 0 {
		return nil
	}
	rows, err := h.store.Read().Unit.Query().Where(entunit.IDIn(units...)).Select(entunit.FieldID, entunit.FieldPath).All(ctx)
	if err != nil {
		return fmt.Errorf("read units: %w", err)
	}
	at := make(map[ident.ID]string, len(rows))
	for _, row := range rows {
		at[row.ID] = row.Path
	}
	for i := range changes {
		changes[i].path = at[changes[i].unit]
	}
	return nil
}
