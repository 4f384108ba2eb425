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

// LifeStep is a step in the life of an object.
type LifeStep struct {
	Of       ladder.Subject // the ladder
	Step     string
	Revision int
	Kind     ladder.StepKind
	Colour   ladder.Colour
	On       workday.Date // planned
	To       []ladder.Recipient
}

// LifeLight is a light in the life of an object, from an instant on.
type LifeLight struct {
	Since time.Time
	Light ladder.Light
	Rule  string // "<set>@<version>:<light rule>"
}

// Life is what the ladders made of an object: its steps in the order in which they were taken, and its lights from the first on.
type Life struct {
	Steps  []LifeStep
	Lights []LifeLight
}

// Relived is an object whose recorded life was gone through twice: by the rules in force and by others.
type Relived struct {
	SubjectID, UnitID ident.ID
	Old, New          Life
	Recorded          []LifeStep // what is on record, to hold Old against; kind and recipients are not kept there
}

// reliveChunk is how many objects are read at once.
const reliveChunk = 500

// Relive goes through the recorded life of every object of an authority whose clock began by a day (回测), by the ladders in force and
// by a candidate in place of its own kind from a day on. Nothing is written. The order is that of the objects' ids.
func (s *Service) Relive(ctx context.Context, authority ident.ID, candidate ladder.RuleSet, from, to workday.Date, use func(Relived) error) error {
	on := candidate.Subject
	if on == ladder.OnAcceptance {
		on = ladder.OnDuty
	}
	next := func(of ident.ID, subject ladder.Subject) ladder.Line {
		line := s.Line(of, subject)
		if subject != candidate.Subject {
			return line
		}
		kept := line[:1]
		for _, v := range line[1:] {
			if v.From.Before(from) {
				kept = append(kept, v)
			}
		}
		return append(kept, ladder.Version{From: from, Set: candidate})
	}
	for after := (ident.ID{}); ; {
		rows, err := s.clocksAfter(ctx, authority, on, to, after)
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].ID
		lives, err := s.livesOf(ctx, rows)
		if err != nil {
			return err
		}
		end := to.End(s.Rules().Zone)
		if now := s.store.Now(); end.After(now) {
			end = now.Add(time.Millisecond) // today's midnight is past, tomorrow's is not
		}
		for _, l := range lives {
			r := Relived{SubjectID: l.id, UnitID: l.unit, Old: s.relive(l.spans, end, s.Line), New: s.relive(l.spans, end, next), Recorded: l.recorded}
			if err := use(r); err != nil {
				return err
			}
		}
	}
}

// stretch is a piece of a clock's life during which it was told nothing.
type stretch struct {
	row
	from, until time.Time
	running     bool
	light       ladder.Light // what a clock that stands shows
}

// relive takes a clock through its life by some ladders, from look to look as the check does.
func (s *Service) relive(spans []stretch, end time.Time, line func(ident.ID, ladder.Subject) ladder.Line) Life {
	var life Life
	done := make(map[rung]bool)
	yellows := 0
	for _, sp := range spans {
		if !sp.from.Before(end) {
			break
		}
		if !sp.running {
			life.turn(sp.from, sp.standing(life), "")
			continue
		}
		r := sp.row
		isDone := func(of ladder.Subject, id string) bool { return done[r.rung(of, id)] }
		for at := sp.from; ; {
			r.Yellows = yellows
			v := s.judgeBy(r, at, isDone, line)
			if life.turn(at, v.Light, v.Rule) && v.Light == ladder.Yellow && len(life.Lights) > 1 { // as the check: a yellow light counts at once
				yellows++
				r.Yellows = yellows
				v = s.judgeBy(r, at, isDone, line)
				life.turn(at, v.Light, v.Rule)
			}
			for _, st := range v.Steps {
				done[r.rung(st.Subject, st.StepID)] = true
				life.Steps = append(life.Steps, LifeStep{Of: st.Subject, Step: st.StepID, Revision: st.Revision, Kind: st.Kind, Colour: st.Colour, On: st.PlannedOn, To: st.To})
			}
			if v.Next.IsZero() || !v.Next.Before(sp.until) || !v.Next.Before(end) {
				break
			}
			at = v.Next
		}
	}
	return life
}

// standing is the light of a clock that stands: done, withdrawn, or what it showed when it was paused.
func (sp stretch) standing(life Life) ladder.Light {
	if sp.light == ladder.Done || len(life.Lights) == 0 {
		return sp.light
	}
	return life.Lights[len(life.Lights)-1].Light
}

// turn notes a light and reports whether it is another one.
func (l *Life) turn(at time.Time, light ladder.Light, rule string) bool {
	if n := len(l.Lights); n > 0 && l.Lights[n-1].Light == light {
		return false
	}
	l.Lights = append(l.Lights, LifeLight{Since: at, Light: light, Rule: rule})
	return true
}

// rung is the key of one of the row's steps.
func (r row) rung(of ladder.Subject, step string) rung {
	revision := r.Revision
	if of == ladder.OnAcceptance {
		revision = signRevision(r.SignBy)
	}
	return rung{of, r.ID, step, revision}
}

const lifeText = `SELECT id, authority_id, subject, unit_id, unit_path, leader_id, start_date, due_date, due_revision, sign_due_date, light, light_rule,
	progress, next_check_at IS NOT NULL FROM watches WHERE authority_id = $1 AND subject = $2 AND start_date <= $3 AND id > $4 ORDER BY id LIMIT $5`

// clocksAfter reads a chunk of clocks that had begun by a day.
func (s *Service) clocksAfter(ctx context.Context, authority ident.ID, subject ladder.Subject, begun workday.Date, after ident.ID) ([]stretch, error) {
	var rows []stretch
	args := []any{authority, string(subject), begun, after, reliveChunk}
	err := store.Each(ctx, s.store.DB(), lifeText, args, func(scan func(...any) error) error {
		var sp stretch
		r := &sp.row
		if err := scan(&r.ID, &r.AuthorityID, &r.Subject, &r.UnitID, &r.UnitPath, &r.LeaderID, &r.Start, &r.Due, &r.Revision, &r.SignBy,
			&r.Light, &r.Rule, &r.Progress, &sp.running); err != nil {
			return err
		}
		sp.light = r.Light
		rows = append(rows, sp)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read clocks: %w", err)
	}
	return rows, nil
}
