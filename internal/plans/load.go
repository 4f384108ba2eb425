package plans

import (
	"cmp"
	"context"
	"slices"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// UnitWeek is what falls due of one unit in one working week.
type UnitWeek struct {
	UnitID   ident.ID     `json:"unit_id" doc:"The unit"`
	UnitName string       `json:"unit_name" doc:"Name of the unit" example:"办公室"`
	Monday   workday.Date `json:"monday" doc:"Monday of the week" example:"2017-12-25"`
	Workdays int          `json:"workdays" doc:"Working days of the week" example:"5"`
	Leads    int          `json:"leads" doc:"Nodes due that it leads" example:"3"`
	Supports int          `json:"supports" doc:"Nodes due that it supports" example:"1"`
}

// LoadReport is the busiest weeks of a plan.
type LoadReport struct {
	Items []UnitWeek `json:"items" doc:"Units and weeks, busiest first"`
}

// Load lists the units and weeks in which most of a plan falls due.
func (s *Service) Load(ctx context.Context, planID ident.ID, limit int) (LoadReport, error) {
	client := s.store.Read()
	row, err := s.seen(ctx, client, planID)
	if err != nil {
		return LoadReport{}, err
	}
	sh, err := s.layOut(ctx, client, row, firstOf(row.IssuedOn, s.today()))
	if err != nil {
		return LoadReport{}, err
	}
	weeks := sh.weeks("")
	return LoadReport{Items: weeks[:min(len(weeks), pageSize(limit))]}, nil
}

// weeks counts what falls due by unit and week; only one part, or both if it is "".
func (sh *sheet) weeks(only duty.Part) []UnitWeek {
	type key struct {
		unit ident.ID
		week workday.Date
	}
	count := map[key]*UnitWeek{}
	for _, t := range sh.Tasks {
		if t.DueDate.IsZero() {
			continue
		}
		monday := t.DueDate.AddDays(-(int(t.DueDate.Weekday()) + 6) % 7)
		for _, r := range sh.recipients(t) {
			if only != "" && r.Part != only {
				continue
			}
			w := count[key{r.UnitID, monday}]
			if w == nil {
				w = &UnitWeek{UnitID: r.UnitID, UnitName: sh.nameOf(r.UnitID), Monday: monday, Workdays: sh.calendar.WorkdaysBetween(monday.AddDays(-1), monday.AddDays(6))}
				count[key{r.UnitID, monday}] = w
			}
			if r.Part == duty.Lead {
				w.Leads++
			} else {
				w.Supports++
			}
		}
	}
	list := make([]UnitWeek, 0, len(count))
	for _, w := range count {
		list = append(list, *w)
	}
	slices.SortFunc(list, func(a, b UnitWeek) int {
		return cmp.Or(cmp.Compare(b.Leads, a.Leads), cmp.Compare(b.Supports, a.Supports), a.Monday.Compare(b.Monday), a.UnitID.Compare(b.UnitID))
	})
	return list
}

// nameOf is the name of a unit that the sheet knows, by itself or as a member of a roster.
func (sh *sheet) nameOf(id ident.ID) string {
	if u := sh.unit[id]; u != nil {
		return u.Name
	}
	if sh.memberNames == nil {
		sh.memberNames = map[ident.ID]string{}
		for _, members := range sh.members {
			for _, m := range members {
				sh.memberNames[m.ID] = m.Name
			}
		}
	}
	return sh.memberNames[id]
}
