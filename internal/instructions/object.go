package instructions

import (
	"context"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/supervise"
)

// object is what an instruction is written on, as the leader sees it.
type object struct {
	title  string
	planID ident.ID
	units  []ident.ID // those whose business it is; addressed where the instruction names none
}

// looks finds an object of each kind through the feature that owns it: what the leader may not see is not there.
var looks = map[supervise.InstructionSubject]func(s *Service, ctx context.Context, id ident.ID) (object, error){
	supervise.OnPlan: func(s *Service, ctx context.Context, id ident.ID) (object, error) {
		p, err := s.on.Plans.Get(ctx, id)
		return object{title: p.Title, planID: id}, err
	},
	supervise.OnTask: func(s *Service, ctx context.Context, id ident.ID) (object, error) {
		t, err := s.on.Plans.Task(ctx, id)
		o := object{title: clause.Heading(t.Number, t.Title), planID: t.PlanID}
		for _, a := range t.Assignments {
			if !a.UnitID.IsZero() {
				o.units = append(o.units, a.UnitID)
			}
		}
		return o, err
	},
	supervise.OnDuty: func(s *Service, ctx context.Context, id ident.ID) (object, error) {
		d, err := s.on.Duties.Get(ctx, id)
		if err != nil {
			return object{}, err
		}
		return object{title: clause.Heading(d.TaskNumber, d.TaskTitle), planID: d.PlanID, units: []ident.ID{d.UnitID}}, allowed(d.AllowedActions)
	},
	supervise.OnNotice: func(s *Service, ctx context.Context, id ident.ID) (object, error) {
		n, err := s.on.Notices.Get(ctx, id)
		return object{title: clause.Heading(n.Number, n.Title), units: []ident.ID{n.UnitID}}, err
	},
	supervise.OnFinding: func(s *Service, ctx context.Context, id ident.ID) (object, error) {
		f, err := s.on.Inspections.GetFinding(ctx, id)
		return object{title: clause.Short(f.Description), units: []ident.ID{f.UnitID}}, err
	},
	supervise.OnInspection: func(s *Service, ctx context.Context, id ident.ID) (object, error) {
		i, err := s.on.Inspections.Get(ctx, id)
		return object{title: i.Title}, err
	},
	supervise.OnMatter: func(s *Service, ctx context.Context, id ident.ID) (object, error) {
		m, err := s.on.Matters.Get(ctx, id)
		o := object{title: clause.Heading(m.Number, m.Title), planID: m.PlanID}
		for _, u := range m.Units {
			o.units = append(o.units, u.UnitID)
		}
		return o, err
	},
}

// allowed refuses where the duty's own table does not let it be instructed: one that was withdrawn.
func allowed(actions []access.AllowedAction) error {
	for _, a := range actions {
		if a.Action == string(duty.Instruct) && !a.Enabled {
			return fault.New(fault.Conflict, "instruction.object_ended")
		}
	}
	return nil
}
