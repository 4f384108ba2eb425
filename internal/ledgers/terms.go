package ledgers

import (
	"context"

	entsql "entgo.io/ent/dialect/sql"

	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/workday"
)

// condition is what a term demands; nil if it demands nothing of a single duty.
func (s *Service) condition(ctx context.Context, l *lens, t query.Term) (condition, error) {
	switch t.Key {
	case query.Status:
		return column(entduty.FieldStatus, t.Texts), nil
	case query.Light:
		return l.lit(t.Texts), nil
	case query.Is:
		return s.flags(ctx, l, t.Texts)
	case query.Progress:
		return between(entduty.FieldProgress, scaled(t.Min, 100, 0), scaled(t.Max, 100, 99)), nil
	case query.Urges:
		return counted(t, func(q *entsql.Selector) *entsql.Selector { return l.urges(q) }), nil
	case query.Extensions:
		return counted(t, func(q *entsql.Selector) *entsql.Selector { return l.extensions(q) }), nil
	case query.Soon, query.Left, query.Late:
		return s.daysOf(l, t), nil
	case query.Silent:
		return s.silent(l, t), nil
	case query.Due:
		return dated(entduty.FieldDueDate, t), nil
	case query.Original:
		return dated(entduty.FieldOriginalDueDate, t), nil
	case query.Reported:
		return s.reported(t), nil
	}
	return s.named(ctx, l, t)
}

// column demands one of some values.
func column[T any](name string, values []T) condition {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	return func(q *entsql.Selector) { q.Where(entsql.In(q.C(name), args...)) }
}

// either demands one of several conditions.
func either(all []condition) condition {
	if len(all) == 1 {
		return all[0]
	}
	return func(q *entsql.Selector) {
		ways := make([]*entsql.Predicate, len(all))
		for i, hold := range all {
			inner := entsql.Dialect(q.Dialect()).Select().From(entsql.Dialect(q.Dialect()).Table(entduty.Table))
			hold(inner)
			ways[i] = inner.P()
		}
		q.Where(entsql.Or(ways...))
	}
}

// always demands nothing; never cannot hold.
func always(q *entsql.Selector) { q.Where(entsql.ExprP("1 = 1")) }
func never(q *entsql.Selector)  { q.Where(entsql.False()) }

// scaled is a bound in the unit of the column.
func scaled(n *int, by, more int) *int {
	if n == nil {
		return nil
	}
	v := *n*by + more
	return &v
}

// between demands a number within bounds.
func between(name string, from, to *int) condition {
	return func(q *entsql.Selector) {
		if from != nil {
			q.Where(entsql.GTE(q.C(name), *from))
		}
		if to != nil {
			q.Where(entsql.LTE(q.C(name), *to))
		}
		if from == nil && to == nil {
			always(q)
		}
	}
}

// dated demands a date within bounds, or none.
func dated(name string, t query.Term) condition {
	return func(q *entsql.Selector) {
		if t.None {
			q.Where(entsql.EQ(q.C(name), workday.Date{}))
			return
		}
		q.Where(entsql.LT(q.C(name), workday.Date{})) // no date lies behind every other
		if !t.From.IsZero() {
			q.Where(entsql.GTE(q.C(name), t.From))
		}
		if !t.To.IsZero() {
			q.Where(entsql.LTE(q.C(name), t.To))
		}
	}
}

// daysOf demands a number of days until the due date, or after it.
func (s *Service) daysOf(l *lens, t query.Term) condition {
	from, to := t.Min, t.Max
	switch {
	case t.Key == query.Late: // days after are negative days until
		from, to = scaled(t.Max, -1, 0), scaled(t.Min, -1, 0)
		if to == nil || *to > -1 {
			late := -1
			to = &late
		}
	case t.Key == query.Soon && (from == nil || *from < 0):
		today := 0
		from = &today
	}
	reach := query.Term{}
	if from != nil {
		reach.From = s.inDays(l.today, *from, t.Workdays)
	}
	if to != nil {
		reach.To = s.inDays(l.today, *to+1, t.Workdays).AddDays(-1)
	}
	hold := dated(entduty.FieldDueDate, reach)
	return func(q *entsql.Selector) {
		hold(q)
		if t.Key == query.Late || t.Key == query.Soon {
			q.Where(entsql.EQ(q.C(entduty.FieldOpen), true))
		}
	}
}

// inDays is the first day that lies n days after today, in natural or in working days.
func (s *Service) inDays(today workday.Date, n int, workdays bool) workday.Date {
	if !workdays {
		return today.AddDays(n)
	}
	calendar := s.watches.Rules().Calendar
	if n > 0 {
		return calendar.AddWorkdays(today, n)
	}
	if !calendar.IsWorkday(today) {
		today = calendar.AddWorkdays(today, -1)
	}
	return calendar.AddWorkdays(today, n)
}

// silent demands a number of days since the last confirmed report, or since the dispatch where there was none.
func (s *Service) silent(l *lens, t query.Term) condition {
	zone := s.watches.Rules().Zone
	since := func(q *entsql.Selector) string {
		return "COALESCE(" + q.C(entduty.FieldReportedAt) + ", " + q.C(entduty.FieldCreatedAt) + ")"
	}
	return func(q *entsql.Selector) {
		if t.Min != nil {
			q.Where(expression(since(q), entsql.OpLT, s.inDays(l.today, -*t.Min, t.Workdays).End(zone).UTC()))
		}
		if t.Max != nil {
			q.Where(expression(since(q), entsql.OpGTE, s.inDays(l.today, -*t.Max, t.Workdays).Start(zone).UTC()))
		}
	}
}

// expression compares an expression with a value.
func expression(text string, op entsql.Op, value any) *entsql.Predicate {
	return entsql.P(func(b *entsql.Builder) { b.WriteString(text).WriteOp(op).Arg(value) })
}

// reported demands the day of the last confirmed report.
func (s *Service) reported(t query.Term) condition {
	zone := s.watches.Rules().Zone
	return func(q *entsql.Selector) {
		name := q.C(entduty.FieldReportedAt)
		if t.None {
			q.Where(entsql.IsNull(name))
			return
		}
		q.Where(entsql.NotNull(name))
		if !t.From.IsZero() {
			q.Where(entsql.GTE(name, t.From.Start(zone).UTC()))
		}
		if !t.To.IsZero() {
			q.Where(entsql.LT(name, t.To.End(zone).UTC()))
		}
	}
}
