package watches

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// Moved is a date that the calendar in force has moved.
type Moved struct {
	Subject   ladder.Subject
	SubjectID ident.ID
	UnitID    ident.ID
	What      string // DueDate, SignDate
	Old, New  workday.Date
	Origin    workday.Origin
	Revision  int // of the due date; of the ledger for a last day to sign
}

// WakeNear lets every clock near a changed day be looked at again, in batches of its own: the next check gives it its light and its
// next look by the calendar in force. Waking a clock twice does no harm.
func (s *Service) WakeNear(ctx context.Context, authority ident.ID, changes []workday.DayChange) error {
	near := s.touched(authority, changes)
	if near == (span{}) {
		return nil
	}
	now := s.store.Now()
	for after, more := (ident.ID{}), true; more; {
		err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
			ids, err := idsOf(ctx, tx, "SELECT id FROM watches WHERE "+nearText+" ORDER BY id LIMIT 5000", authority, after, near.first, near.last)
			if more = len(ids) > 0; err != nil || !more {
				return err
			}
			last := ids[len(ids)-1]
			_, err = tx.ExecContext(ctx, "UPDATE watches SET next_check_at = $5 WHERE "+nearText+" AND id <= $6 AND next_check_at > $5",
				authority, after, near.first, near.last, now, last)
			after = last
			return err
		})
		if err != nil {
			return fmt.Errorf("wake clocks: %w", err)
		}
	}
	return nil
}

// moving is one kind of reckoned date on a clock: its columns, and where the ledger keeps it.
type moving struct{ what, date, origin string }

var movings = []moving{{DueDate, "due_date", "due_origin"}, {SignDate, "sign_due_date", "sign_origin"}}

// objects are the tables whose rows are locked before their clocks, as every change of an object does.
var objects = map[ladder.Subject]string{ladder.OnDuty: "duties", ladder.OnNotice: "notices"}

// Reckon moves at most limit dates of an authority to where the calendar in force puts them, with a line of the ledger each. The
// state decides what is left: a date whose origin names the calendar in force does not move again, so a call may be repeated
// until it finds nothing. It belongs to the transaction in which the caller changes the objects and writes the history.
func (s *Service) Reckon(ctx context.Context, tx *ent.Tx, authority, by ident.ID, reason string, limit int) ([]Moved, error) {
	calendar, today := s.Calendar(authority), s.Today()
	for _, m := range movings {
		origins, err := s.origins(ctx, tx, authority, m)
		if err != nil {
			return nil, err
		}
		for _, text := range origins {
			old, ok := workday.ParseOrigin(text)
			fresh, origin := calendar.Again(old)
			if !ok || fresh.Before(today) {
				continue
			}
			rows, err := s.held(ctx, tx, authority, m, text, fresh, today, limit)
			if err != nil {
				return nil, err
			}
			if len(rows) > 0 {
				return s.moveAll(ctx, tx, m, rows, fresh, origin, by, reason)
			}
		}
	}
	return nil, nil
}

