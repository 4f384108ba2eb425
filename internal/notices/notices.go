// Package notices is time-limited rectification (限期整改): a numbered letter orders a unit to put findings right by a deadline;
// the unit signs, plans, reports with evidence, and someone else verifies, on the spot where the rules want it. A fault that comes back
// inside the rebound window reopens the notice; a rectification that failed leads to a second one (Order 733 art. 18; the clocks are
// the authority's).
package notices

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
)

// Service holds the use cases of notices and replies.
type Service struct {
	store  *store.Store
	gate   *access.Gate
	log    *timeline.Log
	clocks *watches.Service
	series *numbers.Service
	rules  rectify.Rules
}

// New returns the service and tells the clocks how messages call a notice.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, clocks *watches.Service, series *numbers.Service, rules rectify.Rules) *Service {
	n := &Service{store: s, gate: gate, log: log, clocks: clocks, series: series, rules: rules}
	clocks.Name(ladder.OnNotice, n.labels)
	return n
}

var (
	columns      = access.Columns{Authority: notice.FieldAuthorityID, Unit: notice.FieldUnitID, Path: notice.FieldUnitPath, Leader: notice.FieldLeaderID, Owner: notice.FieldCreatedByID}
	staleVersion = fault.New(fault.Stale, "stale")
)

func facts(row *ent.Notice) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath, LeaderID: row.LeaderID, OwnerID: row.CreatedByID}
}

// visible selects the notices that the actor may see. A draft or one that was voided as a draft is no unit's business: it
// exists only for those who see all of the authority.
func (s *Service) visible(ctx context.Context) (access.Filter, predicate.Notice, error) {
	see, err := s.gate.May(ctx, access.NoticeRead)
	if err != nil {
		return see, nil, err
	}
	where := predicate.Notice(see.Predicate(columns))
	if !seesAll(see) {
		where = notice.And(where, notice.NumberNEQ(""))
	}
	return see, where, nil
}

func seesAll(f access.Filter) bool {
	for _, r := range f.Reaches {
		if r.Scope == access.ScopeAll {
			return true
		}
	}
	return false
}

// find is one notice that the actor may see.
func (s *Service) find(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Notice, error) {
	_, where, err := s.visible(ctx)
	if err != nil {
		return nil, err
	}
	row, err := client.Notice.Query().Where(notice.ID(id), where).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("notice")
	}
	if err != nil {
		return nil, fmt.Errorf("load notice: %w", err)
	}
	return row, nil
}

// relations says how the actor stands to a notice; reply is the plan or report that waits to be judged, if any.
func relations(actor access.Actor, row *ent.Notice, reply *ent.Reply) tr.Relation {
	return tr.Holder.If(actor.InUnit(row.UnitID)) | tr.Replier.If(reply != nil && reply.AuthorID == actor.ID)
}

// circumstances are the dates that the state table looks at.
func (s *Service) circumstances(row *ent.Notice, site *ent.SiteCheck) tr.Circumstances {
	c := tr.Circumstances{Today: s.clocks.Today(), Due: row.DueDate, Window: s.rules.Rebound, Holds: s.holds(row, site)}
	if !row.ClosedAt.IsZero() {
		c.Closed = s.dateOf(row.ClosedAt)
	}
	return c
}
