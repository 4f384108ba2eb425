package units

import (
	"context"
	"encoding/base64"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/unitlineage"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// UnitQuery selects units; empty fields select all.
type UnitQuery struct {
	Under ident.ID     // only below this unit
	Depth int          // at most so many levels below Under (or the root); 0 means any
	Kind  unit.Kind    // only of this kind
	Name  string       // name contains
	On    workday.Date // only those that exist on the day
	After string
	Limit int
}

// UnitPage is one page of units in the order of the tree.
type UnitPage struct {
	Items []Unit `json:"items" doc:"Units in the order of the tree"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// maxPage is the largest page.
const maxPage = 200

// List is one page of the units that the caller may see.
func (s *Service) List(ctx context.Context, in UnitQuery) (UnitPage, error) {
	filter, err := s.gate.May(ctx, access.UnitRead)
	if err != nil {
		return UnitPage{}, err
	}
	q := s.store.Read().Unit.Query().Where(filter.Predicate(columns))
	if err := s.narrow(ctx, q, filter, in); err != nil {
		return UnitPage{}, err
	}
	limit := min(max(in.Limit, 1), maxPage)
	rows, err := q.Order(entunit.ByPath()).Limit(limit + 1).All(ctx)
	if err != nil {
		return UnitPage{}, fmt.Errorf("list units: %w", err)
	}
	page := UnitPage{Items: []Unit{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = pathCursor(rows[limit-1].Path)
	}
	page.Items, err = s.views(ctx, rows)
	return page, err
}

// narrow adds the conditions of a query.
func (s *Service) narrow(ctx context.Context, q *ent.UnitQuery, filter access.Filter, in UnitQuery) error {
	root := unit.Segment(1) // any root is one segment wide
	if !in.Under.IsZero() {
		under, err := seen(ctx, s.store.Read().Unit, filter, in.Under)
		if err != nil {
			return err
		}
		root = under.Path
		q.Where(entunit.PathGT(root), entunit.PathLT(unit.PathEnd(root)))
	}
	if in.Depth > 0 {
		q.Where(withinDepth(root, in.Depth))
	}
	if in.Kind != "" {
		q.Where(entunit.KindEQ(in.Kind))
	}
	if in.Name != "" {
		q.Where(entunit.NameContains(in.Name))
	}
	if !in.On.IsZero() {
		validOn(q, in.On)
	}
	if in.After != "" {
		after, err := readPath(in.After)
		if err != nil {
			return err
		}
		q.Where(entunit.PathGT(after))
	}
	return nil
}

// pathCursor and readPath turn the last path of a page into a cursor and back.
func pathCursor(p unit.Path) string { return base64.RawURLEncoding.EncodeToString([]byte(p)) }

func readPath(cursor string) (unit.Path, error) {
	path, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || !unit.IsPath(string(path)) {
		return "", fault.BadField("query.after", "cursor")
	}
	return string(path), nil
}

// views maps rows and reads their aliases in one query.
func (s *Service) views(ctx context.Context, rows []*ent.Unit) ([]Unit, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]ident.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	aliases, err := aliasesOf(ctx, s.store.Read().UnitAlias, ids...)
	if err != nil {
		return nil, err
	}
	views := make([]Unit, len(rows))
	for i, r := range rows {
		views[i] = s.view(actor, r, aliases[r.ID])
	}
	return views, nil
}

// Get is one unit.
func (s *Service) Get(ctx context.Context, id ident.ID) (Unit, error) {
	filter, err := s.gate.May(ctx, access.UnitRead)
	if err != nil {
		return Unit{}, err
	}
	row, err := seen(ctx, s.store.Read().Unit, filter, id)
	if err != nil {
		return Unit{}, err
	}
	return s.full(ctx, s.store.Read().UnitAlias, row)
}

// UnitChange is one change in a unit's identity.
type UnitChange struct {
	Kind    string       `json:"kind" enum:"rename,merge,close" doc:"What happened" example:"rename"`
	On      workday.Date `json:"on" doc:"First day of the new state" example:"2017-09-01"`
	OldName string       `json:"old_name" doc:"Name before" example:"政策法规处"`
	NewName string       `json:"new_name,omitempty" doc:"Name after, or that of the successor" example:"政策法规与改革处"`
	OtherID ident.ID     `json:"other_id,omitzero" doc:"Successor of a merge"`
	Reason  string       `json:"reason" doc:"Why" example:"机构改革"`
}

// Lineage lists the changes in a unit's identity, oldest first.
func (s *Service) Lineage(ctx context.Context, id ident.ID) ([]UnitChange, error) {
	filter, err := s.gate.May(ctx, access.UnitRead)
	if err != nil {
		return nil, err
	}
	if _, err := seen(ctx, s.store.Read().Unit, filter, id); err != nil {
		return nil, err
	}
	rows, err := s.store.Read().UnitLineage.Query().Where(unitlineage.UnitID(id)).Order(unitlineage.ByOnDate(), unitlineage.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read lineage: %w", err)
	}
	changes := make([]UnitChange, len(rows))
	for i, r := range rows {
		changes[i] = UnitChange{Kind: string(r.Kind), On: r.OnDate, OldName: r.OldName, NewName: r.NewName, OtherID: r.OtherID, Reason: r.Reason}
	}
	return changes, nil
}

// Find resolves a name as the caller types it; the day is today unless given.
func (s *Service) Find(ctx context.Context, name string, on workday.Date) ([]Match, error) {
	if _, err := s.gate.May(ctx, access.UnitRead); err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	if on.IsZero() {
		if on, err = s.today(ctx, s.store.Read(), actor.AuthorityID); err != nil {
			return nil, err
		}
	}
	return s.Resolve(ctx, actor.AuthorityID, name, on)
}

// withinDepth selects paths that are at most n levels longer than root.
func withinDepth(root unit.Path, n int) predicate.Unit {
	return func(sel *sql.Selector) {
		sel.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("length(").Ident(sel.C(entunit.FieldPath)).WriteString(") <= ").Arg(len(root) + n*len(unit.Segment(1)))
		}))
	}
}
