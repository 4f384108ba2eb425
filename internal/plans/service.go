// Package plans turns a source document into an issued plan: import into a draft, questions about names, review, lint, issue,
// and what follows over the year: revisions, close, carry-over, and the plan seen as a graph.
package plans

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Service is the use cases of plans.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	units   *units.Service
	watches *watches.Service
	duties  *duties.Service
	files   files.Store

	occurrences *occurrences.Service
	indicators  *indicators.Service

	chunk int // how many duties one transaction of an issue hands out
}

// New returns the service. Files is where source documents are kept.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, u *units.Service, w *watches.Service, d *duties.Service, f files.Store) *Service {
	o := occurrences.New(s, gate, log, w)
	return &Service{store: s, gate: gate, log: log, units: u, watches: w, duties: d, files: f, chunk: issueChunk,
		occurrences: o, indicators: indicators.New(s, gate, log, o)}
}

// columns are where a plan row holds what scopes look at: a plan belongs to the authority as a whole.
var columns = access.Columns{Authority: entplan.FieldAuthorityID, Owner: entplan.FieldCreatedByID}

// visible narrows a query to what the caller may see. A draft is the business of those who edit or issue; for everybody else
// it does not exist yet.
func (s *Service) visible(ctx context.Context, q *ent.PlanQuery) (*ent.PlanQuery, error) {
	filter, err := s.gate.May(ctx, access.PlanRead)
	if err != nil {
		return nil, err
	}
	q.Where(filter.Predicate(columns))
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	if !s.gate.Can(actor, access.PlanEdit) && !s.gate.Can(actor, access.PlanIssue) {
		q.Where(entplan.StatusNEQ(plan.Draft))
	}
	return q, nil
}

// seen is a plan as the caller may see it; outside of that it does not exist.
func (s *Service) seen(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Plan, error) {
	q, err := s.visible(ctx, client.Plan.Query().Where(entplan.ID(id)))
	if err != nil {
		return nil, err
	}
	row, err := q.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("plan")
	}
	if err != nil {
		return nil, fmt.Errorf("read plan: %w", err)
	}
	return row, nil
}

// take loads a plan for an act: the caller needs the permission for this very plan, and the state table has to allow the act.
func (s *Service) take(ctx context.Context, client *ent.Client, id ident.ID, permission access.Permission, act transition.Action, f facts) (*ent.Plan, plan.Status, error) {
	filter, err := s.gate.May(ctx, permission)
	if err != nil {
		return nil, "", err
	}
	row, err := s.seen(ctx, client, id)
	if err != nil {
		return nil, "", err
	}
	if !filter.Covers(scope(row)) {
		return nil, "", access.Refused(permission, "relation")
	}
	if act == plan.Issue && extrasOf(row).Template {
		return nil, "", fault.New(fault.Conflict, "plan.template")
	}
	f.Status = row.Status
	next, err := plan.Table.Apply(f, act)
	return row, next, err
}

// facts are what the state table needs to know.
type facts = transition.Facts[plan.Status]

// scope is what the gate looks at.
func scope(row *ent.Plan) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, OwnerID: row.CreatedByID}
}

// lock raises the version of a plan in the caller's transaction, and so lets one change at a time through. A version of zero
// takes whatever version there is: the change is checked by the version of a node.
func lock(ctx context.Context, tx *ent.Tx, row *ent.Plan, version int) error {
	q := tx.Plan.Update().Where(entplan.ID(row.ID), entplan.StatusEQ(row.Status))
	if version != 0 {
		q.Where(entplan.Version(version))
	}
	n, err := q.AddVersion(1).Save(ctx)
	if err != nil {
		return fmt.Errorf("lock plan: %w", err)
	}
	if n == 0 {
		return stale()
	}
	return nil
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

// today is the calendar date by which deadlines count.
func (s *Service) today() workday.Date { return s.watches.Today() }

// calendar says which days an authority works.
func (s *Service) calendar(authority ident.ID) workday.Calendar { return s.watches.Calendar(authority) }
