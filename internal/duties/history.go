package duties

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent/duechange"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// DutyTimeline is the history of one duty.
type DutyTimeline struct {
	Items []timeline.Event `json:"items" doc:"Events, oldest first; the first is the dispatch, which stands on the task"`
	Next  string           `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Timeline reads the history of a duty: its dispatch, which is one event on the task for all units, and then its own events.
func (s *Service) Timeline(ctx context.Context, id ident.ID, after string, limit int) (DutyTimeline, error) {
	page := DutyTimeline{Items: []timeline.Event{}}
	w, err := s.look(ctx, id, access.EventRead)
	if err != nil {
		return page, err
	}
	from, limit, err := cursor(after, limit)
	if err != nil {
		return page, err
	}
	if after == "" {
		if page.Items, err = s.dispatchOf(ctx, w.is.TaskID, w.is.CreatedAt); err != nil {
			return page, err
		}
	}
	events, err := s.log.Of(ctx, "duty", id, from, limit+1)
	if err != nil {
		return page, err
	}
	page.Items = append(page.Items, events...)
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		page.Next = page.Items[limit-1].ID.String()
	}
	return page, nil
}

// dispatchOf finds the event by which the task was given out when the duty was made.
func (s *Service) dispatchOf(ctx context.Context, task ident.ID, made time.Time) ([]timeline.Event, error) {
	events, err := s.log.Of(ctx, "task", task, ident.ID{}, maxPage)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if e.Action == string(duty.Assign) && !e.At.Before(made) {
			return []timeline.Event{e}, nil
		}
	}
	return []timeline.Event{}, nil
}

// DueRevision is one line of the deadline ledger (时限台账).
type DueRevision struct {
	Revision    int          `json:"revision" doc:"Which due date this is; 1 is the original" example:"2"`
	OldDate     workday.Date `json:"old_date,omitzero" doc:"Due date before" example:"2017-10-09"`
	NewDate     workday.Date `json:"new_date,omitzero" doc:"Due date since" example:"2017-12-31"`
	ChangedByID ident.ID     `json:"changed_by_id,omitzero" doc:"Who changed it"`
	ChangedBy   string       `json:"changed_by,omitempty" doc:"Name of who changed it" example:"余敬安"`
	Reason      string       `json:"reason,omitempty" doc:"Why"`
	ExtensionID ident.ID     `json:"extension_id,omitzero" doc:"Extension that it follows from"`
	Late        bool         `json:"late" doc:"Whether it was moved late (临期变更): with no more days left of the old date than the rule says"`
	ChangedAt   time.Time    `json:"changed_at" doc:"Instant of the change"`
}

// DueLedger is every due date that a duty ever had.
type DueLedger struct {
	Items []DueRevision `json:"items" doc:"Due dates, the original first"`
}

// Ledger reads every due date that a duty ever had: who, when, why.
func (s *Service) Ledger(ctx context.Context, id ident.ID) (DueLedger, error) {
	ledger := DueLedger{Items: []DueRevision{}}
	w, err := s.look(ctx, id, access.DutyRead)
	if err != nil {
		return ledger, err
	}
	ledger.Items = append(ledger.Items, DueRevision{Revision: 1, NewDate: w.is.OriginalDueDate, ChangedAt: w.is.CreatedAt.UTC()})
	rows, err := s.store.Read().DueChange.Query().Where(duechange.SubjectEQ(ladder.OnDuty), duechange.SubjectID(id)).
		Order(duechange.ByRevision()).All(ctx)
	if err != nil {
		return ledger, fmt.Errorf("read deadline ledger: %w", err)
	}
	people := make([]ident.ID, len(rows))
	for i, row := range rows {
		people[i] = row.ChangedByID
	}
	names, err := namesOf(ctx, s.store.Read(), people)
	if err != nil {
		return ledger, err
	}
	for _, row := range rows {
		late := s.Rules().Deadlines.Late(row.OldDate, workday.DateOf(row.CreatedAt, s.watches.Rules().Zone))
		ledger.Items = append(ledger.Items, DueRevision{Revision: row.Revision, OldDate: row.OldDate, NewDate: row.NewDate, ChangedByID: row.ChangedByID, ChangedBy: names[row.ChangedByID],
			Reason: row.Reason, ExtensionID: row.ExtensionID, Late: late, ChangedAt: row.CreatedAt.UTC()})
	}
	return ledger, nil
}
