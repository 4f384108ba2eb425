package units

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duban-gov/duban/ent"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/unitlineage"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// UpdateUnitInput replaces what may be put right without a decision: not the name, the place or the end, which have acts of
// their own.
type UpdateUnitInput struct {
	Kind      unit.Kind    `json:"kind" doc:"Kind of organisation" example:"division"`
	Code      string       `json:"code" minLength:"1" maxLength:"40" doc:"Code, unique in the authority" example:"D004"`
	Aliases   []string     `json:"aliases" maxItems:"20" doc:"Short names as documents write them; replaces all" example:"[\"法规处\"]"`
	Sort      int          `json:"sort" minimum:"0" doc:"Order among its siblings" example:"4"`
	ValidFrom workday.Date `json:"valid_from,omitzero" doc:"First day; missing if it always was" example:"2017-01-01"`
}

// RenameUnitInput gives a unit another name from a day on.
type RenameUnitInput struct {
	Name   string       `json:"name" minLength:"1" maxLength:"100" doc:"New full name" example:"政策法规与改革处"`
	On     workday.Date `json:"on,omitzero" doc:"First day of the new name; today if missing" example:"2017-09-01"`
	Reason string       `json:"reason" minLength:"1" maxLength:"500" doc:"Why, with the document that decided it" example:"机构改革，云编发〔2017〕12号"`
}

// MoveUnitInput puts a unit with all below it under another one.
type MoveUnitInput struct {
	ParentID ident.ID `json:"parent_id" doc:"New unit above" example:"0h2kz9f7x3b1c"`
	Reason   string   `json:"reason" minLength:"1" maxLength:"500" doc:"Why" example:"划归信息化管理办公室"`
}

// MergeUnitInput ends a unit in favour of a successor.
type MergeUnitInput struct {
	IntoID ident.ID     `json:"into_id" doc:"Successor" example:"0h2kz9f7x3b1c"`
	On     workday.Date `json:"on,omitzero" doc:"First day without the unit; today if missing, never later" example:"2017-09-01"`
	Reason string       `json:"reason" minLength:"1" maxLength:"500" doc:"Why, with the document that decided it" example:"机构改革"`
}

// CloseUnitInput ends a unit without a successor.
type CloseUnitInput struct {
	On     workday.Date `json:"on,omitzero" doc:"First day without the unit; today if missing, never later" example:"2017-09-01"`
	Reason string       `json:"reason" minLength:"1" maxLength:"500" doc:"Why" example:"撤销"`
}

// change is the frame of every change of one unit: permission, version, the row as the caller sees it, the act, the event.
// fn changes the row by update and returns what the history says about before and after.
func (s *Service) change(ctx context.Context, id ident.ID, version int, action, reason string,
	fn func(ctx context.Context, tx *ent.Tx, row *ent.Unit, update *ent.UnitUpdate) (before, after any, err error)) (Unit, error) {
	filter, err := s.gate.May(ctx, access.UnitManage)
	if err != nil {
		return Unit{}, err
	}
	if err := named(version); err != nil {
		return Unit{}, err
	}
	var view Unit
	return view, s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := seen(ctx, tx.Unit, filter, id)
		if err != nil {
			return err
		}
		if row.Version != version {
			return stale()
		}
		if !slices.Contains(append(actions(row), "load"), action) {
			return fault.New(fault.Conflict, "unit.not_possible").With("action", action)
		}
		update := tx.Unit.Update().Where(entunit.ID(id), entunit.Version(version)).AddVersion(1)
		before, after, err := fn(ctx, tx, row, update)
		if err != nil {
			return err
		}
		if err := saved(update.Save(ctx)); err != nil {
			return err
		}
		if row, err = tx.Unit.Get(ctx, id); err != nil {
			return fmt.Errorf("read changed unit: %w", err)
		}
		if view, err = s.full(ctx, tx.UnitAlias, row); err != nil {
			return err
		}
		_, err = s.log.Append(ctx, tx, entry(row, action, before, after, reason))
		return err
	})
}

// saved turns the outcome of an update into the answers for a taken code and for another change that was faster.
func saved(n int, err error) error {
	switch {
	case store.IsDuplicate(err):
		return fault.New(fault.Conflict, "unit.code_taken").Because(err)
	case err != nil:
		return fmt.Errorf("update unit: %w", err)
	case n == 0:
		return stale()
	}
	return nil
}

// Update puts kind, code, aliases, order and first day right.
func (s *Service) Update(ctx context.Context, id ident.ID, version int, in UpdateUnitInput) (Unit, error) {
	return s.change(ctx, id, version, "update", "", func(ctx context.Context, tx *ent.Tx, row *ent.Unit, update *ent.UnitUpdate) (any, any, error) {
		if err := checkUnit(in.Kind, row.Name, in.ValidFrom, row.ValidTo); err != nil {
			return nil, nil, err
		}
		was, err := aliasesOf(ctx, tx.UnitAlias, id)
		if err != nil {
			return nil, nil, err
		}
		before := UpdateUnitInput{Kind: row.Kind, Code: row.Code, Aliases: was[id], Sort: row.Sort, ValidFrom: row.ValidFrom}
		if in.ValidFrom.IsZero() {
			in.ValidFrom = always
		}
		update.SetKind(in.Kind).SetCode(strings.TrimSpace(in.Code)).SetSort(in.Sort).SetValidFrom(in.ValidFrom)
		return before, in, s.setAliases(ctx, tx, row, in.Aliases)
	})
}

