package indicators

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entindicator "github.com/duban-gov/duban/ent/indicator"
	"github.com/duban-gov/duban/ent/taskindicator"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// MonthBurden is what a unit is asked for in a month (填报负担).
type MonthBurden struct {
	Month   int `json:"month" doc:"1 to 12" example:"6"`
	Reports int `json:"reports" doc:"Reports that fall due in it" example:"9"`
	Fields  int `json:"fields" doc:"Fields that they have to fill in: those of the content rules, and each figure once" example:"21"`
	Figures int `json:"figures" doc:"Of which figures" example:"7"`
	Saved   int `json:"saved" doc:"Figures asked for again that one confirmation answers, and that are therefore not counted" example:"3"`
}

// UnitBurden is what a unit is asked for in a year.
type UnitBurden struct {
	UnitID   ident.ID      `json:"unit_id" doc:"The unit"`
	UnitName string        `json:"unit_name" doc:"Its name" example:"岚山大学"`
	Year     int           `json:"year" doc:"Year" example:"2017"`
	Fields   int           `json:"fields" doc:"Fields in all" example:"180"`
	Months   []MonthBurden `json:"months" doc:"January to December"`
}

// UnitBurdens is the units that are asked for most.
type UnitBurdens struct {
	Items []UnitBurden `json:"items" doc:"Most fields first"`
}

// meter counts the fields that single units are asked for.
type meter struct {
	year     int
	schedule map[ident.ID][]cycle.Occurrence
	figures  map[ident.ID][]*ent.Indicator // by task
	asked    map[string]bool               // figures that the unit at hand was asked for
	now      UnitBurden

	periodOf func(*ent.Indicator, workday.Date) cycle.Period
}

func (m *meter) begin(id ident.ID) {
	m.now = UnitBurden{UnitID: id, Year: m.year, Months: make([]MonthBurden, 12)}
	for i := range m.now.Months {
		m.now.Months[i].Month = i + 1
	}
	m.asked = map[string]bool{}
}

// add counts the reports of one more task. A figure counts where it is asked for first.
func (m *meter) add(taskID ident.ID) {
	for _, o := range m.schedule[taskID] {
		month := &m.now.Months[o.Due.Month()-1]
		month.Reports++
		fields := max(1, len(o.Ask))
		for _, i := range m.figures[taskID] {
			key := i.ID.String() + m.periodOf(i, o.To).Label
			if m.asked[key] {
				month.Saved++
				continue
			}
			m.asked[key] = true
			month.Figures++
			fields++
		}
		month.Fields += fields
		m.now.Fields += fields
	}
}

// meter reads what the counting needs.
func (s *Service) meter(ctx context.Context, authorityID ident.ID, taskIDs []ident.ID, year int) (*meter, error) {
	m := &meter{year: year, periodOf: s.periodOf, figures: map[ident.ID][]*ent.Indicator{}}
	var err error
	if m.schedule, err = s.occurrences.Schedule(ctx, authorityID, taskIDs, year); err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Indicator.Query().Where(entindicator.AuthorityID(authorityID), entindicator.RetiredAtIsNil()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read indicators: %w", err)
	}
	known := make(map[ident.ID]*ent.Indicator, len(rows))
	for _, r := range rows {
		known[r.ID] = r
	}
	links, err := s.store.Read().TaskIndicator.Query().Where(taskindicator.AuthorityID(authorityID)).Order(taskindicator.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read asked indicators: %w", err)
	}
	for _, l := range links {
		if i := known[l.IndicatorID]; i != nil {
			m.figures[l.TaskID] = append(m.figures[l.TaskID], i)
		}
	}
	return m, nil
}

// Burden counts what a unit is asked for, month by month, from its open duties, their cycles and indicators.
func (s *Service) Burden(ctx context.Context, unitID ident.ID, year int) (UnitBurden, error) {
	reach, err := s.gate.May(ctx, access.CounterRead)
	if err != nil {
		return UnitBurden{}, err
	}
	u, err := s.store.Read().Unit.Get(ctx, unitID)
	if ent.IsNotFound(err) || err == nil && u.AuthorityID != reach.AuthorityID {
		return UnitBurden{}, fault.Missing("unit")
	}
	if err != nil {
		return UnitBurden{}, fmt.Errorf("read unit: %w", err)
	}
	if !reach.Covers(access.Facts{AuthorityID: u.AuthorityID, UnitID: u.ID, Path: u.Path}) {
		return UnitBurden{}, access.Refused(access.CounterRead, "relation")
	}
	tasks := []ident.ID{}
	err = s.occurrences.EachOpenDuty(ctx, u.AuthorityID, unitID, func(_, task ident.ID) { tasks = append(tasks, task) })
	if err != nil {
		return UnitBurden{}, err
	}
	m, err := s.meter(ctx, u.AuthorityID, tasks, year)
	if err != nil {
		return UnitBurden{}, err
	}
	slices.SortFunc(tasks, ident.ID.Compare)
	m.begin(unitID)
	for _, t := range tasks {
		m.add(t)
	}
	m.now.UnitName = u.Name
	return m.now, nil
}

// Burdens lists the units that are asked for most in a year, or in one month of it (0: all).
func (s *Service) Burdens(ctx context.Context, year, month, limit int) (UnitBurdens, error) {
	list := UnitBurdens{Items: []UnitBurden{}}
	reach, err := s.gate.May(ctx, access.CounterRead)
	if err != nil {
		return list, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return list, err
	}
	m, err := s.meter(ctx, actor.AuthorityID, nil, year)
	if err != nil {
		return list, err
	}
	seen, err := s.visible(ctx, reach, actor.AuthorityID)
	if err != nil {
		return list, err
	}
	end := func() {
		if name, ok := seen[m.now.UnitID]; ok && !m.now.UnitID.IsZero() {
			m.now.UnitName = name
			list.Items = append(list.Items, m.now)
		}
	}
	err = s.occurrences.EachOpenDuty(ctx, actor.AuthorityID, ident.ID{}, func(unitID, task ident.ID) {
		if unitID != m.now.UnitID {
			end()
			m.begin(unitID)
		}
		m.add(task)
	})
	if err != nil {
		return list, err
	}
	end()
	weight := func(b UnitBurden) int {
		if month == 0 {
			return b.Fields
		}
		return b.Months[month-1].Fields
	}
	slices.SortFunc(list.Items, func(a, b UnitBurden) int {
		return cmp.Or(cmp.Compare(weight(b), weight(a)), a.UnitID.Compare(b.UnitID))
	})
	if limit <= 0 {
		limit = usualPage
	}
	list.Items = list.Items[:min(limit, maxPage, len(list.Items))]
	return list, nil
}

// visible names the units whose counters the caller may see.
func (s *Service) visible(ctx context.Context, reach access.Filter, authorityID ident.ID) (map[ident.ID]string, error) {
	names := map[ident.ID]string{}
	text := "SELECT id, path, name FROM units WHERE authority_id = $1"
	err := store.Each(ctx, s.store.DB(), text, []any{authorityID}, func(scan func(...any) error) error {
		facts := access.Facts{AuthorityID: authorityID}
		var name string
		if err := scan(&facts.UnitID, &facts.Path, &name); err != nil {
			return err
		}
		if reach.Covers(facts) {
			names[facts.UnitID] = name
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	return names, nil
}
