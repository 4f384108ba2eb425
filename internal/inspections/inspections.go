// Package inspections is supervision on the spot (督查): a plan with form, basis, scope, matters, methods, units, team and dates, proposed
// by one person and approved by another, locked from then on; a check-list and findings that the team records while it is open;
// a conclusion at its end, delivered to each object (Order 733 art. 8, 11–16).
package inspections

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/inspection"
	"github.com/duban-gov/duban/ent/inspectionmember"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
)

// Service holds the use cases of inspections and findings.
type Service struct {
	store  *store.Store
	gate   *access.Gate
	log    *timeline.Log
	clocks *watches.Service
	series *numbers.Service
	rules  rectify.Rules
}

// New returns the service; clocks knows today and the calendar.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, clocks *watches.Service, series *numbers.Service, rules rectify.Rules) *Service {
	return &Service{store: s, gate: gate, log: log, clocks: clocks, series: series, rules: rules}
}

// Rules are what the authority set for inspections.
func (s *Service) Rules() rectify.Rules { return s.rules }

var (
	inspectionColumns = access.Columns{Authority: inspection.FieldAuthorityID, Owner: inspection.FieldCreatedByID}
	staleVersion      = fault.New(fault.Stale, "stale")
)

// load finds the inspection that a change is about, within what the actor may see, and holds the caller to its version.
func (s *Service) load(ctx context.Context, tx *ent.Tx, id ident.ID, version int) (*ent.Inspection, error) {
	if version == 0 {
		return nil, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	see, err := s.gate.May(ctx, access.InspectionRead)
	if err != nil {
		return nil, err
	}
	row, err := tx.Inspection.Query().Where(inspection.ID(id), predicate.Inspection(see.Predicate(inspectionColumns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("inspection")
	}
	if err != nil {
		return nil, fmt.Errorf("load inspection: %w", err)
	}
	if row.Version != version {
		return nil, staleVersion
	}
	return row, nil
}

// locked is the inspection that the team writes into, within what the actor may see, held so that nobody finishes it meanwhile.
func (s *Service) locked(ctx context.Context, tx *ent.Tx, id ident.ID) (*ent.Inspection, error) {
	see, err := s.gate.May(ctx, access.InspectionRead)
	if err != nil {
		return nil, err
	}
	query := tx.Inspection.Query().Where(inspection.ID(id), predicate.Inspection(see.Predicate(inspectionColumns)))
	if s.store.Postgres() {
		query.ForShare() // SQLite has one writer
	}
	row, err := query.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("inspection")
	}
	if err != nil {
		return nil, fmt.Errorf("load inspection: %w", err)
	}
	return row, nil
}

// reach refuses an actor whose grant does not reach an inspection that they may see.
func reach(filter access.Filter, permission access.Permission, row *ent.Inspection) error {
	if filter.Covers(access.Facts{AuthorityID: row.AuthorityID, OwnerID: row.CreatedByID}) {
		return nil
	}
	return access.Refused(permission, "relation")
}

// apply asks the state table for the state after an action.
func (s *Service) apply(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.Inspection, action tr.Action, given tr.Need) (rectify.InspectionStatus, error) {
	team, err := onTeam(ctx, tx.InspectionMember, row.ID, actor.ID)
	if err != nil {
		return "", err
	}
	units, err := unitIDs(ctx, tx.Client(), row.ID)
	if err != nil {
		return "", err
	}
	return rectify.InspectionTable.Apply(tr.Facts[rectify.InspectionStatus]{
		Status: row.Status, Relations: relations(actor, row, units, team), Given: given,
	}, action)
}

// relations says how the actor stands to an inspection.
func relations(actor access.Actor, row *ent.Inspection, units []ident.ID, team bool) tr.Relation {
	proposer := row.ProposedByID == actor.ID && !row.ProposedByID.IsZero()
	return tr.PartOfTeam.If(team) | tr.Proposer.If(proposer) | tr.Holder.If(slices.ContainsFunc(units, actor.InUnit))
}

func onTeam(ctx context.Context, members *ent.InspectionMemberClient, inspectionID, user ident.ID) (bool, error) {
	there, err := members.Query().Where(inspectionmember.InspectionID(inspectionID), inspectionmember.UserID(user)).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("read team: %w", err)
	}
	return there, nil
}
