package occurrences

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

const showText = `SELECT o.id, o.period, o.period_from, o.period_to, o.due_date, o.ask, o.rule, o.cycle, d.id, d.plan_id, t.number, t.title,
	COALESCE(lu.id, u.id), COALESCE(lu.name, u.name), l.id, l.handed_in_on, r.id, r.status, r.handed_in_on
	FROM occurrences o JOIN duties d ON d.task_id = o.task_id JOIN tasks t ON t.id = o.task_id JOIN units u ON u.id = d.unit_id ` + answers + `
	LEFT JOIN lapses l ON l.duty_id = d.id AND l.occurrence_id = o.id LEFT JOIN units lu ON lu.id = l.unit_id
	WHERE o.id IN %s AND d.id IN %s`

// show completes pairs in one statement, in their order.
func (s *Service) show(ctx context.Context, actor access.Actor, pairs []pair) ([]DueReport, error) {
	if len(pairs) == 0 {
		return []DueReport{}, nil
	}
	var occurrences, dutyIDs []ident.ID
	seen := map[ident.ID]bool{}
	for _, p := range pairs {
		if !seen[p.occurrence] {
			occurrences = append(occurrences, p.occurrence)
		}
		if !seen[p.duty] {
			dutyIDs = append(dutyIDs, p.duty)
		}
		seen[p.occurrence], seen[p.duty] = true, true
	}
	first, args := store.In(s.store, 1, occurrences)
	second, more := store.In(s.store, 1+len(occurrences), dutyIDs)
	found := make(map[pair]DueReport, len(pairs))
	err := store.Each(ctx, s.store.DB(), fmt.Sprintf(showText, first, second), append(args, more...), func(scan func(...any) error) error {
		r, err := s.scan(scan, actor)
		found[pair{r.OccurrenceID, r.DutyID}] = r
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read reports asked for: %w", err)
	}
	items := make([]DueReport, 0, len(pairs))
	for _, p := range pairs {
		if r, ok := found[p]; ok {
			items = append(items, r)
		}
	}
	return items, nil
}

func (s *Service) scan(scan func(...any) error, actor access.Actor) (DueReport, error) {
	var r DueReport
	var ask, rule, by, number string
	var lapse, report *ident.ID
	var status *string
	var lapsed, handed workday.Date
	err := scan(&r.OccurrenceID, &r.Period, &r.PeriodFrom, &r.PeriodTo, &r.DueDate, &ask, &rule, &by, &r.DutyID, &r.PlanID, &number, &r.TaskTitle,
		&r.UnitID, &r.UnitName, &lapse, &lapsed, &report, &status, &handed)
	if err != nil {
		return r, err
	}
	r.ID = r.OccurrenceID.String() + "~" + r.DutyID.String()
	r.TaskTitle, r.Ask, r.Rule = number+r.TaskTitle, fieldsOf(ask), rule+":"+by
	if report != nil && (duty.ReportStatus(*status) != duty.ReportDraft || actor.InUnit(r.UnitID)) {
		r.ReportID, r.ReportStatus = *report, duty.ReportStatus(*status)
	}
	r.HandedInOn = handed
	if lapse != nil {
		r.HandedInOn = lapsed
	}
	r.State, r.DaysLate = stand(r.DueDate, r.HandedInOn, s.watches.Today())
	return r, nil
}

// stand is where a report stands by its due date and the day on which it came.
func stand(due, handedIn, today workday.Date) (State, int) {
	switch {
	case handedIn.IsZero() && !today.After(due):
		return Due, 0
	case handedIn.IsZero():
		return Missing, due.DaysUntil(today)
	case handedIn.After(due):
		return Late, due.DaysUntil(handedIn)
	}
	return HandedIn, 0
}
