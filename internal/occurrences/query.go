package occurrences

import (
	"context"
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/lapse"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// State is where a report that is asked for stands.
type State string

const (
	Due      State = "due"       // 待报: open, its day has not ended
	Missing  State = "missing"   // 欠报: its day ended without it
	Late     State = "late"      // 迟报: it came after its day
	HandedIn State = "handed_in" // 已报: it came in time
)

// DueReport is one report that one duty is asked for.
type DueReport struct {
	ID           string            `json:"id" doc:"Names the report asked for and the duty together" example:"0d3k2m9q7x4vb~0d3k2m9q7x4vc"`
	OccurrenceID ident.ID          `json:"occurrence_id" doc:"The report asked for; a report that answers it names it"`
	DutyID       ident.ID          `json:"duty_id" doc:"Duty that owes it"`
	PlanID       ident.ID          `json:"plan_id" doc:"Plan it comes from"`
	TaskTitle    string            `json:"task_title" doc:"Number and title of the task" example:"（一）1 推进高校信息公开"`
	UnitID       ident.ID          `json:"unit_id" doc:"Unit that owes it"`
	UnitName     string            `json:"unit_name" doc:"Its name" example:"政策法规处"`
	Period       string            `json:"period" doc:"Period to report on, or D3 (3 days after the assignment), M2 (second milestone)" example:"2017-Q1"`
	PeriodFrom   workday.Date      `json:"period_from,omitzero" doc:"First day of the period" example:"2017-01-01"`
	PeriodTo     workday.Date      `json:"period_to,omitzero" doc:"Last day of the period" example:"2017-03-31"`
	DueDate      workday.Date      `json:"due_date" doc:"Last day to hand it in" example:"2017-03-31"`
	State        State             `json:"state" enum:"due,missing,late,handed_in" doc:"due: open; missing: its day ended without it; late: it came later; handed_in: it came in time" example:"due"`
	HandedInOn   workday.Date      `json:"handed_in_on,omitzero" doc:"Day on which it came" example:"2017-04-05"`
	DaysLate     int               `json:"days_late,omitempty" doc:"Days from the due date to the day on which it came, or to today" example:"5"`
	Ask          []cycle.Field     `json:"ask" doc:"Fields that it has to fill in" example:"[\"narrative\"]"`
	Rule         string            `json:"rule,omitempty" doc:"Rule file and version, and the cycle or recurrence, that ask for it" example:"cycles.default@1:quarterly"`
	ReportID     ident.ID          `json:"report_id,omitzero" doc:"Report that answers it, or its draft; drafts are named to their unit only"`
	ReportStatus duty.ReportStatus `json:"report_status,omitempty" doc:"State of that report" example:"draft"`
}

// DueReportPage is a page of reports asked for.
type DueReportPage struct {
	Items []DueReport `json:"items" doc:"Reports, the first due first"`
	Next  string      `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// DueReportQuery narrows a list of reports asked for. What is left zero does not narrow.
type DueReportQuery struct {
	State  State
	PlanID ident.ID
	UnitID ident.ID
	Mine   bool         // only of the caller's own units
	DueTo  workday.Date // of those that are due: only to be handed in by this day
	After  string
	Limit  int
}

// dutyColumns and lapseWhere are where the scopes of grants find their facts.
var (
	dutyColumns = access.Columns{Authority: entduty.FieldAuthorityID, Unit: entduty.FieldUnitID, Path: entduty.FieldUnitPath,
		Leader: entduty.FieldLeaderID, Part: entduty.FieldPart}
	lapseWhere = access.Columns{Authority: lapse.FieldAuthorityID, Unit: lapse.FieldUnitID, Path: lapse.FieldUnitPath,
		Leader: lapse.FieldLeaderID, Part: lapse.FieldPart}
)

// List lists reports that are due, missing or late, within what the caller may read.
func (s *Service) List(ctx context.Context, in DueReportQuery) (DueReportPage, error) {
	page := DueReportPage{Items: []DueReport{}}
	reach, err := s.gate.May(ctx, access.ReportRead)
	if err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	if in.Limit <= 0 {
		in.Limit = usualPage
	}
	in.Limit = min(in.Limit, maxPage)
	pairs, next, err := s.pairs(ctx, actor, reach, in)
	if err != nil {
		return page, err
	}
	page.Next = next
	page.Items, err = s.show(ctx, actor, pairs)
	return page, err
}

const (
	usualPage = 50
	maxPage   = 200
)

// pair is an occurrence and a duty that owes or owed it.
type pair struct{ occurrence, duty ident.ID }

func (s *Service) pairs(ctx context.Context, actor access.Actor, reach access.Filter, in DueReportQuery) ([]pair, string, error) {
	if in.State == Due || in.State == "" {
		return s.duePairs(ctx, actor, reach, in)
	}
	if in.State != Missing && in.State != Late {
		return nil, "", fault.BadField("query.state", "report.due_state")
	}
	query := s.store.Read().Lapse.Query().Where(predicate.Lapse(reach.Predicate(lapseWhere)))
	if in.State == Missing {
		query.Where(lapse.HandedInOn(workday.Date{}), stillOwed)
	} else {
		query.Where(lapse.HandedInOnNEQ(workday.Date{}))
	}
	if !in.PlanID.IsZero() {
		query.Where(lapse.PlanID(in.PlanID))
	}
	if !in.UnitID.IsZero() {
		query.Where(lapse.UnitID(in.UnitID))
	}
	if in.Mine {
		query.Where(lapse.UnitIDIn(unitsOf(actor)...))
	}
	if in.After != "" {
		after, err := ident.Parse(in.After)
		if err != nil {
			return nil, "", fault.BadField("query.after", "cursor")
		}
		query.Where(lapse.IDGT(after))
	}
	rows, err := query.Order(lapse.ByID()).Limit(in.Limit + 1).All(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("list lapses: %w", err)
	}
	next := ""
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		next = rows[in.Limit-1].ID.String()
	}
	pairs := make([]pair, len(rows))
	for i, row := range rows {
		pairs[i] = pair{row.OccurrenceID, row.DutyID}
	}
	return pairs, next, nil
}

// stillOwed leaves out what nobody is asked for any more: the duty ended, or went to another unit.
func stillOwed(q *entsql.Selector) {
	d := entsql.Table(entduty.Table)
	q.Where(entsql.Exists(entsql.Dialect(q.Dialect()).Select(d.C(entduty.FieldID)).From(d).Where(entsql.And(
		entsql.ColumnsEQ(d.C(entduty.FieldID), q.C(lapse.FieldDutyID)), entsql.ColumnsEQ(d.C(entduty.FieldUnitID), q.C(lapse.FieldUnitID)),
		entsql.In(d.C(entduty.FieldStatus), string(duty.Assigned), string(duty.Active))))))
}

// duePairs finds what is open and not handed in. It reads occurrences in the order of their due date, or the duties of one unit.
func (s *Service) duePairs(ctx context.Context, actor access.Actor, reach access.Filter, in DueReportQuery) ([]pair, string, error) {
	name := dialect.SQLite
	if s.store.Postgres() {
		name = dialect.Postgres
	}
	d, o, r := entsql.Table("duties").As("d"), entsql.Table("occurrences").As("o"), entsql.Table("reports").As("r")
	q := entsql.Dialect(name).Select(o.C("id"), d.C("id"), o.C("due_date")).From(d)
	q.Join(o).On(o.C("task_id"), d.C("task_id"))
	q.LeftJoin(r).OnP(entsql.And(entsql.ColumnsEQ(r.C("duty_id"), d.C("id")), entsql.ColumnsEQ(r.C("occurrence_id"), o.C("id")),
		entsql.NEQ(r.C("occurrence_id"), ident.ID{}), entsql.EQ(r.C("corrects_id"), ident.ID{})))
	reach.Predicate(dutyColumns)(q)
	q.Where(entsql.And(entsql.GT(o.C("due_at"), s.store.Now()), entsql.ExprP(owes),
		entsql.Or(entsql.IsNull(r.C("id")), entsql.EQ(r.C("handed_in_on"), workday.Date{}))))
	q.Where(entsql.EQ(o.C("authority_id"), actor.AuthorityID))
	if !in.PlanID.IsZero() {
		q.Where(entsql.EQ(o.C("plan_id"), in.PlanID))
	}
	if !in.UnitID.IsZero() {
		q.Where(entsql.EQ(d.C("unit_id"), in.UnitID))
	}
	if !in.DueTo.IsZero() {
		q.Where(entsql.LTE(o.C("due_date"), in.DueTo))
	}
	if in.Mine {
		var units []any
		for _, id := range unitsOf(actor) {
			units = append(units, id)
		}
		q.Where(entsql.In(d.C("unit_id"), units...))
	}
	if in.After != "" {
		last, err := cursor(in.After)
		if err != nil {
			return nil, "", err
		}
		q.Where(entsql.CompositeGT([]string{o.C("due_date"), o.C("id"), d.C("id")}, last...))
	}
	q.OrderBy(o.C("due_date"), o.C("id"), d.C("id")).Limit(in.Limit + 1)
	text, args := q.Query()
	var pairs []pair
	var dates []workday.Date
	err := store.Each(ctx, s.store.DB(), text, args, func(scan func(...any) error) error {
		var p pair
		var due workday.Date
		err := scan(&p.occurrence, &p.duty, &due)
		pairs, dates = append(pairs, p), append(dates, due)
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("list reports due: %w", err)
	}
	if len(pairs) <= in.Limit {
		return pairs, "", nil
	}
	last := in.Limit - 1
	next := dates[last].String() + "~" + pairs[last].occurrence.String() + "~" + pairs[last].duty.String()
	return pairs[:in.Limit], next, nil
}

// cursor reads "date~occurrence~duty".
func cursor(after string) ([]any, error) {
	bad := fault.BadField("query.after", "cursor")
	parts := strings.Split(after, "~")
	if len(parts) != 3 {
		return nil, bad
	}
	due, err := workday.ParseDate(parts[0])
	o, err2 := ident.Parse(parts[1])
	d, err3 := ident.Parse(parts[2])
	if err != nil || err2 != nil || err3 != nil {
		return nil, bad
	}
	return []any{due, o, d}, nil
}

func unitsOf(actor access.Actor) []ident.ID {
	var ids []ident.ID
	for _, p := range actor.Posts {
		ids = append(ids, p.UnitID)
	}
	return ids
}

// OfDuty lists every report that a duty was asked for until now, the first due first, with what became of it.
func (s *Service) OfDuty(ctx context.Context, dutyID ident.ID) (DueReportPage, error) {
	page := DueReportPage{Items: []DueReport{}}
	reach, err := s.gate.May(ctx, access.ReportRead)
	if err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	d, err := s.store.Read().Duty.Query().Where(entduty.ID(dutyID), predicate.Duty(reach.Predicate(dutyColumns))).Only(ctx)
	if ent.IsNotFound(err) {
		return page, fault.Missing("duty")
	}
	if err != nil {
		return page, fmt.Errorf("read duty: %w", err)
	}
	pairs, err := s.pairsOf(ctx, d)
	if err != nil {
		return page, err
	}
	page.Items, err = s.show(ctx, actor, pairs)
	return page, err
}

// pairsOf are the occurrences that the duty owes, owed or answered.
func (s *Service) pairsOf(ctx context.Context, d *ent.Duty) ([]pair, error) {
	text := `SELECT o.id FROM occurrences o JOIN duties d ON d.task_id = o.task_id ` + answers + `
		LEFT JOIN lapses l ON l.duty_id = d.id AND l.occurrence_id = o.id AND l.unit_id = d.unit_id
		WHERE d.id = $1 AND (r.id IS NOT NULL OR l.id IS NOT NULL OR ` + owes + ` AND o.closed_at IS NULL) ORDER BY o.due_date, o.id LIMIT 500`
	var pairs []pair
	err := store.Each(ctx, s.store.DB(), text, []any{d.ID}, func(scan func(...any) error) error {
		p := pair{duty: d.ID}
		err := scan(&p.occurrence)
		pairs = append(pairs, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list reports asked of duty: %w", err)
	}
	return pairs, nil
}
