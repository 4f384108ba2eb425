package messages

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// maxDigest bounds how many messages one e-mail carries.
const maxDigest = 1000

// parcel is what leaves in one piece: one message, or those of a digest. Its id is stable over every retry.
type parcel struct {
	id   ident.ID
	rows []*ent.Message
}

func (p parcel) channel() message.Channel { return p.rows[0].Channel }

// claim takes up to limit messages that are due, for the length of the lease, and counts the try. Whoever dies with messages in
// hand loses them to the next worker when the lease has run out.
func (s *Service) claim(ctx context.Context, limit int) ([]parcel, error) {
	var parcels []parcel
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		now := s.store.Now()
		if err := s.takeOver(ctx, tx, now); err != nil {
			return err
		}
		ids, err := s.take(ctx, tx, now, limit, s.channels(), heads)
		if err != nil || len(ids) == 0 {
			return err
		}
		rows, err := tx.Message.Query().Where(message.IDIn(ids...)).Order(message.ByID()).All(ctx)
		if err != nil {
			return fmt.Errorf("read claimed messages: %w", err)
		}
		parcels, err = s.pack(ctx, tx, now, rows)
		return err
	})
	return parcels, err
}

// channels are those that can leave with these settings.
func (s *Service) channels() string {
	if s.settings.Mail.Host == "" {
		return "('webhook')"
	}
	return "('mail', 'webhook')"
}

// takeOver frees what a dead worker held; what was tried often enough has failed.
func (s *Service) takeOver(ctx context.Context, tx *ent.Tx, now time.Time) error {
	err := tx.Message.Update().Where(message.StatusEQ(message.StatusSending), message.LeaseUntilLT(now), message.AttemptsGTE(s.settings.Tries)).
		SetStatus(message.StatusFailed).ClearLeaseUntil().SetLastError("lease ran out").Exec(ctx)
	if err != nil {
		return fmt.Errorf("give up messages: %w", err)
	}
	err = tx.Message.Update().Where(message.StatusEQ(message.StatusSending), message.LeaseUntilLT(now)).
		SetStatus(message.StatusPending).ClearLeaseUntil().SetNextTryAt(now).SetLastError("lease ran out").Exec(ctx)
	if err != nil {
		return fmt.Errorf("take over messages: %w", err)
	}
	return nil
}

// take claims due rows by one statement. On PostgreSQL rows that another worker is claiming are skipped, not waited for; SQLite
// has one writer. More narrows the rows with placeholders from $4.
func (s *Service) take(ctx context.Context, tx *ent.Tx, now time.Time, limit int, channels string, more narrow) ([]ident.ID, error) {
	args := append([]any{now.Add(s.settings.Lease), now, limit}, more.args...)
	lock := ""
	if s.store.Postgres() {
		lock = " FOR UPDATE SKIP LOCKED"
	}
	query := `UPDATE messages SET status = 'sending', lease_until = $1, attempts = attempts + 1 WHERE id IN (
		SELECT id FROM messages WHERE status = 'pending' AND next_try_at <= $2 AND channel IN ` + channels + ` AND ` + more.where + `
		ORDER BY next_try_at, id LIMIT $3` + lock + `) RETURNING id`
	var ids []ident.ID
	err := store.Each(ctx, tx, query, args, func(scan func(...any) error) error {
		var id ident.ID
		if err := scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("claim messages: %w", err)
	}
	return ids, nil
}

// narrow is a further condition on the rows to take.
type narrow struct {
	where string
	args  []any
}

// heads leaves the members of a digest to whoever has its first message, so that two workers never send parts of it.
var heads = narrow{where: "(digest_id = 0 OR digest_id = id)"}

// pack makes parcels: every webhook message by itself; e-mails that the program itself caused (a round of the deadline check)
// in one digest for each person; other e-mails by themselves.
func (s *Service) pack(ctx context.Context, tx *ent.Tx, now time.Time, rows []*ent.Message) ([]parcel, error) {
	automatic, err := caused(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	var parcels []parcel
	packed := map[group]bool{}
	for i, row := range rows {
		g := group{digest: row.DigestID, person: row.RecipientID}
		if row.Channel != message.ChannelMail || g.digest.IsZero() && !automatic[row.EventID] {
			parcels = append(parcels, parcel{id: row.ID, rows: []*ent.Message{row}})
			continue
		}
		if packed[g] {
			continue
		}
		packed[g] = true
		members := []*ent.Message{}
		for _, other := range rows[i:] {
			same := group{digest: other.DigestID, person: other.RecipientID} == g
			if same && other.Channel == message.ChannelMail && (!g.digest.IsZero() || automatic[other.EventID]) {
				members = append(members, other)
			}
		}
		p, err := s.gather(ctx, tx, now, g, members)
		if err != nil {
			return nil, err
		}
		parcels = append(parcels, p)
	}
	return parcels, nil
}

// group is what belongs in one e-mail: the digest that was tried before, or, with no digest yet, all that waits for a person.
type group struct{ digest, person ident.ID }

// gather completes a digest with what the limit of the claim cut off. A new one gets its id here, before the first sending, so
// that a retry has the same messages under the same id, and later messages go into another.
func (s *Service) gather(ctx context.Context, tx *ent.Tx, now time.Time, g group, members []*ent.Message) (parcel, error) {
	more := narrow{where: "recipient_id = $4 AND digest_id = $5", args: []any{g.person, g.digest}}
	if g.digest.IsZero() {
		more.where += " AND EXISTS (SELECT 1 FROM events e WHERE e.id = messages.event_id AND e.actor_id = 0)"
	}
	ids, err := s.take(ctx, tx, now, maxDigest, "('mail')", more)
	if err != nil {
		return parcel{}, err
	}
	rest, err := tx.Message.Query().Where(message.IDIn(ids...)).Order(message.ByID()).All(ctx)
	if err != nil {
		return parcel{}, fmt.Errorf("read digest: %w", err)
	}
	p := parcel{id: g.digest, rows: append(members, rest...)}
	if !p.id.IsZero() {
		return p, nil
	}
	p.id = p.rows[0].ID
	if err := tx.Message.Update().Where(message.IDIn(p.ids()...)).SetDigestID(p.id).Exec(ctx); err != nil {
		return parcel{}, fmt.Errorf("name digest: %w", err)
	}
	return p, nil
}

func (p parcel) ids() []ident.ID {
	ids := make([]ident.ID, len(p.rows))
	for i, row := range p.rows {
		ids[i] = row.ID
	}
	return ids
}

// caused tells which events the program itself wrote.
func caused(ctx context.Context, tx *ent.Tx, rows []*ent.Message) (map[ident.ID]bool, error) {
	var ids []ident.ID
	for _, row := range rows {
		ids = append(ids, row.EventID)
	}
	own, err := tx.Event.Query().Where(event.IDIn(ids...), event.ActorID(ident.ID{})).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("read events of messages: %w", err)
	}
	set := make(map[ident.ID]bool, len(own))
	for _, id := range own {
		set[id] = true
	}
	return set, nil
}
