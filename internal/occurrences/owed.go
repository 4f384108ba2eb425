package occurrences

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// OwedReport is a report that a duty of a unit owes: due, or missing after its due date.
type OwedReport struct {
	OccurrenceID, DutyID  ident.ID
	Number, Title, Period string // of the task, and the period reported on
	Due                   workday.Date
	State                 State
}

// owedTexts find what is asked and not handed in yet, and what was not handed in by its due date and is owed still.
var owedTexts = map[State]string{
	Due: `SELECT o.id, d.id, t.number, t.title, o.period, o.due_date FROM duties d JOIN tasks t ON t.id = d.task_id JOIN occurrences o ON o.task_id = d.task_id ` + answers +
		` WHERE d.unit_id = $1 AND o.due_at > $2 AND ` + owes + ` AND (r.id IS NULL OR r.handed_in_on = $3)`,
	Missing: `SELECT o.id, d.id, t.number, t.title, o.period, o.due_date FROM lapses l JOIN duties d ON d.id = l.duty_id AND d.unit_id = l.unit_id
		JOIN tasks t ON t.id = d.task_id JOIN occurrences o ON o.id = l.occurrence_id
		WHERE l.unit_id = $1 AND d.created_at < $2 AND l.handed_in_on = $3 AND d.status IN ('assigned', 'active')`,
}

// Owed lists the reports that a unit owes at this moment, for a caller who has checked that they may be seen.
func (s *Service) Owed(ctx context.Context, q store.Queryer, unitID ident.ID) ([]OwedReport, error) {
	var all []OwedReport
	for state, text := range owedTexts {
		err := store.Each(ctx, q, text, []any{unitID, s.store.Now(), workday.Date{}}, func(scan func(...any) error) error {
			r := OwedReport{State: state}
			err := scan(&r.OccurrenceID, &r.DutyID, &r.Number, &r.Title, &r.Period, &r.Due)
			all = append(all, r)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("list reports that are owed: %w", err)
		}
	}
	return all, nil
}
