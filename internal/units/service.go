// Package units keeps the unit tree of each authority, its rosters, and the names under which documents know them: create,
// rename, move, merge, import, export, and the resolution of a name as written. Nothing crosses from one authority to another.
package units

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// Service is the use cases of units and rosters.
type Service struct {
	store *store.Store
	gate  *access.Gate
	log   *timeline.Log

	// OnMerge runs in the transaction of a merge, in order: each feature hands over what is open with from to its successor to.
	// The composition root fills it before the program serves.
	OnMerge []func(ctx context.Context, tx *ent.Tx, from, to ident.ID) error
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log) *Service {
	return &Service{store: s, gate: gate, log: log}
}

// always is the first day of a unit whose founding is not recorded.
var always = workday.NewDate(1900, 1, 1)

// columns are where a unit row holds what scopes look at.
var columns = access.Columns{Authority: entunit.FieldAuthorityID, Unit: entunit.FieldID, Path: entunit.FieldPath}

// seen is a unit as the filter lets the caller see it; outside of it the unit does not exist.
func seen(ctx context.Context, client *ent.UnitClient, filter access.Filter, id ident.ID) (*ent.Unit, error) {
	row, err := client.Query().Where(entunit.ID(id)).Where(filter.Predicate(columns)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("unit")
	}
	if err != nil {
		return nil, fmt.Errorf("read unit: %w", err)
	}
	return row, nil
}

// stale is the answer to a change that is based on an older version.
func stale() error { return fault.New(fault.Stale, "stale") }

// named refuses a change that does not say which version it is based on.
func named(version int) error {
	if version == 0 {
		return fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	return nil
}

// today is the calendar date in an authority's zone.
func (s *Service) today(ctx context.Context, client *ent.Client, authorityID ident.ID) (workday.Date, error) {
	zone, err := Zone(ctx, client, authorityID)
	if err != nil {
		return workday.Date{}, err
	}
	return workday.DateOf(s.store.Now(), zone), nil
}

// validOn selects the units that exist on a day.
func validOn(q *ent.UnitQuery, on workday.Date) *ent.UnitQuery {
	return q.Where(entunit.ValidFromLTE(on), entunit.ValidToGTE(on))
}
