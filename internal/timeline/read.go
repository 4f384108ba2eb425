package timeline

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/internal/ident"
)

// Event is one line of the history as people read it.
type Event struct {
	ID        ident.ID        `json:"id" doc:"Id of the event; later events have greater ids"`
	At        time.Time       `json:"at" doc:"Instant of the change"`
	ActorID   ident.ID        `json:"actor_id,omitzero" doc:"User who did it; missing for the program itself"`
	ActorName string          `json:"actor_name" doc:"Name of who did it"`
	Subject   string          `json:"subject" doc:"Kind of object" example:"duty"`
	SubjectID ident.ID        `json:"subject_id" doc:"Object"`
	Action    string          `json:"action" doc:"What was done" example:"accept"`
	Before    json.RawMessage `json:"before,omitempty" doc:"Changed fields as they were"`
	After     json.RawMessage `json:"after,omitempty" doc:"Changed fields as they are"`
	Reason    string          `json:"reason,omitempty" doc:"Why, in the words of who did it"`
}

// Of lists the events of one object in the order in which they happened. The caller has checked that the object may be seen.
func (l *Log) Of(ctx context.Context, subject string, id ident.ID, after ident.ID, limit int) ([]Event, error) {
	rows, err := l.store.Read().Event.Query().
		Where(event.Subject(subject), event.SubjectID(id), event.IDGT(after)).Order(event.ByID()).Limit(limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read history of %s: %w", subject, err)
	}
	events := make([]Event, len(rows))
	for i, r := range rows {
		events[i] = Event{ID: r.ID, At: r.At, ActorID: r.ActorID, ActorName: r.ActorName, Subject: r.Subject, SubjectID: r.SubjectID,
			Action: r.Action, Before: r.Before, After: r.After, Reason: r.Reason}
	}
	return events, nil
}