// origins lists how the running clocks' dates were reckoned: as many as there are days on which something was assigned.
func (s *Service) origins(ctx context.Context, tx *ent.Tx, authority ident.ID, m moving) ([]string, error) {
	var all []string
	err := store.Each(ctx, tx, fmt.Sprintf("SELECT DISTINCT %[1]s FROM watches WHERE authority_id = $1 AND %[1]s <> '' AND next_check_at IS NOT NULL ORDER BY %[1]s", m.origin),
		[]any{authority}, func(scan func(...any) error) error {
			var text string
			err := scan(&text)
			all = append(all, text)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read origins of dates: %w", err)
	}
	return all, nil
}

// held locks the objects and then the clocks whose date has to move, and reads what they say by then.
func (s *Service) held(ctx context.Context, tx *ent.Tx, authority ident.ID, m moving, origin string, fresh, today workday.Date, limit int) ([]row, error) {
	where := fmt.Sprintf("authority_id = $1 AND %s = $2 AND %s >= $3 AND %s <> $4 AND %s <> $5 AND next_check_at IS NOT NULL", m.origin, m.date, m.date, m.date)
	args := []any{authority, origin, today, fresh, workday.Date{}}
	lock := ""
	if s.store.Postgres() {
		lock = " FOR UPDATE"
		for _, subject := range []ladder.Subject{ladder.OnDuty, ladder.OnNotice} {
			text := fmt.Sprintf("SELECT id FROM %s WHERE id IN (SELECT id FROM watches WHERE %s ORDER BY id LIMIT %d) ORDER BY id FOR UPDATE", objects[subject], where, limit)
			if _, err := idsOf(ctx, tx, text, args...); err != nil {
				return nil, fmt.Errorf("lock objects of dates: %w", err)
			}
		}
	}
	var rows []row
	err := store.Each(ctx, tx, fmt.Sprintf("SELECT id, authority_id, subject, unit_id, due_date, sign_due_date, due_revision FROM watches WHERE %s ORDER BY id LIMIT %d%s",
		where, limit, lock), args, func(scan func(...any) error) error {
		var r row
		err := scan(&r.ID, &r.AuthorityID, &r.Subject, &r.UnitID, &r.Due, &r.SignBy, &r.Revision)
		rows = append(rows, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read dates to move: %w", err)
	}
	return rows, nil
}

// moveAll writes the new date into the clocks and the ledger.
func (s *Service) moveAll(ctx context.Context, tx *ent.Tx, m moving, rows []row, fresh workday.Date, origin workday.Origin, by ident.ID, reason string) ([]Moved, error) {
	ids := make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	revise := ""
	if m.what == DueDate {
		revise = "due_revision = due_revision + 1, "
	}
	now := s.store.Now()
	if err := s.keepAll(ctx, tx, ids, now); err != nil {
		return nil, err
	}
	list, more := store.In(s.store, 4, ids)
	_, err := tx.ExecContext(ctx, fmt.Sprintf("UPDATE watches SET %s%s = $1, %s = $2, next_check_at = $3 WHERE id IN %s", revise, m.date, m.origin, list),
		append([]any{fresh, origin.String(), now}, more...)...)
	if err != nil {
		return nil, fmt.Errorf("move dates: %w", err)
	}
	moved := make([]Moved, len(rows))
	for i, r := range rows {
		moved[i] = Moved{Subject: r.Subject, SubjectID: r.ID, UnitID: r.UnitID, What: m.what, Old: r.Due, New: fresh, Origin: origin, Revision: r.Revision + 1}
		if m.what == SignDate {
			moved[i].Old = r.SignBy
		}
	}
	return moved, s.book(ctx, tx, rows[0].AuthorityID, moved, by, reason, now)
}

var ledgerColumns = []string{"id", "authority_id", "subject", "subject_id", "revision", "old_date", "new_date", "changed_by_id", "reason", "origin",
	"extension_id", "created_at"}

// book writes the lines of the ledger. The last days to sign have lines of their own, counted for each object.
func (s *Service) book(ctx context.Context, tx *ent.Tx, authority ident.ID, moved []Moved, by ident.ID, reason string, now time.Time) error {
	if moved[0].What == SignDate {
		if err := s.count(ctx, tx, moved); err != nil {
			return err
		}
	}
	lines := make([][]any, len(moved))
	for i, m := range moved {
		subject := m.Subject
		if m.What == SignDate {
			subject = ladder.OnAcceptance
		}
		lines[i] = []any{s.store.NewID(), authority, string(subject), m.SubjectID, m.Revision, m.Old, m.New, by, reason, m.Origin.String(), ident.ID{}, now}
	}
	return s.store.InsertRows(ctx, tx, "due_changes", ledgerColumns, lines)
}

// count gives each moved day to sign the next number of its object; the first move is number two, as for due dates.
func (s *Service) count(ctx context.Context, tx *ent.Tx, moved []Moved) error {
	last := make(map[ident.ID]int)
	ids := make([]ident.ID, len(moved))
	for i, m := range moved {
		ids[i] = m.SubjectID
	}
	list, args := store.In(s.store, 1, ids)
	err := store.Each(ctx, tx, "SELECT subject_id, MAX(revision) FROM due_changes WHERE subject = 'acceptance' AND subject_id IN "+list+" GROUP BY subject_id", args,
		func(scan func(...any) error) error {
			var id ident.ID
			var n int
			err := scan(&id, &n)
			last[id] = n
			return err
		})
	if err != nil {
		return fmt.Errorf("read ledger: %w", err)
	}
	for i, m := range moved {
		moved[i].Revision = max(last[m.SubjectID], 1) + 1
	}
	return nil
}

func idsOf(ctx context.Context, q store.Queryer, text string, args ...any) ([]ident.ID, error) {
	var ids []ident.ID
	err := store.Each(ctx, q, text, args, func(scan func(...any) error) error {
		var id ident.ID
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// keepAll keeps what many clocks were told until now.
func (s *Service) keepAll(ctx context.Context, tx *ent.Tx, ids []ident.ID, now time.Time) error {
	rows := make([][2]any, len(ids))
	for i, id := range ids {
		rows[i] = [2]any{s.store.NewID().Int(), id.Int()}
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("keep past of clocks: %w", err)
	}
	_, err = tx.ExecContext(ctx, pastsText+s.store.RowsFrom("$1", "id bigint", "watch_id bigint")+" JOIN watches w ON w.id = v.watch_id", string(raw), now)
	if err != nil {
		return fmt.Errorf("keep past of clocks: %w", err)
	}
	return nil
}

const pastsText = `INSERT INTO clock_pasts (id, authority_id, subject, subject_id, until, unit_id, unit_path, due_date, due_revision, sign_due_date,
	progress, running, light) SELECT v.id, w.authority_id, w.subject, w.id, $2, w.unit_id, w.unit_path, w.due_date, w.due_revision,
	w.sign_due_date, w.progress, w.next_check_at IS NOT NULL, w.light FROM `
