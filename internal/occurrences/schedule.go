package occurrences

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent/reportclock"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// Schedule is every report that the tasks of an authority ask for in a year, by task: what is written already and what is to
// come follow from the same cycles. No ids means every task. Clocks of single duties, which changed hands, are left out.
func (s *Service) Schedule(ctx context.Context, authorityID ident.ID, taskIDs []ident.ID, year int) (map[ident.ID][]cycle.Occurrence, error) {
	query := s.store.Read().ReportClock.Query().Where(reportclock.AuthorityID(authorityID), reportclock.DutyID(ident.ID{}))
	if taskIDs != nil {
		query.Where(reportclock.TaskIDIn(taskIDs...))
	}
	clocks, err := query.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read report clocks: %w", err)
	}
	set, terms := s.Set(), s.terms(authorityID)
	type plan struct { // clocks that run alike ask alike
		cycle, recurrence string
		assigned          int
	}
	alike := map[plan][]cycle.Occurrence{}
	all := make(map[ident.ID][]cycle.Occurrence, len(clocks))
	for _, c := range clocks {
		cyc, ok := cycleOf(set, c.Cycle, c.Recurrence)
		if !ok {
			continue
		}
		anchor := cycle.Anchor{Assigned: c.AssignedOn}
		if cyc.Kind == cycle.Milestones {
			t, err := s.store.Read().Task.Get(ctx, c.TaskID)
			if err != nil {
				return nil, fmt.Errorf("read task: %w", err)
			}
			anchor.Milestones = milestones(t)
			all[c.TaskID] = cyc.Year(anchor, year, terms)
			continue
		}
		key := plan{c.Cycle, c.Recurrence, c.AssignedOn.Number()}
		if _, known := alike[key]; !known {
			alike[key] = cyc.Year(anchor, year, terms)
		}
		all[c.TaskID] = alike[key]
	}
	return all, nil
}

// EachOpenDuty hands the unit and task of every open duty of an authority, unit by unit, to use. A unit's id narrows to that unit.
func (s *Service) EachOpenDuty(ctx context.Context, authorityID, unitID ident.ID, use func(unitID, taskID ident.ID)) error {
	text, args := "SELECT unit_id, task_id FROM duties WHERE authority_id = $1 AND open = $2 ORDER BY unit_id", []any{authorityID, true}
	if !unitID.IsZero() {
		text, args = "SELECT unit_id, task_id FROM duties WHERE unit_id = $1 AND open = $2", []any{unitID, true}
	}
	err := store.Each(ctx, s.store.DB(), text, args, func(scan func(...any) error) error {
		var u, t ident.ID
		if err := scan(&u, &t); err != nil {
			return err
		}
		use(u, t)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read open duties: %w", err)
	}
	return nil
}
