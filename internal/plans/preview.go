package plans

import (
	"cmp"
	"context"
	"slices"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// IssuePreview is who would get what if the plan were issued today. Nothing of it is saved.
type IssuePreview struct {
	On       workday.Date  `json:"on" doc:"Day whose rosters count" example:"2017-03-16"`
	SignBy   workday.Date  `json:"sign_by" doc:"Last day to sign for a duty" example:"2017-03-21"`
	Duties   int           `json:"duties" doc:"Duties that would be handed out" example:"2071"`
	Leads    int           `json:"leads" doc:"Of which lead" example:"83"`
	Units    int           `json:"units" doc:"Units that would get something" example:"171"`
	Messages int           `json:"messages" doc:"People who would get a message" example:"318"`
	Errors   int           `json:"errors" doc:"Lint errors that forbid issuing" example:"0"`
	Warnings int           `json:"warnings" doc:"Lint warnings to acknowledge" example:"5"`
	Tasks    []TaskPreview `json:"tasks" doc:"What each node would hand out, in document order"`
	ByUnit   []UnitPreview `json:"by_unit" doc:"What each unit would get, most first; the first thousand"`
}

// TaskPreview is what one node would hand out.
type TaskPreview struct {
	TaskID  ident.ID     `json:"task_id" doc:"The node"`
	Number  string       `json:"number,omitempty" doc:"Its number" example:"7."`
	Title   string       `json:"title" doc:"Its title" example:"深化招生考试信息公开"`
	DueDate workday.Date `json:"due_date,omitzero" doc:"Due date of the duties; missing if they never fall due" example:"2017-09-30"`
	Duties  int          `json:"duties" doc:"Units that would get one" example:"123"`
	Leads   int          `json:"leads" doc:"Of which lead" example:"1"`
}

// UnitPreview is what one unit would get.
type UnitPreview struct {
	UnitID   ident.ID     `json:"unit_id" doc:"The unit"`
	UnitName string       `json:"unit_name" doc:"Its name" example:"办公室"`
	Leads    int          `json:"leads" doc:"Duties with the part lead" example:"9"`
	Supports int          `json:"supports" doc:"Duties with the part support" example:"6"`
	FirstDue workday.Date `json:"first_due,omitzero" doc:"First due date among them" example:"2017-03-31"`
	People   int          `json:"people" doc:"People of the unit who would get a message" example:"2"`
}

// previewUnits bounds the list by unit in one answer.
const previewUnits = 1000

// Preview says who would get what if the plan were issued today.
func (s *Service) Preview(ctx context.Context, planID ident.ID) (IssuePreview, error) {
	client := s.store.Read()
	row, _, err := s.take(ctx, client, planID, access.PlanIssue, plan.Issue, facts{})
	if err != nil {
		return IssuePreview{}, err
	}
	on := firstOf(row.IssuedOn, s.today())
	sh, err := s.layOut(ctx, client, row, on)
	if err != nil {
		return IssuePreview{}, err
	}
	report, err := s.lint(ctx, client, sh)
	if err != nil {
		return IssuePreview{}, err
	}
	p := IssuePreview{On: on, SignBy: s.watches.SignTerm(row.AuthorityID, s.today()), Errors: report.Errors, Warnings: report.Warnings, Tasks: []TaskPreview{}}
	byUnit := map[ident.ID]*UnitPreview{}
	counts := map[ident.ID]int{}
	for _, given := range sh.shares() {
		task := TaskPreview{TaskID: given.task.ID, Number: given.task.Number, Title: given.task.Title, DueDate: given.task.DueDate, Duties: len(given.to)}
		for _, r := range given.to {
			u := byUnit[r.UnitID]
			if u == nil {
				u = &UnitPreview{UnitID: r.UnitID, UnitName: sh.nameOf(r.UnitID)}
				byUnit[r.UnitID] = u
			}
			counts[r.UnitID]++
			if r.Part == duty.Lead {
				task.Leads++
				u.Leads++
			} else {
				u.Supports++
			}
			if given.task.DueDate.Compare(u.FirstDue) < 0 {
				u.FirstDue = given.task.DueDate
			}
		}
		p.Duties += task.Duties
		p.Leads += task.Leads
		p.Tasks = append(p.Tasks, task)
	}
	people, err := s.peopleOf(ctx, client, counts)
	if err != nil {
		return IssuePreview{}, err
	}
	p.Units, p.Messages, p.ByUnit = len(byUnit), countPeople(people), listUnits(byUnit, people)
	return p, nil
}

// countPeople counts everybody once.
func countPeople(people map[ident.ID][]ident.ID) int {
	all := map[ident.ID]bool{}
	for _, ids := range people {
		for _, id := range ids {
			all[id] = true
		}
	}
	return len(all)
}

// listUnits puts the units in order: most duties first.
func listUnits(byUnit map[ident.ID]*UnitPreview, people map[ident.ID][]ident.ID) []UnitPreview {
	list := make([]UnitPreview, 0, len(byUnit))
	for id, u := range byUnit {
		u.People = len(people[id])
		list = append(list, *u)
	}
	slices.SortFunc(list, func(a, b UnitPreview) int {
		return cmp.Or(cmp.Compare(b.Leads+b.Supports, a.Leads+a.Supports), cmp.Compare(b.Leads, a.Leads), a.UnitID.Compare(b.UnitID))
	})
	return list[:min(len(list), previewUnits)]
}
