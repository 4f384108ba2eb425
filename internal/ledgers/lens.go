package ledgers

import (
	"context"
	"slices"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/workday"
)

// condition narrows a selection of duties.
type condition = func(*entsql.Selector)

// lens is a question that was read: who asks, about which moment, and what has to hold.
type lens struct {
	reach access.Filter
	actor access.Actor
	query query.Query
	today workday.Date
	at    time.Time // the past instant; zero for the present
	opens []bool    // whether open ones, ended ones or both are asked for
	holds []condition
	week  *window // in the past: only what changed in it since; nil for everything
	few   bool    // whether a unit or a task selects few duties, so that their index has to serve the question
}

// read turns a text into a lens. A name that fits nothing narrows to nothing: it is no fault to ask for it.
func (s *Service) read(ctx context.Context, text string, at time.Time) (*lens, error) {
	reach, err := s.gate.May(ctx, access.DutyRead)
	if err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	l := &lens{reach: reach, actor: actor, today: s.watches.Today(), at: at}
	if !at.IsZero() {
		if at.After(s.store.Now()) {
			return nil, fault.BadField("query.as_of", "ledger.future")
		}
		l.today = workday.DateOf(at, s.watches.Rules().Zone)
	}
	if l.query, err = query.Parse(text, l.today); err != nil {
		return nil, err
	}
	return l, s.aim(ctx, l)
}

// aim works out the conditions of a lens.
func (s *Service) aim(ctx context.Context, l *lens) error {
	l.opens, l.holds, l.few = openness(l.query), nil, false
	for _, t := range l.query.Terms {
		hold, err := s.condition(ctx, l, t)
		if err != nil {
			return err
		}
		if hold == nil {
			continue
		}
		if t.Not {
			hold = not(hold)
		} else {
			l.few = l.few || selective(t)
		}
		l.holds = append(l.holds, hold)
	}
	for _, w := range l.query.Words {
		hold := titled(l.actor.AuthorityID, w.Text)
		if w.Not {
			hold = not(hold)
		}
		l.holds = append(l.holds, hold)
	}
	return nil
}

// without is the same lens over less: what a facet counts is not narrowed by itself.
func (s *Service) without(ctx context.Context, l *lens, keys ...query.Key) (*lens, error) {
	rest := *l
	rest.query = l.query.Without(keys...)
	return &rest, s.aim(ctx, &rest)
}

// selective reports whether a term names units or tasks.
func selective(t query.Term) bool {
	switch t.Key {
	case query.Unit, query.Lead, query.Support, query.Task:
		return true
	case query.Is:
		return slices.Equal(t.Texts, []string{string(query.Mine)})
	}
	return false
}

// openFlags are the flags that say whether a duty is open.
var openFlags = map[query.Flag][]bool{query.All: {true, false}, query.Open: {true}, query.Ended: {false}, query.Overdue: {true}, query.AtRisk: {true}}

// openness says which of the open and the ended a query asks for: the open, unless a term says otherwise.
func openness(q query.Query) []bool {
	both := []bool{true, false}
	said, opens := false, both
	narrow := func(to []bool) {
		said = true
		opens = slices.DeleteFunc(slices.Clone(opens), func(open bool) bool { return !slices.Contains(to, open) })
	}
	for _, t := range q.Terms {
		if to, about := openOf(t); about {
			narrow(to)
		}
	}
	if !said {
		return []bool{true}
	}
	return opens
}

// openOf says whether a term is about open or ended duties, and about which.
func openOf(t query.Term) (to []bool, about bool) {
	for _, text := range t.Texts {
		switch t.Key {
		case query.Status:
			to = append(to, duty.Status(text).Open())
		case query.Light:
			if text == "done" {
				to = append(to, false)
			} else {
				to = append(to, true)
			}
		case query.Is:
			to = append(to, openFlags[query.Flag(text)]...)
		}
	}
	if t.Not && len(to) > 0 { // what is not this may be either
		return []bool{true, false}, true
	}
	if t.Key == query.Soon || t.Key == query.Late {
		return []bool{true}, true
	}
	return to, len(to) > 0
}

// columns are where the scopes of grants find their facts: those of the present, also in a look at the past.
func (l *lens) columns() access.Columns {
	if l.at.IsZero() {
		return access.Columns{Authority: entduty.FieldAuthorityID, Unit: entduty.FieldUnitID, Path: entduty.FieldUnitPath,
			Leader: entduty.FieldLeaderID, Part: entduty.FieldPart}
	}
	return access.Columns{Authority: entduty.FieldAuthorityID, Unit: nowUnit, Path: nowPath, Leader: nowLeader, Part: entduty.FieldPart}
}

// not turns a condition round.
func not(hold condition) condition {
	return func(q *entsql.Selector) {
		inner := entsql.Dialect(q.Dialect()).Select().From(entsql.Dialect(q.Dialect()).Table(entduty.Table))
		hold(inner)
		q.Where(entsql.Not(inner.P()))
	}
}
