package plans

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/dependency"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// sheet is a whole plan laid out for judging and issuing: its rows, and who its names are on a day.
type sheet struct {
	rowset
	plan     *ent.Plan
	extras   extras
	unplaced []clause.Unplaced
	links    []*ent.Dependency
	on       workday.Date
	calendar workday.Calendar
	byID     map[ident.ID]*ent.Task
	children map[ident.ID]int
	assigned map[ident.ID][]*ent.Assignment
	unit     map[ident.ID]*ent.Unit
	members  map[ident.ID][]units.UnitRef // of the rosters, on that day

	memberNames map[ident.ID]string // filled when first asked for
}

// layOut reads a plan and the units and roster members that its assignments mean on a day.
func (s *Service) layOut(ctx context.Context, client *ent.Client, row *ent.Plan, on workday.Date) (*sheet, error) {
	set, err := load(ctx, client, row.ID)
	if err != nil {
		return nil, err
	}
	return s.lay(ctx, client, row, on, set)
}

// lay lays out the rows of a plan that have been read.
func (s *Service) lay(ctx context.Context, client *ent.Client, row *ent.Plan, on workday.Date, set rowset) (*sheet, error) {
	var err error
	sh := &sheet{rowset: set, plan: row, extras: extrasOf(row), on: on, calendar: s.calendar(), byID: make(map[ident.ID]*ent.Task, len(set.Tasks)),
		children: map[ident.ID]int{}, assigned: map[ident.ID][]*ent.Assignment{}, unit: map[ident.ID]*ent.Unit{}, members: map[ident.ID][]units.UnitRef{}}
	decode(row.Unplaced, &sh.unplaced)
	for _, t := range set.Tasks {
		sh.byID[t.ID] = t
		sh.children[t.ParentID]++
	}
	var ids []ident.ID
	asked := map[ident.ID]bool{}
	for _, a := range set.Assignments {
		sh.assigned[a.TaskID] = append(sh.assigned[a.TaskID], a)
		if !a.UnitID.IsZero() && !asked[a.UnitID] { // each once: a statement takes so many parameters only
			asked[a.UnitID] = true
			ids = append(ids, a.UnitID)
		}
		if _, have := sh.members[a.RosterID]; !have && !a.RosterID.IsZero() {
			if sh.members[a.RosterID], err = s.units.Members(ctx, client, a.RosterID, on); err != nil {
				return nil, err
			}
		}
	}
	if sh.links, err = client.Dependency.Query().Where(dependency.PlanID(row.ID)).Order(dependency.ByID()).All(ctx); err != nil {
		return nil, fmt.Errorf("read dependencies: %w", err)
	}
	rows, err := client.Unit.Query().Where(entunit.IDIn(ids...), entunit.AuthorityID(row.AuthorityID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of plan: %w", err)
	}
	for _, u := range rows {
		sh.unit[u.ID] = u
	}
	return sh, nil
}

// exists reports whether a unit exists on the sheet's day.
func (sh *sheet) exists(u *ent.Unit) bool {
	return u != nil && u.ValidFrom.Compare(sh.on) <= 0 && u.ValidTo.Compare(sh.on) >= 0
}

// recipients lists who gets a duty in a node, each unit once, in the order in which the text names them. A collective gets the
// part support where somebody leads, and otherwise its members lead, each in its own house. Where a unit is named twice, lead
// beats support.
func (sh *sheet) recipients(t *ent.Task) []duties.Recipient {
	var list []duties.Recipient
	at := map[ident.ID]int{}
	add := func(id ident.ID, path string, part duty.Part) {
		k, have := at[id]
		switch {
		case !have:
			at[id] = len(list)
			list = append(list, duties.Recipient{UnitID: id, UnitPath: path, Part: part})
		case part == duty.Lead:
			list[k].Part = duty.Lead
		}
	}
	led := sh.leads(t) > 0
	for _, a := range sh.assigned[t.ID] {
		part := duty.Support
		if a.Part == plan.Lead || a.Part == plan.Collective && !led {
			part = duty.Lead
		}
		if u := sh.unit[a.UnitID]; sh.exists(u) {
			add(u.ID, u.Path, part)
		}
		for _, m := range sh.members[a.RosterID] {
			add(m.ID, m.Path, part)
		}
	}
	return list
}

// leads counts the bodies that a node names as lead.
func (sh *sheet) leads(t *ent.Task) int {
	n := 0
	for _, a := range sh.assigned[t.ID] {
		if a.Part == plan.Lead {
			n++
		}
	}
	return n
}

// general reports whether a node, or one above it, is a part that asks for nothing.
func (sh *sheet) general(t *ent.Task) bool {
	for ; t != nil; t = sh.byID[t.ParentID] {
		if t.Mode == general {
			return true
		}
	}
	return false
}

// inherits reports whether a node above t satisfies a condition.
func (sh *sheet) inherits(t *ent.Task, holds func(*ent.Task) bool) bool {
	for t = sh.byID[t.ParentID]; t != nil; t = sh.byID[t.ParentID] {
		if holds(t) {
			return true
		}
	}
	return false
}
