// Package urges is urging across duties and notices (催办): many at once with a result for each, a preview of whom they reach, who
// has read an urge and when, the replies, and what was sent, waits or was never answered. A single urge is written by the
// feature of its object; the cool-down stands there.
package urges

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	entduty "github.com/duban-gov/duban/ent/duty"
	entnotice "github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/predicate"
	enturge "github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// Service holds the use cases of urges.
type Service struct {
	store    *store.Store
	gate     *access.Gate
	log      *timeline.Log
	watches  *watches.Service
	accounts *accounts.Service
	duties   *duties.Service
	notices  *notices.Service
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, a *accounts.Service, d *duties.Service, n *notices.Service) *Service {
	return &Service{store: s, gate: gate, log: log, watches: w, accounts: a, duties: d, notices: n}
}

var dutyColumns = access.Columns{Authority: entduty.FieldAuthorityID, Unit: entduty.FieldUnitID, Path: entduty.FieldUnitPath,
	Leader: entduty.FieldLeaderID, Part: entduty.FieldPart}

var noticeColumns = access.Columns{Authority: entnotice.FieldAuthorityID, Unit: entnotice.FieldUnitID, Path: entnotice.FieldUnitPath,
	Leader: entnotice.FieldLeaderID, Owner: entnotice.FieldCreatedByID}

// visible selects the urges whose duty or notice the filter reaches: an urge is seen with its object. With open, only those
// whose object still waits for something.
func visible(filter access.Filter, open bool) predicate.Urge {
	return func(q *sql.Selector) {
		duty := about(q, entduty.Table, filter, dutyColumns)
		notice := about(q, entnotice.Table, filter, noticeColumns)
		if open {
			duty.Where(sql.EQ(duty.C(entduty.FieldOpen), true))
			notice.Where(sql.In(notice.C(entnotice.FieldStatus), string(rectify.NoticeServed), string(rectify.NoticeSigned)))
		}
		subject := q.C(enturge.FieldSubject)
		q.Where(sql.Or(
			sql.And(sql.In(subject, string(ladder.OnDuty), string(ladder.OnAcceptance)), sql.Exists(duty)),
			sql.And(sql.EQ(subject, string(ladder.OnNotice)), sql.Exists(notice)),
		))
	}
}

// about selects the object of the urge at hand if the filter reaches it.
func about(q *sql.Selector, table string, filter access.Filter, columns access.Columns) *sql.Selector {
	t := sql.Table(table)
	selector := sql.Dialect(q.Dialect()).Select(t.C("id")).From(t).Where(sql.ColumnsEQ(t.C("id"), q.C(enturge.FieldSubjectID)))
	filter.Predicate(columns)(selector)
	return selector
}

// find is one urge that the actor may see.
func (s *Service) find(ctx context.Context, id ident.ID) (*urgeRow, error) {
	filter, err := s.gate.May(ctx, access.UrgeRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Urge.Query().Where(enturge.ID(id), visible(filter, false)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read urge: %w", err)
	}
	if len(rows) == 0 {
		return nil, fault.Missing("urge")
	}
	return rows[0], nil
}
