package calendars

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/calendarversion"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

const (
	// batch is how many dates one transaction moves.
	batch = 500
	// afterglow is for how long dates are looked at again after a calendar was applied: a server that had not heard of it yet may
	// have reckoned one by the calendar before. Servers ask for the calendar in force with every check, each minute.
	afterglow = 5 * time.Minute
)

// Finish moves what approved calendars have left to move, after a crash or by a server that had not heard of them. It is for the
// program's own work, every minute; without an approved calendar it asks one question.
func (s *Service) Finish(ctx context.Context) error {
	if _, err := s.gate.May(ctx, access.CalendarApply); err != nil {
		return err
	}
	ids, err := s.store.Read().CalendarVersion.Query().Where(calendarversion.Or(calendarversion.StatusEQ(almanac.Approved),
		calendarversion.And(calendarversion.StatusEQ(almanac.Applied), calendarversion.AppliedAtGTE(s.store.Now().Add(-afterglow))))).
		Order(calendarversion.ByID()).IDs(ctx)
	if err != nil {
		return fmt.Errorf("find approved calendars: %w", err)
	}
	for _, id := range ids {
		if err := s.settle(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// settle moves every date of an authority to where its calendar in force puts it, wakes the clocks whose steps may lie on other
// days, and says so.
func (s *Service) settle(ctx context.Context, id ident.ID) error {
	if err := s.watches.LoadCalendars(ctx, s.store.DB()); err != nil {
		return err
	}
	row, err := s.store.Read().CalendarVersion.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("read calendar version: %w", err)
	}
	notices, err := workday.ParseNotices(row.Notice)
	if err != nil {
		return fmt.Errorf("read approved notice: %w", err)
	}
	for _, move := range []func(context.Context, *ent.Tx, *ent.CalendarVersion) (int, error){s.moveDates, s.moveReplies, s.moveReports} {
		for more := true; more; {
			err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
				n, err := move(ctx, tx, row)
				if more = n > 0; err != nil || !more {
					return err
				}
				return tx.CalendarVersion.UpdateOneID(id).AddMoved(n).Exec(ctx)
			})
			if err != nil {
				return fmt.Errorf("move dates by the calendar: %w", err)
			}
		}
	}
	if err := s.watches.WakeNear(ctx, row.AuthorityID, named(notices)); err != nil {
		return err
	}
	return s.finish(ctx, row)
}

// named are the days of which the notices speak, as changes; whether they truly changed does not matter for waking.
func named(notices []workday.Notice) []workday.DayChange {
	var days []workday.DayChange
	for _, n := range notices {
		for _, d := range n.Days {
			days = append(days, workday.DayChange{Date: d.Date})
		}
	}
	slices.SortFunc(days, func(a, b workday.DayChange) int { return a.Date.Compare(b.Date) })
	return days
}

// moveDates moves a batch of due dates or days to sign, with one event for each.
func (s *Service) moveDates(ctx context.Context, tx *ent.Tx, row *ent.CalendarVersion) (int, error) {
	moved, err := s.watches.Reckon(ctx, tx, row.AuthorityID, row.DecidedByID, row.Title, batch)
	if err != nil || len(moved) == 0 {
		return 0, err
	}
	bySubject := make(map[ladder.Subject][]watches.Moved)
	entries := make([]timeline.Entry, len(moved))
	for i, m := range moved {
		bySubject[m.Subject] = append(bySubject[m.Subject], m)
		field := "due_date"
		if m.What == watches.SignDate {
			field = "sign_due_date"
		}
		entries[i] = timeline.Entry{AuthorityID: row.AuthorityID, Subject: string(m.Subject), SubjectID: m.SubjectID, UnitID: m.UnitID, Action: "calendar.move",
			Before: map[string]any{field: m.Old}, After: map[string]any{field: m.New, "origin": m.Origin.String(), "calendar_id": row.ID}, Reason: row.Title}
	}
	for _, kind := range []ladder.Subject{ladder.OnDuty, ladder.OnNotice} {
		if write := s.Movers[kind]; write != nil && len(bySubject[kind]) > 0 {
			if err := write(ctx, tx, bySubject[kind]); err != nil {
				return 0, err
			}
		}
	}
	if err := s.log.AppendAll(ctx, tx, entries); err != nil {
		return 0, err
	}
	return len(moved), s.tell(ctx, tx, row, moved)
}

