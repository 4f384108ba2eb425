package plans

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/assignment"
	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
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

// twin is a node that another plan asks of the same unit as well.
type twin struct {
	task   *ent.Task
	planID ident.ID
	plan   string
}

// sameAsks finds nodes that an issued plan of the same year asks of the same unit or roster under the same title.
func (s *Service) sameAsks(ctx context.Context, client *ent.Client, sh *sheet) ([]twin, error) {
	others, err := client.Plan.Query().Where(entplan.AuthorityID(sh.plan.AuthorityID), entplan.Year(sh.plan.Year), entplan.IDNEQ(sh.plan.ID),
		entplan.StatusEQ(plan.Issued)).All(ctx)
	if err != nil || len(others) == 0 {
		return nil, err
	}
	titleOf := make(map[ident.ID]string, len(others))
	var planIDs []ident.ID
	for _, p := range others {
		titleOf[p.ID] = p.Title
		planIDs = append(planIDs, p.ID)
	}
	byTitle := map[string]*ent.Task{}
	var titles []string
	for _, t := range sh.Tasks {
		if len(sh.assigned[t.ID]) > 0 && byTitle[t.Title] == nil {
			byTitle[t.Title] = t
			titles = append(titles, t.Title)
		}
	}
	var found []twin
	for part := range slices.Chunk(titles, batch) {
		rows, err := client.Task.Query().Where(task.PlanIDIn(planIDs...), task.TitleIn(part...)).Order(task.ByID()).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("look for the same in other plans: %w", err)
		}
		for _, r := range rows {
			shared, err := shareBody(ctx, client, r.ID, sh.assigned[byTitle[r.Title].ID])
			if err != nil {
				return nil, err
			}
			if shared {
				found = append(found, twin{byTitle[r.Title], r.PlanID, titleOf[r.PlanID]})
			}
		}
	}
	return found, nil
}

// shareBody reports whether a node names a unit or roster that is among assignments.
func shareBody(ctx context.Context, client *ent.Client, taskID ident.ID, mine []*ent.Assignment) (bool, error) {
	rows, err := client.Assignment.Query().Where(assignment.TaskID(taskID)).All(ctx)
	if err != nil {
		return false, fmt.Errorf("read assignments: %w", err)
	}
	for _, r := range rows {
		for _, a := range mine {
			if resolved(a) && r.UnitID == a.UnitID && r.RosterID == a.RosterID {
				return true, nil
			}
		}
	}
	return false, nil
}
