package ledgers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// UnitLights is one unit with all of its lights.
type UnitLights struct {
	UnitID ident.ID     `json:"unit_id" doc:"Id of the unit"`
	Name   string       `json:"name" doc:"Name of the unit" example:"高教处"`
	Light  []FacetCount `json:"light" doc:"By light, the most urgent first"`
}

// worst lists the worst units with their names, in the order in which they were chosen.
func (s *Service) worst(ctx context.Context, of map[ident.ID]map[string]int) ([]UnitLights, error) {
	units, names := make([]UnitLights, 0, len(of)), make(map[ident.ID]string, len(of))
	for id, lights := range of {
		units, names[id] = append(units, UnitLights{UnitID: id, Light: lightCounts(lights)}), ""
	}
	if err := s.names(ctx, "SELECT id, name FROM units WHERE id IN ", names); err != nil {
		return units, err
	}
	for i := range units {
		units[i].Name = names[units[i].UnitID]
	}
	slices.SortFunc(units, func(a, b UnitLights) int {
		x, y := of[a.UnitID], of[b.UnitID]
		return cmp.Or(y["red"]-x["red"], y["yellow"]-x["yellow"], a.UnitID.Compare(b.UnitID))
	})
	return units, nil
}

// DayCount is how many open duties fall due on a day.
type DayCount struct {
	Date workday.Date `json:"date" doc:"Due date" example:"2017-09-30"`
	N    int          `json:"n" doc:"Open duties" example:"14"`
}

// fallDue counts the open duties by the days of a month on which they fall due.
func (s *Service) fallDue(ctx context.Context, base *statement, month workday.Date) ([]DayCount, error) {
	days, st := []DayCount{}, base.again()
	fmt.Fprintf(st, " SELECT due_date, COUNT(*) FROM d WHERE open AND due_date >= %s", st.arg(month))
	fmt.Fprintf(st, " AND due_date < %s GROUP BY due_date ORDER BY due_date", st.arg(month.AddMonths(1)))
	err := store.Each(ctx, s.store.DB(), st.String(), st.args, func(scan func(...any) error) error {
		var day DayCount
		if err := scan(&day.Date, &day.N); err != nil {
			return err
		}
		days = append(days, day)
		return nil
	})
	if err != nil {
		return days, fmt.Errorf("count due dates: %w", err)
	}
	return days, nil
}

// LedgerRisk is one task that is late or shows red, by its worst share: that which leads, then that which is due first.
type LedgerRisk struct {
	TaskID     ident.ID     `json:"task_id" doc:"Id of the task"`
	TaskNumber string       `json:"task_number,omitempty" doc:"Number of the task" example:"（一）1"`
	TaskTitle  string       `json:"task_title" doc:"Title of the task" example:"推进高校信息公开"`
	DutyID     ident.ID     `json:"duty_id" doc:"Id of the worst share"`
	UnitID     ident.ID     `json:"unit_id" doc:"Unit that holds it"`
	UnitName   string       `json:"unit_name" doc:"Name of that unit" example:"高教处"`
	Units      int          `json:"units" doc:"Units whose shares in the task are late or red, this one among them" example:"13"`
	Part       duty.Part    `json:"part" doc:"Part of the worst share" example:"lead"`
	DueDate    workday.Date `json:"due_date" doc:"Its due date" example:"2017-09-15"`
	DaysLate   int          `json:"days_late" doc:"Natural days since then; 0 on the day, negative before" example:"5"`
	Light      ladder.Light `json:"light" doc:"Its light" example:"red"`
	Progress   int          `json:"progress" doc:"Progress last confirmed, in basis points" example:"3000"`
	ReportedAt time.Time    `json:"reported_at,omitzero" doc:"Instant of the last confirmed report"`
}

// mostRisks is how many tasks a summary lists.
const mostRisks = 10

// daysSince writes the natural days from a due date, which is text, to a day.
func (st *statement) daysSince(today workday.Date) string {
	if st.postgres {
		return "CAST(" + st.arg(today) + " AS date) - CAST(due_date AS date)"
	}
	return "CAST(julianday(" + st.arg(today) + ") - julianday(due_date) AS INTEGER)"
}

// atRisk lists the tasks that want a leader most: those with an open share that is past its due date or shows red. What is late stands
// before what is red for another reason (not signed in time, behind its trajectory); in both, a share that leads stands before one that
// supports; then the more days late times the weight of the task, or the nearest due date. A task stands once, by its first share in
// this order. A duty without a due date is never late and has no place in it.
// Plus 0 is as in byUnit.
func (s *Service) atRisk(ctx context.Context, l *lens, base *statement) ([]LedgerRisk, error) {
	st := base.again()
	fmt.Fprintf(st, `, g AS (SELECT task_id + 0 AS task_id, CASE WHEN due_date < %s THEN 0 ELSE 2 END + CASE WHEN part = '%s' THEN 0 ELSE 1 END AS level, due_date,
		COUNT(*) AS n, MIN(id) AS worst FROM d`, st.arg(l.today), duty.Lead)
	fmt.Fprintf(st, " WHERE open AND due_date < %s", st.arg(workday.Date{}))
	fmt.Fprintf(st, ` AND (light = '%s' OR due_date < %s) GROUP BY 1, 2, 3), r AS (SELECT task_id, level, worst,
		ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY level, due_date) AS place, SUM(n) OVER (PARTITION BY task_id) AS units, `, ladder.Red, st.arg(l.today))
	fmt.Fprintf(st, `%s AS days FROM g) SELECT r.worst, CAST(r.units AS BIGINT) FROM r JOIN tasks t ON t.id = r.task_id WHERE r.place = 1
		ORDER BY r.level, CASE WHEN r.days > 0 THEN r.days * t.weight ELSE r.days END DESC, r.worst LIMIT %d`, st.daysSince(l.today), mostRisks)
	ids, units := []ident.ID{}, make(map[ident.ID]int)
	err := store.Each(ctx, s.store.DB(), st.String(), st.args, func(scan func(...any) error) error {
		var id ident.ID
		var n int
		if err := scan(&id, &n); err != nil {
			return err
		}
		ids, units[id] = append(ids, id), n
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list risks: %w", err)
	}
	risks := make([]LedgerRisk, 0, len(ids))
	if len(ids) == 0 {
		return risks, nil
	}
	found, err := s.dutiesOf(ctx, l, ids)
	for _, d := range found {
		risks = append(risks, LedgerRisk{TaskID: d.TaskID, TaskNumber: d.TaskNumber, TaskTitle: d.TaskTitle, DutyID: d.ID, UnitID: d.UnitID,
			UnitName: d.UnitName, Units: units[d.ID], Part: d.Part, DueDate: d.DueDate, DaysLate: d.DueDate.DaysUntil(l.today), Light: d.Light,
			Progress: d.Progress, ReportedAt: d.ReportedAt})
	}
	return risks, err
}
