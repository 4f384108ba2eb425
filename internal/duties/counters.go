package duties

import (
	"context"
	"fmt"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/dutycount"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
)

// StatusCount is how many duties are in one state.
type StatusCount struct {
	Status duty.Status `json:"status" enum:"assigned,returned,active,review,closed,cancelled" doc:"State" example:"active"`
	N      int         `json:"n" doc:"Number of duties" example:"42"`
}

// DutyCounts are the duties that the caller may see, counted by state.
type DutyCounts struct {
	Items []StatusCount `json:"items" doc:"One line for each state, in the order of a duty's life"`
}

// CountQuery narrows the counters to a plan or a unit.
type CountQuery struct {
	PlanID ident.ID
	UnitID ident.ID
}

// Counts reads the maintained counters within the caller's scope. No duty is counted for it.
func (s *Service) Counts(ctx context.Context, in CountQuery) (DutyCounts, error) {
	counts := DutyCounts{Items: []StatusCount{}}
	reach, err := s.gate.May(ctx, access.CounterRead)
	if err != nil {
		return counts, err
	}
	query := s.store.Read().DutyCount.Query().Where(predicate.DutyCount(reach.Predicate(access.Columns{
		Authority: dutycount.FieldAuthorityID, Unit: dutycount.FieldUnitID, Path: dutycount.FieldUnitPath})))
	if !in.PlanID.IsZero() {
		query.Where(dutycount.PlanID(in.PlanID))
	}
	if !in.UnitID.IsZero() {
		query.Where(dutycount.UnitID(in.UnitID))
	}
	var sums []struct {
		Status duty.Status `json:"status"`
		Sum    int         `json:"sum"`
	}
	if err := query.GroupBy(dutycount.FieldStatus).Aggregate(sumOf(dutycount.FieldN)).Scan(ctx, &sums); err != nil {
		return counts, fmt.Errorf("read counters: %w", err)
	}
	n := make(map[duty.Status]int, len(sums))
	for _, sum := range sums {
		n[sum.Status] = sum.Sum
	}
	for _, status := range duty.Table.Statuses() {
		counts.Items = append(counts.Items, StatusCount{Status: status, N: n[status]})
	}
	return counts, nil
}

// sumOf is a sum that both drivers give as a whole number.
func sumOf(field string) ent.AggregateFunc {
	return func(q *entsql.Selector) string {
		return entsql.As("CAST("+entsql.Sum(q.C(field))+" AS bigint)", "sum")
	}
}

// checkCounts counts the duties of a plan by unit and state and repairs the counters that differ.
func (s *Service) checkCounts(ctx context.Context, tx *ent.Tx, planID ident.ID) (int, error) {
	type slot struct {
		Unit   ident.ID
		Status duty.Status
	}
	right := make(map[slot]*ent.Duty)
	n := make(map[slot]int)
	text := `SELECT d.authority_id, d.unit_id, d.unit_path, d.status, COUNT(*) FROM tasks t JOIN duties d ON d.task_id = t.id WHERE t.plan_id = $1
		GROUP BY d.authority_id, d.unit_id, d.unit_path, d.status`
	err := store.Each(ctx, tx, text, []any{planID}, func(scan func(...any) error) error {
		d := &ent.Duty{PlanID: planID}
		count := 0
		if err := scan(&d.AuthorityID, &d.UnitID, &d.UnitPath, &d.Status, &count); err != nil {
			return err
		}
		right[slot{d.UnitID, d.Status}], n[slot{d.UnitID, d.Status}] = d, count
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("count duties: %w", err)
	}
	rows, err := tx.DutyCount.Query().Where(dutycount.PlanID(planID)).All(ctx)
	if err != nil {
		return 0, fmt.Errorf("read counters: %w", err)
	}
	wrong := 0
	for _, row := range rows {
		at := slot{row.UnitID, row.Status}
		if row.N != n[at] {
			wrong++
			if err := tx.DutyCount.UpdateOneID(row.ID).SetN(n[at]).Exec(ctx); err != nil {
				return wrong, fmt.Errorf("repair counter: %w", err)
			}
		}
		delete(n, at)
	}
	for at, missing := range n {
		wrong++
		if err := s.count(ctx, tx, right[at], missing); err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}
