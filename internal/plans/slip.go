package plans

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// SlipForecast is what follows if one task slips. Nothing of it is saved.
type SlipForecast struct {
	TaskID  ident.ID     `json:"task_id" doc:"Task that slips"`
	Days    int          `json:"days" doc:"By how many working days" example:"5"`
	Moves   []TaskMove   `json:"moves" doc:"Tasks that move, the slipping one first, each after what it waits for"`
	Breaks  []TaskMove   `json:"breaks" doc:"Of these, the ones whose deadline was kept before and is not any more; to is the new finish"`
	Units   []HitUnit    `json:"units" doc:"Units that answer for what moves"`
	Leaders []HitLeader  `json:"leaders" doc:"Supervising leaders of what moves"`
	End     workday.Date `json:"end,omitzero" doc:"Last finish among what moves" example:"2018-01-08"`
}

// TaskMove is a task whose finish moves.
type TaskMove struct {
	TaskID ident.ID     `json:"task_id" doc:"The task"`
	Number string       `json:"number,omitempty" doc:"Its number" example:"4"`
	Title  string       `json:"title" doc:"Its title"`
	Due    workday.Date `json:"due,omitzero" doc:"Its deadline" example:"2017-07-31"`
	From   workday.Date `json:"from,omitzero" doc:"Finish as forecast now" example:"2017-07-31"`
	To     workday.Date `json:"to" doc:"Finish after the slip" example:"2017-08-07"`
	Days   int          `json:"days" doc:"Working days that it moves; for a break, working days late" example:"5"`
}

// HitUnit is a unit that a slip touches.
type HitUnit struct {
	UnitID   ident.ID `json:"unit_id" doc:"The unit"`
	UnitName string   `json:"unit_name" doc:"Its name" example:"信息化管理办公室"`
}

// HitLeader is a supervising leader whom a slip touches.
type HitLeader struct {
	UserID ident.ID `json:"user_id" doc:"The leader"`
	Name   string   `json:"name" doc:"Name" example:"贺承远"`
}

// laid is a plan that the caller may see, laid out with the rosters of its issue, or of today for a draft.
func (s *Service) laid(ctx context.Context, client *ent.Client, planID ident.ID) (*sheet, error) {
	row, err := s.seen(ctx, client, planID)
	if err != nil {
		return nil, err
	}
	set, err := loadNet(ctx, client, planID)
	if err != nil {
		return nil, err
	}
	return s.lay(ctx, client, row, firstOf(row.IssuedOn, s.today()), set)
}

// Slip tells what follows if a task finishes so many working days later.
func (s *Service) Slip(ctx context.Context, taskID ident.ID, days int) (SlipForecast, error) {
	client := s.store.Read()
	t, _, err := s.taskSeen(ctx, client, taskID)
	if err != nil {
		return SlipForecast{}, err
	}
	sh, err := s.laid(ctx, client, t.PlanID)
	if err != nil {
		return SlipForecast{}, err
	}
	g, err := sh.net()
	if err != nil {
		return SlipForecast{}, sh.circle(err)
	}
	slipped, err := g.Slip(taskID, days)
	if err != nil {
		return SlipForecast{}, err
	}
	f := SlipForecast{TaskID: taskID, Days: days, Moves: []TaskMove{}, Breaks: []TaskMove{}, Units: []HitUnit{}, Leaders: []HitLeader{}}
	for _, m := range slipped.Moves {
		f.Moves = append(f.Moves, sh.move(m.Node, m.From, m.To, m.Days))
		if m.To.After(f.End) {
			f.End = m.To
		}
	}
	for _, b := range slipped.Breaks {
		f.Breaks = append(f.Breaks, sh.move(b.Node, g.Forecast(b.Node), b.Finish, b.Days))
	}
	for _, id := range slipped.Units {
		f.Units = append(f.Units, HitUnit{UnitID: id, UnitName: sh.nameOf(id)})
	}
	rows, err := client.User.Query().Where(user.IDIn(slipped.Leaders...)).Order(user.ByID()).All(ctx)
	if err != nil {
		return SlipForecast{}, fmt.Errorf("read leaders: %w", err)
	}
	for _, r := range rows {
		f.Leaders = append(f.Leaders, HitLeader{UserID: r.ID, Name: r.Name})
	}
	return f, nil
}

