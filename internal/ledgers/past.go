package ledgers

import (
	"context"
	"fmt"
	"strings"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/dutypast"
	"github.com/duban-gov/duban/ent/lightchange"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// The columns of a look at the past that a duty of the present does not have: where it lies now, which decides who may see it, and
// the light of that moment, which otherwise lies beside it.
const (
	nowUnit   = "now_unit_id"
	nowPath   = "now_unit_path"
	nowLeader = "now_leader_id"
	lightThen = "light"
)

// kept are the columns of a duty that never change; moved are those that a past keeps.
var (
	kept = []string{entduty.FieldID, entduty.FieldAuthorityID, entduty.FieldPlanID, entduty.FieldTaskID, entduty.FieldPart,
		entduty.FieldOriginalDueDate, entduty.FieldCreatedAt}
	moved = []string{dutypast.FieldUnitID, dutypast.FieldUnitPath, dutypast.FieldStatus, dutypast.FieldOpen, dutypast.FieldProgress,
		dutypast.FieldDueDate, dutypast.FieldDueRevision, dutypast.FieldAcceptDueDate, dutypast.FieldLeaderID, dutypast.FieldAcceptedAt,
		dutypast.FieldClosedAt, dutypast.FieldCloseReason, dutypast.FieldReportedAt, dutypast.FieldCompletionID, dutypast.FieldUpdatedAt,
		dutypast.FieldVersion}
)

// table is where a lens looks: the duties, or under the same name and with the same columns the duties as they were.
func (l *lens) table(dialect string) entsql.TableView {
	if l.at.IsZero() {
		return entsql.Table(entduty.Table)
	}
	return l.then(dialect).As(entduty.Table)
}

// images joins each duty with the past and the light that hold at the moment of the lens: its first that lasted longer, if there is
// one. A duty that came later is left out.
func (l *lens) images(dialect string) *entsql.Selector {
	d, p := entsql.Dialect(dialect).Table(entduty.Table).As("d"), entsql.Dialect(dialect).Table(dutypast.Table).As("p")
	w, lit := entsql.Dialect(dialect).Table(watch.Table).As("w"), entsql.Dialect(dialect).Table(lightchange.Table).As("lit")
	next := entsql.Dialect(dialect).Table(lightchange.Table).As("nxt")
	first := func(text string) *entsql.Predicate {
		before, after, _ := strings.Cut(text, "?")
		return entsql.P(func(b *entsql.Builder) { b.WriteString(before).Arg(l.at).WriteString(after) })
	}
	q := entsql.Dialect(dialect).Select().From(d).
		LeftJoin(p).OnP(first("p.id = (SELECT x.id FROM duty_pasts x WHERE x.duty_id = d.id AND x.until > ? ORDER BY x.version LIMIT 1)")).
		Join(w).On(w.C(watch.FieldID), d.C(entduty.FieldID)).
		LeftJoin(lit).OnP(first("lit.id = (SELECT y.id FROM light_changes y WHERE y.subject = 'duty' AND y.subject_id = d.id AND y.noted_at <= ? ORDER BY y.id DESC LIMIT 1)")).
		LeftJoin(next).OnP(first("nxt.id = (SELECT y.id FROM light_changes y WHERE y.subject = 'duty' AND y.subject_id = d.id AND y.noted_at > ? ORDER BY y.id LIMIT 1)")).
		Where(first("d.created_at <= ?"))
	if l.week != nil {
		q.Where(l.week.holds("d.id"))
	}
	return q
}

// then selects the duties as they were, with the columns of duties.
func (l *lens) then(dialect string) *entsql.Selector {
	q := l.images(dialect)
	for _, name := range kept {
		q.AppendSelectExprAs(entsql.Expr("d."+name), name)
	}
	for _, name := range moved {
		q.AppendSelectExprAs(entsql.Expr("CASE WHEN p.id IS NULL THEN d."+name+" ELSE p."+name+" END"), name)
	}
	q.AppendSelectExprAs(entsql.Expr("CASE WHEN nxt.id IS NULL THEN w.light ELSE nxt.was END"), lightThen)
	q.AppendSelectExprAs(entsql.Expr("d.unit_id"), nowUnit)
	q.AppendSelectExprAs(entsql.Expr("d.unit_path"), nowPath)
	q.AppendSelectExprAs(entsql.Expr("d.leader_id"), nowLeader)
	return q
}

// thenColumns are what a row of the past is put together from: the duty, its past, its light and the changes of it before and after. SQLite knows an instant only in a
// plain column, so the choice between them is made here and not by the statement. Names are those of today.
var thenColumns = func() string {
	var all []string
	for _, name := range kept {
		all = append(all, "d."+name)
	}
	for _, table := range []string{"d.", "p."} {
		for _, name := range moved {
			all = append(all, table+name)
		}
	}
	all = append(all, "w.light", "nxt.was", "lit.rule", "lit.since", "t.number", "t.title", "u.name")
	return strings.Join(all, ", ")
}()

// dutiesThen reads duties as they were at the moment of a lens, in the order of the ids; one that did not exist yet is left out.
func (s *Service) dutiesThen(ctx context.Context, l *lens, ids []ident.ID) ([]duties.Duty, error) {
	t, u := entsql.Dialect(s.store.Dialect).Table("tasks").As("t"), entsql.Dialect(s.store.Dialect).Table("units").As("u")
	q := l.images(s.store.Dialect)
	d := q.Table()
	q.Join(t).On(t.C("id"), d.C(entduty.FieldTaskID)).Join(u).OnP(entsql.ExprP("u.id = CASE WHEN p.id IS NULL THEN d.unit_id ELSE p.unit_id END"))
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	text, args := q.SelectExpr(entsql.Expr(thenColumns)).Where(entsql.In(d.C(entduty.FieldID), args...)).Query()
	found := make(map[ident.ID]duties.Duty, len(ids))
	err := store.Each(ctx, s.store.DB(), text, args, func(scan func(...any) error) error {
		d, err := scanThen(scan)
		if err != nil {
			return err
		}
		d.Overdue = s.duties.OverdueOn(d, l.today)
		d.AllowedActions = []access.AllowedAction{}
		found[d.ID] = d
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read duties of the past: %w", err)
	}
	list := make([]duties.Duty, 0, len(found))
	for _, id := range ids {
		if d, ok := found[id]; ok {
			list = append(list, d)
		}
	}
	return list, nil
}

// image is what a past keeps of a duty; of one that is not there all is NULL.
type image struct {
	unit, leader, completion            *ident.ID
	path, status, reason                *string
	open                                *bool
	progress, revision, version         *int
	due, signBy                         *workday.Date
	accepted, closed, reported, updated *time.Time
}

// places are the fields in the order of moved.
func (i *image) places() []any {
	return []any{&i.unit, &i.path, &i.status, &i.open, &i.progress, &i.due, &i.revision, &i.signBy, &i.leader, &i.accepted, &i.closed,
		&i.reason, &i.reported, &i.completion, &i.updated, &i.version}
}

// scanThen puts a row together.
func scanThen(scan func(...any) error) (duties.Duty, error) {
	var d duties.Duty
	var authority ident.ID
	var is, was image
	var light, then, rule *string
	var since *time.Time
	into := []any{&d.ID, &authority, &d.PlanID, &d.TaskID, &d.Part, &d.OriginalDueDate, &d.CreatedAt}
	into = append(append(into, is.places()...), was.places()...)
	into = append(into, &light, &then, &rule, &since, &d.TaskNumber, &d.TaskTitle, &d.UnitName)
	if err := scan(into...); err != nil {
		return d, err
	}
	if was.version != nil {
		is = was
	}
	if then != nil {
		light = then
	}
	if rule != nil { // no rule stands beside a light that has not changed yet
		d.LightRule, d.LightSince = *rule, at(since)
	}
	d.UnitID, d.LeaderID, d.CompletionID = *is.unit, *is.leader, *is.completion
	d.Status, d.CloseReason = duty.Status(*is.status), *is.reason
	d.Progress, d.DueRevision, d.Version = *is.progress, *is.revision, *is.version
	d.DueDate, d.SignBy = *is.due, *is.signBy
	d.AcceptedAt, d.ClosedAt, d.ReportedAt = at(is.accepted), at(is.closed), at(is.reported)
	d.Light = ladder.Light(*light)
	d.CreatedAt, d.UpdatedAt = d.CreatedAt.UTC(), at(is.updated)
	return d, nil
}

// at is an instant that may be missing, in UTC.
func at(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// Then shows one duty as it was at a past instant.
func (s *Service) Then(ctx context.Context, id ident.ID, at time.Time) (duties.Duty, error) {
	l, err := s.read(ctx, "", at)
	if err != nil {
		return duties.Duty{}, err
	}
	if _, err := s.duties.Get(ctx, id); err != nil { // who may see it now may see its past
		return duties.Duty{}, err
	}
	found, err := s.dutiesThen(ctx, l, []ident.ID{id})
	if err != nil {
		return duties.Duty{}, err
	}
	if len(found) == 0 {
		return duties.Duty{}, fault.Missing("duty")
	}
	return found[0], nil
}
