package timeline

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
)

var eventColumns = []string{"id", "authority_id", "at", "actor_id", "post_id", "actor_name", "subject", "subject_id", "plan_id",
	"unit_id", "action", "before", "after", "reason", "request_id"}

// AppendAll is Append for the many changes of one round of the program's own work: one event for each entry, a few statements
// in all.
func (l *Log) AppendAll(ctx context.Context, tx *ent.Tx, entries []Entry) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	now := l.store.Now()
	ids := make([]ident.ID, len(entries))
	rows := make([][]any, len(entries))
	for i, e := range entries {
		before, after, err := encode(e)
		if err != nil {
			return fmt.Errorf("encode event %s.%s: %w", e.Subject, e.Action, err)
		}
		ids[i] = l.idOf(e)
		rows[i] = []any{ids[i], e.AuthorityID, now, actor.ID, actor.MainPost(), actor.Name, e.Subject, e.SubjectID, e.PlanID,
			e.UnitID, e.Action, text(before), text(after), e.Reason, actor.RequestID}
	}
	if err := l.store.InsertRows(ctx, tx, "events", eventColumns, rows); err != nil {
		return fmt.Errorf("append events: %w", err)
	}
	return l.tell(ctx, tx, ids, entries, now)
}

// text is a JSON value as a statement takes it; none is NULL.
func text(raw json.RawMessage) any {
	if raw == nil {
		return nil
	}
	return string(raw)
}
