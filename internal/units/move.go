package units

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/clockpast"
	"github.com/duban-gov/duban/ent/conclusion"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/dutycount"
	"github.com/duban-gov/duban/ent/dutypast"
	entfigure "github.com/duban-gov/duban/ent/figure"
	"github.com/duban-gov/duban/ent/finding"
	enthandover "github.com/duban-gov/duban/ent/handover"
	"github.com/duban-gov/duban/ent/inspectioncheck"
	"github.com/duban-gov/duban/ent/instructionunit"
	"github.com/duban-gov/duban/ent/lapse"
	"github.com/duban-gov/duban/ent/letter"
	"github.com/duban-gov/duban/ent/lookitem"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/objection"
	"github.com/duban-gov/duban/ent/proceeding"
	"github.com/duban-gov/duban/ent/savedview"
	"github.com/duban-gov/duban/ent/share"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
)

// pathColumns are the tables that keep a copy of the unit's path, so that a scope is one range without a join. A move
// rewrites them in its own transaction; a test holds the list against the schema.
var pathColumns = map[string]string{
	clockpast.Table:       clockpast.FieldUnitPath,
	entduty.Table:         entduty.FieldUnitPath,
	dutycount.Table:       dutycount.FieldUnitPath,
	dutypast.Table:        dutypast.FieldUnitPath,
	savedview.Table:       savedview.FieldUnitPath,
	entfigure.Table:       entfigure.FieldUnitPath,
	finding.Table:         finding.FieldUnitPath,
	enthandover.Table:     enthandover.FieldUnitPath,
	instructionunit.Table: instructionunit.FieldUnitPath,
	lapse.Table:           lapse.FieldUnitPath,
	letter.Table:          letter.FieldUnitPath,
	notice.Table:          notice.FieldUnitPath,
	proceeding.Table:      proceeding.FieldUnitPath,
	conclusion.Table:      conclusion.FieldUnitPath,
	inspectioncheck.Table: inspectioncheck.FieldUnitPath,
	lookitem.Table:        lookitem.FieldUnitPath,
	objection.Table:       objection.FieldUnitPath,
	share.Table:           share.FieldUnitPath,
	watch.Table:           watch.FieldUnitPath,
}

// Move puts a unit with all below it under another one; a unit cannot go below itself.
func (s *Service) Move(ctx context.Context, id ident.ID, version int, in MoveUnitInput) (Unit, error) {
	filter, err := s.gate.May(ctx, access.UnitManage)
	if err != nil {
		return Unit{}, err
	}
	return s.change(ctx, id, version, "move", in.Reason, func(ctx context.Context, tx *ent.Tx, row *ent.Unit, update *ent.UnitUpdate) (any, any, error) {
		parent, err := seen(ctx, tx.Unit, filter, in.ParentID)
		if err != nil {
			return nil, nil, err
		}
		if parent.AuthorityID != row.AuthorityID {
			return nil, nil, fault.Missing("unit")
		}
		if unit.Within(row.Path, parent.Path) {
			return nil, nil, fault.New(fault.Conflict, "unit.move_below_itself")
		}
		if err := siblingFree(ctx, tx, parent.ID, row.Name, row.ID); err != nil {
			return nil, nil, err
		}
		before := map[string]any{"parent_id": row.ParentID, "path": row.Path}
		if err := s.replant(ctx, tx, row, parent); err != nil {
			return nil, nil, err
		}
		return before, map[string]any{"parent_id": parent.ID, "path": replanted(row, parent)}, nil
	})
}

// replanted is the path of a unit below a new parent; its own segment stays.
func replanted(row *ent.Unit, parent *ent.Unit) unit.Path {
	return unit.Child(parent.Path, row.Path[len(unit.Parent(row.Path)):])
}

// replant rewrites the place of a unit and of all below it, in every table that keeps it. The unit's version stays: the
// caller's update counts it.
func (s *Service) replant(ctx context.Context, tx *ent.Tx, row *ent.Unit, parent *ent.Unit) error {
	if err := tx.Unit.Update().Where(entunit.ID(row.ID)).SetParentID(parent.ID).Exec(ctx); err != nil {
		return fmt.Errorf("set parent: %w", err)
	}
	place := replanted(row, parent)
	if place == row.Path {
		return nil
	}
	tables := map[string]string{entunit.Table: entunit.FieldPath}
	for table, column := range pathColumns {
		tables[table] = column
	}
	for table, column := range tables {
		statement := fmt.Sprintf(`UPDATE %[1]s SET %[2]s = CAST($1 AS text) || substr(%[2]s, CAST($2 AS integer))
			WHERE authority_id = $3 AND %[2]s >= $4 AND %[2]s < $5`, table, column)
		if _, err := tx.ExecContext(ctx, statement, place, len(row.Path)+1, row.AuthorityID, row.Path, unit.PathEnd(row.Path)); err != nil {
			return fmt.Errorf("rewrite paths of %s: %w", table, err)
		}
	}
	return nil
}
