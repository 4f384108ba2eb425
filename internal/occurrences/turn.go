package occurrences

import (
	"context"
	"fmt"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/occurrence"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// turn reminds of the occurrences whose reminder is due and closes those whose day has ended. One that was passed over while the
// program was down is closed without a reminder that would come too late.
func (s *Service) turn(ctx context.Context, tx *ent.Tx, now time.Time, done *CheckedReports) (int, error) {
	query := tx.Occurrence.Query().Where(occurrence.NextAtLTE(now)).Order(ent.Asc(occurrence.FieldNextAt, occurrence.FieldID)).Limit(atOnce)
	if s.store.Postgres() {
		query.ForUpdate(entsql.WithLockAction(entsql.SkipLocked))
	}
	due, err := query.All(ctx)
	if err != nil {
		return 0, err
	}
	for _, o := range due {
		if now.Before(o.DueAt) {
			err = s.remind(ctx, tx, o, now)
			done.Reminded++
		} else {
			var lapsed int
			lapsed, err = s.close(ctx, tx, o, now)
			done.Closed++
			done.Lapsed += lapsed
		}
		if err != nil {
			return 0, err
		}
	}
	return len(due), nil
}

// debtor is a duty that owes a report.
type debtor struct {
	ID, UnitID, LeaderID ident.ID
	UnitPath, Part       string
	HandedInOn           workday.Date // after the due date; none if it is still owed
}

// owes is the condition, on a duty d and an occurrence o, that the duty owes the report: the occurrence is its own, or that of its
// task where it has no clock of its own; it was there before the due date ended; and somebody is at work on it.
const owes = `d.status IN ('assigned', 'active') AND d.created_at < o.due_at AND (o.duty_id = d.id OR o.duty_id = 0 AND NOT (o.relative
	AND EXISTS (SELECT 1 FROM report_clocks c WHERE c.task_id = d.task_id AND c.duty_id = d.id)))`

// answers joins the first version of the report by which a duty d answers an occurrence o.
const answers = `LEFT JOIN reports r ON r.duty_id = d.id AND r.occurrence_id = o.id AND r.occurrence_id <> 0 AND r.corrects_id = 0`

// debtors lists the duties that had not handed in their report by the end of the due date, or have not until now.
func (s *Service) debtors(ctx context.Context, tx *ent.Tx, o *ent.Occurrence) ([]debtor, error) {
	text := `SELECT d.id, d.unit_id, d.unit_path, d.leader_id, d.part, r.handed_in_on FROM occurrences o JOIN duties d ON d.task_id = o.task_id ` + answers +
		` WHERE o.id = $1 AND ` + owes + ` AND (r.id IS NULL OR r.handed_in_on > o.due_date) ORDER BY d.id`
	var all []debtor
	err := store.Each(ctx, tx, text, []any{o.ID}, func(scan func(...any) error) error {
		var d debtor
		err := scan(&d.ID, &d.UnitID, &d.UnitPath, &d.LeaderID, &d.Part, &d.HandedInOn)
		all = append(all, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find who owes report: %w", err)
	}
	return all, nil
}

// remind tells the people of every unit that has not handed in yet, once for each occurrence.
func (s *Service) remind(ctx context.Context, tx *ent.Tx, o *ent.Occurrence, now time.Time) error {
	owing, err := s.debtors(ctx, tx, o)
	if err != nil {
		return err
	}
	if err := tx.Occurrence.UpdateOneID(o.ID).SetRemindedAt(now).SetNextAt(o.DueAt).Exec(ctx); err != nil {
		return fmt.Errorf("note reminder: %w", err)
	}
	if len(owing) == 0 {
		return nil
	}
	people, err := s.people(ctx, tx, o, owing)
	if err != nil || len(people) == 0 {
		return err
	}
	t, err := tx.Task.Get(ctx, o.TaskID)
	if err != nil {
		return fmt.Errorf("read task: %w", err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: o.AuthorityID, Subject: "task", SubjectID: o.TaskID, PlanID: o.PlanID, Action: "report.remind",
		After: map[string]any{"occurrence_id": o.ID, "period": o.Period, "due_date": o.DueDate, "rule": o.Rule, "duties": len(owing), "recipients": len(people)},
		Tell:  []timeline.Note{{To: people, Template: "report.remind", Params: map[string]any{"title": clause.Heading(t.Number, t.Title), "period": o.Period, "due": o.DueDate.String()}}}})
	return err
}

// people are those who write the reports of the units, each once.
func (s *Service) people(ctx context.Context, tx *ent.Tx, o *ent.Occurrence, owing []debtor) ([]ident.ID, error) {
	asked := make([]watches.Reach, len(owing))
	for i, d := range owing {
		asked[i] = watches.Reach{AuthorityID: o.AuthorityID, UnitID: d.UnitID, UnitPath: d.UnitPath, To: ladder.Owner}
	}
	found, err := s.watches.Holders(ctx, tx, s.watches.Today(), asked)
	if err != nil {
		return nil, fmt.Errorf("find whom to remind: %w", err)
	}
	var people []ident.ID
	seen := make(map[ident.ID]bool)
	for _, ask := range asked {
		for _, person := range found[ask] {
			if !seen[person] {
				seen[person] = true
				people = append(people, person)
			}
		}
	}
	return people, nil
}

// Awaited says of which task a report is asked for, and from whom it is still to come.
func (s *Service) Awaited(ctx context.Context, tx *ent.Tx, m ReportShift) (title string, people []ident.ID, err error) {
	owing, err := s.debtors(ctx, tx, m.row)
	if err != nil || len(owing) == 0 {
		return "", nil, err
	}
	if people, err = s.people(ctx, tx, m.row, owing); err != nil {
		return "", nil, err
	}
	t, err := tx.Task.Get(ctx, m.TaskID)
	if err != nil {
		return "", nil, fmt.Errorf("read task: %w", err)
	}
	return clause.Heading(t.Number, t.Title), people, nil
}

var lapseColumns = []string{"id", "authority_id", "occurrence_id", "plan_id", "task_id", "duty_id", "unit_id", "unit_path", "leader_id", "part",
	"period", "due_date", "handed_in_on"}

// close ends an occurrence and records who had not handed in when its day ended. The row is changed first: a report that is being
// handed in holds it shared, so each either counts here or finds its lapse.
func (s *Service) close(ctx context.Context, tx *ent.Tx, o *ent.Occurrence, now time.Time) (int, error) {
	if err := tx.Occurrence.UpdateOneID(o.ID).SetClosedAt(now).ClearNextAt().Exec(ctx); err != nil {
		return 0, fmt.Errorf("close occurrence: %w", err)
	}
	owing, err := s.debtors(ctx, tx, o)
	if err != nil || len(owing) == 0 {
		return 0, err
	}
	rows := make([][]any, len(owing))
	for i, d := range owing {
		rows[i] = []any{s.store.NewID(), o.AuthorityID, o.ID, o.PlanID, o.TaskID, d.ID, d.UnitID, d.UnitPath, d.LeaderID, d.Part, o.Period, o.DueDate, d.HandedInOn}
	}
	fresh, err := s.store.InsertNew(ctx, tx, "lapses", lapseColumns, rows)
	if err != nil || len(fresh) == 0 {
		return 0, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: o.AuthorityID, Subject: "task", SubjectID: o.TaskID, PlanID: o.PlanID, Action: "report.lapse",
		After: map[string]any{"occurrence_id": o.ID, "period": o.Period, "due_date": o.DueDate, "rule": o.Rule, "duties": len(fresh)}})
	return len(fresh), err
}
