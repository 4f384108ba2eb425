package occurrences

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/lapse"
	"github.com/duban-gov/duban/ent/occurrence"
	"github.com/duban-gov/duban/ent/reportclock"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// Asked is an occurrence as the report that answers it has to know it.
type Asked struct {
	ID      ident.ID
	Period  string
	From    workday.Date
	To      workday.Date
	DueDate workday.Date
	Ask     []cycle.Field
}

// Asked finds an occurrence that a duty can answer; a fault of the field occurrence_id if it is not the duty's. On PostgreSQL it is
// held shared until the end of the transaction, so that its closing waits.
func (s *Service) Asked(ctx context.Context, tx *ent.Tx, taskID, dutyID, id ident.ID) (Asked, error) {
	query := tx.Occurrence.Query().Where(occurrence.ID(id), occurrence.TaskID(taskID), occurrence.DutyIDIn(ident.ID{}, dutyID))
	if s.store.Postgres() {
		query.ForShare()
	}
	o, err := query.Only(ctx)
	if ent.IsNotFound(err) {
		return Asked{}, fault.BadField("body.occurrence_id", "report.occurrence")
	}
	if err != nil {
		return Asked{}, fmt.Errorf("read occurrence: %w", err)
	}
	if o.Relative && o.DutyID.IsZero() {
		own, err := tx.ReportClock.Query().Where(reportclock.TaskID(taskID), reportclock.DutyID(dutyID)).Exist(ctx)
		if err != nil {
			return Asked{}, fmt.Errorf("look for own clock: %w", err)
		}
		if own {
			return Asked{}, fault.BadField("body.occurrence_id", "report.occurrence")
		}
	}
	return Asked{ID: o.ID, Period: o.Period, From: o.PeriodFrom, To: o.PeriodTo, DueDate: o.DueDate, Ask: fieldsOf(o.Ask)}, nil
}

// HandIn records on which day a report that had lapsed came after all; no day takes it back.
func (s *Service) HandIn(ctx context.Context, tx *ent.Tx, occurrenceID, dutyID ident.ID, on workday.Date) error {
	err := tx.Lapse.Update().Where(lapse.DutyID(dutyID), lapse.OccurrenceID(occurrenceID)).SetHandedInOn(on).Exec(ctx)
	if err != nil {
		return fmt.Errorf("note late report: %w", err)
	}
	return nil
}

// HandOver is for units.Service.OnMerge: the successor of a merged unit owes what the unit still owed.
func (s *Service) HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error {
	successor, err := tx.Unit.Get(ctx, to)
	if err != nil {
		return fmt.Errorf("read successor: %w", err)
	}
	err = tx.Lapse.Update().Where(lapse.UnitID(from), lapse.HandedInOn(workday.Date{})).SetUnitID(to).SetUnitPath(successor.Path).Exec(ctx)
	if err != nil {
		return fmt.Errorf("hand lapses over: %w", err)
	}
	return nil
}