func (sh *sheet) move(id ident.ID, from, to workday.Date, days int) TaskMove {
	t := sh.byID[id]
	return TaskMove{TaskID: id, Number: t.Number, Title: t.Title, Due: t.DueDate, From: from, To: to, Days: days}
}

// PlanSchedule is how a plan's tasks hang together in time.
type PlanSchedule struct {
	End      workday.Date   `json:"end,omitzero" doc:"Day on which the last task is forecast to finish" example:"2017-12-31"`
	Critical []ident.ID     `json:"critical" doc:"Critical path (关键路径): the chain of tasks that decides when the plan ends, first to last"`
	CutNodes []ident.ID     `json:"cut_nodes" doc:"Tasks without which the net of dependencies falls apart"`
	Late     []TaskConflict `json:"late" doc:"Deadlines that contradict each other"`
	Tasks    []TaskForecast `json:"tasks" doc:"Forecast and slack of the tasks that are linked by dependencies or late"`
}

// TaskForecast is the finish and slack of a task.
type TaskForecast struct {
	TaskID   ident.ID     `json:"task_id" doc:"The task"`
	Title    string       `json:"title" doc:"Its title"`
	Due      workday.Date `json:"due,omitzero" doc:"Its deadline" example:"2017-07-31"`
	Finish   workday.Date `json:"finish" doc:"Finish as forecast" example:"2017-07-31"`
	Slack    int          `json:"slack" doc:"Working days that it may slip until the end of the plan moves" example:"12"`
	Deadline int          `json:"deadline_slack,omitempty" doc:"Working days that it may slip until a deadline, its own or one after it, breaks; negative if one is broken" example:"0"`
}

// TaskConflict is a deadline that cannot be kept even if everything before it is finished on its own deadline.
type TaskConflict struct {
	TaskID    ident.ID     `json:"task_id" doc:"Task whose deadline cannot be kept"`
	Title     string       `json:"title" doc:"Its title"`
	Due       workday.Date `json:"due" doc:"Its deadline" example:"2017-06-30"`
	Earliest  workday.Date `json:"earliest" doc:"First day on which it could be finished" example:"2017-07-10"`
	BecauseID ident.ID     `json:"because_id" doc:"Task that is to blame"`
	Because   string       `json:"because" doc:"Its title"`
	Part      bool         `json:"part" doc:"The blamed task is a part of this one; otherwise this one waits for it"`
}

// Schedule computes the critical path, slack and contradictions of a plan.
func (s *Service) Schedule(ctx context.Context, planID ident.ID) (PlanSchedule, error) {
	sh, err := s.laid(ctx, s.store.Read(), planID)
	if err != nil {
		return PlanSchedule{}, err
	}
	g, err := sh.net()
	if err != nil {
		return PlanSchedule{}, sh.circle(err)
	}
	p := PlanSchedule{Critical: orEmpty(g.CriticalPath()), CutNodes: orEmpty(g.CutNodes()), Late: []TaskConflict{}, Tasks: []TaskForecast{}}
	for _, c := range g.Feasibility() {
		p.Late = append(p.Late, TaskConflict{TaskID: c.Node, Title: sh.byID[c.Node].Title, Due: c.Due, Earliest: c.Earliest, BecauseID: c.Because,
			Because: sh.byID[c.Because].Title, Part: c.Part})
	}
	sh.forecast(g, &p)
	return p, nil
}

// forecast lists the tasks that are linked, or late.
func (sh *sheet) forecast(g *graph.Graph, p *PlanSchedule) {
	linked := map[ident.ID]bool{}
	for _, l := range sh.links {
		linked[l.BeforeID], linked[l.AfterID] = true, true
	}
	slacks := g.Slacks()
	for _, t := range sh.Tasks {
		finish := g.Forecast(t.ID)
		if finish.After(p.End) {
			p.End = finish
		}
		slack, dated := slacks[t.ID]
		if !dated || !linked[t.ID] && (!slack.Bound || slack.Deadline >= 0) {
			continue
		}
		f := TaskForecast{TaskID: t.ID, Title: t.Title, Due: t.DueDate, Finish: finish, Slack: slack.End}
		if slack.Bound {
			f.Deadline = slack.Deadline
		}
		p.Tasks = append(p.Tasks, f)
	}
}

func orEmpty(ids []ident.ID) []ident.ID {
	if ids == nil {
		return []ident.ID{}
	}
	return ids
}
