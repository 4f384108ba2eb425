package searches

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/notice"
	entplan "github.com/duban-gov/duban/ent/plan"
	enttask "github.com/duban-gov/duban/ent/task"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
)

// source is a kind of thing that is searched.
type source struct {
	kind string
	find func(ctx context.Context, s *Service, actor access.Actor, words []string) ([]found, error)
}

var sources = []source{{"task", tasks}, {"plan", plans}, {"notice", notices}, {"finding", findings}}

// likeEscape keeps the signs of LIKE from meaning anything.
var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// contains demands every word in one of some columns, whatever the case of Latin letters.
func contains(words []string, columns ...string) *entsql.Predicate {
	all := make([]*entsql.Predicate, len(words))
	for i, w := range words {
		ways := make([]*entsql.Predicate, len(columns))
		for j, name := range columns {
			ways[j] = holds(w, name)
		}
		all[i] = bracketed(entsql.Or(ways...))
	}
	return entsql.And(all...)
}

// holds demands a word in a column. Chinese has no case, and without it both databases compare bytes, twice as fast as LIKE.
func holds(word, column string) *entsql.Predicate {
	return entsql.P(func(b *entsql.Builder) {
		switch {
		case strings.ContainsFunc(word, unicode.IsLower):
			b.WriteString("LOWER(" + column + ") LIKE ").Arg("%" + likeEscape.Replace(word) + "%").WriteString(` ESCAPE '\'`)
		case b.Dialect() == dialect.Postgres:
			b.WriteString("STRPOS(" + column + ", ").Arg(word).WriteString(") > 0")
		default:
			b.WriteString("INSTR(" + column + ", ").Arg(word).WriteString(") > 0")
		}
	})
}

// bracketed keeps a choice together: ent forgets the brackets round an Or that stands alone in an And, and the words of one column
// would open what the scope has closed.
func bracketed(p *entsql.Predicate) *entsql.Predicate {
	return entsql.P(func(b *entsql.Builder) { b.Wrap(func(b *entsql.Builder) { b.Join(p) }) })
}

// within begins a statement on a table within what a permission reaches; nil if it reaches nothing.
func (s *Service) within(actor access.Actor, permission access.Permission, table string, columns access.Columns) *entsql.Selector {
	see := s.gate.Filter(actor, permission)
	if see.Empty() {
		return nil
	}
	q := entsql.Dialect(s.store.Dialect).Select().From(entsql.Dialect(s.store.Dialect).Table(table))
	see.Predicate(columns)(q)
	return q
}

// run reads the newest hits of a statement.
func (s *Service) run(ctx context.Context, kind string, q *entsql.Selector, id string, columns ...string) ([]found, error) {
	text, args := q.SelectExpr(entsql.Expr(strings.Join(append([]string{id}, columns...), ", "))).OrderBy(entsql.Desc(id)).Limit(looked).Query()
	var all []found
	err := store.Each(ctx, s.store.DB(), text, args, func(scan func(...any) error) error {
		f := found{SearchHit: SearchHit{Kind: kind}}
		if err := scan(&f.ID, &f.PlanID, &f.Number, &f.Title, &f.text, &f.UnitName); err != nil {
			return err
		}
		f.At = f.ID.Time()
		all = append(all, f)
		return nil
	})
	return all, err
}

// none and nothing stand for a column that a kind does not have.
const (
	none    = "0"
	nothing = "''"
)

var planColumns = access.Columns{Authority: entplan.FieldAuthorityID, Owner: entplan.FieldCreatedByID}

// seenPlans narrows to plans that the actor may see: a draft is the business of those who edit or issue.
func (s *Service) seenPlans(actor access.Actor, q *entsql.Selector) {
	if !s.gate.Can(actor, access.PlanEdit) && !s.gate.Can(actor, access.PlanIssue) {
		q.Where(entsql.NEQ(q.C(entplan.FieldStatus), string(plan.Draft)))
	}
}

