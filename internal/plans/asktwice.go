package plans

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entindicator "github.com/duban-gov/duban/ent/indicator"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
)

// repeat is an indicator that a node asks for and that somebody asks the same units for as well.
type repeat struct {
	task      *ent.Task
	indicator ident.ID
	name      string
	otherID   ident.ID // the other plan, or the other node of this one
	other     string
	n         int // units that are asked twice
}

// asksTwice finds indicators that the plan asks a unit for twice, in two nodes or beside another issued plan. Collectives count by
// their members.
func (s *Service) asksTwice(ctx context.Context, client *ent.Client, sh *sheet) ([]repeat, error) {
	asked, err := s.indicators.AskedBy(ctx, client, sh.plan.ID)
	if err != nil || len(asked) == 0 {
		return nil, err
	}
	names, err := indicatorNames(ctx, client, asked)
	if err != nil {
		return nil, err
	}
	type question struct{ indicator, unit ident.ID }
	first := map[question]*ent.Task{}
	twice := map[[3]ident.ID]*repeat{}
	note := func(t *ent.Task, indicator, otherID ident.ID, other string) {
		key := [3]ident.ID{t.ID, indicator, otherID}
		if twice[key] == nil {
			twice[key] = &repeat{task: t, indicator: indicator, name: names[indicator], otherID: otherID, other: other}
		}
		twice[key].n++
	}
	for _, t := range sh.Tasks {
		for _, indicator := range asked[t.ID] {
			if names[indicator] == "" { // retired
				continue
			}
			for _, r := range sh.recipients(t) {
				q := question{indicator, r.UnitID}
				if have := first[q]; have != nil && have != t {
					note(t, indicator, have.ID, have.Title)
				} else {
					first[q] = t
				}
			}
		}
	}
	err = s.eachAsk(ctx, sh.plan, names, func(indicator, unit, planID ident.ID, title string) {
		if t := first[question{indicator, unit}]; t != nil {
			note(t, indicator, planID, title)
		}
	})
	if err != nil {
		return nil, err
	}
	all := make([]repeat, 0, len(twice))
	for _, r := range twice {
		all = append(all, *r)
	}
	slices.SortFunc(all, func(a, b repeat) int {
		return cmp.Or(a.task.ID.Compare(b.task.ID), a.indicator.Compare(b.indicator), a.otherID.Compare(b.otherID))
	})
	return all, nil
}

// eachAsk hands on what other issued plans ask open duties for, among the indicators named.
func (s *Service) eachAsk(ctx context.Context, p *ent.Plan, names map[ident.ID]string, use func(indicator, unit, planID ident.ID, title string)) error {
	ids := make([]ident.ID, 0, len(names))
	for id := range names {
		ids = append(ids, id)
	}
	list, args := store.In(s.store, 4, ids)
	text := `SELECT DISTINCT i.indicator_id, d.unit_id, p.id, p.title FROM task_indicators i JOIN plans p ON p.id = i.plan_id
		JOIN duties d ON d.task_id = i.task_id WHERE p.id <> $1 AND p.status = $2 AND d.open = $3 AND i.indicator_id IN ` + list
	err := store.Each(ctx, s.store.DB(), text, append([]any{p.ID, string(plan.Issued), true}, args...), func(scan func(...any) error) error {
		var indicator, unit, planID ident.ID
		var title string
		if err := scan(&indicator, &unit, &planID, &title); err != nil {
			return err
		}
		use(indicator, unit, planID, title)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read what other plans ask for: %w", err)
	}
	return nil
}

func indicatorNames(ctx context.Context, client *ent.Client, asked map[ident.ID][]ident.ID) (map[ident.ID]string, error) {
	var ids []ident.ID
	for _, list := range asked {
		ids = append(ids, list...)
	}
	rows, err := client.Indicator.Query().Where(entindicator.IDIn(ids...), entindicator.RetiredAtIsNil()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read indicators: %w", err)
	}
	names := map[ident.ID]string{}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}
