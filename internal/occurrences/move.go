package occurrences

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	entoccurrence "github.com/duban-gov/duban/ent/occurrence"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// ReportShift is a report that is asked for and that another calendar makes due on another day.
type ReportShift struct {
	OccurrenceID   ident.ID
	PlanID, TaskID ident.ID
	Period         string
	Old, New       workday.Date

	row   *ent.Occurrence
	fresh cycle.Occurrence
}

// Forecast lists the open reports of an authority that would fall due on another day if its calendar became next, after one of them
// and at most so many. Nothing is changed. It returns the last one it looked at, zero at the end. As with every date, those that have
// passed stay, and none is moved into the past; reports that an earlier rule file asked for stay too.
func (s *Service) Forecast(ctx context.Context, client *ent.Client, authority ident.ID, next workday.Calendar, after ident.ID, limit int) ([]ReportShift, ident.ID, error) {
	set, today := s.Set(), s.Today()
	terms := set.Terms(next)
	var found []ReportShift
	err := s.eachOpen(ctx, client, authority, after, func(o *ent.Occurrence) bool {
		fresh, ok := again(set, o, terms)
		if ok && !watches.Keeps(o.DueDate, fresh.Due, today) {
			found = append(found, ReportShift{OccurrenceID: o.ID, PlanID: o.PlanID, TaskID: o.TaskID, Period: o.Period, Old: o.DueDate, New: fresh.Due, row: o, fresh: fresh})
		}
		return len(found) <= limit
	})
	if err != nil {
		return nil, ident.ID{}, err
	}
	if len(found) > limit {
		return found[:limit], found[limit-1].OccurrenceID, nil
	}
	return found, ident.ID{}, nil
}

// openPage is how many open occurrences are read at once.
const openPage = 500

// eachOpen hands the occurrences whose day has not ended to use, in the order of their ids, until it wants no more.
func (s *Service) eachOpen(ctx context.Context, client *ent.Client, authority, after ident.ID, use func(*ent.Occurrence) bool) error {
	for {
		rows, err := client.Occurrence.Query().Where(entoccurrence.AuthorityID(authority), entoccurrence.ClosedAtIsNil(), entoccurrence.DueAtGT(s.store.Now()),
			entoccurrence.IDGT(after)).Order(entoccurrence.ByID()).Limit(openPage).All(ctx)
		if err != nil {
			return fmt.Errorf("read open reports: %w", err)
		}
		for _, o := range rows {
			if !use(o) {
				return nil
			}
			after = o.ID
		}
		if len(rows) < openPage {
			return nil
		}
	}
}

// again reckons the due date of an occurrence anew; false if the rule file that asked for it is not the one in force.
func again(set cycle.Set, o *ent.Occurrence, terms cycle.Terms) (cycle.Occurrence, bool) {
	was := cycle.Occurrence{Period: cycle.Period{Label: o.Period, From: o.PeriodFrom, To: o.PeriodTo}, Opens: o.OpensOn, Due: o.DueDate}
	if o.Rule != set.Rule() {
		return was, false
	}
	c, ok := set.Find(o.Cycle)
	if !ok {
		var err error
		if c, err = cycle.Recurrence(o.Cycle, set.Clause); err != nil {
			return was, false
		}
	}
	return c.Again(was, terms)
}

// Reckon moves at most limit open reports to the day on which the calendar in force makes them due; what is reminded of on another
// day although it is due on the same one is put right beside it. State decides what is left, so it can run again after a crash. A
// report that was reminded of for the old day is reminded of once more for the new one.
func (s *Service) Reckon(ctx context.Context, tx *ent.Tx, authority ident.ID, limit int) ([]ReportShift, error) {
	found, _, err := s.Forecast(ctx, tx.Client(), authority, s.watches.Calendar(authority), ident.ID{}, limit)
	if err != nil {
		return nil, err
	}
	moved := found[:0]
	for _, m := range found {
		done, err := s.move(ctx, tx, m)
		if err != nil {
			return nil, err
		}
		if done {
			moved = append(moved, m)
		}
	}
	return moved, s.reckonReminders(ctx, tx, authority)
}

// move writes the new day of one report, also into the reports that answer it. One that was closed meanwhile stays, and so does one
// whose place another report on the same period has taken.
func (s *Service) move(ctx context.Context, tx *ent.Tx, m ReportShift) (bool, error) {
	due := m.New.End(s.watches.Rules().Zone)
	res, err := tx.ExecContext(ctx, `UPDATE occurrences SET due_date = $1, due_at = $2, next_at = $3, period_to = $4 WHERE id = $5 AND closed_at IS NULL AND due_date = $6
		AND NOT EXISTS (SELECT 1 FROM occurrences o WHERE o.task_id = occurrences.task_id AND o.duty_id = occurrences.duty_id AND o.period = occurrences.period AND o.due_date = $1)`,
		m.New, due, s.nextLook(m.row, m.fresh, due), m.fresh.To, m.OccurrenceID, m.Old)
	if err != nil {
		return false, fmt.Errorf("move report: %w", err)
	}
	n, err := res.RowsAffected()
	if err != nil || n == 0 {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE reports SET due_date = $1 WHERE occurrence_id = $2 AND due_date = $3", m.New, m.OccurrenceID, m.Old); err != nil {
		return false, fmt.Errorf("move due date of reports: %w", err)
	}
	return true, nil
}

// nextLook is when a moved report is looked at next: at its reminder, if that is still to come; at once, if it was passed and nobody was
// reminded; else at its end.
func (s *Service) nextLook(o *ent.Occurrence, fresh cycle.Occurrence, due time.Time) time.Time {
	if s.Set().Remind.N == 0 {
		return due
	}
	now := s.store.Now()
	at := s.remindAt(o.AuthorityID, fresh)
	switch {
	case at.After(now):
		return at
	case o.RemindedAt.IsZero():
		return now
	}
	return due
}

// reckonReminders moves reminders that are still to come to where the calendar in force puts them.
func (s *Service) reckonReminders(ctx context.Context, tx *ent.Tx, authority ident.ID) error {
	set, now := s.Set(), s.store.Now()
	if set.Remind.N == 0 {
		return nil
	}
	terms := s.terms(authority)
	var failed error
	err := s.eachOpen(ctx, tx.Client(), authority, ident.ID{}, func(o *ent.Occurrence) bool {
		fresh, ok := again(set, o, terms)
		if !ok || fresh.Due != o.DueDate || !o.RemindedAt.IsZero() || !o.NextAt.After(now) {
			return true
		}
		at := s.remindAt(authority, fresh)
		if at.Before(now) {
			at = now
		}
		if !at.Equal(o.NextAt) {
			failed = tx.Occurrence.Update().Where(entoccurrence.ID(o.ID), entoccurrence.RemindedAtIsNil(), entoccurrence.ClosedAtIsNil()).SetNextAt(at).Exec(ctx)
		}
		return failed == nil
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return fmt.Errorf("move reminders of reports: %w", err)
	}
	return nil
}