func plans(ctx context.Context, s *Service, actor access.Actor, words []string) ([]found, error) {
	q := s.within(actor, access.PlanRead, entplan.Table, planColumns)
	if q == nil {
		return nil, nil
	}
	s.seenPlans(actor, q)
	q.Where(contains(words, q.C(entplan.FieldTitle), q.C(entplan.FieldNumber),
		"(SELECT name FROM documents WHERE documents.id = plans.document_id)"))
	return s.run(ctx, "plan", q, q.C(entplan.FieldID), none, q.C(entplan.FieldNumber), q.C(entplan.FieldTitle), nothing, nothing)
}

// tasks are seen by whoever sees their plan.
func tasks(ctx context.Context, s *Service, actor access.Actor, words []string) ([]found, error) {
	p := s.within(actor, access.PlanRead, entplan.Table, planColumns)
	if p == nil {
		return nil, nil
	}
	s.seenPlans(actor, p)
	t := entsql.Dialect(s.store.Dialect).Table(enttask.Table)
	q := entsql.Dialect(s.store.Dialect).Select().From(t).Where(entsql.And(
		entsql.EQ(t.C(enttask.FieldAuthorityID), actor.AuthorityID),
		visible(t.C(enttask.FieldPlanID), p),
		contains(words, t.C(enttask.FieldTitle), t.C(enttask.FieldNumber), t.C(enttask.FieldContent))))
	return s.run(ctx, "task", q, t.C(enttask.FieldID), t.C(enttask.FieldPlanID), t.C(enttask.FieldNumber), t.C(enttask.FieldTitle), t.C(enttask.FieldContent), nothing)
}

// visible demands that a plan is among those selected; behind a plus sign no index by plan serves, so that the newest tasks come
// first without being sorted.
func visible(column string, plans *entsql.Selector) *entsql.Predicate {
	return entsql.P(func(b *entsql.Builder) {
		b.WriteString("+" + column + " IN ")
		b.Wrap(func(b *entsql.Builder) { b.Join(plans.Select(plans.C(entplan.FieldID))) })
	})
}

// unitName is the name of the unit of the row at hand.
func unitName(table string) string {
	return "(SELECT name FROM units WHERE units.id = " + table + ".unit_id)"
}

// notices: one without a number is a draft, which exists only for those who see all of the authority.
func notices(ctx context.Context, s *Service, actor access.Actor, words []string) ([]found, error) {
	q := s.within(actor, access.NoticeRead, notice.Table, access.Columns{Authority: notice.FieldAuthorityID, Unit: notice.FieldUnitID,
		Path: notice.FieldUnitPath, Leader: notice.FieldLeaderID, Owner: notice.FieldCreatedByID})
	if q == nil {
		return nil, nil
	}
	all := func(r access.Reach) bool { return r.Scope == access.ScopeAll }
	if !slices.ContainsFunc(s.gate.Filter(actor, access.NoticeRead).Reaches, all) {
		q.Where(entsql.NEQ(q.C(notice.FieldNumber), ""))
	}
	q.Where(contains(words, q.C(notice.FieldTitle), q.C(notice.FieldNumber), q.C(notice.FieldRequirement), unitName("notices")))
	return s.run(ctx, "notice", q, q.C(notice.FieldID), none, q.C(notice.FieldNumber), q.C(notice.FieldTitle), q.C(notice.FieldRequirement), unitName("notices"))
}

// findings have no title: their description is both.
func findings(ctx context.Context, s *Service, actor access.Actor, words []string) ([]found, error) {
	q := s.within(actor, access.FindingRead, finding.Table, access.Columns{Authority: finding.FieldAuthorityID, Unit: finding.FieldUnitID,
		Path: finding.FieldUnitPath, Owner: finding.FieldFoundByID})
	if q == nil {
		return nil, nil
	}
	q.Where(contains(words, q.C(finding.FieldDescription), q.C(finding.FieldBasis), q.C(finding.FieldRequirement), unitName("findings")))
	return s.run(ctx, "finding", q, q.C(finding.FieldID), none, nothing, q.C(finding.FieldDescription), q.C(finding.FieldBasis), unitName("findings"))
}
