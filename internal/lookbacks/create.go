package lookbacks

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	enttask "github.com/duban-gov/duban/ent/task"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// CreateLookBackInput registers a look-back: what is drawn becomes its items, and their units its objects.
type CreateLookBackInput struct {
	Year     int              `json:"year,omitempty" minimum:"2000" maximum:"2100" doc:"Year that is looked at again; last year if missing" example:"2016"`
	Seed     string           `json:"seed,omitempty" maxLength:"100" doc:"Seed of the draw; today's date if missing" example:"2017年第1次抽签"`
	Size     int              `json:"size,omitempty" minimum:"1" maximum:"500" doc:"How many are drawn; by the rule file if missing" example:"20"`
	Title    string           `json:"title" minLength:"1" maxLength:"200" doc:"Title" example:"2016年度整改事项回头看"`
	Basis    string           `json:"basis" minLength:"1" maxLength:"2000" doc:"Instruction or decision it is based on" example:"2017年督查工作计划"`
	Scope    string           `json:"scope" minLength:"1" maxLength:"4000" doc:"Content and scope" example:"2016年度已销号整改事项和有时限的责任事项"`
	Methods  []rectify.Method `json:"methods,omitempty" maxItems:"8" doc:"Methods of Order 733 art. 12; needed before approval" example:"[\"visit\"]"`
	StartsOn workday.Date     `json:"starts_on" doc:"First day" example:"2017-04-10"`
	EndsOn   workday.Date     `json:"ends_on" doc:"Last day" example:"2017-04-14"`
	inspections.StaffInspectionInput
}

// Create draws and registers the look-back as an inspection in draft; from there it goes its way of proposal and approval. Errors:
// look_back.nothing if the year has nothing to look at, and those of an inspection.
func (s *Service) Create(ctx context.Context, in CreateLookBackInput) (inspections.Inspection, error) {
	if _, err := s.gate.May(ctx, access.InspectionCreate); err != nil {
		return inspections.Inspection{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (inspections.Inspection, error) {
		d, err := s.draw(ctx, tx.Client(), DrawInput{Year: in.Year, Seed: in.Seed, Size: in.Size})
		if err != nil {
			return inspections.Inspection{}, err
		}
		if err := d.known(); err != nil {
			return inspections.Inspection{}, err
		}
		row, err := s.inspections.CreateLook(ctx, tx, inspections.CreateInspectionInput{Title: in.Title, Basis: in.Basis, Scope: in.Scope, Methods: in.Methods,
			StartsOn: in.StartsOn, EndsOn: in.EndsOn, UnitIDs: d.unitIDs(), StaffInspectionInput: in.StaffInspectionInput},
			inspections.Look{Year: d.Year, Seed: d.Seed, Population: d.Population})
		if err != nil {
			return inspections.Inspection{}, err
		}
		if err := s.keep(ctx, tx, row, d); err != nil {
			return inspections.Inspection{}, err
		}
		return s.inspections.InTx(ctx, tx, row.ID)
	})
}

// keep writes the items of a draw.
func (s *Service) keep(ctx context.Context, tx *ent.Tx, row *ent.Inspection, d LookDraw) error {
	status, err := rectify.LookTable.Apply(tr.Facts[rectify.LookStatus]{}, rectify.DrawItem)
	if err != nil {
		return err
	}
	for _, c := range d.Items {
		err := tx.LookItem.Create().SetID(s.store.NewID()).SetAuthorityID(row.AuthorityID).SetInspectionID(row.ID).SetSubject(c.Subject).
			SetSubjectID(c.SubjectID).SetUnitID(c.UnitID).SetUnitPath(c.path).SetTitle(c.Title).SetNumber(c.Number).SetDueDate(c.DueDate).
			SetStatus(status).SetCreatedAt(s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("keep item of look-back: %w", err)
		}
	}
	return nil
}

// candidatesOf maps rows with the names of their units and the titles of their tasks.
func candidatesOf(ctx context.Context, client *ent.Client, orders []*ent.Notice, done []*ent.Duty) ([]LookCandidate, error) {
	units, tasks := map[ident.ID]bool{}, map[ident.ID]bool{}
	for _, n := range orders {
		units[n.UnitID] = true
	}
	for _, d := range done {
		units[d.UnitID], tasks[d.TaskID] = true, true
	}
	places, err := client.Unit.Query().Where(entunit.IDIn(keysOf(units)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units: %w", err)
	}
	names := make(map[ident.ID]string, len(places))
	for _, u := range places {
		names[u.ID] = u.Name
	}
	found, err := client.Task.Query().Where(enttask.IDIn(keysOf(tasks)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read tasks: %w", err)
	}
	task := make(map[ident.ID]*ent.Task, len(found))
	for _, t := range found {
		task[t.ID] = t
	}
	var all []LookCandidate
	for _, n := range orders {
		all = append(all, LookCandidate{Subject: rectify.LookedNotice, SubjectID: n.ID, UnitID: n.UnitID, UnitName: names[n.UnitID], Title: n.Title,
			Number: n.Number, DueDate: n.DueDate, ClosedAt: n.ClosedAt, path: n.UnitPath})
	}
	for _, d := range done {
		c := LookCandidate{Subject: rectify.LookedDuty, SubjectID: d.ID, UnitID: d.UnitID, UnitName: names[d.UnitID], DueDate: d.DueDate,
			ClosedAt: d.ClosedAt, path: d.UnitPath}
		if t := task[d.TaskID]; t != nil {
			c.Title, c.Number = t.Title, t.Number
		}
		all = append(all, c)
	}
	return all, nil
}

func keysOf(set map[ident.ID]bool) []ident.ID {
	ids := make([]ident.ID, 0, len(set))
	for id := range set {
		ids = append(ids, id)
	}
	return ids
}
