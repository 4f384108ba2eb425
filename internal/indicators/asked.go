package indicators

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	entfigure "github.com/duban-gov/duban/ent/figure"
	entindicator "github.com/duban-gov/duban/ent/indicator"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/taskindicator"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// AskedFigure is a figure that the reports on a duty have to give, with what is confirmed already.
type AskedFigure struct {
	IndicatorID ident.ID         `json:"indicator_id" doc:"The indicator"`
	Name        string           `json:"name" doc:"What is counted" example:"主动公开信息数"`
	Measure     string           `json:"measure,omitempty" doc:"Unit of measure" example:"条"`
	Definition  string           `json:"definition,omitempty" doc:"What counts and what does not"`
	Period      string           `json:"period" doc:"Period that the figure is of" example:"2017-Q1"`
	Confirmed   *ConfirmedFigure `json:"confirmed,omitempty" doc:"What the unit gave before, in whichever plan: it need not be given again"`
}

// ConfirmedFigure is a figure with its source.
type ConfirmedFigure struct {
	Value       float64   `json:"value" doc:"The figure" example:"1280"`
	ReportID    ident.ID  `json:"report_id" doc:"Report that gave it"`
	DutyID      ident.ID  `json:"duty_id" doc:"Duty of that report"`
	PlanTitle   string    `json:"plan_title" doc:"Plan of that duty" example:"2017年政务公开工作要点"`
	TaskTitle   string    `json:"task_title" doc:"Task of that duty" example:"（一）1 推进高校信息公开"`
	ConfirmedAt time.Time `json:"confirmed_at" doc:"Instant of the confirmation"`
}

// AskedFigures is what a report has to give.
type AskedFigures struct {
	Items []AskedFigure `json:"items" doc:"In the order in which the indicators were made; at most 100"`
}

var dutyColumns = access.Columns{Authority: entduty.FieldAuthorityID, Unit: entduty.FieldUnitID, Path: entduty.FieldUnitPath,
	Leader: entduty.FieldLeaderID, Part: entduty.FieldPart}

