package duties

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Light explains the light of a duty.
func (s *Service) Light(ctx context.Context, id ident.ID) (watches.LightWhy, error) {
	if _, err := s.look(ctx, id, access.DutyRead); err != nil {
		return watches.LightWhy{}, err
	}
	return s.watches.Why(ctx, ladder.OnDuty, id)
}

// Lights is the history of a duty's light.
func (s *Service) Lights(ctx context.Context, id ident.ID, after string, limit int) (watches.LightPage, error) {
	if _, err := s.look(ctx, id, access.DutyRead); err != nil {
		return watches.LightPage{Items: []watches.LightEntry{}}, err
	}
	return s.watches.Lights(ctx, ladder.OnDuty, id, after, limit)
}

// stages reads the dates that the tasks of duties name before their last one (形象进度): the planned trajectory goes through them.
func (s *Service) stages(ctx context.Context, q store.Queryer, ids []ident.ID) (map[ident.ID][]workday.Date, error) {
	found := make(map[ident.ID][]workday.Date)
	list, args := store.In(s.store, 1, ids)
	err := store.Each(ctx, q, "SELECT d.id, t.milestones FROM duties d JOIN tasks t ON t.id = d.task_id WHERE t.milestones IS NOT NULL AND d.id IN "+list,
		args, func(scan func(...any) error) error {
			var id ident.ID
			var raw []byte
			if err := scan(&id, &raw); err != nil {
				return err
			}
			dates, err := Stages(raw)
			if len(dates) > 0 {
				found[id] = dates
			}
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read milestones: %w", err)
	}
	return found, nil
}

// Stages are the dates of a task's milestones, as its row keeps them, in order.
func Stages(raw json.RawMessage) ([]workday.Date, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var milestones []struct {
		Due workday.Date `json:"due"`
	}
	if err := json.Unmarshal(raw, &milestones); err != nil {
		return nil, fmt.Errorf("read milestones: %w", err)
	}
	var dates []workday.Date
	for _, m := range milestones {
		if !m.Due.IsZero() {
			dates = append(dates, m.Due)
		}
	}
	slices.SortFunc(dates, workday.Date.Compare)
	return dates, nil
}

// ClockOf is the clock that every duty of a task starts with on a day.
func ClockOf(w *watches.Service, authority, leader ident.ID, start, due workday.Date, milestones json.RawMessage) (watches.Clock, error) {
	today := w.Today()
	first := today
	if start.After(today) {
		first = start
	}
	stages, err := Stages(milestones)
	return watches.Clock{Subject: ladder.OnDuty, AuthorityID: authority, LeaderID: leader, Start: first, Due: due,
		SignBy: w.SignTerm(authority, today), Stages: stages}, err
}
