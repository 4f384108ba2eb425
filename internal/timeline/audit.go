package timeline

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// Audit reads the history of the whole authority for the audit administrator (安全审计员).
type Audit struct {
	store *store.Store
	gate  *access.Gate
}

// NewAudit returns the reader of the audit log.
func NewAudit(s *store.Store, gate *access.Gate) *Audit { return &Audit{store: s, gate: gate} }

// AuditEvent is one line of the audit log: who did what to which object, when and by which request. What changed is shown for
// objects of administration only; the audit administrator touches no business data (GB/T 22239-2019, 8.1.5).
type AuditEvent struct {
	ID        ident.ID        `json:"id" doc:"Id of the event; later events have greater ids"`
	At        time.Time       `json:"at" doc:"Instant of the change"`
	ActorID   ident.ID        `json:"actor_id,omitzero" doc:"User who did it; missing for the program itself"`
	ActorName string          `json:"actor_name" doc:"Name of who did it"`
	PostID    ident.ID        `json:"post_id,omitzero" doc:"Post in which it was done"`
	Subject   string          `json:"subject" doc:"Kind of object" example:"post"`
	SubjectID ident.ID        `json:"subject_id" doc:"Object"`
	Name      string          `json:"name,omitempty" doc:"What the object is called now; administrative objects only, of a post who holds it" example:"王芳"`
	UnitID    ident.ID        `json:"unit_id,omitzero" doc:"Unit concerned"`
	UnitName  string          `json:"unit_name,omitempty" doc:"Name of that unit now" example:"云岭大学"`
	Action    string          `json:"action" doc:"What was done" example:"grant"`
	Before    json.RawMessage `json:"before,omitempty" doc:"Changed fields as they were; administrative objects only"`
	After     json.RawMessage `json:"after,omitempty" doc:"Changed fields as they are; administrative objects only"`
	Reason    string          `json:"reason,omitempty" doc:"Why; administrative objects only"`
	RequestID string          `json:"request_id,omitempty" doc:"Request in the log"`
}

// AuditPage is one page of the audit log, newest first.
type AuditPage struct {
	Items []AuditEvent `json:"items" doc:"Events, newest first"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// AuditFilter narrows the audit log; what is zero does not narrow.
type AuditFilter struct {
	ActorID   ident.ID
	Subject   string
	SubjectID ident.ID
	Action    string
	From      time.Time // events at this instant or later
	To        time.Time // events before this instant
	After     string
	Limit     int
}

// administrative are the kinds of object whose changes the audit administrator reads.
var administrative = []string{"authority", "access", "policy", "post", "roster", "session", "setup_link", "token", "unit", "user", "webhook"}

var eventFacts = access.Columns{Authority: event.FieldAuthorityID, Unit: event.FieldUnitID, Owner: event.FieldActorID}

// Events pages through the authority's history, newest first.
func (a *Audit) Events(ctx context.Context, f AuditFilter) (AuditPage, error) {
	may, err := a.gate.May(ctx, access.AuditRead)
	if err != nil {
		return AuditPage{}, err
	}
	query := a.store.Read().Event.Query().Where(predicate.Event(may.Predicate(eventFacts))).Where(f.predicates()...)
	if f.After != "" {
		before, err := cursor(f.After)
		if err != nil {
			return AuditPage{}, err
		}
		query.Where(event.IDLT(before))
	}
	limit := pageSize(f.Limit)
	rows, err := query.Order(event.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return AuditPage{}, fmt.Errorf("read audit log: %w", err)
	}
	page := AuditPage{Items: []AuditEvent{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	for _, row := range rows {
		page.Items = append(page.Items, auditView(row))
	}
	if err := a.label(ctx, rows, page.Items); err != nil {
		return AuditPage{}, err
	}
	return page, nil
}

func (f AuditFilter) predicates() []predicate.Event {
	var all []predicate.Event
	if !f.ActorID.IsZero() {
		all = append(all, event.ActorID(f.ActorID))
	}
	if f.Subject != "" {
		all = append(all, event.Subject(f.Subject))
	}
	if !f.SubjectID.IsZero() {
		all = append(all, event.SubjectID(f.SubjectID))
	}
	if f.Action != "" {
		all = append(all, event.Action(f.Action))
	}
	if !f.From.IsZero() {
		all = append(all, event.AtGTE(f.From))
	}
	if !f.To.IsZero() {
		all = append(all, event.AtLT(f.To))
	}
	return all
}

func auditView(r *ent.Event) AuditEvent {
	v := AuditEvent{ID: r.ID, At: r.At, ActorID: r.ActorID, ActorName: r.ActorName, PostID: r.PostID, Subject: r.Subject, SubjectID: r.SubjectID,
		UnitID: r.UnitID, Action: r.Action, RequestID: r.RequestID}
	if slices.Contains(administrative, r.Subject) {
		v.Before, v.After, v.Reason = r.Before, r.After, r.Reason
	}
	return v
}
