package ledgers

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/query"
)

// window is the time since an instant.
type window struct{ from time.Time }

// changedText selects the duties that changed in a window: another light, another row, or new; some more than once. Ids are made in the
// order of time, so that the keys of the histories lead to the window; the empty text behind the subject keeps SQLite from taking the
// index of it, which leads to all that ever changed.
const changedText = `(SELECT subject_id FROM light_changes WHERE id >= ? AND subject || '' = 'duty' AND noted_at > ?
	UNION ALL SELECT duty_id FROM duty_pasts WHERE id >= ? AND until > ? UNION ALL SELECT id FROM duties WHERE id >= ? AND created_at > ?)`

// ahead is how much earlier than the instant that its row names an id may have been made: a transaction makes its ids as it goes on.
const ahead = time.Hour

// args are the arguments of changedText.
func (w *window) args() []any {
	first := ident.NewMaker(0).At(w.from.Add(-ahead))
	return []any{first, w.from, first, w.from, first, w.from}
}

// holds demands that a duty changed in the window.
func (w *window) holds(column string) *entsql.Predicate {
	return entsql.P(func(b *entsql.Builder) {
		b.WriteString(column + " IN ")
		rest, args := changedText, w.args()
		for _, arg := range args {
			before, after, _ := strings.Cut(rest, "?")
			b.WriteString(before).Arg(arg)
			rest = after
		}
		b.WriteString(rest)
	})
}

// aWeekBefore is the same question at the end of the day seven days before.
func (s *Service) aWeekBefore(ctx context.Context, text string, l *lens) (*lens, error) {
	day := l.today.AddDays(-7)
	then, err := s.read(ctx, text, day.End(s.watches.Rules().Zone).UTC().Add(-time.Millisecond))
	if err != nil {
		return nil, fmt.Errorf("ask about a week before: %w", err)
	}
	return then, nil
}

// weekAgo counts what fitted a week before. Where only a change of the duty itself can have changed the answer, what did not change in
// the week is not looked at again: today's tally, less what the changed duties are, and more what they were.
func (s *Service) weekAgo(ctx context.Context, l, then *lens, today tally) (LedgerWeek, error) {
	week := LedgerWeek{AsOf: then.today}
	if !l.at.IsZero() || !steady(l.query, then.query) {
		all, err := s.tallied(ctx, then, then)
		week.LedgerSums = all.sums(lateThen)
		return week, err
	}
	changed := &window{from: then.at}
	are, err := s.tallied(ctx, l.within(changed), then)
	if err != nil {
		return week, err
	}
	were, err := s.tallied(ctx, then.within(changed), then)
	if err != nil {
		return week, err
	}
	week.LedgerSums = today.less(are).more(were).sums(lateThen)
	return week, nil
}

// within is the same lens over what changed in a window.
func (l *lens) within(w *window) *lens {
	part := *l
	part.week = w
	return &part
}

// moving are the terms whose answer changes although the duty does not: by the day, or by what hangs on the duty.
var moving = []query.Key{query.Soon, query.Left, query.Late, query.Silent, query.Urges, query.Extensions}

// movingFlags are the flags of that kind.
var movingFlags = []query.Flag{query.Overdue, query.Urged, query.Extended}

// steady reports whether a question reads the same on two days and asks for nothing that changes without the duty.
func steady(now, then query.Query) bool {
	if !reflect.DeepEqual(now, then) || asked(now, moving) {
		return false
	}
	return !slices.ContainsFunc(now.Terms, func(t query.Term) bool {
		return t.Key == query.Is && slices.ContainsFunc(t.Texts, func(text string) bool { return slices.Contains(movingFlags, query.Flag(text)) })
	})
}
