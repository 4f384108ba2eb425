package plans

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// CopyPlanInput says for which year a plan is taken over.
type CopyPlanInput struct {
	Year     int    `json:"year" minimum:"1949" maximum:"2200" doc:"Year of the new draft" example:"2018"`
	Title    string `json:"title,omitempty" maxLength:"300" doc:"Title of the new draft; the old one with the new year if missing" example:"2018年政务公开工作要点"`
	OpenOnly bool   `json:"open_only,omitempty" doc:"Carry over (结转): only tasks with open duties, and of collectives only the units that are not done"`
	Withdraw bool   `json:"withdraw,omitempty" doc:"With open_only: withdraw the open duties of the old plan, so that it can be closed"`
}

// actCarry is how the history of the old plan names a carry-over.
const actCarry transition.Action = "carry_over"

// Copy makes a draft for another year from a plan: its tree, responsible bodies, dependencies and figures, with the dates
// shifted by the calendar. Spans point into the old document, which the new draft keeps.
func (s *Service) Copy(ctx context.Context, planID ident.ID, in CopyPlanInput) (Plan, error) {
	if _, err := s.gate.May(ctx, access.PlanCreate); err != nil {
		return Plan{}, err
	}
	if in.Withdraw {
		if _, err := s.gate.May(ctx, access.PlanAmend); err != nil {
			return Plan{}, err
		}
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Plan{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Plan, error) {
		row, err := s.seen(ctx, tx.Client(), planID)
		if err != nil {
			return Plan{}, err
		}
		if in.Year == row.Year && !extrasOf(row).Template {
			return Plan{}, fault.BadField("body.year", "plan.year_same")
		}
		sh, err := s.layOut(ctx, tx.Client(), row, s.today())
		if err != nil {
			return Plan{}, err
		}
		c := &copying{s: s, tx: tx, from: sh, in: in, kind: extras{CarriedFrom: planID}, id: s.store.NewID(), ids: map[ident.ID]ident.ID{}}
		if err := c.choose(ctx); err != nil {
			return Plan{}, err
		}
		return c.write(ctx, actor.ID)
	})
}

// copying is a plan on its way into another year.
type copying struct {
	s    *Service
	tx   *ent.Tx
	from *sheet
	in   CopyPlanInput
	kind extras // what the copy is: a draft from the old plan, or a template
	id   ident.ID
	ids  map[ident.ID]ident.ID // old node → new node
	open map[ident.ID][]*ent.Duty
	set  rowset
}

// choose picks the nodes that go over: all, or those with open duties and what holds them.
func (c *copying) choose(ctx context.Context) error {
	if !c.in.OpenOnly {
		for _, t := range c.from.Tasks {
			c.ids[t.ID] = c.s.store.NewID()
		}
		return nil
	}
	rows, err := c.tx.Duty.Query().Where(entduty.PlanID(c.from.plan.ID), entduty.Open(true)).Order(entduty.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read open duties: %w", err)
	}
	if len(rows) == 0 {
		return fault.New(fault.Conflict, "plan.nothing_to_carry")
	}
	c.open = map[ident.ID][]*ent.Duty{}
	for _, d := range rows {
		c.open[d.TaskID] = append(c.open[d.TaskID], d)
		for t := c.from.byID[d.TaskID]; t != nil && c.ids[t.ID].IsZero(); t = c.from.byID[t.ParentID] {
			c.ids[t.ID] = c.s.store.NewID()
		}
	}
	return nil
}

// write makes the draft.
func (c *copying) write(ctx context.Context, by ident.ID) (Plan, error) {
	old := c.from.plan
	title := firstOf(strings.TrimSpace(c.in.Title), strings.Replace(old.Title, fmt.Sprint(old.Year), fmt.Sprint(c.in.Year), 1))
	row, err := c.tx.Plan.Create().SetID(c.id).SetAuthorityID(old.AuthorityID).SetYear(c.in.Year).SetTitle(title).SetDocumentID(old.DocumentID).
		SetCreatedByID(by).SetDeclarations(encode(c.kind)).SetCreatedAt(c.s.store.Now()).Save(ctx)
	if err != nil {
		return Plan{}, fmt.Errorf("write plan: %w", err)
	}
	for _, t := range c.from.Tasks {
		if !c.ids[t.ID].IsZero() {
			c.take(t)
		}
	}
	if err := c.set.insert(ctx, c.tx); err != nil {
		return Plan{}, err
	}
	if err := c.links(ctx); err != nil {
		return Plan{}, err
	}
	if !c.kind.Template {
		if _, err := c.s.askNames(ctx, c.tx, row, c.set); err != nil {
			return Plan{}, err
		}
	}
	_, err = c.s.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: old.AuthorityID, Subject: subject, SubjectID: c.id, PlanID: c.id, Action: string(plan.Create),
		After: map[string]any{"title": title, "year": c.in.Year, "carried_from": old.ID, "template": c.kind.Template, "open_only": c.in.OpenOnly, "tasks": len(c.set.Tasks)}})
	if err != nil {
		return Plan{}, err
	}
	if c.in.OpenOnly && c.in.Withdraw {
		if err := c.withdraw(ctx); err != nil {
			return Plan{}, err
		}
	}
	return c.s.view(ctx, row), nil
}

