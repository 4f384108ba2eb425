package units

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/unitalias"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// CreateUnitInput describes a new unit.
type CreateUnitInput struct {
	ParentID  ident.ID     `json:"parent_id" doc:"Unit above it" example:"0h2kz9f7x3b1c"`
	Kind      unit.Kind    `json:"kind" doc:"Kind of organisation" example:"division"`
	Name      string       `json:"name" minLength:"1" maxLength:"100" doc:"Full name" example:"政策法规处"`
	Code      string       `json:"code,omitempty" maxLength:"40" doc:"Code, unique in the authority; made by the program if missing" example:"D004"`
	Aliases   []string     `json:"aliases,omitempty" maxItems:"20" doc:"Short names as documents write them" example:"[\"法规处\"]"`
	Sort      int          `json:"sort,omitempty" minimum:"0" doc:"Order among its siblings" example:"4"`
	ValidFrom workday.Date `json:"valid_from,omitzero" doc:"First day; missing if it always was" example:"2017-01-01"`
	ValidTo   workday.Date `json:"valid_to,omitzero" doc:"Last day; missing while it goes on" example:"2018-10-31"`
}

// Create adds a unit below another one. A sibling of the same name or a unit of the same code is a conflict.
func (s *Service) Create(ctx context.Context, in CreateUnitInput) (Unit, error) {
	filter, err := s.gate.May(ctx, access.UnitManage)
	if err != nil {
		return Unit{}, err
	}
	if err := checkUnit(in.Kind, in.Name, in.ValidFrom, in.ValidTo); err != nil {
		return Unit{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Unit, error) {
		parent, err := seen(ctx, tx.Unit, filter, in.ParentID)
		if err != nil {
			return Unit{}, err
		}
		if err := siblingFree(ctx, tx, parent.ID, in.Name, ident.ID{}); err != nil {
			return Unit{}, err
		}
		refs, err := s.Load(ctx, tx, parent.AuthorityID, []Line{{Code: in.Code, ParentID: parent.ID, ParentPath: parent.Path, Name: in.Name,
			Kind: in.Kind, Aliases: in.Aliases, Sort: in.Sort, ValidFrom: in.ValidFrom, ValidTo: in.ValidTo}})
		if err != nil {
			return Unit{}, err
		}
		row, err := tx.Unit.Get(ctx, refs[0].ID)
		if err != nil {
			return Unit{}, fmt.Errorf("read new unit: %w", err)
		}
		view, err := s.full(ctx, tx.UnitAlias, row)
		if err != nil {
			return Unit{}, err
		}
		_, err = s.log.Append(ctx, tx, entry(row, "create", nil, view, ""))
		return view, err
	})
}

// entry is the event of a change of one unit.
func entry(row *ent.Unit, action string, before, after any, reason string) timeline.Entry {
	return timeline.Entry{AuthorityID: row.AuthorityID, Subject: "unit", SubjectID: row.ID, UnitID: row.ID, Action: action,
		Before: before, After: after, Reason: reason}
}

// checkUnit holds the rules for the fields of a unit.
func checkUnit(kind unit.Kind, name string, from, to workday.Date) error {
	var fields []fault.Field
	if !known(kind) {
		fields = append(fields, fault.Field{Location: "body.kind", Code: "unit.kind_unknown"})
	}
	if strings.TrimSpace(name) == "" {
		fields = append(fields, fault.Field{Location: "body.name", Code: "unit.name_required"})
	}
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		fields = append(fields, fault.Field{Location: "body.valid_to", Code: "unit.period_reversed"})
	}
	if len(fields) > 0 {
		return fault.BadFields(fields...)
	}
	return nil
}

func known(kind unit.Kind) bool {
	for _, k := range unit.Kinds {
		if k == kind {
			return true
		}
	}
	return false
}

// siblingFree refuses a second unit of one name that exists at the same time below one parent; self is the unit itself.
func siblingFree(ctx context.Context, tx *ent.Tx, parent ident.ID, name string, self ident.ID) error {
	taken, err := tx.Unit.Query().Where(entunit.ParentID(parent), entunit.Name(strings.TrimSpace(name)), entunit.IDNEQ(self),
		entunit.ValidTo(workday.Date{})).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for a sibling of the same name: %w", err)
	}
	if taken {
		return fault.New(fault.Conflict, "unit.name_taken").With("name", name)
	}
	return nil
}

// addAliases writes new aliases of a unit.
func (s *Service) addAliases(ctx context.Context, tx *ent.Tx, authorityID, unitID ident.ID, names []string) error {
	rows := make([]*ent.UnitAliasCreate, 0, len(names))
	for _, name := range clean(names) {
		rows = append(rows, tx.UnitAlias.Create().SetID(s.store.NewID()).SetAuthorityID(authorityID).SetUnitID(unitID).SetName(name).
			SetCreatedAt(s.store.Now()))
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.UnitAlias.CreateBulk(rows...).Exec(ctx); err != nil {
		return fmt.Errorf("write aliases: %w", err)
	}
	return nil
}

// setAliases replaces the aliases of a unit.
func (s *Service) setAliases(ctx context.Context, tx *ent.Tx, r *ent.Unit, names []string) error {
	if _, err := tx.UnitAlias.Delete().Where(unitalias.UnitID(r.ID)).Exec(ctx); err != nil {
		return fmt.Errorf("clear aliases: %w", err)
	}
	return s.addAliases(ctx, tx, r.AuthorityID, r.ID, names)
}

// clean trims names and leaves out empty and repeated ones.
func clean(names []string) []string {
	out := make([]string, 0, len(names))
	have := map[string]bool{"": true}
	for _, name := range names {
		if name = strings.TrimSpace(name); !have[name] {
			have[name] = true
			out = append(out, name)
		}
	}
	return out
}
