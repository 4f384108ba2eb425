package ledgers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	entsql "entgo.io/ent/dialect/sql"

	entduty "github.com/duban-gov/duban/ent/duty"
	entplan "github.com/duban-gov/duban/ent/plan"
	enttask "github.com/duban-gov/duban/ent/task"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/unitalias"
	entuser "github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/unit"
)

// maxNamed bounds how many objects a name may stand for.
const maxNamed = 500

// named is the condition of a term that names something.
func (s *Service) named(ctx context.Context, l *lens, t query.Term) (condition, error) {
	switch t.Key {
	case query.Unit, query.Lead, query.Support:
		ids, err := s.unitsNamed(ctx, l.actor.AuthorityID, t.Texts)
		if err != nil {
			return nil, err
		}
		return held(t.Key, ids), nil
	case query.Under:
		return s.under(ctx, l, t)
	case query.Leader:
		ids, err := s.peopleNamed(ctx, l.actor.AuthorityID, t.Texts)
		return column(entduty.FieldLeaderID, ids), err
	case query.Plan:
		ids, err := s.plansNamed(ctx, l.actor.AuthorityID, t.Texts)
		return column(entduty.FieldPlanID, ids), err
	case query.Year:
		return s.ofYears(ctx, l, t)
	case query.Task:
		return tasked(l.actor.AuthorityID, t.Texts), nil
	}
	return always, nil
}

// held demands that one of some units holds the duty, with the part that the key says.
func held(key query.Key, units []ident.ID) condition {
	return func(q *entsql.Selector) {
		column(entduty.FieldUnitID, units)(q)
		switch key {
		case query.Lead:
			q.Where(entsql.EQ(q.C(entduty.FieldPart), string(duty.Lead)))
		case query.Support:
			q.Where(entsql.EQ(q.C(entduty.FieldPart), string(duty.Support)))
		}
	}
}

// fits demands that a column contains one of some texts, whatever the case of Latin letters.
func fits(texts []string, columns ...string) *entsql.Predicate {
	var ways []*entsql.Predicate
	for _, text := range texts {
		like := "%" + likeEscape.Replace(strings.ToLower(text)) + "%"
		for _, name := range columns {
			ways = append(ways, entsql.P(func(b *entsql.Builder) {
				b.WriteString("LOWER(" + name + ") LIKE ").Arg(like).WriteString(` ESCAPE '\'`)
			}))
		}
	}
	choice := entsql.Or(ways...) // in brackets of its own: ent forgets them round an Or that stands alone in an And
	return entsql.P(func(b *entsql.Builder) { b.Wrap(func(b *entsql.Builder) { b.Join(choice) }) })
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// known splits texts into ids and names.
func known(texts []string) (ids []ident.ID, names []string) {
	for _, text := range texts {
		if id, err := ident.Parse(text); err == nil {
			ids = append(ids, id)
		} else {
			names = append(names, text)
		}
	}
	return ids, names
}

// unitsNamed finds units by id, code, name or short name. A name that is exactly one unit's means that unit, not those around it.
func (s *Service) unitsNamed(ctx context.Context, authority ident.ID, texts []string) ([]ident.ID, error) {
	ids, names := known(texts)
	for _, name := range names {
		exact, err := s.store.Read().Unit.Query().Where(entunit.AuthorityID(authority), entunit.Or(entunit.Name(name), entunit.Code(name))).
			Limit(maxNamed).IDs(ctx)
		if err != nil {
			return nil, fmt.Errorf("find unit: %w", err)
		}
		if len(exact) > 0 {
			ids = append(ids, exact...)
			continue
		}
		like, err := s.unitsLike(ctx, authority, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, like...)
	}
	return ids, nil
}

func (s *Service) unitsLike(ctx context.Context, authority ident.ID, name string) ([]ident.ID, error) {
	ids, err := s.store.Read().Unit.Query().Where(entunit.AuthorityID(authority), func(q *entsql.Selector) {
		q.Where(fits([]string{name}, q.C(entunit.FieldName)))
	}).Limit(maxNamed).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("find units: %w", err)
	}
	rows, err := s.store.Read().UnitAlias.Query().Where(unitalias.AuthorityID(authority), func(q *entsql.Selector) {
		q.Where(fits([]string{name}, q.C(unitalias.FieldName)))
	}).Limit(maxNamed).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("find units by short name: %w", err)
	}
	for _, row := range rows {
		if !slices.Contains(ids, row.UnitID) {
			ids = append(ids, row.UnitID)
		}
	}
	return ids, nil
}

