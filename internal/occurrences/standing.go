package occurrences

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent/lapse"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// ReportStanding is how a unit, or a plan, stands with its reports.
type ReportStanding struct {
	ID      ident.ID `json:"id" doc:"The unit or plan"`
	Name    string   `json:"name" doc:"Its name or title" example:"岚山大学"`
	Missing int      `json:"missing" doc:"Reports that are owed after their day (欠报)" example:"3"`
	Late    int      `json:"late" doc:"Reports that came after their day (迟报)" example:"5"`
}

// ReportStandings is a list of them, the most missing first.
type ReportStandings struct {
	Items []ReportStanding `json:"items" doc:"The most missing first, then the most late"`
}

// StandingQuery says what is counted.
type StandingQuery struct {
	By     string // "unit" or "plan"
	PlanID ident.ID
	Limit  int
}

// Standings counts lapses by unit or plan within what the caller may see counted: those that owe most, first.
func (s *Service) Standings(ctx context.Context, in StandingQuery) (ReportStandings, error) {
	list := ReportStandings{Items: []ReportStanding{}}
	reach, err := s.gate.May(ctx, access.CounterRead)
	if err != nil {
		return list, err
	}
	column, names, name := lapse.FieldUnitID, "units", "name"
	switch in.By {
	case "", "unit":
	case "plan":
		column, names, name = lapse.FieldPlanID, "plans", "title"
	default:
		return list, fault.BadField("query.by", "report.standing_by")
	}
	if in.Limit <= 0 {
		in.Limit = usualPage
	}
	driver := dialect.SQLite
	if s.store.Postgres() {
		driver = dialect.Postgres
	}
	l, n := entsql.Table(lapse.Table), entsql.Table(names).As("n")
	q := entsql.Dialect(driver).Select().From(l)
	owed := "SUM(CASE WHEN " + l.C(lapse.FieldHandedInOn) + " = '9999-12-31' THEN 1 ELSE 0 END)"
	late := "SUM(CASE WHEN " + l.C(lapse.FieldHandedInOn) + " = '9999-12-31' THEN 0 ELSE 1 END)"
	q.Select(l.C(column), n.C(name)).AppendSelectExprAs(entsql.Raw(owed), "missing").AppendSelectExprAs(entsql.Raw(late), "late")
	q.Join(n).On(n.C("id"), l.C(column))
	reach.Predicate(lapseWhere)(q)
	owing := entsql.Dialect(driver).Select().From(l)
	stillOwed(owing)
	q.Where(entsql.Or(entsql.NEQ(l.C(lapse.FieldHandedInOn), workday.Date{}), owing.P()))
	if !in.PlanID.IsZero() {
		q.Where(entsql.EQ(l.C(lapse.FieldPlanID), in.PlanID))
	}
	q.GroupBy(l.C(column), n.C(name)).OrderExpr(entsql.Raw("3 DESC, 4 DESC"), entsql.Raw(l.C(column))).Limit(min(in.Limit, maxPage))
	text, args := q.Query()
	err = store.Each(ctx, s.store.DB(), text, args, func(scan func(...any) error) error {
		var r ReportStanding
		err := scan(&r.ID, &r.Name, &r.Missing, &r.Late)
		list.Items = append(list.Items, r)
		return err
	})
	if err != nil {
		return list, fmt.Errorf("count lapses: %w", err)
	}
	return list, nil
}
