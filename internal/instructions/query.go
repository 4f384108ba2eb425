package instructions

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	entinstruction "github.com/duban-gov/duban/ent/instruction"
	"github.com/duban-gov/duban/ent/instructionunit"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/supervise"
)

// InstructionQuery narrows a list of instructions; what is left zero does not narrow.
type InstructionQuery struct {
	Mine      bool // only those that the caller wrote
	Waiting   bool // only open ones that wait for the feedback of the caller's units
	Overdue   bool // only open ones after their due date
	Status    supervise.InstructionStatus
	Subject   supervise.InstructionSubject
	SubjectID ident.ID
	After     string
	Limit     int
}

const maxPage = 200

// Get shows one instruction.
func (s *Service) Get(ctx context.Context, id ident.ID) (Instruction, error) {
	row, _, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return Instruction{}, err
	}
	return s.view(ctx, s.store.Read(), row)
}

// List lists the instructions that the caller may see, newest first.
func (s *Service) List(ctx context.Context, in InstructionQuery) (InstructionPage, error) {
	page := InstructionPage{Items: []Instruction{}}
	see, err := s.gate.May(ctx, access.InstructionRead)
	if err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Instruction.Query().Where(visible(see)).Where(s.narrow(in, actor)...)
	if in.After != "" {
		last, err := ident.Parse(in.After)
		if err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
		query.Where(entinstruction.IDLT(last))
	}
	limit := 50
	if in.Limit > 0 {
		limit = min(in.Limit, maxPage)
	}
	rows, err := query.Order(entinstruction.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list instructions: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	page.Items, err = s.views(ctx, s.store.Read(), rows)
	return page, err
}

// narrow adds the conditions of a query.
func (s *Service) narrow(in InstructionQuery, actor access.Actor) []predicate.Instruction {
	var all []predicate.Instruction
	if in.Mine {
		all = append(all, entinstruction.AuthorID(actor.ID))
	}
	if in.Waiting {
		all = append(all, entinstruction.StatusEQ(supervise.InstructionOpen), waitsFor(actor))
	}
	if in.Overdue {
		all = append(all, entinstruction.StatusEQ(supervise.InstructionOpen), entinstruction.DueDateLT(s.today()))
	}
	if in.Status != "" {
		all = append(all, entinstruction.StatusEQ(in.Status))
	}
	if in.Subject != "" {
		all = append(all, entinstruction.SubjectEQ(in.Subject))
	}
	if !in.SubjectID.IsZero() {
		all = append(all, entinstruction.SubjectID(in.SubjectID))
	}
	return all
}

// waitsFor selects instructions that address a unit of the actor's posts which has not replied.
func waitsFor(actor access.Actor) predicate.Instruction {
	return func(q *sql.Selector) {
		places := make([]any, len(actor.Posts))
		for i, p := range actor.Posts {
			places[i] = p.UnitID
		}
		t := sql.Table(instructionunit.Table)
		q.Where(sql.Exists(sql.Dialect(q.Dialect()).Select(t.C(instructionunit.FieldID)).From(t).Where(sql.And(
			sql.ColumnsEQ(t.C(instructionunit.FieldInstructionID), q.C(entinstruction.FieldID)),
			sql.In(t.C(instructionunit.FieldUnitID), places...), sql.IsNull(t.C(instructionunit.FieldRepliedAt))))))
	}
}
