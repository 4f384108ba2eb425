package units

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// batch is how many rows one statement inserts.
const batch = 200

// Line is one new unit for Load. Its parent is named by ParentID and ParentPath (a unit that is there) or by ParentCode (an
// earlier line of the same load).
type Line struct {
	Code       string
	ParentCode string
	ParentID   ident.ID
	ParentPath unit.Path
	Name       string
	Kind       unit.Kind
	Aliases    []string
	Sort       int
	ValidFrom  workday.Date
	ValidTo    workday.Date
}

// Load inserts many units in the caller's transaction, 200 rows a statement, and returns them in the order of the lines. The
// caller has asked for the permission, has checked the fields and appends the event; parents stand before their children.
func (s *Service) Load(ctx context.Context, tx *ent.Tx, authorityID ident.ID, lines []Line) ([]UnitRef, error) {
	if len(lines) == 0 {
		return []UnitRef{}, nil
	}
	first, err := next(ctx, tx, s.store.NewID(), authorityID, "unit", len(lines))
	if err != nil {
		return nil, err
	}
	refs := make([]UnitRef, len(lines))
	byCode := make(map[string]UnitRef, len(lines))
	rows := make([]*ent.UnitCreate, len(lines))
	var aliases []*ent.UnitAliasCreate
	now := s.store.Now()
	for i, l := range lines {
		if l.ParentID.IsZero() {
			parent, ok := byCode[l.ParentCode]
			if !ok {
				return nil, fault.New(fault.Invalid, "unit.parent_unknown").With("code", l.ParentCode)
			}
			l.ParentID, l.ParentPath = parent.ID, parent.Path
		}
		if l.Code == "" {
			l.Code = "u" + unit.Segment(first+i)
		}
		if l.ValidFrom.IsZero() {
			l.ValidFrom = always
		}
		ref := UnitRef{ID: s.store.NewID(), Name: strings.TrimSpace(l.Name), Kind: l.Kind, Path: unit.Child(l.ParentPath, unit.Segment(first+i))}
		refs[i], byCode[l.Code] = ref, ref
		rows[i] = tx.Unit.Create().SetID(ref.ID).SetAuthorityID(authorityID).SetParentID(l.ParentID).SetPath(ref.Path).SetKind(ref.Kind).
			SetName(ref.Name).SetCode(l.Code).SetSort(l.Sort).SetValidFrom(l.ValidFrom).SetValidTo(l.ValidTo).SetCreatedAt(now)
		for _, alias := range clean(l.Aliases) {
			aliases = append(aliases, tx.UnitAlias.Create().SetID(s.store.NewID()).SetAuthorityID(authorityID).SetUnitID(ref.ID).
				SetName(alias).SetCreatedAt(now))
		}
	}
	err = inBatches(rows, func(part []*ent.UnitCreate) error { return tx.Unit.CreateBulk(part...).Exec(ctx) })
	if store.IsDuplicate(err) {
		return nil, fault.New(fault.Conflict, "unit.code_taken").Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("insert units: %w", err)
	}
	err = inBatches(aliases, func(part []*ent.UnitAliasCreate) error { return tx.UnitAlias.CreateBulk(part...).Exec(ctx) })
	if err != nil {
		return nil, fmt.Errorf("insert aliases: %w", err)
	}
	return refs, nil
}

// inBatches hands rows to insert in parts of at most 200.
func inBatches[T any](rows []T, insert func([]T) error) error {
	for len(rows) > 0 {
		n := min(len(rows), batch)
		if err := insert(rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
