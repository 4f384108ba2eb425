package plans

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/dependency"
	"github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/transition"
)

// Dependency lets a task start only after another has finished, with a lag.
type Dependency struct {
	ID          ident.ID `json:"id" doc:"Id of the dependency"`
	PlanID      ident.ID `json:"plan_id" doc:"Plan of both tasks"`
	BeforeID    ident.ID `json:"before_id" doc:"Task that has to be finished first"`
	BeforeTitle string   `json:"before_title" doc:"Its title" example:"开展信息系统普查"`
	AfterID     ident.ID `json:"after_id" doc:"Task that waits"`
	AfterTitle  string   `json:"after_title" doc:"Its title" example:"编制信息资源目录"`
	Lag         int      `json:"lag" doc:"Days between the two" example:"5"`
	WorkingDays bool     `json:"working_days" doc:"The lag counts working days; natural days otherwise" example:"true"`
}

// DependencyPage is one page of a plan's dependencies.
type DependencyPage struct {
	Items []Dependency `json:"items" doc:"Dependencies in the order in which they were made"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// LinkTasksInput is a new dependency.
type LinkTasksInput struct {
	BeforeID    ident.ID `json:"before_id" doc:"Task that has to be finished first"`
	AfterID     ident.ID `json:"after_id" doc:"Task that waits"`
	Lag         int      `json:"lag,omitempty" minimum:"0" maximum:"3660" doc:"Days between the two" example:"5"`
	NaturalDays bool     `json:"natural_days,omitempty" doc:"The lag counts natural days; working days otherwise"`
}

// The acts on dependencies, as the history names them.
const (
	actLink   transition.Action = "link"
	actUnlink transition.Action = "unlink"
)

// Link makes a task wait for another. A dependency that closes a circle is refused with the shortest one.
func (s *Service) Link(ctx context.Context, planID ident.ID, in LinkTasksInput) (Dependency, error) {
	row, err := s.takeNet(ctx, planID)
	if err != nil {
		return Dependency{}, err
	}
	if in.BeforeID == in.AfterID {
		return Dependency{}, fault.New(fault.Conflict, "dependency.itself")
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Dependency, error) {
		if err := lock(ctx, tx, row, 0); err != nil {
			return Dependency{}, err
		}
		sh, err := s.layOut(ctx, tx.Client(), row, firstOf(row.IssuedOn, s.today()))
		if err != nil {
			return Dependency{}, err
		}
		for location, id := range map[string]ident.ID{"body.before_id": in.BeforeID, "body.after_id": in.AfterID} {
			if sh.byID[id] == nil {
				return Dependency{}, fault.BadField(location, "plan.other_plan")
			}
		}
		link := &ent.Dependency{ID: s.store.NewID(), AuthorityID: row.AuthorityID, PlanID: planID, BeforeID: in.BeforeID, AfterID: in.AfterID,
			Lag: in.Lag, WorkingDays: !in.NaturalDays}
		sh.links = append(sh.links, link)
		if _, err := sh.net(); err != nil {
			return Dependency{}, sh.circle(err)
		}
		return s.writeLink(ctx, tx, sh, link)
	})
}

func (s *Service) writeLink(ctx context.Context, tx *ent.Tx, sh *sheet, l *ent.Dependency) (Dependency, error) {
	err := tx.Dependency.Create().SetID(l.ID).SetAuthorityID(l.AuthorityID).SetPlanID(l.PlanID).SetBeforeID(l.BeforeID).SetAfterID(l.AfterID).
		SetLag(l.Lag).SetWorkingDays(l.WorkingDays).Exec(ctx)
	if store.IsDuplicate(err) {
		return Dependency{}, fault.New(fault.Conflict, "dependency.exists").Because(err)
	}
	if err != nil {
		return Dependency{}, fmt.Errorf("write dependency: %w", err)
	}
	view := linkView(l, sh.byID)
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: l.AuthorityID, Subject: subject, SubjectID: l.PlanID, PlanID: l.PlanID, Action: string(actLink), After: view})
	return view, err
}

// circle says which tasks a cycle goes through, by title.
func (sh *sheet) circle(err error) error {
	f := fault.As(err)
	if f == nil || f.Code != "graph.cycle" {
		return err
	}
	cycle, _ := f.Params["cycle"].([]ident.ID)
	return fault.New(fault.Conflict, "plan.cycle").With("n", len(cycle)).With("cycle", sh.titles(cycle)).With("ids", cycle)
}

// Unlink takes a dependency away.
func (s *Service) Unlink(ctx context.Context, id ident.ID) error {
	if _, err := s.gate.May(ctx, access.PlanRead); err != nil {
		return err
	}
	link, err := s.store.Read().Dependency.Get(ctx, id)
	if ent.IsNotFound(err) {
		return fault.Missing("dependency")
	}
	if err != nil {
		return fmt.Errorf("read dependency: %w", err)
	}
	row, err := s.takeNet(ctx, link.PlanID)
	if fault.KindOf(err) == fault.NotFound {
		return fault.Missing("dependency")
	}
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if err := lock(ctx, tx, row, 0); err != nil {
			return err
		}
		n, err := tx.Dependency.Delete().Where(dependency.ID(id)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("delete dependency: %w", err)
		}
		if n == 0 {
			return fault.Missing("dependency")
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, PlanID: row.ID, Action: string(actUnlink),
			Before: map[string]any{"id": id, "before_id": link.BeforeID, "after_id": link.AfterID, "lag": link.Lag, "working_days": link.WorkingDays}})
		return err
	})
}

// takeNet takes a plan for a change of its dependencies: a draft under the permission to edit, an issued plan under that to
// amend. They bind no date by themselves, so they need no revision.
func (s *Service) takeNet(ctx context.Context, planID ident.ID) (*ent.Plan, error) {
	row, err := s.seen(ctx, s.store.Read(), planID)
	if err != nil {
		return nil, err
	}
	permission, act := access.PlanEdit, plan.Edit
	if row.Status != plan.Draft {
		permission, act = access.PlanAmend, plan.Amend
	}
	row, _, err = s.take(ctx, s.store.Read(), planID, permission, act, facts{Given: transition.Reason})
	return row, err
}

// Dependencies is one page of a plan's dependencies.
func (s *Service) Dependencies(ctx context.Context, planID ident.ID, after string, limit int) (DependencyPage, error) {
	client := s.store.Read()
	if _, err := s.seen(ctx, client, planID); err != nil {
		return DependencyPage{}, err
	}
	q := client.Dependency.Query().Where(dependency.PlanID(planID))
	if after != "" {
		id, err := ident.Parse(after)
		if err != nil {
			return DependencyPage{}, fault.BadField("query.after", "cursor")
		}
		q.Where(dependency.IDGT(id))
	}
	limit = pageSize(limit)
	rows, err := q.Order(dependency.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return DependencyPage{}, fmt.Errorf("list dependencies: %w", err)
	}
	page := DependencyPage{Items: []Dependency{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	var ids []ident.ID
	for _, r := range rows {
		ids = append(ids, r.BeforeID, r.AfterID)
	}
	tasks, err := client.Task.Query().Where(task.IDIn(ids...)).All(ctx)
	if err != nil {
		return DependencyPage{}, fmt.Errorf("read tasks of dependencies: %w", err)
	}
	byID := make(map[ident.ID]*ent.Task, len(tasks))
	for _, t := range tasks {
		byID[t.ID] = t
	}
	for _, r := range rows {
		page.Items = append(page.Items, linkView(r, byID))
	}
	return page, nil
}

func linkView(l *ent.Dependency, byID map[ident.ID]*ent.Task) Dependency {
	d := Dependency{ID: l.ID, PlanID: l.PlanID, BeforeID: l.BeforeID, AfterID: l.AfterID, Lag: l.Lag, WorkingDays: l.WorkingDays}
	if t := byID[l.BeforeID]; t != nil {
		d.BeforeTitle = t.Title
	}
	if t := byID[l.AfterID]; t != nil {
		d.AfterTitle = t.Title
	}
	return d
}

// refuseLinked refuses to take out nodes that others wait for, or that wait for others: the dependency goes first, knowingly.
func (e *editing) refuseLinked(ctx context.Context, gone map[ident.ID]bool) error {
	rows, err := e.tx.Dependency.Query().Where(dependency.PlanID(e.plan.ID)).All(ctx)
	if err != nil {
		return fmt.Errorf("read dependencies: %w", err)
	}
	for _, r := range rows {
		if gone[r.BeforeID] || gone[r.AfterID] {
			return fault.New(fault.Conflict, "plan.node_has_dependency").With("before", r.BeforeID).With("after", r.AfterID)
		}
	}
	return nil
}
