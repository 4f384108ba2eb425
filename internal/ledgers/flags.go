package ledgers

import (
	"context"

	entsql "entgo.io/ent/dialect/sql"

	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/extension"
	"github.com/duban-gov/duban/ent/follow"
	"github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/query"
)

// lit demands one of some lights, which lie beside the duty, or in the past on it.
func (l *lens) lit(lights []string) condition {
	if !l.at.IsZero() {
		return column(lightThen, lights)
	}
	return func(q *entsql.Selector) {
		w := entsql.Dialect(q.Dialect()).Table(watch.Table)
		args := make([]any, len(lights))
		for i, light := range lights {
			args[i] = light
		}
		q.Where(entsql.Exists(entsql.Dialect(q.Dialect()).Select(w.C(watch.FieldID)).From(w).Where(entsql.And(
			entsql.ColumnsEQ(w.C(watch.FieldID), q.C(entduty.FieldID)), entsql.In(w.C(watch.FieldLight), args...)))))
	}
}

// counted demands a number of rows that hang on the duty.
func counted(t query.Term, rows func(q *entsql.Selector) *entsql.Selector) condition {
	return func(q *entsql.Selector) {
		compare := func(op entsql.Op, n int) {
			q.Where(entsql.P(func(b *entsql.Builder) {
				b.Wrap(func(b *entsql.Builder) { b.Join(rows(q).Count()) }).WriteOp(op).Arg(n)
			}))
		}
		if t.Min != nil {
			compare(entsql.OpGTE, *t.Min)
		}
		if t.Max != nil {
			compare(entsql.OpLTE, *t.Max)
		}
	}
}

// urges selects the urges on the duty at hand.
func (l *lens) urges(q *entsql.Selector) *entsql.Selector {
	u := entsql.Dialect(q.Dialect()).Table(urge.Table)
	sub := entsql.Dialect(q.Dialect()).Select(u.C(urge.FieldID)).From(u).Where(entsql.And(entsql.In(u.C(urge.FieldSubject),
		string(ladder.OnDuty), string(ladder.OnAcceptance)), entsql.ColumnsEQ(u.C(urge.FieldSubjectID), q.C(entduty.FieldID))))
	return l.until(sub, u.C(urge.FieldCreatedAt))
}

// extensions selects the extensions granted to the duty at hand.
func (l *lens) extensions(q *entsql.Selector) *entsql.Selector {
	e := entsql.Dialect(q.Dialect()).Table(extension.Table)
	sub := entsql.Dialect(q.Dialect()).Select(e.C(extension.FieldID)).From(e).Where(entsql.And(
		entsql.EQ(e.C(extension.FieldStatus), string(duty.ExtensionGranted)), entsql.ColumnsEQ(e.C(extension.FieldDutyID), q.C(entduty.FieldID))))
	return l.until(sub, e.C(extension.FieldDecidedAt))
}

// until leaves out what came after the moment of the lens.
func (l *lens) until(sub *entsql.Selector, instant string) *entsql.Selector {
	if !l.at.IsZero() {
		sub.Where(entsql.LTE(instant, l.at))
	}
	return sub
}

// flags demands one of some flags.
func (s *Service) flags(ctx context.Context, l *lens, flags []string) (condition, error) {
	var all []condition
	for _, f := range flags {
		hold, err := s.flag(ctx, l, query.Flag(f))
		if err != nil {
			return nil, err
		}
		all = append(all, hold)
	}
	return either(all), nil
}

func (s *Service) flag(ctx context.Context, l *lens, f query.Flag) (condition, error) {
	switch f {
	case query.Open, query.Ended:
		return column(entduty.FieldOpen, []bool{f == query.Open}), nil
	case query.Mine:
		return column(entduty.FieldUnitID, unitsOf(l.actor)), nil
	case query.Led:
		return column(entduty.FieldLeaderID, []ident.ID{l.actor.ID}), nil
	case query.Sent:
		return s.sent(ctx, l)
	case query.Followed:
		return followed(l.actor.ID), nil
	case query.Overdue:
		return s.daysOf(l, query.Term{Key: query.Late}), nil
	case query.AtRisk:
		lit := l.lit([]string{string(ladder.Yellow), string(ladder.Red)})
		return func(q *entsql.Selector) {
			lit(q)
			q.Where(entsql.EQ(q.C(entduty.FieldOpen), true))
		}, nil
	case query.Urged:
		return func(q *entsql.Selector) { q.Where(entsql.Exists(l.urges(q))) }, nil
	case query.Extended:
		return func(q *entsql.Selector) { q.Where(entsql.Exists(l.extensions(q))) }, nil
	}
	return always, nil
}

// followed demands that a person follows the duty.
func followed(person ident.ID) condition {
	return func(q *entsql.Selector) {
		f := entsql.Dialect(q.Dialect()).Table(follow.Table)
		q.Where(entsql.In(q.C(entduty.FieldID), entsql.Dialect(q.Dialect()).Select(f.C(follow.FieldSubjectID)).From(f).
			Where(entsql.And(entsql.EQ(f.C(follow.FieldUserID), person), entsql.EQ(f.C(follow.FieldSubject), "duty")))))
	}
}
