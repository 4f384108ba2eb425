package watches

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// LightInputs are the figures that a light was decided on.
type LightInputs struct {
	Today        workday.Date `json:"today" doc:"Day of the decision" example:"2017-09-25"`
	Due          workday.Date `json:"due,omitzero" doc:"Due date that it looks at" example:"2017-09-30"`
	DaysLeft     int          `json:"days_left" doc:"Natural days after today up to and including the due date; negative after it" example:"5"`
	WorkdaysLeft int          `json:"workdays_left" doc:"The same in working days" example:"5"`
	Percent      int          `json:"percent" doc:"Confirmed progress in basis points" example:"4500"`
	Planned      int          `json:"planned" doc:"Progress planned by the start of today, in basis points" example:"6200"`
	Yellows      int          `json:"yellows" doc:"Yellow lights on record" example:"1"`
	Calendar     string       `json:"calendar,omitempty" doc:"Version of the calendar counted with" example:"cn-2026"`
	Provisional  bool         `json:"provisional,omitempty" doc:"Whether the year of the due date has no holiday notice yet"`
}

// LightWhy explains a light: the rule with its version, the figures, and when time alone will change it.
type LightWhy struct {
	Light       ladder.Light   `json:"light" enum:"grey,green,yellow,red,done" doc:"Light" example:"yellow"`
	Of          ladder.Subject `json:"of" enum:"duty,acceptance,notice,objection" doc:"Ladder that gave it: of the due date, or of the sign-for period" example:"duty"`
	RuleSet     string         `json:"rule_set,omitempty" doc:"Rule set" example:"duty.default"`
	RuleVersion int            `json:"rule_version,omitempty" doc:"Its version" example:"1"`
	Rule        string         `json:"rule" doc:"Light rule of that set; closed and cancelled stand above the rules" example:"near"`
	When        string         `json:"when,omitempty" doc:"Conditions of that rule as the rule file says them; missing for the last rule, which has none" example:"from: T-7 day"`
	Since       time.Time      `json:"since,omitzero" doc:"Instant from which it shows"`
	Inputs      LightInputs    `json:"inputs" doc:"Figures that decide it today"`
	NextLight   ladder.Light   `json:"next_light,omitempty" enum:"grey,green,yellow,red,done" doc:"Light that time alone will bring; missing if none" example:"red"`
	NextRule    string         `json:"next_rule,omitempty" doc:"Rule of that light" example:"overdue"`
	NextOn      workday.Date   `json:"next_on,omitzero" doc:"Day from which it will show" example:"2017-10-01"`
	Paused      bool           `json:"paused,omitempty" doc:"Whether the clock stands: what was handed in waits for verification, and nobody is reminded meanwhile"`
}

// RuleNoClock is the rule of what has no clock yet.
const RuleNoClock = "no_clock"

// Unlit is the explanation of what has no clock yet.
func Unlit(of ladder.Subject, today workday.Date) LightWhy {
	return LightWhy{Light: ladder.Grey, Of: of, Rule: RuleNoClock, Inputs: LightInputs{Today: today}, Paused: true}
}

// Why explains the light of an object. The caller has checked that the object may be seen.
func (s *Service) Why(ctx context.Context, subject ladder.Subject, id ident.ID) (LightWhy, error) {
	w, err := s.store.Read().Watch.Query().Where(watch.SubjectEQ(subject), watch.ID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		return LightWhy{}, fault.Missing("watch")
	}
	if err != nil {
		return LightWhy{}, fmt.Errorf("find clock: %w", err)
	}
	r, err := s.recall(ctx, rowOf(w))
	if err != nil {
		return LightWhy{}, err
	}
	now := s.store.Now()
	v := s.judge(r, now, nil)
	why := LightWhy{Light: w.Light, Of: subject, Since: w.LightSince.UTC(), Inputs: inputsOf(v.In)}
	why.RuleSet, why.RuleVersion, why.Rule = parseRule(w.LightRule)
	if v.Rule == w.LightRule {
		why.Of, why.Inputs = v.Of, inputsOf(v.In)
	}
	if set, ok := s.ruleSet(r.AuthorityID, why.Of, why.RuleSet+"@"+strconv.Itoa(why.RuleVersion)); ok {
		why.When = set.When(why.Rule)
	}
	if w.NextCheckAt.IsZero() {
		why.Paused = w.Light != ladder.Done && w.LightRule != RuleCancelled && !v.Next.IsZero()
		return why, nil
	}
	s.foretell(&why, r, now)
	return why, nil
}

// recall completes a row with what is on record, whichever rules ask for it: the figures are shown in any case.
func (s *Service) recall(ctx context.Context, r row) (row, error) {
	h, err := s.history(ctx, s.store.DB(), []row{r})
	if err != nil {
		return r, err
	}
	ids := []ident.ID{r.ID}
	if err := s.readYellows(ctx, s.store.DB(), r.Subject, ids, h.yellows); err != nil {
		return r, err
	}
	if err := s.readPaths(ctx, s.store.DB(), r.Subject, ids, h.path); err != nil {
		return r, err
	}
	return h.known(r), nil
}

// foretold bounds how many looks ahead are asked for the next change: more than any ladder has.
const foretold = 200

// foretell finds the next day on which time alone changes the light.
func (s *Service) foretell(why *LightWhy, r row, now time.Time) {
	v := s.judge(r, now, nil)
	for range foretold {
		if v.Next.IsZero() {
			return
		}
		at := v.Next
		if v = s.judge(r, at, nil); v.Light != why.Light {
			_, _, rule := parseRule(v.Rule)
			why.NextLight, why.NextRule, why.NextOn = v.Light, rule, workday.DateOf(at, s.Rules().Zone)
			return
		}
	}
}

func inputsOf(in ladder.Inputs) LightInputs { return LightInputs(in) }

// parseRule takes "duty.default@1:near" apart; what is no rule of a set stands alone.
func parseRule(text string) (set string, version int, rule string) {
	set, rest, ok := strings.Cut(text, "@")
	if !ok {
		return "", 0, text
	}
	number, rule, _ := strings.Cut(rest, ":")
	version, _ = strconv.Atoi(number)
	return set, version, rule
}
