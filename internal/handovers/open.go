package handovers

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/words"
)

// openTexts find what is open in a unit ($1), by kind: object, duty, number, title, original due date, due date, light, state.
var openTexts = map[handover.Kind]string{
	handover.Duty: `SELECT d.id, d.id, t.number, t.title, d.original_due_date, d.due_date, COALESCE(w.light, ''), d.status FROM duties d
		JOIN tasks t ON t.id = d.task_id LEFT JOIN watches w ON w.id = d.id WHERE d.unit_id = $1 AND d.open`,
	handover.Extension: `SELECT e.id, d.id, t.number, t.title, e.from_date, e.wanted_date, '', e.status FROM duties d JOIN extensions e ON e.duty_id = d.id
		JOIN tasks t ON t.id = d.task_id WHERE d.unit_id = $1 AND d.open AND e.status IN ('requested', 'opined')`,
	handover.Share: `SELECT s.id, s.duty_id, '', s.title, s.due_date, s.due_date, '', s.status FROM shares s JOIN duties d ON d.id = s.duty_id
		WHERE s.unit_id = $1 AND s.open AND d.open`,
	handover.Notice: `SELECT n.id, 0, n.number, n.title, n.original_due_date, n.due_date, COALESCE(w.light, ''), n.status FROM notices n
		LEFT JOIN watches w ON w.id = n.id WHERE n.unit_id = $1 AND n.open AND n.number <> ''`,
	handover.Instruction: `SELECT i.id, CASE i.subject WHEN 'duty' THEN i.subject_id ELSE 0 END, '', i.content, i.due_date, i.due_date, '', i.status
		FROM instruction_units u JOIN instructions i ON i.id = u.instruction_id WHERE u.unit_id = $1 AND u.replied_at IS NULL AND i.status = 'open'`,
	// an urge by the rules has no text of its own: what it is about says what is asked
	handover.Urge: `SELECT u.id, CASE u.subject WHEN 'duty' THEN u.subject_id ELSE 0 END, COALESCE(t.number, n.number, ''),
		CASE WHEN u.content <> '' THEN u.content ELSE COALESCE(t.title, n.title, '') END, u.reply_due_date, u.reply_due_date, '', 'open' FROM urges u
		LEFT JOIN duties d ON u.subject <> 'notice' AND d.id = u.subject_id LEFT JOIN tasks t ON t.id = d.task_id
		LEFT JOIN notices n ON u.subject = 'notice' AND n.id = u.subject_id WHERE u.unit_id = $1 AND u.replied_at IS NULL`,
}

// open lists all that is open in a unit at this moment, in the order of a list.
func (s *Service) open(ctx context.Context, q store.Queryer, unitID ident.ID) ([]handover.Row, error) {
	rows := []handover.Row{}
	for kind, text := range openTexts {
		err := store.Each(ctx, q, text, []any{unitID}, func(scan func(...any) error) error {
			r := handover.Row{Kind: kind}
			err := scan(&r.ObjectID, &r.DutyID, &r.Number, &r.Title, &r.Original, &r.Due, &r.Light, &r.Status)
			rows = append(rows, r)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("list open %ss: %w", kind, err)
		}
	}
	owed, err := s.occurrences.Owed(ctx, q, unitID)
	if err != nil {
		return nil, err
	}
	for _, o := range owed {
		rows = append(rows, owedRow(o))
	}
	handover.Sort(rows)
	return rows, nil
}

// owedRow names the period as the signed list does, in Chinese: its text is the same for whoever looks at it.
func owedRow(o occurrences.OwedReport) handover.Row {
	title := o.Title + "（" + words.Period(words.ZhCN, o.Period) + "）"
	return handover.Row{Kind: handover.Report, ObjectID: o.OccurrenceID, DutyID: o.DutyID, Number: o.Number, Title: title,
		Original: o.Due, Due: o.Due, Status: string(o.State)}
}
