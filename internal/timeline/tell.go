package timeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/ent/webhook"
	"github.com/duban-gov/duban/internal/ident"
)

var messageColumns = []string{"id", "authority_id", "event_id", "recipient_id", "channel", "template", "params", "subject", "subject_id",
	"status", "next_try_at", "sent_at", "webhook_id", "digest_id", "created_at"}

// telling is the messages of some events on the way to their rows.
type telling struct {
	log    *Log
	now    time.Time
	mailed map[ident.ID]bool           // who gets e-mail
	hooks  map[ident.ID][]*ent.Webhook // enabled webhooks by authority
	rows   [][]any
}

// tell writes one row per person and channel: the inbox always, e-mail where it is set up and the person has an address, and
// one row for each webhook of the authority that wants the topic. The messages of many events take a few statements in all.
func (l *Log) tell(ctx context.Context, tx *ent.Tx, events []ident.ID, entries []Entry, now time.Time) error {
	t := telling{log: l, now: now, hooks: make(map[ident.ID][]*ent.Webhook)}
	var people []ident.ID
	for _, e := range entries {
		for _, note := range e.Tell {
			people = append(people, note.To...)
		}
	}
	if err := t.findMailed(ctx, tx, unique(people)); err != nil {
		return err
	}
	for i, e := range entries {
		if len(e.Tell) == 0 {
			continue
		}
		if err := t.findHooks(ctx, tx, e.AuthorityID); err != nil {
			return err
		}
		for _, note := range e.Tell {
			if err := t.add(events[i], e, note); err != nil {
				return fmt.Errorf("encode message of %s.%s: %w", e.Subject, e.Action, err)
			}
		}
	}
	if err := l.store.InsertRows(ctx, tx, message.Table, messageColumns, t.rows); err != nil {
		return fmt.Errorf("write messages: %w", err)
	}
	return nil
}

// add makes the rows of one note.
func (t *telling) add(event ident.ID, e Entry, note Note) error {
	raw, err := json.Marshal(note.Params)
	if err != nil {
		return err
	}
	params := string(raw)
	row := func(to ident.ID, channel message.Channel, status message.Status, next, sent any, hook ident.ID) {
		t.rows = append(t.rows, []any{t.log.store.NewID(), e.AuthorityID, event, to, string(channel), note.Template, params, e.Subject, e.SubjectID,
			string(status), next, sent, hook, ident.ID{}, t.now})
	}
	to := unique(note.To)
	for _, person := range to {
		row(person, message.ChannelInbox, message.StatusSent, nil, t.now, ident.ID{})
	}
	for _, person := range to {
		if t.mailed[person] {
			row(person, message.ChannelMail, message.StatusPending, t.now, nil, ident.ID{})
		}
	}
	for _, hook := range t.hooks[e.AuthorityID] {
		if wants(hook.Topics, e.Subject+"."+e.Action) {
			row(ident.ID{}, message.ChannelWebhook, message.StatusPending, t.now, nil, hook.ID)
		}
	}
	return nil
}

// findMailed finds which of the people get e-mail.
func (t *telling) findMailed(ctx context.Context, tx *ent.Tx, people []ident.ID) error {
	if !t.log.mail {
		return nil
	}
	t.mailed = make(map[ident.ID]bool, len(people))
	const most = 500 // of a statement
	for len(people) > 0 {
		n := min(most, len(people))
		ids, err := tx.User.Query().Where(user.IDIn(people[:n]...), user.EmailNEQ(""), user.DisabledAtIsNil()).IDs(ctx)
		if err != nil {
			return fmt.Errorf("find who gets e-mail: %w", err)
		}
		for _, id := range ids {
			t.mailed[id] = true
		}
		people = people[n:]
	}
	return nil
}

// findHooks reads the webhooks of an authority, once.
func (t *telling) findHooks(ctx context.Context, tx *ent.Tx, authority ident.ID) error {
	if _, have := t.hooks[authority]; have {
		return nil
	}
	rows, err := tx.Webhook.Query().Where(webhook.AuthorityID(authority), webhook.Enabled(true)).Order(webhook.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("find webhooks: %w", err)
	}
	t.hooks[authority] = rows
	return nil
}

// wants reports whether a webhook asked for a topic; no topics means all.
func wants(topics []string, topic string) bool {
	for _, t := range topics {
		if t == topic {
			return true
		}
	}
	return len(topics) == 0
}

func unique(ids []ident.ID) []ident.ID {
	seen := make(map[ident.ID]bool, len(ids))
	out := make([]ident.ID, 0, len(ids))
	for _, id := range ids {
		if !id.IsZero() && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
