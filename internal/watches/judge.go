package watches

import (
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// row is a watch as the check reads it.
type row struct {
	ID, AuthorityID, SubjectID, UnitID, LeaderID ident.ID
	Subject                                      ladder.Subject
	UnitPath                                     string
	Start, Set, Due, SignBy                      workday.Date
	DueOrigin, SignOrigin                        string
	Revision, Progress                           int
	Light                                        ladder.Light
	Rule                                         string
	LookAt                                       time.Time
}

func rowOf(w *ent.Watch) row {
	return row{ID: w.ID, AuthorityID: w.AuthorityID, SubjectID: w.SubjectID, UnitID: w.UnitID, LeaderID: w.LeaderID, Subject: w.Subject,
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
	Rule  string // "<set>@<version>:<light rule>"
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
	v := s.assess(r, r.facts(r.Subject), now, done)
	if r.SignBy.IsZero() {
		return v
	}
	sign := s.assess(r, r.facts(ladder.OnAcceptance), now, done)
	if urgency[sign.Light] > urgency[v.Light] && sign.Light != ladder.Green {
		v.Light, v.Rule = sign.Light, sign.Rule
	}
	v.Steps = append(v.Steps, sign.Steps...)
	v.Next = earlier(v.Next, sign.Next)
	return v
}

func (s *Service) assess(r row, facts ladder.Facts, now time.Time, done func(ladder.Subject, string) bool) verdict {
	rules, calendar, subject := s.rules.Load(), s.Calendar(r.AuthorityID), facts.Subject
	out := ladder.Assess(facts, now, rules.Zone, calendar, rules.Ladders[subject], func(id string) bool {
		return done != nil && done(subject, id)
	})
	v := verdict{Light: out.Light, Rule: fmt.Sprintf("%s@%d:%s", out.RuleSet, out.RuleVersion, out.LightRule), Next: out.NextCheck}
	for _, due := range out.Steps {
		v.Steps = append(v.Steps, step{DueStep: due, Subject: subject, Revision: facts.Revision, Due: facts.Due, Inputs: out.LightInputs, Calendar: calendar.Version})
	}
	return v
}

// since is the instant at which the light of a verdict began: the planned one, however late it was noticed.
func (s *Service) since(r row, v verdict, now time.Time) time.Time {
	for at := r.LookAt; !at.IsZero() && !at.After(now); {
		then := s.judge(r, at, nil)
		if then.Light == v.Light {
			return at
		}
		at = then.Next
	}
	return now
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
