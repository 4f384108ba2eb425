package messages

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
)

// Message is one message in a person's inbox, in the reader's language.
type Message struct {
	ID        ident.ID        `json:"id" doc:"Id"`
	EventID   ident.ID        `json:"event_id,omitzero" doc:"Event of the history that caused it"`
	Template  string          `json:"template" doc:"What it is about, stable" example:"notice.served"`
	Title     string          `json:"title" doc:"One line"`
	Body      string          `json:"body" doc:"The whole text"`
	Params    json.RawMessage `json:"params,omitempty" doc:"Values that the text names"`
	Subject   string          `json:"subject" doc:"Kind of object" example:"notice"`
	SubjectID ident.ID        `json:"subject_id" doc:"Object"`
	ReadAt    time.Time       `json:"read_at,omitzero" doc:"Instant at which it was marked read"`
	CreatedAt time.Time       `json:"created_at" doc:"Instant of the message"`
}

// MessagePage is one page of an inbox, newest first.
type MessagePage struct {
	Items []Message `json:"items" doc:"Messages"`
	Next  string    `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// UnreadMessages counts what waits in an inbox.
type UnreadMessages struct {
	Count int  `json:"count" doc:"Unread messages, at most 999"`
	More  bool `json:"more" doc:"Whether there are more than that"`
}

// InboxFilter narrows an inbox.
type InboxFilter struct {
	Unread bool
	After  string
	Limit  int
}

const (
	maxPage   = 200
	maxUnread = 999
)

// mine selects the messages in the caller's own inbox.
func (s *Service) mine(ctx context.Context) (predicate.Message, error) {
	own, err := s.gate.May(ctx, access.MessageRead)
	if err != nil {
		return nil, err
	}
	where := predicate.Message(own.Predicate(access.Columns{Authority: message.FieldAuthorityID, Owner: message.FieldRecipientID}))
	return message.And(message.ChannelEQ(message.ChannelInbox), where), nil
}

// Inbox pages through the caller's own messages, newest first.
func (s *Service) Inbox(ctx context.Context, f InboxFilter) (MessagePage, error) {
	mine, err := s.mine(ctx)
	if err != nil {
		return MessagePage{}, err
	}
	query := s.store.Read().Message.Query().Where(mine)
	if f.Unread {
		query.Where(message.ReadAtIsNil())
	}
	if f.After != "" {
		after, err := ident.Parse(f.After)
		if err != nil {
			return MessagePage{}, fault.BadField("query.after", "cursor")
		}
		query.Where(message.IDLT(after))
	}
	limit := 50
	if f.Limit > 0 {
		limit = min(f.Limit, maxPage)
	}
	rows, err := query.Order(message.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return MessagePage{}, fmt.Errorf("read inbox: %w", err)
	}
	page := MessagePage{Items: []Message{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	for _, row := range rows {
		view, err := viewOf(words.From(ctx), row)
		if err != nil {
			return MessagePage{}, err
		}
		page.Items = append(page.Items, view)
	}
	return page, nil
}

// Unread counts the caller's unread messages, as far as a badge can show.
func (s *Service) Unread(ctx context.Context) (UnreadMessages, error) {
	mine, err := s.mine(ctx)
	if err != nil {
		return UnreadMessages{}, err
	}
	ids, err := s.store.Read().Message.Query().Where(mine, message.ReadAtIsNil()).Limit(maxUnread + 1).IDs(ctx)
	if err != nil {
		return UnreadMessages{}, fmt.Errorf("count unread messages: %w", err)
	}
	return UnreadMessages{Count: min(len(ids), maxUnread), More: len(ids) > maxUnread}, nil
}

// MarkRead marks one of the caller's messages as read; one that is read stays as it is. Reading is no business change, so the
// history does not tell it; the message keeps the instant.
func (s *Service) MarkRead(ctx context.Context, id ident.ID) (Message, error) {
	mine, err := s.mine(ctx)
	if err != nil {
		return Message{}, err
	}
	var view Message
	err = s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := tx.Message.Update().Where(mine, message.ID(id), message.ReadAtIsNil()).SetReadAt(s.store.Now()).Exec(ctx); err != nil {
			return fmt.Errorf("mark message read: %w", err)
		}
		row, err := tx.Message.Query().Where(mine, message.ID(id)).Only(ctx)
		if ent.IsNotFound(err) {
			return fault.Missing("message")
		}
		if err != nil {
			return fmt.Errorf("read message: %w", err)
		}
		view, err = viewOf(words.From(ctx), row)
		return err
	})
	return view, err
}

// MarkAllRead marks the caller's messages as read up to and including one; none means all that are there.
func (s *Service) MarkAllRead(ctx context.Context, upTo ident.ID) (marked int, err error) {
	mine, err := s.mine(ctx)
	if err != nil {
		return 0, err
	}
	err = s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		update := tx.Message.Update().Where(mine, message.ReadAtIsNil())
		if !upTo.IsZero() {
			update.Where(message.IDLTE(upTo))
		}
		if marked, err = update.SetReadAt(s.store.Now()).Save(ctx); err != nil {
			return fmt.Errorf("mark messages read: %w", err)
		}
		return nil
	})
	return marked, err
}

func viewOf(lang words.Lang, row *ent.Message) (Message, error) {
	t, err := textOf(lang, row)
	if err != nil {
		return Message{}, err
	}
	return Message{ID: row.ID, EventID: row.EventID, Template: row.Template, Title: t.title, Body: t.body, Params: row.Params,
		Subject: row.Subject, SubjectID: row.SubjectID, ReadAt: row.ReadAt, CreatedAt: row.CreatedAt}, nil
}
