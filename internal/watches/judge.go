package watches

import (
	"strconv"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// row is a watch as the check reads it.
type row struct {
	ID, AuthorityID, UnitID, LeaderID ident.ID
	Subject                           ladder.Subject
	UnitPath                          string
	Start, Set, Due, SignBy           workday.Date
	DueOrigin, SignOrigin             string
	Revision, Progress                int
	Light                             ladder.Light
	Rule                              string
	LookAt                            time.Time
	Path                              []ladder.Waypoint // planned trajectory; read only where a rule asks for it
	Yellows                           int               // yellow lights on record; read only where a rule asks for it
}

func rowOf(w *ent.Watch) row {
	return row{ID: w.ID, AuthorityID: w.AuthorityID, UnitID: w.UnitID, LeaderID: w.LeaderID, Subject: w.Subject,
		UnitPath: w.UnitPath, Start: w.StartDate, Due: w.DueDate, SignBy: w.SignDueDate, Revision: w.DueRevision,
		Progress: w.Progress, Light: w.Light, Rule: w.LightRule, LookAt: w.NextCheckAt}
}

// step is one rung to take: of which ladder, for which revision of which date.
type step struct {
	ladder.DueStep
	Subject  ladder.Subject
	Revision int
	Due      workday.Date
	Inputs   ladder.Inputs
	Calendar string // version by which it was planned
}

// verdict is what holds for a watch at an instant.
type verdict struct {
	Light ladder.Light
	Rule  string         // "<set>@<version>:<light rule>"
	Of    ladder.Subject // the ladder that gave the light
	In    ladder.Inputs
	Steps []step
	Next  time.Time
}

// look is when the check has to come: at once while steps are left.
func (v verdict) look(now time.Time) time.Time {
	if len(v.Steps) > 0 {
		return now
	}
	return v.Next
}

// urgency orders the lights: of two clocks on one object the more urgent one shows.
var urgency = map[ladder.Light]int{ladder.Grey: 0, ladder.Green: 1, ladder.Yellow: 2, ladder.Red: 3}

// signRevision is the revision of a sign-for period. It has no counter of its own: the day on which it ends names it.
func signRevision(signBy workday.Date) int { return signBy.Number() }

// judge assesses a watch by the ladder of its subject and, while the sign-for period runs, by that of acceptance.
func (s *Service) judge(r row, now time.Time, done func(ladder.Subject, string) bool) verdict {
	return s.judgeBy(r, now, done, s.Line)
}

// judgeBy is judge by other ladders than those in force.
func (s *Service) judgeBy(r row, now time.Time, done func(ladder.Subject, string) bool, line func(ident.ID, ladder.Subject) ladder.Line) verdict {
	v := s.assess(line(r.AuthorityID, r.Subject), r.facts(r.Subject), s.Calendar(r.AuthorityID), now, done)
	if r.SignBy.IsZero() {
		return v
	}
	sign := s.assess(line(r.AuthorityID, ladder.OnAcceptance), r.facts(ladder.OnAcceptance), s.Calendar(r.AuthorityID), now, done)
	if urgency[sign.Light] > urgency[v.Light] && sign.Light != ladder.Green {
		v.Light, v.Rule, v.Of, v.In = sign.Light, sign.Rule, sign.Of, sign.In
	}
	v.Steps = append(v.Steps, sign.Steps...)
	v.Next = earlier(v.Next, sign.Next)
	return v
}

func (s *Service) assess(line ladder.Line, facts ladder.Facts, calendar workday.Calendar, now time.Time, done func(ladder.Subject, string) bool) verdict {
	out := line.Assess(facts, now, s.rules.Load().Zone, calendar, func(id string) bool {
		return done != nil && done(facts.Subject, id)
	})
	v := verdict{Light: out.Light, Rule: out.RuleSet + "@" + strconv.Itoa(out.RuleVersion) + ":" + out.LightRule, Of: facts.Subject, In: out.LightInputs, Next: out.NextCheck}
	for _, due := range out.Steps {
		v.Steps = append(v.Steps, step{DueStep: due, Subject: facts.Subject, Revision: facts.Revision, Due: facts.Due, Inputs: out.LightInputs, Calendar: calendar.Version})
	}
	return v
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
