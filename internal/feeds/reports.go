package feeds

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ical"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// reportsText finds the reports that units are asked for and have not handed in, with what decides who may see the duty.
const reportsText = `SELECT o.id, o.period, o.due_date, t.number, t.title, d.id, d.unit_id, d.unit_path, d.leader_id, d.part
	FROM occurrences o JOIN duties d ON d.task_id = o.task_id AND (o.duty_id = 0 OR o.duty_id = d.id) JOIN tasks t ON t.id = o.task_id
	WHERE o.authority_id = $1 AND o.due_date >= $2 AND o.due_date <= $3 AND d.open = $4
	AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.duty_id = d.id AND r.period = o.period AND r.status IN ('submitted', 'reviewed', 'confirmed'))
	AND d.unit_id IN %s ORDER BY o.due_date, o.id, d.id LIMIT %d`

// reportEvents are the days on which reports of the owner's units are due. An occurrence never changes: another date is another one.
func (s *Service) reportEvents(ctx context.Context, owner access.Actor, lang words.Lang, today workday.Date) ([]ical.Event, error) {
	see := s.gate.Filter(owner, access.DutyRead)
	if see.Empty() {
		return nil, nil
	}
	list, units := store.In(s.store, 5, unitsOf(owner))
	args := append([]any{owner.AuthorityID, today.AddDays(-daysBack), today.AddDays(daysAhead), true}, units...)
	var events []ical.Event
	err := store.Each(ctx, s.store.DB(), fmt.Sprintf(reportsText, list, maxEvents), args, func(scan func(...any) error) error {
		var id, dutyID ident.ID
		var period, number, title string
		var due workday.Date
		facts := access.Facts{AuthorityID: owner.AuthorityID}
		if err := scan(&id, &period, &due, &number, &title, &dutyID, &facts.UnitID, &facts.Path, &facts.LeaderID, &facts.Part); err != nil {
			return err
		}
		if see.Covers(facts) {
			events = append(events, ical.Event{UID: id.String() + "-" + dutyID.String() + "@report.duban", On: due, Stamp: id.Time(),
				Summary: words.Text(lang, "feed.report", map[string]any{"title": clause.Heading(number, title), "period": period}), Category: words.Text(lang, "object.report", nil)})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read due dates of reports: %w", err)
	}
	return events, nil
}