// take copies a node with its responsible bodies.
func (c *copying) take(t *ent.Task) {
	years := c.in.Year - c.from.plan.Year
	n := *t
	n.ID, n.PlanID, n.ParentID, n.Version = c.ids[t.ID], c.id, c.ids[t.ParentID], 1
	n.StartDate, n.DueDate = c.shift(t.StartDate, years), c.shift(t.DueDate, years)
	var milestones []TaskDeadline
	decode(t.Milestones, &milestones)
	for i := range milestones {
		milestones[i].Start, milestones[i].Due = c.shift(milestones[i].Start, years), c.shift(milestones[i].Due, years)
	}
	if len(milestones) > 0 {
		n.Milestones = encode(milestones)
	}
	c.set.Tasks = append(c.set.Tasks, &n)
	if open := c.open[t.ID]; c.in.OpenOnly {
		c.carry(&n, t, open)
		return
	}
	for _, a := range c.from.assigned[t.ID] {
		c.assign(&n, *a)
	}
}

// carry gives a node the bodies that are not done: as the plan names them if nobody is, otherwise unit by unit.
func (c *copying) carry(n, old *ent.Task, open []*ent.Duty) {
	if len(open) == len(c.from.recipients(old)) {
		for _, a := range c.from.assigned[old.ID] {
			c.assign(n, *a)
		}
		return
	}
	for i, d := range open {
		part := plan.Support
		if d.Part == duty.Lead {
			part = plan.Lead
		}
		name := c.from.nameOf(d.UnitID)
		c.assign(n, ent.Assignment{AuthorityID: old.AuthorityID, Part: part, Name: name, Norm: name, UnitID: d.UnitID, Sort: i})
	}
}

func (c *copying) assign(n *ent.Task, a ent.Assignment) {
	a.ID, a.PlanID, a.TaskID, a.Version = c.s.store.NewID(), c.id, n.ID, 1
	c.set.Assignments = append(c.set.Assignments, &a)
}

// shift moves a date by years: the end of a month stays the end of the month, and where a working day would fall on a day off,
// the working day before it is taken, so that a deadline never gets later.
func (c *copying) shift(d workday.Date, years int) workday.Date {
	if d.IsZero() {
		return d
	}
	moved := d.AddMonths(12 * years)
	if d == workday.MonthEnd(d.Year(), d.Month()) {
		return workday.MonthEnd(moved.Year(), moved.Month())
	}
	calendar := c.from.calendar
	if calendar.IsWorkday(d) && !calendar.IsWorkday(moved) {
		return calendar.AddWorkdays(moved, -1)
	}
	return moved
}

// links copies the dependencies between nodes that both go over.
func (c *copying) links(ctx context.Context) error {
	for _, l := range c.from.links {
		before, after := c.ids[l.BeforeID], c.ids[l.AfterID]
		if before.IsZero() || after.IsZero() {
			continue
		}
		err := c.tx.Dependency.Create().SetID(c.s.store.NewID()).SetAuthorityID(l.AuthorityID).SetPlanID(c.id).SetBeforeID(before).SetAfterID(after).
			SetLag(l.Lag).SetWorkingDays(l.WorkingDays).Exec(ctx)
		if err != nil {
			return fmt.Errorf("copy dependency: %w", err)
		}
	}
	return nil
}

// withdraw takes the open duties of the old plan back, because the new one asks for them.
func (c *copying) withdraw(ctx context.Context) error {
	old := c.from.plan
	if _, _, err := c.s.take(ctx, c.tx.Client(), old.ID, access.PlanAmend, plan.Amend, facts{Given: transition.Reason}); err != nil {
		return err
	}
	reason := words.Text(words.From(ctx), "plan.carried_over", map[string]any{"year": c.in.Year})
	n := 0
	for _, t := range c.from.Tasks {
		if len(c.open[t.ID]) == 0 {
			continue
		}
		touched, err := c.s.duties.WithdrawTask(ctx, c.tx, t.ID, reason)
		if err != nil {
			return err
		}
		n += len(touched)
	}
	_, err := c.s.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: old.AuthorityID, Subject: subject, SubjectID: old.ID, PlanID: old.ID, Action: string(actCarry),
		After: map[string]any{"plan_id": c.id, "year": c.in.Year, "duties": n}})
	return err
}
