package matters

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/matterplan"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/words"
)

// numbered is the series of matters.
const numbered = numbers.Matter

// activate gives a matter its due date, its number, its task in the year's plan of matters and its units their duties, and
// sets all of it in the update.
func (c *changing) activate(ctx context.Context) error {
	today := c.today()
	if c.row.DueDate.IsZero() {
		c.row.DueDate, c.row.DueRule = c.rules().Due(c.watches.Rules().Calendar, today, c.row.Source, c.row.Urgency)
	}
	if c.row.LeaderID.IsZero() {
		c.row.LeaderID = c.row.DecidedByID
	}
	ids := make([]ident.ID, len(c.units))
	for i, u := range c.units {
		ids[i] = u.UnitID
	}
	rows, err := units.Valid(ctx, c.tx.Client(), c.row.AuthorityID, ids, today, "body.units")
	if err != nil {
		return err
	}
	taken, err := c.numbers.Take(ctx, c.tx, c.row.AuthorityID, numbered, c.rules().Numbers.Matter, today.Year())
	if err != nil {
		return err
	}
	c.row.Year, c.row.Serial, c.row.Number = taken.Year, taken.Serial, taken.Number
	if c.row.PlanID, err = c.planOf(ctx, taken.Year); err != nil {
		return err
	}
	task, err := c.task(ctx, rows)
	if err != nil {
		return err
	}
	to := make([]duties.Recipient, len(rows))
	for i, u := range rows {
		to[i] = duties.Recipient{UnitID: u.ID, UnitPath: u.Path, Part: c.units[i].Part}
	}
	if _, err := c.duties.Dispatch(ctx, c.tx, task, to); err != nil {
		return err
	}
	c.update.SetYear(taken.Year).SetSerial(taken.Serial).SetNumber(taken.Number).SetDueDate(c.row.DueDate).SetDueRule(c.row.DueRule).SetLeaderID(c.row.LeaderID).
		SetPlanID(c.row.PlanID).SetTaskID(task.ID).SetDecidedByID(c.row.DecidedByID).SetDecidedAt(c.store.Now())
	c.after["number"], c.after["due_date"], c.after["due_rule"], c.after["task_id"] = taken.Number, c.row.DueDate, c.row.DueRule, task.ID
	return c.tellUnits(ctx, rows)
}

// task makes the matter's node in the plan, with the units as its responsible bodies.
func (c *changing) task(ctx context.Context, rows []*ent.Unit) (*ent.Task, error) {
	rule := c.row.DueRule
	if rule == "" {
		rule = "manual"
	}
	content := c.row.Content
	if c.row.Basis != "" {
		content = words.Text(words.ZhCN, "matter.task_basis", map[string]any{"basis": c.row.Basis, "content": c.row.Content})
	}
	task, err := c.tx.Task.Create().SetID(c.store.NewID()).SetAuthorityID(c.row.AuthorityID).SetPlanID(c.row.PlanID).SetPath(unit.Segment(c.row.Serial)).
		SetKind(plan.Task).SetNumber(c.row.Number).SetTitle(c.row.Title).SetContent(content).SetDeadlineKind(plan.OnDate).SetDeadlineRule(rule).
		SetDueDate(c.row.DueDate).SetLeaderID(c.row.LeaderID).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create task of matter: %w", err)
	}
	creates := make([]*ent.AssignmentCreate, len(rows))
	for i, u := range rows {
		creates[i] = c.tx.Assignment.Create().SetID(c.store.NewID()).SetAuthorityID(c.row.AuthorityID).SetPlanID(c.row.PlanID).SetTaskID(task.ID).
			SetPart(plan.AssignmentPart(c.units[i].Part)).SetName(u.Name).SetUnitID(u.ID).SetSort(i)
	}
	if err := c.tx.Assignment.CreateBulk(creates...).Exec(ctx); err != nil {
		return nil, fmt.Errorf("create assignments of matter: %w", err)
	}
	return task, nil
}