// Rename gives a unit a new name; the old one stays in its lineage, so that older documents still find it.
func (s *Service) Rename(ctx context.Context, id ident.ID, version int, in RenameUnitInput) (Unit, error) {
	return s.change(ctx, id, version, "rename", in.Reason, func(ctx context.Context, tx *ent.Tx, row *ent.Unit, update *ent.UnitUpdate) (any, any, error) {
		if err := checkUnit(row.Kind, in.Name, row.ValidFrom, row.ValidTo); err != nil {
			return nil, nil, err
		}
		name := strings.TrimSpace(in.Name)
		if err := siblingFree(ctx, tx, row.ParentID, name, id); err != nil {
			return nil, nil, err
		}
		on, err := s.day(ctx, tx, row.AuthorityID, in.On)
		if err != nil {
			return nil, nil, err
		}
		update.SetName(name)
		err = s.lineage(ctx, tx, row, unitlineage.KindRename, ident.ID{}, name, on, in.Reason)
		return map[string]any{"name": row.Name}, map[string]any{"name": name, "on": on}, err
	})
}

// day is the given day, or today; a change of identity is recorded when it has come, not before.
func (s *Service) day(ctx context.Context, tx *ent.Tx, authorityID ident.ID, on workday.Date) (workday.Date, error) {
	today, err := s.today(ctx, tx.Client(), authorityID)
	if err != nil || on.IsZero() {
		return today, err
	}
	if on.After(today) {
		return on, fault.BadField("body.on", "unit.on_future")
	}
	return on, nil
}

// lineage writes one change in a unit's identity.
func (s *Service) lineage(ctx context.Context, tx *ent.Tx, row *ent.Unit, kind unitlineage.Kind, other ident.ID, newName string, on workday.Date, reason string) error {
	err := tx.UnitLineage.Create().SetID(s.store.NewID()).SetAuthorityID(row.AuthorityID).SetUnitID(row.ID).SetOtherID(other).SetKind(kind).
		SetOldName(row.Name).SetNewName(newName).SetOnDate(on).SetReason(reason).SetCreatedAt(s.store.Now()).Exec(ctx)
	if err != nil {
		return fmt.Errorf("write lineage: %w", err)
	}
	return nil
}

// Merge ends a unit on a day: its children move below the successor, and what is open is handed over by OnMerge.
func (s *Service) Merge(ctx context.Context, id ident.ID, version int, in MergeUnitInput) (Unit, error) {
	filter, err := s.gate.May(ctx, access.UnitManage)
	if err != nil {
		return Unit{}, err
	}
	return s.change(ctx, id, version, "merge", in.Reason, func(ctx context.Context, tx *ent.Tx, row *ent.Unit, update *ent.UnitUpdate) (any, any, error) {
		into, err := seen(ctx, tx.Unit, filter, in.IntoID)
		if err != nil {
			return nil, nil, err
		}
		if into.AuthorityID != row.AuthorityID {
			return nil, nil, fault.Missing("unit")
		}
		on, err := s.day(ctx, tx, row.AuthorityID, in.On)
		if err != nil {
			return nil, nil, err
		}
		if unit.Within(row.Path, into.Path) || !exists(into, on) {
			return nil, nil, fault.New(fault.Conflict, "unit.merge_target").With("name", into.Name)
		}
		if err := end(row, update, on); err != nil {
			return nil, nil, err
		}
		update.SetSuccessorID(into.ID)
		children, err := tx.Unit.Query().Where(entunit.ParentID(id)).Order(entunit.ByPath()).All(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("read children: %w", err)
		}
		for _, child := range children {
			if err := s.replant(ctx, tx, child, into); err != nil {
				return nil, nil, err
			}
		}
		if err := s.lineage(ctx, tx, row, unitlineage.KindMerge, into.ID, into.Name, on, in.Reason); err != nil {
			return nil, nil, err
		}
		for _, hand := range s.OnMerge {
			if err := hand(ctx, tx, row.ID, into.ID); err != nil {
				return nil, nil, fmt.Errorf("hand over on merge: %w", err)
			}
		}
		return nil, map[string]any{"into_id": into.ID, "on": on, "children_moved": len(children)}, nil
	})
}

// end sets the last day of a unit: the day before on.
func end(row *ent.Unit, update *ent.UnitUpdate, on workday.Date) error {
	last := on.AddDays(-1)
	if last.Before(row.ValidFrom) {
		return fault.BadField("body.on", "unit.on_before_start")
	}
	update.SetValidTo(last)
	return nil
}

// Close ends a unit without a successor; one with children or posts is not empty enough for that, so they go first.
func (s *Service) Close(ctx context.Context, id ident.ID, version int, in CloseUnitInput) (Unit, error) {
	return s.change(ctx, id, version, "close", in.Reason, func(ctx context.Context, tx *ent.Tx, row *ent.Unit, update *ent.UnitUpdate) (any, any, error) {
		on, err := s.day(ctx, tx, row.AuthorityID, in.On)
		if err != nil {
			return nil, nil, err
		}
		open, err := tx.Unit.Query().Where(entunit.ParentID(id), entunit.ValidToGTE(on)).Exist(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("look for children: %w", err)
		}
		if open {
			return nil, nil, fault.New(fault.Conflict, "unit.has_children")
		}
		if err := end(row, update, on); err != nil {
			return nil, nil, err
		}
		return nil, map[string]any{"on": on}, s.lineage(ctx, tx, row, unitlineage.KindClose, ident.ID{}, "", on, in.Reason)
	})
}
