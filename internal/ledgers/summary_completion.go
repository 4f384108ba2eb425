package ledgers

import (
	"context"
	"fmt"
	"time"

	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// LedgerCompletion is what is closed beside what was planned, in shares of what is not cancelled.
type LedgerCompletion struct {
	Year    int               `json:"year" doc:"Year of the plan; without a plan in the question that of the day" example:"2017"`
	Closed  int               `json:"closed" doc:"Share closed on the day, in basis points" example:"4000"`
	Planned int               `json:"planned" doc:"Share whose original due date has passed on the day, of all that have one, in basis points" example:"4500"`
	Months  []MonthCompletion `json:"months" doc:"The twelve months of the year"`
}

// MonthCompletion is where a plan stood, or should stand, at the end of a month.
type MonthCompletion struct {
	Month   string `json:"month" doc:"Month" example:"2017-09"`
	Closed  *int   `json:"closed,omitempty" doc:"Share of what stands closed that was closed by the end of the month, in basis points; missing for months to come" example:"4000"`
	Planned int    `json:"planned" doc:"Share whose original due date lies before the end of the month, in basis points" example:"4500"`
}

// completion counts what was closed and what should have been by the end of each month, all in one pass.
func (s *Service) completion(ctx context.Context, l *lens, base *statement) (LedgerCompletion, error) {
	year, err := s.yearOf(ctx, l)
	if err != nil {
		return LedgerCompletion{}, err
	}
	c, zone := LedgerCompletion{Year: year, Months: make([]MonthCompletion, 12)}, s.watches.Rules().Zone
	var live, dated, due, done int
	planned, closed := make([]int, 12), make([]int, 12)
	into := []any{&live, &dated, &due, &done}
	st := base.again()
	fmt.Fprintf(st, " SELECT COUNT(*), COUNT(*) FILTER (WHERE original_due_date < %s)", st.arg(workday.Date{}))
	fmt.Fprintf(st, ", COUNT(*) FILTER (WHERE original_due_date < %s), COUNT(*) FILTER (WHERE status = '%s')", st.arg(l.today), duty.Closed)
	for i := range 12 {
		end := workday.NewDate(year, time.Month(i+2), 1)
		fmt.Fprintf(st, ", COUNT(*) FILTER (WHERE original_due_date < %s)", st.arg(end))
		fmt.Fprintf(st, ", COUNT(*) FILTER (WHERE status = '%s' AND closed_at < %s)", duty.Closed, st.arg(end.Start(zone).UTC()))
		into = append(into, &planned[i], &closed[i])
	}
	fmt.Fprintf(st, " FROM d WHERE status <> '%s'", duty.Cancelled)
	err = store.Each(ctx, s.store.DB(), st.String(), st.args, func(scan func(...any) error) error { return scan(into...) })
	if err != nil {
		return c, fmt.Errorf("count completion: %w", err)
	}
	c.Closed, c.Planned = shareOf(done, live), shareOf(due, dated)
	for i := range c.Months {
		first := workday.NewDate(year, time.Month(i+1), 1)
		c.Months[i] = MonthCompletion{Month: first.String()[:7], Planned: shareOf(planned[i], dated)}
		if !first.After(l.today) {
			part := shareOf(closed[i], live)
			c.Months[i].Closed = &part
		}
	}
	return c, nil
}

// shareOf is a share in basis points, rounded down; of nothing it is none.
func shareOf(n, of int) int {
	if of == 0 {
		return 0
	}
	return n * 10000 / of
}

// yearOf is the year of the plans that a question names, the last of them; otherwise that of the day.
func (s *Service) yearOf(ctx context.Context, l *lens) (int, error) {
	year := 0
	for _, t := range l.query.Terms {
		switch {
		case t.Not:
		case t.Key == query.Year && t.Max != nil:
			year = max(year, *t.Max)
		case t.Key == query.Plan:
			ids, err := s.plansNamed(ctx, l.actor.AuthorityID, t.Texts)
			if err != nil {
				return 0, err
			}
			plan, err := s.store.Read().Plan.Query().Where(entplan.IDIn(ids...), entplan.AuthorityID(l.actor.AuthorityID)).Order(entplan.ByYear()).
				Select(entplan.FieldYear).Ints(ctx)
			if err != nil {
				return 0, fmt.Errorf("read year of plan: %w", err)
			}
			if len(plan) > 0 {
				year = max(year, plan[len(plan)-1])
			}
		}
	}
	if year == 0 {
		return l.today.Year(), nil
	}
	return year, nil
}