// moveReplies moves a batch of the last days for replies that are still owed.
func (s *Service) moveReplies(ctx context.Context, tx *ent.Tx, row *ent.CalendarVersion) (int, error) {
	moved, err := s.watches.ReckonReplies(ctx, tx, row.AuthorityID, batch)
	if err != nil || len(moved) == 0 {
		return 0, err
	}
	entries := make([]timeline.Entry, len(moved))
	for i, m := range moved {
		entries[i] = timeline.Entry{AuthorityID: row.AuthorityID, Subject: string(m.Subject), SubjectID: m.SubjectID, UnitID: m.UnitID, Action: "calendar.move",
			Before: map[string]any{"reply_due": m.Old}, Reason: row.Title,
			After: map[string]any{"reply_due": m.New, "origin": m.Origin.String(), "urge_id": m.UrgeID, "calendar_id": row.ID}}
	}
	return len(moved), s.log.AppendAll(ctx, tx, entries)
}

// moveReports moves a batch of the days by which reports are due, and tells those from whom one is still to come.
func (s *Service) moveReports(ctx context.Context, tx *ent.Tx, row *ent.CalendarVersion) (int, error) {
	moved, err := s.reports.Reckon(ctx, tx, row.AuthorityID, batch)
	if err != nil || len(moved) == 0 {
		return 0, err
	}
	entries := make([]timeline.Entry, len(moved))
	for i, m := range moved {
		entries[i] = timeline.Entry{AuthorityID: row.AuthorityID, Subject: "task", SubjectID: m.TaskID, PlanID: m.PlanID, Action: "calendar.move",
			Before: map[string]any{"report_due": m.Old}, Reason: row.Title,
			After: map[string]any{"report_due": m.New, "period": m.Period, "occurrence_id": m.OccurrenceID, "calendar_id": row.ID}}
		title, people, err := s.reports.Awaited(ctx, tx, m)
		if err != nil {
			return 0, err
		}
		if len(people) > 0 {
			entries[i].Tell = []timeline.Note{{To: people, Template: "calendar.report_moved", Params: map[string]any{"calendar": row.Title, "title": title,
				"period": m.Period, "old": m.Old.String(), "new": m.New.String()}}}
		}
	}
	return len(moved), s.log.AppendAll(ctx, tx, entries)
}

// tell writes one message to the people of each unit, with the number of its dates that moved.
func (s *Service) tell(ctx context.Context, tx *ent.Tx, row *ent.CalendarVersion, moved []watches.Moved) error {
	counts := make(map[ident.ID]int)
	var units []ident.ID
	for _, m := range moved {
		if counts[m.UnitID]++; counts[m.UnitID] == 1 {
			units = append(units, m.UnitID)
		}
	}
	slices.SortFunc(units, ident.ID.Compare)
	entry := timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, Action: "move",
		After: map[string]any{"moved": len(moved), "from": moved[0].Old, "to": moved[0].New}, Reason: row.Title}
	for _, id := range units {
		people, err := s.watches.Tell(ctx, tx, watches.Reach{AuthorityID: row.AuthorityID, UnitID: id}, ladder.Owner, ladder.UnitHead)
		if err != nil {
			return fmt.Errorf("find people of unit: %w", err)
		}
		if len(people) > 0 {
			entry.Tell = append(entry.Tell, timeline.Note{To: people, Template: "calendar.moved",
				Params: map[string]any{"title": row.Title, "n": counts[id], "old": moved[0].Old.String(), "new": moved[0].New.String()}})
		}
	}
	_, err := s.log.Append(ctx, tx, entry)
	return err
}

// finish marks the proposal as applied, once.
func (s *Service) finish(ctx context.Context, row *ent.CalendarVersion) error {
	if row.Status != almanac.Approved {
		return nil
	}
	status, err := almanac.Table.Along(tr.Facts[almanac.Status]{Status: row.Status}, "calendar.approve")
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		n, err := tx.CalendarVersion.Update().Where(calendarversion.ID(row.ID), calendarversion.StatusEQ(almanac.Approved)).
			SetStatus(status).SetAppliedAt(s.store.Now()).AddVersion(1).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		done, err := tx.CalendarVersion.Get(ctx, row.ID)
		if err != nil {
			return err
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, Action: string(almanac.Apply),
			Before: map[string]any{"status": almanac.Approved}, After: map[string]any{"status": status, "moved": done.Moved}})
		return err
	})
}