// planOf finds the plan of matters of a year, or makes it with the first of them. Two that come at once make one plan: the
// second waits on the unique row of the first. Errors: matter.plan_closed (conflict).
func (c *changing) planOf(ctx context.Context, year int) (ident.ID, error) {
	id := c.store.NewID()
	done, err := c.tx.ExecContext(ctx, `INSERT INTO matter_plans (id, authority_id, year, plan_id) VALUES ($1, $2, $3, $4)
		ON CONFLICT (authority_id, year) DO NOTHING`, c.store.NewID(), c.row.AuthorityID, year, id)
	if err != nil {
		return id, fmt.Errorf("claim plan of matters: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 1 {
		return id, firstOf(err, func() error { return c.makePlan(ctx, id, year) })
	}
	had, err := c.tx.MatterPlan.Query().Where(matterplan.AuthorityID(c.row.AuthorityID), matterplan.Year(year)).Only(ctx)
	if err != nil {
		return id, fmt.Errorf("find plan of matters: %w", err)
	}
	row, err := c.tx.Plan.Get(ctx, had.PlanID)
	if err != nil {
		return id, fmt.Errorf("read plan of matters: %w", err)
	}
	if row.Status != plan.Issued {
		return id, fault.New(fault.Conflict, "matter.plan_closed").With("title", row.Title)
	}
	return row.ID, nil
}

func firstOf(err error, then func() error) error {
	if err != nil {
		return err
	}
	return then()
}

// makePlan writes the plan of matters of a year: issued from the start, since each of its tasks comes with its own approval.
func (c *changing) makePlan(ctx context.Context, id ident.ID, year int) error {
	now, title := c.store.Now(), words.Text(words.ZhCN, "matter.plan_title", map[string]any{"year": year})
	err := c.tx.Plan.Create().SetID(id).SetAuthorityID(c.row.AuthorityID).SetYear(year).SetTitle(title).SetStatus(plan.Issued).SetIssuedAt(now).
		SetIssuedOn(c.today()).SetIssuedByID(c.row.DecidedByID).SetCreatedByID(c.actor.ID).SetCreatedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("create plan of matters: %w", err)
	}
	_, err = c.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: c.row.AuthorityID, Subject: "plan", SubjectID: id, PlanID: id, Action: string(plan.Issue),
		After: map[string]any{"status": plan.Issued, "title": title, "issued_on": c.today(), "matters": true}})
	return err
}

// tellUnits writes to the people of each unit that it has a new matter.
func (c *changing) tellUnits(ctx context.Context, rows []*ent.Unit) error {
	for _, u := range rows {
		people, err := c.watches.Tell(ctx, c.tx, watches.Reach{AuthorityID: c.row.AuthorityID, UnitID: u.ID, UnitPath: u.Path, LeaderID: c.row.LeaderID},
			ladder.Owner, ladder.UnitHead)
		if err != nil {
			return fmt.Errorf("find whom to tell: %w", err)
		}
		c.notify("matter.assigned", people, map[string]any{"unit": u.Name, "due": c.row.DueDate.String(), "sign_by": c.watches.SignTerm(c.row.AuthorityID, c.today()).String()})
	}
	return nil
}

// Open makes a matter that a leader's instruction orders: active at once, for the instruction is itself the decision (Order 733
// art. 11). It belongs to the transaction of the instruction, which has asked for the permission.
func (s *Service) Open(ctx context.Context, tx *ent.Tx, actor access.Actor, instruction ident.ID, in RegisterMatterInput) (*ent.Matter, error) {
	in.Source = supervise.FromInstruction
	row, err := s.insert(ctx, tx, actor, in, func(c *ent.MatterCreate) { c.SetStatus(supervise.MatterDraft).SetInstructionID(instruction) })
	if err != nil {
		return nil, err
	}
	c, err := s.begin(ctx, tx, actor, row.ID, row.Version)
	if err != nil {
		return nil, err
	}
	c.action, c.row.Status = supervise.OpenMatter, ""
	if err := c.apply(ctx, 0, in.DueDate); err != nil {
		return nil, err
	}
	delete(c.before, "status")
	c.row.DecidedByID = actor.ID
	c.after["title"], c.after["instruction_id"] = row.Title, instruction
	if err := c.activate(ctx); err != nil {
		return nil, err
	}
	_, err = c.finish(ctx)
	return c.row, err
}
