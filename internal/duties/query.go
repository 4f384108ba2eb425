package duties

import (
	"context"
	"fmt"
	"slices"
	"strings"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// DutyQuery narrows a list of duties. What is left zero does not narrow; without a status the list holds what is open.
type DutyQuery struct {
	PlanID  ident.ID
	TaskID  ident.ID
	UnitID  ident.ID
	Mine    bool // only duties of the caller's own units
	Status  duty.Status
	Light   ladder.Light
	Part    duty.Part
	Overdue bool         // only what is open after its due date
	DueFrom workday.Date // due on this day or later
	DueTo   workday.Date // due on this day or earlier
	After   string
	Limit   int
}

// DutyPage is a page of duties.
type DutyPage struct {
	Items []Duty `json:"items" doc:"Duties, earliest due date first"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Get shows one duty.
func (s *Service) Get(ctx context.Context, id ident.ID) (Duty, error) {
	reach, err := s.gate.May(ctx, access.DutyRead)
	if err != nil {
		return Duty{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Duty{}, err
	}
	lines, err := s.lines(ctx, s.store.DB(), []ident.ID{id})
	if err != nil {
		return Duty{}, err
	}
	if lines[0].ID.IsZero() || !reach.Covers(lines[0].facts) {
		return Duty{}, fault.Missing("duty")
	}
	return s.show(s.gate.Look(ctx), actor, lines[0]), nil
}

// List lists duties that the caller may see, earliest due date first: the ids of the page from an index, then what the page shows by
// these ids. It counts nothing.
func (s *Service) List(ctx context.Context, in DutyQuery) (DutyPage, error) {
	page := DutyPage{Items: []Duty{}}
	reach, err := s.gate.May(ctx, access.DutyRead)
	if err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Duty.Query().Where(within(reach, in)...)
	s.narrow(query, in)
	if err := s.nearby(ctx, query, reach); err != nil {
		return page, err
	}
	if in.Mine {
		query.Where(entduty.UnitIDIn(unitsOf(actor)...))
	}
	if err := from(query, in.After); err != nil {
		return page, err
	}
	limit := pageSize(in.Limit)
	ids, err := query.Order(ent.Asc(entduty.FieldDueDate, entduty.FieldID)).Limit(limit + 1).IDs(ctx)
	if err != nil {
		return page, fmt.Errorf("list duties: %w", err)
	}
	more := len(ids) > limit
	if page.Items, err = s.views(ctx, s.store.DB(), ids[:min(limit, len(ids))]); err != nil {
		return page, err
	}
	if last := len(page.Items) - 1; more && last >= 0 {
		page.Next = page.Items[last].DueDate.String() + "~" + page.Items[last].ID.String()
	}
	return page, nil
}

// within is the scope of the caller. Where a unit, a leader or a task selects few duties, their index has to serve the query and not
// the one by authority, which SQLite takes for just as good: behind a plus sign the authority is only compared.
func within(reach access.Filter, in DutyQuery) []predicate.Duty {
	whole := slices.ContainsFunc(reach.Reaches, func(r access.Reach) bool { return r.Scope == access.ScopeAll })
	few := in.Mine || !in.UnitID.IsZero() || !in.TaskID.IsZero()
	if reach.Everywhere || whole && !few {
		return []predicate.Duty{reach.Predicate(columns)}
	}
	local := reach
	local.Everywhere = true
	return []predicate.Duty{local.Predicate(columns), equals(entduty.FieldAuthorityID, "+", reach.AuthorityID)}
}

// equals compares a column by value; a sign before it keeps an index away. A bare boolean column would keep every index away.
func equals(column, sign string, value any) predicate.Duty {
	return func(q *entsql.Selector) {
		q.Where(entsql.P(func(b *entsql.Builder) { b.WriteString(sign).Ident(q.C(column)).WriteOp(entsql.OpEQ).Arg(value) }))
	}
}

// narrow adds the filters of the question.
func (s *Service) narrow(query *ent.DutyQuery, in DutyQuery) {
	query.Where(equals(entduty.FieldOpen, "", in.Status == "" || in.Status.Open()))
	if in.Status != "" {
		query.Where(entduty.StatusEQ(in.Status))
	}
	if !in.PlanID.IsZero() {
		query.Where(entduty.PlanID(in.PlanID))
	}
	if !in.TaskID.IsZero() {
		query.Where(entduty.TaskID(in.TaskID))
	}
	if !in.UnitID.IsZero() {
		query.Where(entduty.UnitID(in.UnitID))
	}
	if in.Part != "" {
		query.Where(entduty.PartEQ(in.Part))
	}
	if !in.DueFrom.IsZero() {
		query.Where(entduty.DueDateGTE(in.DueFrom))
	}
	if !in.DueTo.IsZero() {
		query.Where(entduty.DueDateLTE(in.DueTo))
	}
	if in.Overdue {
		query.Where(entduty.DueDateLT(s.watches.Today()))
	}
	if in.Light != "" {
		query.Where(func(q *entsql.Selector) { q.Where(entsql.Exists(lit(q, in.Light))) })
	}
}

// lit selects the watch of the duty at hand if it shows the light.
func lit(q *entsql.Selector, light ladder.Light) *entsql.Selector {
	w := entsql.Table(watch.Table)
	return entsql.Dialect(q.Dialect()).Select(w.C(watch.FieldID)).From(w).Where(entsql.And(
		entsql.ColumnsEQ(w.C(watch.FieldID), q.C(entduty.FieldID)), entsql.EQ(w.C(watch.FieldLight), string(light))))
}

// nearBound is how many units a subtree may have for its units to be named in the query, so that the index by unit serves
// it; a larger subtree holds so much of the authority that the index by due date finds a page soon.
const nearBound = 50

// nearby names the units of a small subtree.
func (s *Service) nearby(ctx context.Context, query *ent.DutyQuery, reach access.Filter) error {
	if len(reach.Reaches) != 1 || reach.Reaches[0].Scope != access.ScopeSubtree {
		return nil
	}
	path := reach.Reaches[0].Path
	ids, err := s.store.Read().Unit.Query().Where(entunit.PathGTE(path), entunit.PathLT(unit.PathEnd(path))).Limit(nearBound + 1).IDs(ctx)
	if err != nil {
		return fmt.Errorf("list units of subtree: %w", err)
	}
	if len(ids) <= nearBound {
		query.Where(entduty.UnitIDIn(ids...))
	}
	return nil
}

// unitsOf lists the units of the actor's posts.
func unitsOf(actor access.Actor) []ident.ID {
	var ids []ident.ID
	for _, p := range actor.Posts {
		if !slices.Contains(ids, p.UnitID) {
			ids = append(ids, p.UnitID)
		}
	}
	return ids
}

// from begins the page after a cursor "date~id"; no date is last, as in the index.
func from(query *ent.DutyQuery, after string) error {
	if after == "" {
		return nil
	}
	date, id, ok := strings.Cut(after, "~")
	var due workday.Date
	err := due.UnmarshalText([]byte(date))
	last, err2 := ident.Parse(id)
	if !ok || err != nil || err2 != nil {
		return fault.BadField("query.after", "cursor")
	}
	query.Where(func(q *entsql.Selector) {
		q.Where(entsql.CompositeGT([]string{q.C(entduty.FieldDueDate), q.C(entduty.FieldID)}, due, last))
	})
	return nil
}
