// Package instructions is leaders' written instructions (批示) on any object: a plan, task, duty, notice, finding, inspection or
// supervised matter. One that wants action has a due date, by the rule file where none is named, and the units that it addresses
// reply; it may open a supervised matter at once, for it is itself the decision (Order 733 art. 11).
package instructions

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	entinstruction "github.com/duban-gov/duban/ent/instruction"
	"github.com/duban-gov/duban/ent/instructionunit"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Features are the features whose objects an instruction can be written on.
type Features struct {
	Plans       *plans.Service
	Duties      *duties.Service
	Inspections *inspections.Service
	Notices     *notices.Service
	Matters     *matters.Service
}

// Service holds the use cases of instructions.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
	on      Features
}

// New returns the service and lets the instruction on a duty be one of them.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, on Features) *Service {
	i := &Service{store: s, gate: gate, log: log, watches: w, on: on}
	on.Duties.OnInstruct = i.record
	return i
}

const subject = "instruction"

var (
	columns     = access.Columns{Authority: entinstruction.FieldAuthorityID, Owner: entinstruction.FieldAuthorID}
	unitColumns = access.Columns{Authority: instructionunit.FieldAuthorityID, Unit: instructionunit.FieldUnitID, Path: instructionunit.FieldUnitPath}
)

func (s *Service) today() workday.Date { return s.watches.Today() }

// visible selects the instructions that a filter reaches: those of the whole authority, or those that address a unit within it.
func visible(see access.Filter) predicate.Instruction {
	if seesAll(see) {
		return predicate.Instruction(see.Predicate(columns))
	}
	return func(q *sql.Selector) {
		t := sql.Table(instructionunit.Table)
		addressed := sql.Dialect(q.Dialect()).Select(t.C(instructionunit.FieldID)).From(t).
			Where(sql.ColumnsEQ(t.C(instructionunit.FieldInstructionID), q.C(entinstruction.FieldID)))
		see.Predicate(unitColumns)(addressed)
		q.Where(sql.And(sql.EQ(q.C(entinstruction.FieldAuthorityID), see.AuthorityID), sql.Exists(addressed)))
	}
}

func seesAll(f access.Filter) bool {
	for _, r := range f.Reaches {
		if r.Scope == access.ScopeAll {
			return true
		}
	}
	return false
}

// find is one instruction that the actor may see, with the units that it addresses.
func (s *Service) find(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Instruction, []*ent.InstructionUnit, error) {
	see, err := s.gate.May(ctx, access.InstructionRead)
	if err != nil {
		return nil, nil, err
	}
	row, err := client.Instruction.Query().Where(entinstruction.ID(id), visible(see)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil, fault.Missing(subject)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("load instruction: %w", err)
	}
	units, err := client.InstructionUnit.Query().Where(instructionunit.InstructionID(id)).Order(instructionunit.ByID()).All(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("load addressees: %w", err)
	}
	return row, units, nil
}

// own is the addressed unit for which the actor acts; nil if there is none. One that has not replied comes first.
func own(actor access.Actor, units []*ent.InstructionUnit) *ent.InstructionUnit {
	var mine *ent.InstructionUnit
	for _, u := range units {
		if actor.InUnit(u.UnitID) && (mine == nil || u.RepliedAt.IsZero()) {
			mine = u
		}
	}
	return mine
}

// factsFor is what the gate looks at: the authority, and the addressed unit for which the actor acts.
func factsFor(actor access.Actor, row *ent.Instruction, units []*ent.InstructionUnit) access.Facts {
	facts := access.Facts{AuthorityID: row.AuthorityID, OwnerID: row.AuthorID}
	if u := own(actor, units); u != nil {
		facts.UnitID, facts.Path = u.UnitID, u.UnitPath
	}
	return facts
}
