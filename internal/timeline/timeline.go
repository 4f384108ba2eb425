// Package timeline writes the append-only history: one event for each change, with the outgoing messages it causes, in the
// caller's transaction. Nothing is sent here; the messages feature delivers what is written.
package timeline

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/duban-gov/duban/ent"
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
	ID          ident.ID // of the event, where the caller has to name it beforehand; else a new one
	AuthorityID ident.ID
	Subject     string // "duty", "notice", …
	SubjectID   ident.ID
	PlanID      ident.ID
	UnitID      ident.ID
	PostID      ident.ID // the post that granted it; the actor's first if nobody says
	Action      string   // the act of the state table: "accept", "serve", …
	Before      any      // the changed fields as they were; nil for a new object
	After       any      // the changed fields as they are
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
	id, now := l.idOf(e), l.store.Now()
	if e.PostID.IsZero() {
		e.PostID = actor.MainPost()
	}
	create := tx.Event.Create().SetID(id).SetAuthorityID(e.AuthorityID).SetAt(now).SetActorID(actor.ID).SetActorName(actor.Name).
		SetPostID(e.PostID).SetSubject(e.Subject).SetSubjectID(e.SubjectID).SetPlanID(e.PlanID).SetUnitID(e.UnitID).
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
	if err := l.tell(ctx, tx, []ident.ID{id}, []Entry{e}, now); err != nil {
		return ident.ID{}, err
	}
	return id, nil
}

func (l *Log) idOf(e Entry) ident.ID {
	if e.ID.IsZero() {
		return l.store.NewID()
	}
	return e.ID
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
