package matters

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/matterunit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/supervise"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
)

func (s *Service) view(ctx context.Context, client *ent.Client, row *ent.Matter) (Matter, error) {
	views, err := s.views(ctx, client, []*ent.Matter{row})
	if err != nil {
		return Matter{}, err
	}
	return views[0], nil
}

// views maps rows with their units, duties and names, each read once for the whole page.
func (s *Service) views(ctx context.Context, client *ent.Client, rows []*ent.Matter) ([]Matter, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	p, err := readParts(ctx, client, rows)
	if err != nil {
		return nil, err
	}
	look := s.gate.Look(ctx)
	views := make([]Matter, len(rows))
	for i, r := range rows {
		v := s.mapped(r, p)
		v.AllowedActions = look.Actions(facts(r), supervise.MatterTable.Allowed(tr.Facts[supervise.MatterStatus]{Status: r.Status,
			Relations: relations(actor, r), Circumstances: tr.Circumstances{Today: s.today(), Open: v.OpenDuties}}))
		views[i] = v
	}
	return views, nil
}

func (s *Service) mapped(r *ent.Matter, p *parts) Matter {
	v := Matter{ID: r.ID, Number: r.Number, Title: r.Title, Content: r.Content, Source: r.Source, Basis: r.Basis, ReceivedOn: r.ReceivedOn, Urgency: r.Urgency,
		Supervision: r.Supervision, DesignationID: r.DesignationID, Status: r.Status, DueDate: r.DueDate, DueRule: r.DueRule, LeaderID: r.LeaderID,
		LeaderName: p.people[r.LeaderID], Units: []MatterUnit{}, InstructionID: r.InstructionID, PlanID: r.PlanID, TaskID: r.TaskID,
		CreatedByID: r.CreatedByID, CreatedByName: p.people[r.CreatedByID], ProposedByID: r.ProposedByID, ProposedByName: p.people[r.ProposedByID],
		ProposedAt: r.ProposedAt.UTC(), DecidedByID: r.DecidedByID, DecidedByName: p.people[r.DecidedByID], DecidedAt: r.DecidedAt.UTC(),
		ClosedAt: r.ClosedAt.UTC(), Conclusion: r.Conclusion, Reason: r.Reason, CreatedAt: r.CreatedAt.UTC(), Version: r.Version}
	v.Overdue = r.Status == supervise.MatterActive && !r.DueDate.IsZero() && s.today().After(r.DueDate)
	for _, u := range p.units[r.ID] {
		one := MatterUnit{UnitID: u.UnitID, UnitName: p.names[u.UnitID], Part: u.Part}
		for _, d := range p.duties[r.TaskID] {
			if d.UnitID == u.UnitID {
				one.DutyID, one.DutyStatus, one.Progress = d.ID, d.Status, d.Progress
			}
		}
		v.Units = append(v.Units, one)
	}
	for _, d := range p.duties[r.TaskID] {
		if d.Open {
			v.OpenDuties++
		}
	}
	return v
}

// parts is what a page of matters needs besides its rows.
type parts struct {
	units  map[ident.ID][]*ent.MatterUnit // by matter
	duties map[ident.ID][]*ent.Duty       // by task
	names  map[ident.ID]string            // of units
	people map[ident.ID]string
}

func readParts(ctx context.Context, client *ent.Client, rows []*ent.Matter) (*parts, error) {
	p := &parts{units: map[ident.ID][]*ent.MatterUnit{}, duties: map[ident.ID][]*ent.Duty{}}
	var ids, tasks, people, places []ident.ID
	for _, r := range rows {
		ids = append(ids, r.ID)
		people = append(people, r.LeaderID, r.CreatedByID, r.ProposedByID, r.DecidedByID)
		if !r.TaskID.IsZero() {
			tasks = append(tasks, r.TaskID)
		}
	}
	named, err := client.MatterUnit.Query().Where(matterunit.MatterIDIn(ids...)).Order(matterunit.BySort()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of matters: %w", err)
	}
	for _, u := range named {
		p.units[u.MatterID] = append(p.units[u.MatterID], u)
		places = append(places, u.UnitID)
	}
	given, err := client.Duty.Query().Where(entduty.TaskIDIn(tasks...)).Order(entduty.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read duties of matters: %w", err)
	}
	for _, d := range given {
		p.duties[d.TaskID] = append(p.duties[d.TaskID], d)
	}
	if p.names, err = units.Names(ctx, client, places); err != nil {
		return nil, err
	}
	p.people, err = accounts.Names(ctx, client, people)
	return p, err
}

// openDuties counts the open duties of a matter; one that is not active has none.
func openDuties(ctx context.Context, client *ent.Client, row *ent.Matter) (int, error) {
	if row.TaskID.IsZero() {
		return 0, nil
	}
	n, err := client.Duty.Query().Where(entduty.TaskID(row.TaskID), entduty.Open(true)).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("count open duties: %w", err)
	}
	return n, nil
}
