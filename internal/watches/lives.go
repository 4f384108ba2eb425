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

// life is the recorded life of one clock.
type life struct {
	id, unit ident.ID
	spans    []stretch
	recorded []LifeStep
}

// livesOf reads what the clocks of a chunk were told before, the steps taken, and the stages planned.
func (s *Service) livesOf(ctx context.Context, now []stretch) ([]life, error) {
	lives, place := make([]life, len(now)), make(map[ident.ID]int, len(now))
	ids, subject := make([]ident.ID, len(now)), now[0].Subject
	for i, sp := range now {
		lives[i] = life{id: sp.ID, unit: sp.UnitID}
		place[sp.ID], ids[i] = i, sp.ID
	}
	if err := s.readPasts(ctx, subject, ids, func(id ident.ID, past stretch) {
		l := &lives[place[id]]
		l.spans = append(l.spans, past)
	}); err != nil {
		return nil, err
	}
	if err := s.readTaken(ctx, ids, func(id ident.ID, st LifeStep) {
		l := &lives[place[id]]
		l.recorded = append(l.recorded, st)
	}); err != nil {
		return nil, err
	}
	paths := make(map[ident.ID][]workday.Date)
	if err := s.readPaths(ctx, s.store.DB(), subject, ids, paths); err != nil {
		return nil, err
	}
	for i, sp := range now {
		lives[i].join(sp, paths[sp.ID], s.Rules().Zone)
	}
	return lives, nil
}

// join puts the pieces of a life together: each begins where the one before ends, the first with the clock.
func (l *life) join(last stretch, stages []workday.Date, zone *time.Location) {
	l.spans = append(l.spans, last)
	from := last.ID.Time()
	if start := last.Start.Start(zone); last.Subject == ladder.OnNotice && start.After(from) { // a notice is older than its service
		from = start
	}
	for i := range l.spans {
		sp := &l.spans[i]
		sp.from = from
		from = sp.until
		if i == len(l.spans)-1 {
			sp.until = never
		}
		sp.ID, sp.AuthorityID, sp.Subject, sp.LeaderID, sp.Start = last.ID, last.AuthorityID, last.Subject, last.LeaderID, last.Start
		sp.running = !sp.stands(i, l.spans)
		if i > 0 && sp.Revision > l.spans[i-1].Revision {
			sp.Set = workday.DateOf(sp.from, zone)
		} else if i > 0 {
			sp.Set = l.spans[i-1].Set
		}
		if len(stages) > 0 {
			sp.Path = ladder.Milestones(sp.Start, sp.Due, stages)
		}
	}
}

// stands reports whether a clock stood for a piece of its life: it had ended, or it was paused. A pause changes nothing but that the
// clock looks no more; one that merely has nothing left to wait for was told something else before.
func (sp *stretch) stands(i int, spans []stretch) bool {
	if sp.light == ladder.Done || sp.Rule == RuleCancelled {
		return true
	}
	if i == 0 || sp.running {
		return false
	}
	before := spans[i-1]
	return before.running && before.Due == sp.Due && before.Revision == sp.Revision && before.SignBy == sp.SignBy &&
		before.Progress == sp.Progress && before.UnitID == sp.UnitID
}

// never is an instant that no life reaches.
var never = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

// readPasts reads what clocks were told until an instant, each clock's in order.
func (s *Service) readPasts(ctx context.Context, subject ladder.Subject, ids []ident.ID, use func(ident.ID, stretch)) error {
	list, args := store.In(s.store, 2, ids)
	err := store.Each(ctx, s.store.DB(), `SELECT subject_id, until, unit_id, unit_path, due_date, due_revision, sign_due_date, progress, running, light
		FROM clock_pasts WHERE subject = $1 AND subject_id IN `+list+" ORDER BY id", append([]any{string(subject)}, args...), func(scan func(...any) error) error {
		var id ident.ID
		var sp stretch
		if err := scan(&id, &sp.until, &sp.UnitID, &sp.UnitPath, &sp.Due, &sp.Revision, &sp.SignBy, &sp.Progress, &sp.running, &sp.light); err != nil {
			return err
		}
		use(id, sp)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read pasts of clocks: %w", err)
	}
	return nil
}

// readTaken reads the steps on record.
func (s *Service) readTaken(ctx context.Context, ids []ident.ID, use func(ident.ID, LifeStep)) error {
	zone := s.Rules().Zone
	list, args := store.In(s.store, 1, ids)
	err := store.Each(ctx, s.store.DB(), "SELECT subject_id, subject, rule_step, due_revision, kind, planned_at FROM steps WHERE subject IN ('duty', 'acceptance', 'notice') AND subject_id IN "+list+" ORDER BY id",
		args, func(scan func(...any) error) error {
			var id ident.ID
			var st LifeStep
			var at time.Time
			if err := scan(&id, &st.Of, &st.Step, &st.Revision, &st.Kind, &at); err != nil {
				return err
			}
			st.On = workday.DateOf(at, zone)
			use(id, st)
			return nil
		})
	if err != nil {
		return fmt.Errorf("read steps taken: %w", err)
	}
	return nil
}
