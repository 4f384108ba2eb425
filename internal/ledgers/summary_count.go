package ledgers

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"

	entsql "entgo.io/ent/dialect/sql"

	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// statement is a text in the making. Arguments are written in the order in which they stand in it: SQLite knows them by their places.
type statement struct {
	strings.Builder
	args     []any
	postgres bool
}

// arg adds an argument and is its placeholder.
func (st *statement) arg(v any) string {
	st.args = append(st.args, v)
	if st.postgres {
		return "$" + strconv.Itoa(len(st.args))
	}
	return "?"
}

// flatColumns are what sums need of a duty.
var flatColumns = []string{entduty.FieldID, entduty.FieldTaskID, entduty.FieldUnitID, entduty.FieldPart, entduty.FieldStatus, entduty.FieldOpen,
	entduty.FieldDueDate, entduty.FieldOriginalDueDate, entduty.FieldClosedAt}

// over begins a statement over the duties of a lens, which it calls d: flatColumns and their light.
func (s *Service) over(ctx context.Context, l *lens) (*statement, error) {
	q, err := s.fitting(ctx, l)
	if err != nil {
		return nil, err
	}
	switch {
	case l.reach.Empty() || len(l.opens) == 0:
		never(q)
	case len(l.opens) == 1:
		q.Where(entsql.EQ(q.C(entduty.FieldOpen), l.opens[0]))
	}
	if l.week != nil && l.at.IsZero() {
		q.Where(l.week.holds(q.C(entduty.FieldID)))
	}
	light := s.withLight(l, q)
	for _, name := range flatColumns {
		q.AppendSelect(q.C(name))
	}
	q.AppendSelectExprAs(entsql.Raw(light), "light")
	text, args := q.Query()
	st := &statement{args: args, postgres: s.store.Postgres()}
	st.WriteString("WITH d AS (" + text + ")")
	return st, nil
}

// again is a statement over the same duties.
func (st *statement) again() *statement {
	next := &statement{args: append([]any{}, st.args...), postgres: st.postgres}
	next.WriteString(st.String())
	return next
}

// The stands of a duty that is open: late a week before, late since then, or not late. One that has ended stands as its state says.
const (
	lateThen  = "late"
	lateSince = "since"
	notLate   = "open"
)

// stand writes how a duty stands on a day and a week before.
func (st *statement) stand(then, today workday.Date) {
	fmt.Fprintf(st, "CASE WHEN NOT open THEN status WHEN due_date < %s THEN '%s'", st.arg(then), lateThen)
	fmt.Fprintf(st, " WHEN due_date < %s THEN '%s' ELSE '%s' END", st.arg(today), lateSince, notLate)
}

// tally counts duties by light and stand.
type tally map[[2]string]int

func (t tally) less(other tally) tally {
	rest := maps.Clone(t)
	for key, n := range other {
		rest[key] -= n
	}
	return rest
}

func (t tally) more(other tally) tally {
	all := maps.Clone(t)
	for key, n := range other {
		all[key] += n
	}
	return all
}

// sums are the totals of a tally; late are the stands that are late on the day in question.
func (t tally) sums(late ...string) LedgerSums {
	var sum LedgerSums
	lights, lates := make(map[string]int), make(map[string]int)
	for key, n := range t {
		light, stand := key[0], key[1]
		sum.Count += n
		lights[light] += n
		switch stand {
		case string(duty.Closed):
			sum.Closed += n
		case string(duty.Cancelled):
			sum.Cancelled += n
		}
		for _, name := range late {
			if stand == name {
				sum.Overdue += n
				lates[light] += n
			}
		}
	}
	sum.Light, sum.LateLight = lightCounts(lights), lightCounts(lates)
	return sum
}

// lightCounts lists counts of lights, the most urgent first.
func lightCounts(n map[string]int) []FacetCount {
	counts := []FacetCount{}
	for _, light := range lightOrder {
		if n[light] > 0 {
			counts = append(counts, FacetCount{Value: light, N: n[light]})
		}
	}
	return counts
}

// tallied counts the duties of a lens by light and stand on a day and on that of the lens then.
func (s *Service) tallied(ctx context.Context, l, then *lens) (tally, error) {
	st, err := s.over(ctx, l)
	if err != nil {
		return nil, err
	}
	st.WriteString(" SELECT light, stands, COUNT(*) FROM (SELECT light, ")
	st.stand(then.today, l.today)
	st.WriteString(" AS stands FROM d) g GROUP BY light, stands")
	t := tally{}
	err = store.Each(ctx, s.store.DB(), st.String(), st.args, func(scan func(...any) error) error {
		var key [2]string
		var n int
		if err := scan(&key[0], &key[1], &n); err != nil {
			return err
		}
		t[key] = n
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("tally the ledger: %w", err)
	}
	return t, nil
}

// worstUnits is how many units a summary lists.
const worstUnits = 12

// unitsText makes of the counts by unit, light and stand two lists: those of all units together, and the lights of the worst units.
var unitsText = fmt.Sprintf(` SELECT 0 AS unit_id, light, stands, CAST(SUM(n) AS BIGINT) FROM g GROUP BY light, stands
	UNION ALL SELECT unit_id, light, '', CAST(SUM(n) AS BIGINT) FROM g WHERE unit_id IN (SELECT unit_id FROM g GROUP BY unit_id
		ORDER BY SUM(CASE WHEN light = 'red' THEN n ELSE 0 END) DESC, SUM(CASE WHEN light = 'yellow' THEN n ELSE 0 END) DESC, unit_id LIMIT %d)
	GROUP BY unit_id, light`, worstUnits)

// byUnit counts all duties by light and stand, and those of the worst units by light, in one pass over them. Plus 0 keeps SQLite from
// walking an index in the order of units, which looks up every row by itself: the rows as they lie are read in half the time.
func (s *Service) byUnit(ctx context.Context, base *statement, then, today workday.Date) (tally, map[ident.ID]map[string]int, error) {
	st := base.again()
	st.WriteString(", g AS MATERIALIZED (SELECT unit_id, light, stands, COUNT(*) AS n FROM (SELECT unit_id + 0 AS unit_id, light, ")
	st.stand(then, today)
	st.WriteString(" AS stands FROM d) f GROUP BY unit_id, light, stands)" + unitsText)
	all, units := tally{}, make(map[ident.ID]map[string]int)
	err := store.Each(ctx, s.store.DB(), st.String(), st.args, func(scan func(...any) error) error {
		var id ident.ID
		var light, stands string
		var n int
		if err := scan(&id, &light, &stands, &n); err != nil {
			return err
		}
		if id.IsZero() {
			all[[2]string{light, stands}] = n
			return nil
		}
		if units[id] == nil {
			units[id] = make(map[string]int)
		}
		units[id][light] = n
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("sum up the ledger by unit: %w", err)
	}
	return all, units, nil
}
