package inspections

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/ent/inspectionunit"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// counted are the states in which an inspection burdens its objects: from its approval on.
var counted = []rectify.InspectionStatus{rectify.InspectionApproved, rectify.InspectionOpen, rectify.InspectionFinished, rectify.InspectionConcluded}

// InspectionLoad is how much one unit is inspected in a year (Order 733 art. 15: frequency and duration are controlled).
type InspectionLoad struct {
	UnitID         ident.ID        `json:"unit_id" doc:"Unit"`
	UnitName       string          `json:"unit_name" doc:"Name of the unit"`
	Year           int             `json:"year" doc:"Year" example:"2017"`
	Inspections    int             `json:"inspections" doc:"Inspections that begin in the year"`
	Days           int             `json:"days" doc:"Days of the year on which at least one goes on"`
	Quarters       []QuarterBurden `json:"quarters" doc:"The four quarters"`
	PerYear        int             `json:"per_year" doc:"Inspections a year above which the plan warns" example:"4"`
	DaysPerQuarter int             `json:"days_per_quarter" doc:"Days a quarter above which the plan warns" example:"10"`
	Over           bool            `json:"over" doc:"Whether one of the two is exceeded"`
}

// QuarterBurden is a unit's burden in one quarter.
type QuarterBurden struct {
	Quarter     int `json:"quarter" doc:"Quarter, from 1" example:"2"`
	Inspections int `json:"inspections" doc:"Inspections that begin in it"`
	Days        int `json:"days" doc:"Days of it on which at least one goes on"`
}

// InspectionBurdens is the burden of every object of a plan.
type InspectionBurdens struct {
	Items []InspectionLoad `json:"items" doc:"Burden of each unit in the year in which the inspection begins, this one included"`
}

// Burden counts the inspections of one unit in a year.
func (s *Service) Burden(ctx context.Context, id ident.ID, year int) (InspectionLoad, error) {
	see, err := s.gate.May(ctx, access.InspectionRead)
	if err != nil {
		return InspectionLoad{}, err
	}
	if year == 0 {
		year = s.clocks.Today().Year()
	}
	there, err := s.store.Read().Unit.Query().Where(entunit.ID(id), entunit.AuthorityID(see.AuthorityID)).Exist(ctx)
	if err != nil {
		return InspectionLoad{}, fmt.Errorf("read unit: %w", err)
	}
	if !there {
		return InspectionLoad{}, fault.Missing("unit")
	}
	all, err := s.burdens(ctx, s.store.Read(), nil, []ident.ID{id}, year)
	if err != nil {
		return InspectionLoad{}, err
	}
	return all[0], nil
}

// Burdens counts the inspections of every object of a plan in the year in which it begins, the plan itself included.
func (s *Service) Burdens(ctx context.Context, id ident.ID) (InspectionBurdens, error) {
	row, _, err := s.visible(ctx, id)
	if err != nil {
		return InspectionBurdens{}, err
	}
	units, err := unitIDs(ctx, s.store.Read(), id)
	if err != nil {
		return InspectionBurdens{}, err
	}
	items, err := s.burdens(ctx, s.store.Read(), row, units, row.StartsOn.Year())
	return InspectionBurdens{Items: orEmpty(items)}, err
}

// burdens counts for each unit; with is a plan that counts although it may not be approved yet.
func (s *Service) burdens(ctx context.Context, client *ent.Client, with *ent.Inspection, units []ident.ID, year int) ([]InspectionLoad, error) {
	first, last := workday.NewDate(year, 1, 1), workday.NewDate(year, 12, 31)
	links, err := client.InspectionUnit.Query().Where(inspectionunit.UnitIDIn(units...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read inspections of units: %w", err)
	}
	var ids []ident.ID
	for _, l := range links {
		ids = append(ids, l.InspectionID)
	}
	rows, err := client.Inspection.Query().Where(inspection.IDIn(unique(ids)...), inspection.StatusIn(counted...),
		inspection.StartsOnLTE(last), inspection.EndsOnGTE(first)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read inspections of units: %w", err)
	}
	if with != nil && !slices.ContainsFunc(rows, func(r *ent.Inspection) bool { return r.ID == with.ID }) {
		rows = append(rows, with)
	}
	names, err := unitNames(ctx, client, units)
	if err != nil {
		return nil, err
	}
	burdens := make([]InspectionLoad, len(units))
	for i, unit := range units {
		var spans []*ent.Inspection
		for _, r := range rows {
			if slices.ContainsFunc(links, func(l *ent.InspectionUnit) bool { return l.UnitID == unit && l.InspectionID == r.ID }) {
				spans = append(spans, r)
			}
		}
		burdens[i] = s.count(spans, year)
		burdens[i].UnitID, burdens[i].UnitName = unit, names[unit]
	}
	return burdens, nil
}

// count adds up the inspections of one unit by quarter.
func (s *Service) count(spans []*ent.Inspection, year int) InspectionLoad {
	b := InspectionLoad{Year: year, PerYear: s.rules.Burden.PerYear, DaysPerQuarter: s.rules.Burden.DaysPerQuarter, Quarters: make([]QuarterBurden, 4)}
	for q := range b.Quarters {
		b.Quarters[q].Quarter = q + 1
	}
	busy := make(map[workday.Date]bool)
	for _, r := range spans {
		if r.StartsOn.Year() == year {
			b.Inspections++
			b.Quarters[quarter(r.StartsOn)].Inspections++
		}
		for day := r.StartsOn; !day.After(r.EndsOn); day = day.AddDays(1) {
			if day.Year() == year {
				busy[day] = true
			}
		}
	}
	for day := range busy {
		b.Days++
		b.Quarters[quarter(day)].Days++
	}
	b.Over = b.Inspections > b.PerYear
	for _, q := range b.Quarters {
		b.Over = b.Over || q.Days > b.DaysPerQuarter
	}
	return b
}

// quarter of a date, from 0.
func quarter(d workday.Date) int { return (int(d.Month()) - 1) / 3 }
