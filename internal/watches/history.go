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

// history is what is on record for some watches.
type history struct {
	taken   map[rung]bool
	set     map[ident.ID]workday.Date // the day on which a moved due date was set
	yellows map[ident.ID]int
	path    map[ident.ID][]workday.Date // stages planned
}

// history reads what judges some watches: the steps taken, the days on which due dates were moved and, where a rule of their
// authority asks for it, the yellow lights and the stages planned.
func (s *Service) history(ctx context.Context, q store.Queryer, rows []row) (history, error) {
	h := history{taken: make(map[rung]bool), set: make(map[ident.ID]workday.Date), yellows: make(map[ident.ID]int), path: make(map[ident.ID][]workday.Date)}
	var ids, moved []ident.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
		if r.Revision > 1 {
			moved = append(moved, r.ID)
		}
	}
	list, args := store.In(s.store, 1, ids)
	err := store.Each(ctx, q, "SELECT subject, subject_id, rule_step, due_revision FROM steps WHERE subject IN ('duty', 'acceptance', 'notice') AND subject_id IN "+list,
		args, func(scan func(...any) error) error {
			var r rung
			if err := scan(&r.Subject, &r.ID, &r.Step, &r.Revision); err != nil {
				return err
			}
			h.taken[r] = true
			return nil
		})
	if err != nil {
		return h, fmt.Errorf("read steps taken: %w", err)
	}
	if err := s.readMoves(ctx, q, h, moved); err != nil {
		return h, err
	}
	return h, s.readAsked(ctx, q, h, rows)
}

// readAsked reads the facts that only some rules ask for.
func (s *Service) readAsked(ctx context.Context, q store.Queryer, h history, rows []row) error {
	asks := func(kind ladder.ConditionKind) map[ladder.Subject][]ident.ID {
		known, ids := make(map[owner]bool), make(map[ladder.Subject][]ident.ID)
		for _, r := range rows {
			of := owner{r.AuthorityID, r.Subject}
			uses, have := known[of]
			if !have {
				uses = s.Line(r.AuthorityID, r.Subject).Uses(kind)
				known[of] = uses
			}
			if uses {
				ids[r.Subject] = append(ids[r.Subject], r.ID)
			}
		}
		return ids
	}
	for subject, ids := range asks(ladder.Yellows) {
		if err := s.readYellows(ctx, q, subject, ids, h.yellows); err != nil {
			return err
		}
	}
	for subject, ids := range asks(ladder.Behind) {
		if err := s.readPaths(ctx, q, subject, ids, h.path); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) readYellows(ctx context.Context, q store.Queryer, subject ladder.Subject, ids []ident.ID, into map[ident.ID]int) error {
	list, args := store.In(s.store, 2, ids)
	err := store.Each(ctx, q, "SELECT subject_id, COUNT(*) FROM light_changes WHERE subject = $1 AND light = 'yellow' AND subject_id IN "+list+" GROUP BY subject_id",
		append([]any{string(subject)}, args...), func(scan func(...any) error) error {
			var id ident.ID
			var n int
			err := scan(&id, &n)
			into[id] = n
			return err
		})
	if err != nil {
		return fmt.Errorf("count yellow lights: %w", err)
	}
	return nil
}

func (s *Service) readPaths(ctx context.Context, q store.Queryer, subject ladder.Subject, ids []ident.ID, into map[ident.ID][]workday.Date) error {
	plans, ok := s.plans[subject]
	if !ok {
		return nil
	}
	found, err := plans(ctx, q, ids)
	if err != nil {
		return fmt.Errorf("read stages planned: %w", err)
	}
	for id, dates := range found {
		into[id] = dates
	}
	return nil
}

func (s *Service) readMoves(ctx context.Context, q store.Queryer, h history, moved []ident.ID) error {
	if len(moved) == 0 {
		return nil
	}
	zone := s.Rules().Zone
	list, args := store.In(s.store, 1, moved)
	err := store.Each(ctx, q, "SELECT subject_id, created_at FROM due_changes WHERE subject IN ('duty', 'notice') AND subject_id IN "+list+" ORDER BY revision",
		args, func(scan func(...any) error) error {
			var id ident.ID
			var at time.Time
			if err := scan(&id, &at); err != nil {
				return err
			}
			h.set[id] = workday.DateOf(at, zone)
			return nil
		})
	if err != nil {
		return fmt.Errorf("read deadline ledger: %w", err)
	}
	return nil
}

// known is the row with what is on record for it.
func (h history) known(r row) row {
	r.Set, r.Yellows = h.set[r.ID], h.yellows[r.ID]
	if dates := h.path[r.ID]; len(dates) > 0 {
		r.Path = ladder.Milestones(r.Start, r.Due, dates)
	}
	return r
}

// done tells for one watch whether a step of its present revision is on record.
func (h history) done(r row) func(ladder.Subject, string) bool {
	return func(subject ladder.Subject, id string) bool {
		revision := r.Revision
		if subject == ladder.OnAcceptance {
			revision = signRevision(r.SignBy)
		}
		return h.taken[rung{subject, r.ID, id, revision}]
	}
}
