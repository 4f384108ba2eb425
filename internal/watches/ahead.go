package watches

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// Ahead finds the next step that each of some clocks will take if nobody acts (下一步). What stands still, or has no step left, is left
// out. It reads what is on record in a fixed number of statements; the caller has checked that the objects may be seen.
func (s *Service) Ahead(ctx context.Context, subject ladder.Subject, ids []ident.ID) (map[ident.ID]Foreseen, error) {
	found, err := s.store.Read().Watch.Query().Where(watch.SubjectEQ(subject), watch.IDIn(ids...), watch.NextCheckAtNotNil()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clocks: %w", err)
	}
	rows := make([]row, len(found))
	for i, w := range found {
		rows[i] = rowOf(w)
	}
	next := make(map[ident.ID]Foreseen, len(rows))
	if len(rows) == 0 {
		return next, nil
	}
	past, err := s.history(ctx, s.store.DB(), rows)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if step, ok := s.nextStep(past.known(r), past.done(r)); ok {
			next[r.ID] = step
		}
	}
	return next, nil
}

// nextStep looks ahead from look to look until a step falls due.
func (s *Service) nextStep(r row, done func(ladder.Subject, string) bool) (Foreseen, bool) {
	at := s.store.Now()
	for range foretold {
		v := s.judge(r, at, done)
		if len(v.Steps) > 0 {
			st := slices.MinFunc(v.Steps, func(a, b step) int { return a.PlannedOn.Number() - b.PlannedOn.Number() })
			return Foreseen{On: workday.DateOf(at, s.Rules().Zone), Planned: st.PlannedOn, Subject: st.Subject, Step: st.StepID, Kind: st.Kind, Colour: st.Colour,
				Rule: fmt.Sprintf("%s@%d", st.RuleID, st.RuleVersion), To: st.To, Due: st.Due, ReplyDue: st.ReplyDue}, true
		}
		if v.Next.IsZero() {
			break
		}
		at = v.Next
	}
	return Foreseen{}, false
}