// Asked lists the figures that a report on a duty has to give: about the period of an occurrence, or about today's where none is named.
func (s *Service) Asked(ctx context.Context, dutyID, occurrenceID ident.ID) (AskedFigures, error) {
	out := AskedFigures{Items: []AskedFigure{}}
	reach, err := s.gate.May(ctx, access.ReportRead)
	if err != nil {
		return out, err
	}
	d, err := s.store.Read().Duty.Query().Where(entduty.ID(dutyID), predicate.Duty(reach.Predicate(dutyColumns))).Only(ctx)
	if ent.IsNotFound(err) {
		return out, fault.Missing("duty")
	}
	if err != nil {
		return out, fmt.Errorf("read duty: %w", err)
	}
	on := s.occurrences.Today()
	if !occurrenceID.IsZero() {
		o, err := s.store.Read().Occurrence.Get(ctx, occurrenceID)
		if ent.IsNotFound(err) || err == nil && o.TaskID != d.TaskID {
			return out, fault.BadField("query.occurrence_id", "report.occurrence")
		}
		if err != nil {
			return out, fmt.Errorf("read occurrence: %w", err)
		}
		on = o.PeriodTo
	}
	asked, err := s.of(ctx, s.store.Read(), d.TaskID)
	if err != nil {
		return out, err
	}
	for _, i := range asked {
		item := AskedFigure{IndicatorID: i.ID, Name: i.Name, Measure: i.Measure, Definition: i.Definition, Period: s.periodOf(i, on).Label}
		f, err := current(ctx, s.store.Read(), i.ID, d.UnitID, item.Period)
		if err != nil {
			return out, err
		}
		if f != nil {
			if item.Confirmed, err = s.source(ctx, f); err != nil {
				return out, err
			}
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// source says where a figure comes from.
func (s *Service) source(ctx context.Context, f *ent.Figure) (*ConfirmedFigure, error) {
	c := &ConfirmedFigure{Value: figure.Value(f.Value).Amount(), ReportID: f.ReportID, DutyID: f.DutyID, ConfirmedAt: f.ConfirmedAt.UTC()}
	text := `SELECT p.title, t.number, t.title FROM duties d JOIN tasks t ON t.id = d.task_id JOIN plans p ON p.id = t.plan_id WHERE d.id = $1`
	err := store.Each(ctx, s.store.DB(), text, []any{f.DutyID}, func(scan func(...any) error) error {
		var number string
		err := scan(&c.PlanTitle, &number, &c.TaskTitle)
		c.TaskTitle = clause.Heading(number, c.TaskTitle)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("name source of figure: %w", err)
	}
	return c, nil
}

// of lists the indicators that a task asks for and that are still asked for.
func (s *Service) of(ctx context.Context, client *ent.Client, taskID ident.ID) ([]*ent.Indicator, error) {
	links, err := client.TaskIndicator.Query().Where(taskindicator.TaskID(taskID)).Limit(maxAsked).All(ctx)
	if err != nil || len(links) == 0 {
		return nil, err
	}
	ids := make([]ident.ID, len(links))
	for i, l := range links {
		ids[i] = l.IndicatorID
	}
	rows, err := client.Indicator.Query().Where(entindicator.IDIn(ids...), entindicator.RetiredAtIsNil()).Order(entindicator.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read asked indicators: %w", err)
	}
	return rows, nil
}

// maxAsked is how many indicators one task may ask for.
const maxAsked = 100

// periodOf is the period of an indicator in which a day lies.
func (s *Service) periodOf(i *ent.Indicator, on workday.Date) cycle.Period {
	return s.occurrences.Set().Grid(i.Every).Containing(on)
}

// current is the figure in force; nil if there is none.
func current(ctx context.Context, client *ent.Client, indicatorID, unitID ident.ID, period string) (*ent.Figure, error) {
	f, err := client.Figure.Query().Where(entfigure.IndicatorID(indicatorID), entfigure.UnitID(unitID), entfigure.Period(period),
		entfigure.ReplacedByID(ident.ID{})).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read figure: %w", err)
	}
	return f, nil
}

func (s *Service) anyFigure(ctx context.Context, tx *ent.Tx, id ident.ID) (bool, error) {
	given, err := tx.Figure.Query().Where(entfigure.IndicatorID(id)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for figures: %w", err)
	}
	return given, nil
}

// Ask lets the reports on a task give the indicators named, and no others. The caller has asked for the permission and appends the
// event. Errors: the field indicator_ids, if one is unknown, retired or named twice.
func (s *Service) Ask(ctx context.Context, tx *ent.Tx, authorityID, planID, taskID ident.ID, ids []ident.ID) error {
	if len(ids) > maxAsked {
		return fault.BadField("body.indicator_ids", "indicator.too_many")
	}
	seen := map[ident.ID]bool{}
	for i, id := range ids {
		known, err := tx.Indicator.Query().Where(entindicator.ID(id), entindicator.AuthorityID(authorityID), entindicator.RetiredAtIsNil()).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look up indicator: %w", err)
		}
		if !known || seen[id] {
			return fault.BadField(fmt.Sprintf("body.indicator_ids[%d]", i), "indicator.unknown")
		}
		seen[id] = true
	}
	if _, err := tx.TaskIndicator.Delete().Where(taskindicator.TaskID(taskID)).Exec(ctx); err != nil {
		return fmt.Errorf("take back asked indicators: %w", err)
	}
	return s.Carry(ctx, tx, &ent.Plan{ID: planID, AuthorityID: authorityID}, taskID, ids)
}

// Carry writes what a task of a new plan asks for, as it was in the plan that it was copied from.
func (s *Service) Carry(ctx context.Context, tx *ent.Tx, p *ent.Plan, taskID ident.ID, ids []ident.ID) error {
	for _, id := range ids {
		err := tx.TaskIndicator.Create().SetID(s.store.NewID()).SetAuthorityID(p.AuthorityID).SetPlanID(p.ID).SetTaskID(taskID).SetIndicatorID(id).Exec(ctx)
		if err != nil {
			return fmt.Errorf("ask for indicator: %w", err)
		}
	}
	return nil
}

// AskedBy lists the indicators that the tasks of a plan ask for, by task.
func (s *Service) AskedBy(ctx context.Context, client *ent.Client, planID ident.ID) (map[ident.ID][]ident.ID, error) {
	rows, err := client.TaskIndicator.Query().Where(taskindicator.PlanID(planID)).Order(taskindicator.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read asked indicators: %w", err)
	}
	by := map[ident.ID][]ident.ID{}
	for _, r := range rows {
		by[r.TaskID] = append(by[r.TaskID], r.IndicatorID)
	}
	return by, nil
}
