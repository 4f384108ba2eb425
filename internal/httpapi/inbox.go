package httpapi

import (
	"context"
	"net/http"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/messages"
)

type inboxInput struct {
	Page
	Unread bool `query:"unread" doc:"Only unread messages" example:"true"`
}

// ReadMessagesInput says how far the inbox was read.
type ReadMessagesInput struct {
	UpTo ident.ID `json:"up_to,omitzero" doc:"Newest message that was seen; none means all that are there"`
}

// ReadMessages says how many messages were marked.
type ReadMessages struct {
	Marked int `json:"marked" doc:"Messages that were unread before"`
}

// registerInbox adds the caller's own messages.
func (a *API) registerInbox() {
	op := func(id, method, path, summary, description string) Op {
		return Op{ID: id, Method: method, Path: "/messages" + path, Tag: "messages", Permission: access.MessageRead, Summary: summary, Description: description}
	}
	route(a, op("list-messages", http.MethodGet, "", "Read the inbox", "The caller's own messages, the newest first, in the language asked for."),
		func(ctx context.Context, in *inboxInput) (*plain[messages.MessagePage], error) {
			page, err := a.Messages.Inbox(ctx, messages.InboxFilter{Unread: in.Unread, After: in.After, Limit: in.Limit})
			return &plain[messages.MessagePage]{page}, err
		})
	route(a, op("count-unread-messages", http.MethodGet, "/unread", "Count unread messages", "How many of the caller's messages are unread, up to 999."),
		func(ctx context.Context, _ *struct{}) (*plain[messages.UnreadMessages], error) {
			n, err := a.Messages.Unread(ctx)
			return &plain[messages.UnreadMessages]{n}, err
		})
	route(a, op("read-message", http.MethodPost, "/{id}/read", "Mark a message read", "Keeps the instant at which it was first marked."),
		func(ctx context.Context, in *byID) (*plain[messages.Message], error) {
			view, err := a.Messages.MarkRead(ctx, in.ID)
			return &plain[messages.Message]{view}, err
		})
	route(a, op("read-messages", http.MethodPost, "/read", "Mark all messages read", "Marks the caller's messages up to one, so that what came meanwhile stays unread."),
		func(ctx context.Context, in *struct{ Body ReadMessagesInput }) (*plain[ReadMessages], error) {
			n, err := a.Messages.MarkAllRead(ctx, in.Body.UpTo)
			return &plain[ReadMessages]{ReadMessages{Marked: n}}, err
		})
}
