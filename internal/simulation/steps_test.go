package simulation

import (
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// taken is a step as it is on record.
type taken struct {
	id, of        ident.ID
	subject       ladder.Subject
	step          string
	calendar      string
	revision      int
	due           workday.Date
	planned, when time.Time
}

// dated looks at every step that is new: by the calendar that it names its day follows from its date, and its date is one that
// the object had.
func (w *world) dated() error {
	var fresh []taken
	err := w.each("SELECT id, subject, subject_id, rule_step, due_revision, due_date, calendar, planned_at, taken_at FROM steps", func(scan func(...any) error) error {
		var s taken
		if err := scan(&s.id, &s.subject, &s.of, &s.step, &s.revision, &s.due, &s.calendar, &s.planned, &s.when); err != nil {
			return err
		}
		if !w.truth.known[s.id] {
			w.truth.known[s.id] = true
			fresh = append(fresh, s)
		}
		return nil
	})
	if err != nil || len(fresh) == 0 {
		return err
	}
	had, err := w.dates()
	if err != nil {
		return err
	}
	for _, s := range fresh {
		if err := w.isDated(s, had); err != nil {
			return fmt.Errorf("step %s.%s of %s: %w", s.subject, s.step, s.of, err)
		}
	}
	return w.replies(fresh)
}

func (w *world) isDated(s taken, had map[string]bool) error {
	rule, ok := w.rule(s)
	if !ok {
		return fmt.Errorf("no rule file knows it")
	}
	if _, ok := w.truth.calendars[s.calendar]; !ok {
		return fmt.Errorf("it was planned by calendar %q, which never was in force", s.calendar)
	}
	day := w.truth.shift(s.calendar, s.due, rule.At.N, rule.At.Unit)
	switch {
	case !s.planned.Equal(day.Start(shanghai)):
		return fmt.Errorf("it is dated %s; %s from %s is %s", s.planned.In(shanghai).Format(time.DateTime), rule.ID, s.due, day)
	case s.when.Before(s.planned):
		return fmt.Errorf("it was taken at %s, before its day", s.when)
	case s.subject == ladder.OnAcceptance && s.revision != s.due.Number():
		return fmt.Errorf("revision %d is not of %s", s.revision, s.due)
	case s.subject != ladder.OnAcceptance && !had[fmt.Sprint(s.of, s.revision, s.due)]:
		return fmt.Errorf("the ledger knows no date %s in revision %d", s.due, s.revision)
	}
	return nil
}

func (w *world) rule(s taken) (ladder.StepRule, bool) {
	for _, rule := range w.truth.ladders[s.subject].Steps {
		if rule.ID == s.step {
			return rule, true
		}
	}
	return ladder.StepRule{}, false
}

// dates are the due dates that the objects ever had, by object and revision.
func (w *world) dates() (map[string]bool, error) {
	had := make(map[string]bool)
	err := w.each(`SELECT id, 1, original_due_date FROM duties UNION ALL SELECT id, 1, original_due_date FROM notices
		UNION ALL SELECT subject_id, revision, new_date FROM due_changes WHERE subject IN ('duty', 'notice')`, func(scan func(...any) error) error {
		var id ident.ID
		var revision int
		var due workday.Date
		err := scan(&id, &revision, &due)
		had[fmt.Sprint(id, revision, due)] = true
		return err
	})
	return had, err
}

// replies wants an urge for each new step that asks for a reply, with the day on which it is owed, and none for the others.
func (w *world) replies(fresh []taken) error {
	owed := make(map[ident.ID]workday.Date)
	err := w.each("SELECT step_id, reply_due_date, reply_origin FROM urges WHERE step_id <> 0", func(scan func(...any) error) error {
		var id ident.ID
		var due workday.Date
		var origin string
		err := scan(&id, &due, &origin)
		if _, twice := owed[id]; twice {
			return fmt.Errorf("step %s has two urges", id)
		}
		owed[id] = due
		if o, ok := workday.ParseOrigin(origin); !ok || w.truth.shift(o.Calendar, o.From, o.Period.N, o.Period.Unit) != due {
			return fmt.Errorf("the reply to step %s is owed by %s, reckoned as %q", id, due, origin)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range fresh {
		rule, _ := w.rule(s)
		if _, urged := owed[s.id]; urged != (rule.ReplyWithin != nil) {
			return fmt.Errorf("step %s.%s of %s asks for a reply: %v, and an urge is there: %v", s.subject, s.step, s.of, rule.ReplyWithin != nil, urged)
		}
	}
	return nil
}

// signing is a last day to sign with its origin.
type signing struct {
	date   workday.Date
	origin string
}

func (w *world) signDates() (map[ident.ID]signing, error) {
	all := make(map[ident.ID]signing)
	err := w.each("SELECT id, sign_due_date, sign_origin FROM watches WHERE sign_due_date < '9999-12-31'", func(scan func(...any) error) error {
		var id ident.ID
		var s signing
		err := scan(&id, &s.date, &s.origin)
		all[id] = s
		return err
	})
	return all, err
}

// signDatesMoved holds the last days to sign after an approval against those before it: each is where the new calendar puts it,
// unless either day has passed.
func (w *world) signDatesMoved(before map[ident.ID]signing) error {
	after, err := w.signDates()
	if err != nil {
		return err
	}
	for id, old := range before {
		o, ok := workday.ParseOrigin(old.origin)
		if !ok {
			return fmt.Errorf("%s is to be signed by %s, and nobody knows why: %q", id, old.date, old.origin)
		}
		want := w.truth.shift(w.truth.inForce, o.From, o.Period.N, o.Period.Unit)
		if old.date.Before(w.today()) || want.Before(w.today()) {
			want = old.date
		}
		if got := after[id].date; got != want {
			return fmt.Errorf("%s was to be signed by %s (%s); by calendar %s it is %s, and on record is %s", id, old.date, old.origin, w.truth.inForce, want, got)
		}
	}
	return nil
}
