package plans

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/roster"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/workday"
)

// EditTaskInput changes a node of a draft; what is missing stays.
type EditTaskInput struct {
	Kind        *plan.NodeKind               `json:"kind,omitempty" enum:"section,key_point,task,subtask" doc:"Kind of node"`
	Number      *string                      `json:"number,omitempty" maxLength:"40" doc:"Number as it will be printed" example:"12."`
	Title       *string                      `json:"title,omitempty" minLength:"1" maxLength:"300" doc:"Short title" example:"编制主动公开目录"`
	Content     *string                      `json:"content,omitempty" maxLength:"20000" doc:"Wording" example:"编制并公布主动公开目录"`
	StartDate   *workday.Date                `json:"start_date,omitempty" doc:"First day; empty text for none" example:"2017-04-01"`
	DueDate     *workday.Date                `json:"due_date,omitempty" doc:"Due date; empty text for none" example:"2017-06-30"`
	Recurrence  *string                      `json:"recurrence,omitempty" maxLength:"200" doc:"Report cycle as RFC 5545 RRULE; empty for none" example:"FREQ=MONTHLY"`
	Contract    *contract.CompletionContract `json:"contract,omitempty" doc:"Completion contract"`
	Weight      *int                         `json:"weight,omitempty" minimum:"0" maximum:"1000" doc:"Weight among its siblings"`
	RollUp      *plan.RollUp                 `json:"roll_up,omitempty" enum:"all,any,weighted,k_of_n" doc:"How progress comes from the parts"`
	RollUpK     *int                         `json:"roll_up_k,omitempty" minimum:"0" maximum:"100000" doc:"For k_of_n: how many parts"`
	LeaderID    *ident.ID                    `json:"leader_id,omitempty" doc:"Supervising leader; empty text for none"`
	ByDuty      *bool                        `json:"by_duty,omitempty" doc:"The leads share the work by their duties (按职责分工负责), so several leads are right"`
	Assignments *[]AssignInput               `json:"assignments,omitempty" maxItems:"500" doc:"Responsible bodies, replacing those that are there"`
}

// AssignInput names a responsible body: by unit, by roster, or by a name that is looked up as in a document.
type AssignInput struct {
	Part     plan.AssignmentPart `json:"part" enum:"lead,support,collective" doc:"lead, support or collective" example:"lead"`
	UnitID   ident.ID            `json:"unit_id,omitzero" doc:"A unit"`
	RosterID ident.ID            `json:"roster_id,omitzero" doc:"A roster; the part must be collective"`
	Name     string              `json:"name,omitempty" maxLength:"200" doc:"A name, if neither is given; one that is not known becomes a question" example:"法规处"`
}

// EditTask changes a node of a draft.
func (s *Service) EditTask(ctx context.Context, id ident.ID, version int, in EditTaskInput) (Task, error) {
	return s.changeTask(ctx, id, version, actUpdate, func(ctx context.Context, e *editing, t *ent.Task) error {
		if err := in.dates(t); err != nil {
			return err
		}
		in.words(t)
		in.rules(t)
		if err := in.standard(e.s.duties.Courses(), t); err != nil {
			return err
		}
		if in.LeaderID != nil {
			if err := e.checkUser(ctx, *in.LeaderID); err != nil {
				return err
			}
			t.LeaderID = *in.LeaderID
		}
		if in.Assignments == nil {
			return nil
		}
		return e.reassign(ctx, t, *in.Assignments)
	})
}

func set[T any](place *T, value *T) {
	if value != nil {
		*place = *value
	}
}

func (in EditTaskInput) words(t *ent.Task) {
	set(&t.Kind, in.Kind)
	set(&t.Number, in.Number)
	set(&t.Content, in.Content)
	if in.Title != nil {
		t.Title = strings.TrimSpace(*in.Title)
	}
}

func (in EditTaskInput) rules(t *ent.Task) {
	set(&t.Weight, in.Weight)
	set(&t.RollUp, in.RollUp)
	set(&t.RollUpK, in.RollUpK)
	if in.ByDuty != nil {
		switch {
		case *in.ByDuty:
			t.Mode = string(clause.ByDuty)
		case severalLeads(t.Mode):
			t.Mode = string(clause.ExplicitLead)
		}
	}
}

// standard sets the completion contract; one that asks for nothing is none. It is frozen with the plan: only a draft is edited.
func (in EditTaskInput) standard(courses []string, t *ent.Task) error {
	if in.Contract == nil {
		return nil
	}
	c := in.Contract.Clean()
	targets, err := contract.ReadTargets(t.Targets)
	if err != nil {
		return err
	}
	if faults := c.Validate("body.contract", courses, len(targets)); len(faults) > 0 {
		return fault.BadFields(faults...)
	}
	t.Contract = encode(c)
	return nil
}

