package inspections

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/ent/inspectionunit"
	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Create registers an inspection (立项). Errors: input.invalid with every fault of the plan.
func (s *Service) Create(ctx context.Context, in CreateInspectionInput) (Inspection, error) {
	if _, err := s.gate.May(ctx, access.InspectionCreate); err != nil {
		return Inspection{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Inspection{}, err
	}
	if err := in.plan().check(); err != nil {
		return Inspection{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Inspection, error) {
		row, err := s.insert(ctx, tx, actor, in)
		if err != nil {
			return Inspection{}, err
		}
		return s.detail(ctx, tx.Client(), actor, row)
	})
}

func (s *Service) insert(ctx context.Context, tx *ent.Tx, actor access.Actor, in CreateInspectionInput) (*ent.Inspection, error) {
	status, err := rectify.InspectionTable.Apply(tr.Facts[rectify.InspectionStatus]{}, rectify.CreateInspection)
	if err != nil {
		return nil, err
	}
	if err := checkPlan(ctx, tx, actor.AuthorityID, in.PlanID); err != nil {
		return nil, err
	}
	if err := checkTeam(ctx, tx, actor.AuthorityID, in.StaffInspectionInput); err != nil {
		return nil, err
	}
	plan := in.plan().scheme()
	row, err := tx.Inspection.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetTitle(plan.Title).SetKind(plan.Kind).
		SetStatus(status).SetSupervision(plan.Supervision).SetDesignation(plan.Designation).SetBasis(plan.Basis).SetScope(plan.Scope).
		SetMatters(plan.Matters).SetMethods(plan.Methods).SetMethod(plan.Method).SetItems(plan.Items).SetStartsOn(plan.StartsOn).
		SetEndsOn(plan.EndsOn).SetPlanID(in.PlanID).SetLookYear(in.lookYear).SetSeed(in.seed).SetPopulation(in.population).
		SetCreatedByID(actor.ID).SetCreatedAt(s.store.Now()).Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("create inspection: %w", err)
	}
	if err := s.setUnits(ctx, tx, row, in.UnitIDs); err != nil {
		return nil, err
	}
	if err := s.setTeam(ctx, tx, row, in.StaffInspectionInput); err != nil {
		return nil, err
	}
	if err := s.withdrawn(ctx, tx, in.members(), plan.UnitIDs); err != nil {
		return nil, err
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "inspection", SubjectID: row.ID, PlanID: row.PlanID,
		Action: string(rectify.CreateInspection), After: in, Tell: teamNote(row, in.members(), actor)})
	return row, err
}

func (s *Service) setUnits(ctx context.Context, tx *ent.Tx, row *ent.Inspection, ids []ident.ID) error {
	ids = unique(ids)
	if err := checkUnits(ctx, tx, row.AuthorityID, ids); err != nil {
		return err
	}
	if _, err := tx.InspectionUnit.Delete().Where(inspectionunit.InspectionID(row.ID)).Exec(ctx); err != nil {
		return fmt.Errorf("replace units: %w", err)
	}
	rows := make([][]any, len(ids))
	for i, id := range ids {
		rows[i] = []any{s.store.NewID(), row.AuthorityID, row.ID, id}
	}
	if err := s.store.InsertRows(ctx, tx, inspectionunit.Table, inspectionunit.Columns, rows); err != nil {
		return fmt.Errorf("replace units: %w", err)
	}
	return nil
}

func (s *Service) setTeam(ctx context.Context, tx *ent.Tx, row *ent.Inspection, in StaffInspectionInput) error {
	if _, err := tx.InspectionMember.Delete().Where(inspectionmember.InspectionID(row.ID)).Exec(ctx); err != nil {
		return fmt.Errorf("replace team: %w", err)
	}
	var rows [][]any
	for _, id := range in.members() {
		rows = append(rows, []any{s.store.NewID(), row.AuthorityID, row.ID, id, id == in.LeaderID})
	}
	if err := s.store.InsertRows(ctx, tx, inspectionmember.Table, inspectionmember.Columns, rows); err != nil {
		return fmt.Errorf("replace team: %w", err)
	}
	return nil
}

func checkPlan(ctx context.Context, tx *ent.Tx, authority, id ident.ID) error {
	if id.IsZero() {
		return nil
	}
	there, err := tx.Plan.Query().Where(entplan.ID(id), entplan.AuthorityID(authority)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("read plan: %w", err)
	}
	if !there {
		return fault.BadField("body.plan_id", "inspection.unknown_plan")
	}
	return nil
}

// teamNote tells the members of a team, except whoever named it, that they are on it.
func teamNote(row *ent.Inspection, members []ident.ID, actor access.Actor) []timeline.Note {
	var to []ident.ID
	for _, id := range members {
		if id != actor.ID {
			to = append(to, id)
		}
	}
	if len(to) == 0 {
		return nil
	}
	return []timeline.Note{{To: to, Template: "inspection.staffed", Params: map[string]any{"title": row.Title, "starts_on": row.StartsOn, "ends_on": row.EndsOn}}}
}

// Look is what a look-back (回头看) keeps of its draw.
type Look struct {
	Year       int    // the year that it looks at again
	Seed       string // of the draw
	Population int    // out of how many it was drawn
}

// CreateLook registers a look-back in the caller's transaction. Errors as Create.
func (s *Service) CreateLook(ctx context.Context, tx *ent.Tx, in CreateInspectionInput, look Look) (*ent.Inspection, error) {
	if _, err := s.gate.May(ctx, access.InspectionCreate); err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	in.Kind = rectify.LookBack
	in.lookYear, in.seed, in.population = look.Year, look.Seed, look.Population
	if err := in.plan().check(); err != nil {
		return nil, err
	}
	return s.insert(ctx, tx, actor, in)
}

// InTx is Get in the caller's transaction.
func (s *Service) InTx(ctx context.Context, tx *ent.Tx, id ident.ID) (Inspection, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return Inspection{}, err
	}
	row, err := s.locked(ctx, tx, id)
	if err != nil {
		return Inspection{}, err
	}
	return s.detail(ctx, tx.Client(), actor, row)
}

// AtWork holds an open inspection for a member of its team who writes into it, in the caller's transaction.
func (s *Service) AtWork(ctx context.Context, tx *ent.Tx, id ident.ID) (*ent.Inspection, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	row, err := s.locked(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	team, err := onTeam(ctx, tx.InspectionMember, id, actor.ID)
	if err != nil {
		return nil, err
	}
	_, err = rectify.InspectionTable.Apply(tr.Facts[rectify.InspectionStatus]{Status: row.Status, Relations: tr.PartOfTeam.If(team)}, rectify.CheckInspection)
	return row, err
}
