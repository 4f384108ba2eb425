package watches

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// What another calendar may put on another day.
const (
	DueDate   = "due"   // 时限
	SignDate  = "sign"  // 签收时限
	StepDay   = "step"  // 督办阶梯的一步
	ReplyDate = "reply" // 催办答复时限
)

// Shift is a date or a step that another calendar puts on another day.
type Shift struct {
	Subject   ladder.Subject // of the clock: duty or notice; acceptance for a step of the sign-for period
	SubjectID ident.ID
	UnitID    ident.ID
	What      string
	Step      string       // id of the step
	Taken     bool         // the step was taken for the old date and will be taken again for the new one
	Old, New  workday.Date // no new date: the step is left out
}

// Keeps reports whether a date stays although another calendar reckons another one: the past keeps its calendar. A date that has
// passed stays, and none is moved into the past.
func Keeps(old, fresh, today workday.Date) bool {
	return fresh == old || old.Before(today) || fresh.Before(today)
}

// span is the range of dates whose clocks a change of some days can touch.
type span struct{ first, last workday.Date }

// touched is the range of due dates from which a step or a light may reach a changed day: the furthest offset of any rule in
// working days, which a week of seven days and the longest festivals cannot stretch beyond twice its length and a month.
func (s *Service) touched(authority ident.ID, changes []workday.DayChange) span {
	if len(changes) == 0 {
		return span{}
	}
	reach := 0
	for _, subject := range ladder.Subject("").Values() {
		for _, version := range s.Line(authority, ladder.Subject(subject)) {
			reach = max(reach, furthest(version.Set))
		}
	}
	margin := 2*reach + 31
	return span{changes[0].Date.AddDays(-margin), changes[len(changes)-1].Date.AddDays(margin)}
}

// furthest is the largest offset of a step or a light of a set.
func furthest(set ladder.RuleSet) int {
	reach := 0
	for _, step := range set.Steps {
		reach = max(reach, step.At.N, -step.At.N)
	}
	for _, light := range set.Lights {
		for _, when := range light.When {
			reach = max(reach, when.At.N, -when.At.N)
		}
	}
	return reach
}

// nearText finds the running clocks of an authority that a change of the calendar may touch. No date is stored as a day far in
// the future, beyond any range.
const nearText = `authority_id = $1 AND next_check_at IS NOT NULL AND id > $2 AND ((due_date >= $3 AND due_date <= $4) OR
	(sign_due_date >= $3 AND sign_due_date <= $4) OR due_origin <> '' OR sign_origin <> '')`

// Forecast lists what would move if an authority's calendar became next, by clock, after a clock and until it has found about
// limit shifts. Nothing is changed. It returns the last clock it looked at, zero at the end.
func (s *Service) Forecast(ctx context.Context, q store.Queryer, authority ident.ID, next workday.Calendar, after ident.ID, limit int) ([]Shift, ident.ID, error) {
	near := s.touched(authority, s.Calendar(authority).Changes(next))
	if near == (span{}) {
		return nil, ident.ID{}, nil
	}
	var shifts []Shift
	for {
		rows, err := s.near(ctx, q, authority, near, after)
		if err != nil || len(rows) == 0 {
			return shifts, ident.ID{}, err
		}
		past, err := s.history(ctx, q, rows)
		if err != nil {
			return nil, ident.ID{}, err
		}
		for _, r := range rows {
			after = r.ID
			shifts = append(shifts, s.shifts(past.known(r), past.done(r), next)...)
			if len(shifts) >= limit {
				return shifts, after, nil
			}
		}
	}
}

func (s *Service) near(ctx context.Context, q store.Queryer, authority ident.ID, near span, after ident.ID) ([]row, error) {
	var rows []row
	err := store.Each(ctx, q, `SELECT id, authority_id, subject, unit_id, unit_path, leader_id, start_date, due_date, due_revision,
		sign_due_date, due_origin, sign_origin FROM watches WHERE `+nearText+" ORDER BY id LIMIT 500",
		[]any{authority, after, near.first, near.last}, func(scan func(...any) error) error {
			var r row
			err := scan(&r.ID, &r.AuthorityID, &r.Subject, &r.UnitID, &r.UnitPath, &r.LeaderID, &r.Start, &r.Due, &r.Revision,
				&r.SignBy, &r.DueOrigin, &r.SignOrigin)
			rows = append(rows, r)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read clocks near the change: %w", err)
	}
	return rows, nil
}

// shifts compares one clock under both calendars.
func (s *Service) shifts(r row, done func(ladder.Subject, string) bool, next workday.Calendar) []Shift {
	today := s.Today()
	var all []Shift
	after := r
	if due := again(r.Due, r.DueOrigin, next, today); due != r.Due {
		after.Due, after.Set = due, today
		all = append(all, Shift{Subject: r.Subject, SubjectID: r.ID, UnitID: r.UnitID, What: DueDate, Old: r.Due, New: due})
	}
	if sign := again(r.SignBy, r.SignOrigin, next, today); sign != r.SignBy {
		after.SignBy = sign
		all = append(all, Shift{Subject: r.Subject, SubjectID: r.ID, UnitID: r.UnitID, What: SignDate, Old: r.SignBy, New: sign})
	}
	for _, subject := range []ladder.Subject{r.Subject, ladder.OnAcceptance} {
		old, fresh := r.facts(subject), after.facts(subject)
		if old.Due.IsZero() {
			continue
		}
		line := s.Line(r.AuthorityID, subject)
		before, later := s.planned(line, old, s.Calendar(r.AuthorityID)), s.planned(line, fresh, next)
		for _, id := range line.Steps() {
			taken, moved := done(subject, id), old.Due != fresh.Due
			was, is := before[id], later[id]
			if taken && !moved || was == is && !taken || was.IsZero() && is.IsZero() || taken && is.IsZero() {
				continue
			}
			all = append(all, Shift{Subject: subject, SubjectID: r.ID, UnitID: r.UnitID, What: StepDay, Step: id, Taken: taken, Old: was, New: is})
		}
	}
	return all
}

// again is a reckoned date by another calendar; the same where it was stated or the past keeps it.
func again(date workday.Date, origin string, next workday.Calendar, today workday.Date) workday.Date {
	o, ok := workday.ParseOrigin(origin)
	if !ok || date.IsZero() {
		return date
	}
	if fresh, _ := next.Again(o); !Keeps(date, fresh, today) {
		return fresh
	}
	return date
}

// facts are those of the row for one of its two ladders; without a date where that ladder does not run.
func (r row) facts(subject ladder.Subject) ladder.Facts {
	if subject == ladder.OnAcceptance {
		return ladder.Facts{Subject: subject, Revision: signRevision(r.SignBy), Due: r.SignBy}
	}
	return ladder.Facts{Subject: subject, Revision: r.Revision, Start: r.Start, Set: r.Set, Due: r.Due, Percent: r.Progress, Path: r.Path, Yellows: r.Yellows}
}

// planned is the day of every step, by its id.
func (s *Service) planned(line ladder.Line, f ladder.Facts, calendar workday.Calendar) map[string]workday.Date {
	days := make(map[string]workday.Date)
	for _, step := range line.DryRun(f, time.Time{}, s.Rules().Zone, calendar) {
		days[step.StepID] = step.PlannedOn
	}
	return days
}
