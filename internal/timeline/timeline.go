// Package timeline writes the append-only history: one event for each change, with the outgoing messages it causes, in the
// caller's transaction. Nothing is sent here; the messages feature delivers what is written.
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
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// Log appends events.
type Log struct {
	store *store.Store
	mail  bool // whether e-mail is set up, so that mail rows make sense
}

// New returns a log; mail says whether messages are also written for delivery by e-mail.
func New(s *store.Store, mail bool) *Log { return &Log{store: s, mail: mail} }

// Entry is one change: what, of which object, before and after, why, and whom to tell.
type Entry struct {
	AuthorityID ident.ID
	Subject     string // "duty", "notice", …
	SubjectID   ident.ID
	PlanID      ident.ID
	UnitID      ident.ID
	Action      string // the act of the state table: "accept", "serve", …
	Before      any    // the changed fields as they were; nil for a new object
	After       any    // the changed fields as they are
	Reason      string
	Tell        []Note
}

// Note is a message to people; its text is the template "message.<template>" of the language files with the parameters.
type Note struct {
	To       []ident.ID
	Template string
	Params   map[string]any
}

// Append writes the event and its messages in the caller's transaction and returns the event's id.
func (l *Log) Append(ctx context.Context, tx *ent.Tx, e Entry) (ident.ID, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return ident.ID{}, err
	}
	before, after, err := encode(e)
	if err != nil {
		return ident.ID{}, fmt.Errorf("encode event %s.%s: %w", e.Subject, e.Action, err)
	}
	id, now := l.store.NewID(), l.store.Now()
	create := tx.Event.Create().SetID(id).SetAuthorityID(e.AuthorityID).SetAt(now).SetActorID(actor.ID).SetActorName(actor.Name).
		SetPostID(actor.MainPost()).SetSubject(e.Subject).SetSubjectID(e.SubjectID).SetPlanID(e.PlanID).SetUnitID(e.UnitID).
		SetAction(e.Action).SetReason(e.Reason).SetRequestID(actor.RequestID)
	if before != nil {
		create.SetBefore(before)
	}
	if after != nil {
		create.SetAfter(after)
	}
	if err := create.Exec(ctx); err != nil {
		return ident.ID{}, fmt.Errorf("append event %s.%s: %w", e.Subject, e.Action, err)
	}
	if err := l.tell(ctx, tx, id, e, now); err != nil {
		return ident.ID{}, fmt.Errorf("write messages of %s.%s: %w", e.Subject, e.Action, err)
	}
	return id, nil
}

func encode(e Entry) (before, after json.RawMessage, err error) {
	if e.Before != nil {
		if before, err = json.Marshal(e.Before); err != nil {
			return nil, nil, err
		}
	}
	if e.After != nil {
		after, err = json.Marshal(e.After)
	}
	return before, after, err
}

// tell writes one row per person and channel: the inbox always, e-mail where it is set up and the person has an address, and
// one row for each webhook of the authority that wants the topic.
func (l *Log) tell(ctx context.Context, tx *ent.Tx, event ident.ID, e Entry, now time.Time) error {
	hooks, err := l.hooks(ctx, tx, e)
	if err != nil {
		return err
	}
	for _, note := range e.Tell {
		params, err := json.Marshal(note.Params)
		if err != nil {
			return err
		}
		row := func(to ident.ID, channel message.Channel) *ent.MessageCreate {
			return tx.Message.Create().SetID(l.store.NewID()).SetAuthorityID(e.AuthorityID).SetEventID(event).SetRecipientID(to).
				SetChannel(channel).SetTemplate(note.Template).SetParams(params).SetSubject(e.Subject).SetSubjectID(e.SubjectID).SetCreatedAt(now)
		}
		var rows []*ent.MessageCreate
		for _, to := range unique(note.To) {
			rows = append(rows, row(to, message.ChannelInbox).SetStatus(message.StatusSent).SetSentAt(now))
		}
		mailed, err := l.mailable(ctx, tx, note.To)
		if err != nil {
			return err
		}
		for _, to := range mailed {
			rows = append(rows, row(to, message.ChannelMail).SetNextTryAt(now))
		}
		for _, hook := range hooks {
			rows = append(rows, row(ident.ID{}, message.ChannelWebhook).SetWebhookID(hook).SetNextTryAt(now))
		}
		for len(rows) > 0 {
			n := min(len(rows), 200)
			if err := tx.Message.CreateBulk(rows[:n]...).Exec(ctx); err != nil {
				return err
			}
			rows = rows[n:]
		}
	}
	return nil
}

func (l *Log) mailable(ctx context.Context, tx *ent.Tx, to []ident.ID) ([]ident.ID, error) {
	if !l.mail || len(to) == 0 {
		return nil, nil
	}
	return tx.User.Query().Where(user.IDIn(unique(to)...), user.EmailNEQ(""), user.DisabledAtIsNil()).Order(user.ByID()).IDs(ctx)
}

func (l *Log) hooks(ctx context.Context, tx *ent.Tx, e Entry) ([]ident.ID, error) {
	if len(e.Tell) == 0 {
		return nil, nil
	}
	rows, err := tx.Webhook.Query().Where(webhook.AuthorityID(e.AuthorityID), webhook.Enabled(true)).Order(webhook.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	var ids []ident.ID
	for _, row := range rows {
		if wants(row.Topics, e.Subject+"."+e.Action) {
			ids = append(ids, row.ID)
		}
	}
	return ids, nil
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
