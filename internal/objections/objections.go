// Package objections is re-examination (复核): a unit objects to a notice or to a conclusion within the period that runs from its
// receipt, and people who had no part in it decide within theirs (Order 733 art. 17). The decision upholds, changes or revokes.
package objections

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/objection"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// Service holds the use cases of objections.
type Service struct {
	store       *store.Store
	gate        *access.Gate
	log         *timeline.Log
	clocks      *watches.Service
	series      *numbers.Service
	inspections *inspections.Service
	notices     *notices.Service
	rules       rectify.Rules
}

// New returns the service and tells the clocks how messages call an objection.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, clocks *watches.Service, series *numbers.Service,
	conclusions *inspections.Service, orders *notices.Service,
) *Service {
	o := &Service{store: s, gate: gate, log: log, clocks: clocks, series: series, inspections: conclusions, notices: orders, rules: conclusions.Rules()}
	clocks.Name(ladder.OnObjection, o.labels)
	return o
}

var (
	columns = access.Columns{Authority: objection.FieldAuthorityID, Unit: objection.FieldUnitID, Path: objection.FieldUnitPath,
		Leader: objection.FieldLeaderID, Owner: objection.FieldFiledByID}
	staleVersion = fault.New(fault.Stale, "stale")
)

func facts(row *ent.Objection) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath, LeaderID: row.LeaderID, OwnerID: row.FiledByID}
}

// find is one objection that the actor may see.
func (s *Service) find(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Objection, error) {
	see, err := s.gate.May(ctx, access.ObjectionRead)
	if err != nil {
		return nil, err
	}
	row, err := client.Objection.Query().Where(objection.ID(id), predicate.Objection(see.Predicate(columns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("objection")
	}
	if err != nil {
		return nil, fmt.Errorf("load objection: %w", err)
	}
	return row, nil
}

// labels tells the clocks how messages call objections.
func (s *Service) labels(ctx context.Context, tx *ent.Tx, ids []ident.ID) (map[ident.ID]watches.Label, error) {
	rows, err := tx.Objection.Query().Where(objection.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read titles of objections: %w", err)
	}
	names, err := unitNames(ctx, tx.Client(), rows)
	if err != nil {
		return nil, err
	}
	labels := make(map[ident.ID]watches.Label, len(rows))
	for _, r := range rows {
		labels[r.ID] = watches.Label{Title: r.Title, Unit: names[r.UnitID]}
	}
	return labels, nil
}