// under demands a unit or one below it.
func (s *Service) under(ctx context.Context, l *lens, t query.Term) (condition, error) {
	ids, err := s.unitsNamed(ctx, l.actor.AuthorityID, t.Texts)
	if err != nil || len(ids) == 0 {
		return never, err
	}
	paths, err := s.store.Read().Unit.Query().Where(entunit.IDIn(ids...), entunit.AuthorityID(l.actor.AuthorityID)).Order(entunit.ByPath()).Select(entunit.FieldPath).Strings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	var tops []condition
	last := ""
	for _, path := range paths {
		if last != "" && unit.Within(last, path) {
			continue // lies below one that is asked for anyway
		}
		last = path
		tops = append(tops, func(q *entsql.Selector) {
			q.Where(entsql.And(entsql.GTE(q.C(entduty.FieldUnitPath), path), entsql.LT(q.C(entduty.FieldUnitPath), unit.PathEnd(path))))
		})
	}
	if len(tops) == 0 {
		return never, nil
	}
	return either(tops), nil
}

func (s *Service) peopleNamed(ctx context.Context, authority ident.ID, texts []string) ([]ident.ID, error) {
	ids, names := known(texts)
	if len(names) == 0 {
		return ids, nil
	}
	found, err := s.store.Read().User.Query().Where(entuser.AuthorityID(authority), func(q *entsql.Selector) {
		q.Where(fits(names, q.C(entuser.FieldName)))
	}).Limit(maxNamed).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("find people: %w", err)
	}
	return append(ids, found...), nil
}

func (s *Service) plansNamed(ctx context.Context, authority ident.ID, texts []string) ([]ident.ID, error) {
	ids, names := known(texts)
	if len(names) == 0 {
		return ids, nil
	}
	found, err := s.store.Read().Plan.Query().Where(entplan.AuthorityID(authority), func(q *entsql.Selector) {
		q.Where(fits(names, q.C(entplan.FieldTitle), q.C(entplan.FieldNumber)))
	}).Limit(maxNamed).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("find plans: %w", err)
	}
	return append(ids, found...), nil
}

func (s *Service) ofYears(ctx context.Context, l *lens, t query.Term) (condition, error) {
	ids, err := s.store.Read().Plan.Query().Where(entplan.AuthorityID(l.actor.AuthorityID), func(q *entsql.Selector) {
		between(entplan.FieldYear, t.Min, t.Max)(q)
	}).Limit(maxNamed).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("find plans of years: %w", err)
	}
	return column(entduty.FieldPlanID, ids), nil
}

// sent demands a plan that the caller drew up or issued.
func (s *Service) sent(ctx context.Context, l *lens) (condition, error) {
	ids, err := s.store.Read().Plan.Query().Where(entplan.AuthorityID(l.actor.AuthorityID),
		entplan.Or(entplan.CreatedByID(l.actor.ID), entplan.IssuedByID(l.actor.ID))).Limit(maxNamed).IDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("find own plans: %w", err)
	}
	return column(entduty.FieldPlanID, ids), nil
}

// tasksLike selects the ids of tasks by number and title.
func tasksLike(q *entsql.Selector, authority ident.ID, texts []string) *entsql.Selector {
	t := entsql.Dialect(q.Dialect()).Table(enttask.Table)
	number, title := t.C(enttask.FieldNumber), t.C(enttask.FieldTitle)
	return entsql.Dialect(q.Dialect()).Select(t.C(enttask.FieldID)).From(t).Where(entsql.And(
		entsql.EQ(t.C(enttask.FieldAuthorityID), authority), fits(texts, number, title, "("+number+" || "+title+")")))
}

// tasked demands a task by id, or by what its number and title contain.
func tasked(authority ident.ID, texts []string) condition {
	ids, names := known(texts)
	return func(q *entsql.Selector) {
		var ways []*entsql.Predicate
		if len(ids) > 0 {
			args := make([]any, len(ids))
			for i, id := range ids {
				args[i] = id
			}
			ways = append(ways, entsql.In(q.C(entduty.FieldTaskID), args...))
		}
		if len(names) > 0 {
			ways = append(ways, entsql.In(q.C(entduty.FieldTaskID), tasksLike(q, authority, names)))
		}
		q.Where(entsql.Or(ways...))
	}
}

// titled demands a word in the number or title of the task, or in the name of the unit.
func titled(authority ident.ID, word string) condition {
	return func(q *entsql.Selector) {
		u := entsql.Dialect(q.Dialect()).Table(entunit.Table)
		units := entsql.Dialect(q.Dialect()).Select(u.C(entunit.FieldID)).From(u).Where(entsql.And(
			entsql.EQ(u.C(entunit.FieldAuthorityID), authority), fits([]string{word}, u.C(entunit.FieldName))))
		q.Where(entsql.Or(entsql.In(q.C(entduty.FieldTaskID), tasksLike(q, authority, []string{word})), entsql.In(q.C(entduty.FieldUnitID), units)))
	}
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
