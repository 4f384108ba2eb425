package ledgers

import (
	"context"
	"time"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// LedgerSums are exact totals of an answer. Every duty shows one light, so that the counts of lights add up to all; those of them that
// are late stand by themselves too, because a red light may show long before the due date and a clock may stand still after it.
type LedgerSums struct {
	Count     int          `json:"count" doc:"Duties that fit" example:"575160"`
	Closed    int          `json:"closed" doc:"Of these, closed" example:"230064"`
	Cancelled int          `json:"cancelled" doc:"Of these, cancelled; their light is grey" example:"12"`
	Overdue   int          `json:"overdue" doc:"Of these, open after their due date, whatever their light" example:"21"`
	Light     []FacetCount `json:"light" doc:"By light, the most urgent first"`
	LateLight []FacetCount `json:"late_light" doc:"Those open after their due date, by light"`
}

// LedgerWeek is what the totals were a week before.
type LedgerWeek struct {
	AsOf workday.Date `json:"as_of" doc:"The day at whose end they held" example:"2017-09-13"`
	LedgerSums
}

// LedgerSummary is the answer of the leaders' cockpit (驾驶舱): what a plan comes to, computed where the rows lie.
type LedgerSummary struct {
	AsOf workday.Date `json:"as_of" doc:"The day that is looked at" example:"2017-09-20"`
	LedgerSums
	WeekAgo    LedgerWeek       `json:"week_ago" doc:"The totals seven days before"`
	Units      []UnitLights     `json:"units" doc:"The twelve units with most red lights, then most yellow ones"`
	Month      string           `json:"month" doc:"Month whose due dates are counted" example:"2017-09"`
	Due        []DayCount       `json:"due" doc:"Days of the month on which open duties fall due"`
	Risks      []LedgerRisk     `json:"risks" doc:"The ten tasks that want a leader most"`
	Completion LedgerCompletion `json:"completion" doc:"What is closed beside what should be, month by month"`
}

// SummaryQuery is a question to the ledger of which only the sums are wanted.
type SummaryQuery struct {
	Text  string    // in the language of package query
	AsOf  time.Time // a past instant; zero is now
	Month string    // YYYY-MM; empty is the month of the day that is looked at
}

// Summary sums up what fits a question. It is exact at every size: the database counts, and only the sums leave it.
func (s *Service) Summary(ctx context.Context, in SummaryQuery) (LedgerSummary, error) {
	sum := LedgerSummary{Units: []UnitLights{}, Due: []DayCount{}, Risks: []LedgerRisk{}}
	l, err := s.read(ctx, in.Text, in.AsOf)
	if err != nil {
		return sum, err
	}
	month, err := monthOf(in.Month, l.today)
	if err != nil {
		return sum, err
	}
	sum.AsOf, sum.Month = l.today, month.String()[:7]
	base, err := s.over(ctx, l)
	if err != nil {
		return sum, err
	}
	then, err := s.aWeekBefore(ctx, in.Text, l)
	if err != nil {
		return sum, err
	}
	all, units, err := s.byUnit(ctx, base, then.today, l.today)
	if err != nil {
		return sum, err
	}
	sum.LedgerSums = all.sums(lateThen, lateSince)
	if sum.WeekAgo, err = s.weekAgo(ctx, l, then, all); err != nil {
		return sum, err
	}
	if sum.Units, err = s.worst(ctx, units); err != nil {
		return sum, err
	}
	if sum.Due, err = s.fallDue(ctx, base, month); err != nil {
		return sum, err
	}
	if sum.Risks, err = s.atRisk(ctx, l, base); err != nil {
		return sum, err
	}
	sum.Completion, err = s.completion(ctx, l, base)
	return sum, err
}

// monthOf is the first day of a month that is written YYYY-MM.
func monthOf(text string, today workday.Date) (workday.Date, error) {
	if text == "" {
		return workday.NewDate(today.Year(), today.Month(), 1), nil
	}
	day, err := workday.ParseDate(text + "-01")
	if err != nil {
		return day, fault.BadField("query.month", "ledger.month")
	}
	return day, nil
}
