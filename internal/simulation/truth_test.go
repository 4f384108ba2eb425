package simulation

import (
	"fmt"
	"maps"
	"time"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

// truth is the second, plain computation: it counts days one by one, and knows of the program only the rule files and the facts of
// the notices.
type truth struct {
	ladders   ladder.Sets
	calendars map[string]map[workday.Date]bool // by version: what was adjusted besides the built-in notices
	inForce   string
	seen      time.Time // the latest instant at which a check succeeded
	attempt   time.Time // the latest instant at which one was tried
	known     map[ident.ID]bool
	events    map[ident.ID]uint64
	status    map[ident.ID]string
}

func newTruth() truth {
	sets, err := ladder.Load(policies.Rules, "rules")
	if err != nil {
		panic(err) // the files are part of the program; its own tests read them
	}
	in := workday.China().Version
	return truth{ladders: sets, inForce: in, calendars: map[string]map[workday.Date]bool{in: {}}, known: make(map[ident.ID]bool),
		events: make(map[ident.ID]uint64), status: make(map[ident.ID]string)}
}

func (t *truth) tried(at time.Time) {
	if at.After(t.attempt) {
		t.attempt = at
	}
}

func (t *truth) propose(name string, changes map[workday.Date]bool) {
	all := maps.Clone(t.calendars[t.inForce])
	maps.Copy(all, changes)
	t.calendars[name] = all
}

func (t *truth) works(d workday.Date) bool { return t.worksBy(t.inForce, d) }

func (t *truth) worksBy(calendar string, d workday.Date) bool {
	if work, ok := t.calendars[calendar][d]; ok {
		return work
	}
	if named, _, ok := workday.China().Fact(d); ok {
		return named.Work
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

// shift walks so many days or working days from a date, one by one.
func (t *truth) shift(calendar string, d workday.Date, n int, unit workday.Unit) workday.Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDays(step)
		if unit == workday.ByDay || t.worksBy(calendar, d) {
			n--
		}
	}
	return d
}

// learn asks which calendar is in force.
func (w *world) learn() error {
	var name string
	if err := w.Store.DB().QueryRow("SELECT calendar FROM authorities WHERE id = $1", w.Authority).Scan(&name); err != nil {
		return err
	}
	if name == "" {
		return nil
	}
	if _, known := w.truth.calendars[name]; !known {
		return fmt.Errorf("calendar %s is in force, which nobody proposed", name)
	}
	w.truth.inForce = name
	return nil
}

// check looks at the deadlines, and if the look succeeds, nothing may be missing.
func (w *world) check() error {
	now := w.Clock.Now()
	checked, err := w.app.Watches.Check(w.job("deadlines"), 0)
	back := now.Before(w.truth.attempt.Add(-5 * time.Second))
	w.truth.tried(now)
	if err != nil {
		if fault.KindOf(err) == fault.Unavailable && !back {
			return fmt.Errorf("the check does not trust a clock that never went back: %w", err)
		}
		return err
	}
	if now.After(w.truth.seen) {
		w.truth.seen = now
	}
	w.checks.Add(1)
	w.steps.Add(int64(checked.Steps))
	return w.complete(now)
}

// running is a clock that runs, as the objects' own rows say: the states in which somebody owes something.
type running struct {
	subject                 ladder.Subject
	id                      ident.ID
	start, set, due, signBy workday.Date
	revision                int
}

const runningText = `SELECT 'duty', d.id, w.start_date, d.due_date, d.due_revision, CASE WHEN d.status = 'assigned' THEN d.accept_due_date ELSE '9999-12-31' END
	FROM duties d JOIN watches w ON w.id = d.id WHERE d.status IN ('assigned', 'returned', 'active')
	UNION ALL SELECT 'notice', n.id, w.start_date, n.due_date, n.due_revision, CASE WHEN n.status = 'served' THEN n.sign_due_date ELSE '9999-12-31' END
	FROM notices n JOIN watches w ON w.id = n.id WHERE n.status IN ('served', 'signed') ORDER BY 2`

func (w *world) running() ([]running, error) {
	set := make(map[ident.ID]workday.Date)
	err := w.each("SELECT subject_id, created_at FROM due_changes WHERE subject IN ('duty', 'notice') ORDER BY revision", func(scan func(...any) error) error {
		var id ident.ID
		var at time.Time
		err := scan(&id, &at)
		set[id] = workday.DateOf(at, shanghai)
		return err
	})
	if err != nil {
		return nil, err
	}
	var all []running
	err = w.each(runningText, func(scan func(...any) error) error {
		var r running
		err := scan(&r.subject, &r.id, &r.start, &r.due, &r.revision, &r.signBy)
		r.set = set[r.id]
		all = append(all, r)
		return err
	})
	return all, err
}

// complete wants every step that was due at an instant to be on record, for every clock that runs.
func (w *world) complete(at time.Time) error {
	taken := make(map[string]bool)
	err := w.each("SELECT subject, subject_id, rule_step, due_revision FROM steps", func(scan func(...any) error) error {
		var subject, step string
		var id ident.ID
		var revision int
		err := scan(&subject, &id, &step, &revision)
		taken[fmt.Sprint(subject, id, step, revision)] = true
		return err
	})
	if err != nil {
		return err
	}
	clocks, err := w.running()
	if err != nil {
		return err
	}
	today := workday.DateOf(at, shanghai)
	for _, c := range clocks {
		for _, rule := range w.truth.ladders[c.subject].Steps {
			day := w.truth.shift(w.truth.inForce, c.due, rule.At.N, rule.At.Unit)
			if rule.Kind == ladder.Remind && (!day.After(c.start) || !c.set.IsZero() && !day.After(c.set)) {
				continue // the letter that set the date has just said so
			}
			if !day.After(today) && !taken[fmt.Sprint(c.subject, c.id, rule.ID, c.revision)] {
				return fmt.Errorf("step %s of %s %s, due %s in revision %d, was planned for %s and is missing", rule.ID, c.subject, c.id, c.due, c.revision, day)
			}
		}
		if c.signBy.IsZero() {
			continue
		}
		for _, rule := range w.truth.ladders[ladder.OnAcceptance].Steps {
			day := w.truth.shift(w.truth.inForce, c.signBy, rule.At.N, rule.At.Unit)
			if !day.After(today) && !taken[fmt.Sprint(ladder.OnAcceptance, c.id, rule.ID, c.signBy.Number())] {
				return fmt.Errorf("step acceptance.%s of %s %s, to be signed by %s, was planned for %s and is missing", rule.ID, c.subject, c.id, c.signBy, day)
			}
		}
	}
	return nil
}

func (w *world) each(text string, use func(scan func(...any) error) error) error {
	rows, err := w.Store.DB().Query(text)
	if err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := use(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