// manual is the rule of a date that a person set.
const manual = "manual"

// dates sets the deadline by hand. The phrase of the document stays beside it.
func (in EditTaskInput) dates(t *ent.Task) error {
	if in.StartDate == nil && in.DueDate == nil && in.Recurrence == nil {
		return nil
	}
	set(&t.StartDate, in.StartDate)
	set(&t.DueDate, in.DueDate)
	set(&t.Recurrence, in.Recurrence)
	if in.Recurrence != nil && t.Recurrence != "" && !strings.HasPrefix(t.Recurrence, "FREQ=") {
		return fault.BadField("body.recurrence", "plan.recurrence")
	}
	if !t.StartDate.IsZero() && !t.DueDate.IsZero() && t.DueDate.Before(t.StartDate) {
		return fault.BadField("body.due_date", "plan.due_before_start")
	}
	t.DeadlineRule = manual
	switch {
	case t.Recurrence != "":
		t.DeadlineKind = plan.Recurring
	case t.DueDate.IsZero():
		t.DeadlineKind = plan.Ongoing
	case !t.StartDate.IsZero():
		t.DeadlineKind = plan.Period
	default:
		t.DeadlineKind = plan.OnDate
	}
	return nil
}

// checkUser wants a user of the authority, or nobody.
func (e *editing) checkUser(ctx context.Context, id ident.ID) error {
	if id.IsZero() {
		return nil
	}
	ok, err := e.tx.User.Query().Where(user.ID(id), user.AuthorityID(e.plan.AuthorityID)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for user: %w", err)
	}
	if !ok {
		return fault.BadField("body.leader_id", "unknown")
	}
	return nil
}

// reassign replaces the responsible bodies of a node. One that was there keeps its place in the source.
func (e *editing) reassign(ctx context.Context, t *ent.Task, inputs []AssignInput) error {
	old := e.assigned(t.ID)
	fresh, err := e.assignments(ctx, t, inputs)
	if err != nil {
		return err
	}
	for i, a := range fresh {
		k := slices.IndexFunc(old, func(o *ent.Assignment) bool {
			return o.Norm == a.Norm || resolved(o) && o.UnitID == a.UnitID && o.RosterID == a.RosterID
		})
		if k < 0 {
			continue
		}
		o := old[k]
		old = slices.Delete(old, k, k+1)
		o.Part, o.Sort, o.UnitID, o.RosterID = a.Part, i, a.UnitID, a.RosterID
		fresh[i] = o
	}
	e.Assignments = slices.DeleteFunc(e.Assignments, func(a *ent.Assignment) bool { return a.TaskID == t.ID })
	e.Assignments = append(e.Assignments, fresh...)
	return nil
}

// assignments checks and makes the rows of responsible bodies.
func (e *editing) assignments(ctx context.Context, t *ent.Task, inputs []AssignInput) ([]*ent.Assignment, error) {
	names, err := e.s.directory(ctx, e.tx.Client(), e.plan.AuthorityID)
	if err != nil {
		return nil, err
	}
	rows := make([]*ent.Assignment, len(inputs))
	for i, in := range inputs {
		name, err := e.nameOf(ctx, in)
		if err != nil {
			return nil, err
		}
		if name == "" {
			return nil, fault.BadField(fmt.Sprintf("body.assignments[%d]", i), "plan.assignment")
		}
		a := &ent.Assignment{ID: e.s.store.NewID(), AuthorityID: e.plan.AuthorityID, PlanID: e.plan.ID, TaskID: t.ID, Part: in.Part, Name: name,
			Norm: name, UnitID: in.UnitID, RosterID: in.RosterID, Sort: i, Version: 1}
		if !resolved(a) {
			names.resolve(a)
		}
		rows[i] = a
	}
	return rows, nil
}

// nameOf is the name of what an input means; "" if it means nothing or two things.
func (e *editing) nameOf(ctx context.Context, in AssignInput) (string, error) {
	var name string
	var err error
	switch {
	case !in.UnitID.IsZero() && !in.RosterID.IsZero(), !in.RosterID.IsZero() && in.Part != plan.Collective:
		return "", nil
	case !in.UnitID.IsZero():
		var row *ent.Unit
		if row, err = e.tx.Unit.Query().Where(entunit.ID(in.UnitID), entunit.AuthorityID(e.plan.AuthorityID)).Only(ctx); err == nil {
			name = row.Name
		}
	case !in.RosterID.IsZero():
		var row *ent.Roster
		if row, err = e.tx.Roster.Query().Where(roster.ID(in.RosterID), roster.AuthorityID(e.plan.AuthorityID)).Only(ctx); err == nil {
			name = row.Name
		}
	default:
		name = strings.TrimSpace(in.Name)
	}
	if ent.IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look for responsible body: %w", err)
	}
	return name, nil
}
