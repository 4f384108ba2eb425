package timeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// Event is one line of the history as people read it.
type Event struct {
	ID        ident.ID        `json:"id" doc:"Id of the event; later events have greater ids"`
	At        time.Time       `json:"at" doc:"Instant of the change"`
	ActorID   ident.ID        `json:"actor_id,omitzero" doc:"User who did it; missing for the program itself"`
	ActorName string          `json:"actor_name" doc:"Name of who did it"`
	ActingFor string          `json:"acting_for,omitempty" doc:"Name of whom they stood in for, if it was done in a post held for another" example:"王芳"`
	Subject   string          `json:"subject" doc:"Kind of object" example:"duty"`
	SubjectID ident.ID        `json:"subject_id" doc:"Object"`
	Action    string          `json:"action" doc:"What was done" example:"accept"`
	Before    json.RawMessage `json:"before,omitempty" doc:"Changed fields as they were"`
	After     json.RawMessage `json:"after,omitempty" doc:"Changed fields as they are"`
	Reason    string          `json:"reason,omitempty" doc:"Why, in the words of who did it"`
}

// stoodIn names, by post, whom the posts of some events are held for; posts held in one's own right are left out.
func (l *Log) stoodIn(ctx context.Context, rows []*ent.Event) (map[ident.ID]string, error) {
	posts := make([]ident.ID, len(rows))
	for i, r := range rows {
		posts[i] = r.PostID
	}
	stood := map[ident.ID]string{}
	posts = unique(posts)
	if len(posts) == 0 {
		return stood, nil
	}
	list, args := store.In(l.store, 1, posts)
	text := "SELECT p.id, u.name FROM posts p JOIN users u ON u.id = p.acting_for_id WHERE p.acting_for_id <> 0 AND p.id IN " + list
	err := store.Each(ctx, l.store.DB(), text, args, func(scan func(...any) error) error {
		var id ident.ID
		var name string
		err := scan(&id, &name)
		stood[id] = name
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("name who was stood in for: %w", err)
	}
	return stood, nil
}

// Of lists the events of one object in the order in which they happened. The caller has checked that the object may be seen.
func (l *Log) Of(ctx context.Context, subject string, id ident.ID, after ident.ID, limit int) ([]Event, error) {
	rows, err := l.store.Read().Event.Query().
		Where(event.Subject(subject), event.SubjectID(id), event.IDGT(after)).Order(event.ByID()).Limit(limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read history of %s: %w", subject, err)
	}
	stood, err := l.stoodIn(ctx, rows)
	if err != nil {
		return nil, err
	}
	events := make([]Event, len(rows))
	for i, r := range rows {
		events[i] = Event{ID: r.ID, At: r.At, ActorID: r.ActorID, ActorName: r.ActorName, ActingFor: stood[r.PostID], Subject: r.Subject, SubjectID: r.SubjectID,
			Action: r.Action, Before: r.Before, After: r.After, Reason: r.Reason}
	}
	return events, nil
}
