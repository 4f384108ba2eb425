package timeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/ent/webhook"
	"github.com/duban-gov/duban/internal/ident"
)

var messageColumns = []string{"id", "authority_id", "event_id", "recipient_id", "channel", "template", "params", "subject", "subject_id",
	"status", "attempts", "next_try_at", "sent_at", "last_error", "webhook_id", "digest_id", "created_at"}

// mailing is the messages of many entries on their way to the rows.
type mailing struct {
	log    *Log
	now    time.Time
	mailed map[ident.ID]bool           // who gets e-mail
	hooks  map[ident.ID][]*ent.Webhook // by authority
	rows   [][]any
}

// tellAll is tell for many entries: who gets e-mail and which webhooks listen is asked once.
func (l *Log) tellAll(ctx context.Context, tx *ent.Tx, events []ident.ID, entries []Entry, now time.Time) error {
	m := mailing{log: l, now: now, mailed: make(map[ident.ID]bool), hooks: make(map[ident.ID][]*ent.Webhook)}
	var people, authorities []ident.ID
	for _, e := range entries {
		for _, note := range e.Tell {
			people, authorities = append(people, note.To...), append(authorities, e.AuthorityID)
		}
	}
	if len(authorities) == 0 {
		return nil
	}
	mailed, err := l.mailable(ctx, tx, people)
	if err != nil {
		return err
	}
	for _, person := range mailed {
		m.mailed[person] = true
	}
	hooks, err := tx.Webhook.Query().Where(webhook.AuthorityIDIn(unique(authorities)...), webhook.Enabled(true)).Order(webhook.ByID()).All(ctx)
	if err != nil {
		return err
	}
	for _, hook := range hooks {
		m.hooks[hook.AuthorityID] = append(m.hooks[hook.AuthorityID], hook)
	}
	for i, e := range entries {
		if err := m.add(events[i], e); err != nil {
			return fmt.Errorf("write messages of %s.%s: %w", e.Subject, e.Action, err)
		}
	}
	return l.store.InsertRows(ctx, tx, "messages", messageColumns, m.rows)
}

// add makes the rows of one entry: the same as tell writes.
func (m *mailing) add(event ident.ID, e Entry) error {
	for _, note := range e.Tell {
		params, err := json.Marshal(note.Params)
		if err != nil {
			return err
		}
		put := func(to ident.ID, channel message.Channel, status message.Status, next, sent any, hook ident.ID) {
			m.rows = append(m.rows, []any{m.log.store.NewID(), e.AuthorityID, event, to, string(channel), note.Template, string(params), e.Subject, e.SubjectID,
				string(status), 0, next, sent, "", hook, ident.ID{}, m.now})
		}
		to := unique(note.To)
		for _, person := range to {
			put(person, message.ChannelInbox, message.StatusSent, nil, m.now, ident.ID{})
		}
		for _, person := range to {
			if m.mailed[person] {
				put(person, message.ChannelMail, message.StatusPending, m.now, nil, ident.ID{})
			}
		}
		for _, hook := range m.hooks[e.AuthorityID] {
			if wants(hook.Topics, e.Subject+"."+e.Action) {
				put(ident.ID{}, message.ChannelWebhook, message.StatusPending, m.now, nil, hook.ID)
			}
		}
	}
	return nil
}
