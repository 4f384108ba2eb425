// Package calendars keeps the working calendar of an authority (工作日历): a notice of days off is proposed, shows what it would
// move, and is applied when somebody else approves it. Then every reckoned date that is still to come moves once, with a line
// of the deadline ledger and an event; what has happened, and dates that have passed, keep the calendar of their day.
package calendars

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/calendarversion"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Mover writes moved dates into the rows of one kind of object, in the transaction that moved their clocks. All of them moved to
// one day.
type Mover func(ctx context.Context, tx *ent.Tx, moved []watches.Moved) error

// Service holds the use cases of calendars.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
	reports *occurrences.Service

	// Movers are asked for each kind of object whose dates a calendar can move.
	Movers map[ladder.Subject]Mover
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, clocks *watches.Service, reports *occurrences.Service) *Service {
	return &Service{store: s, gate: gate, log: log, watches: clocks, reports: reports, Movers: make(map[ladder.Subject]Mover)}
}

const subject = "calendar"

var (
	columns = access.Columns{Authority: calendarversion.FieldAuthorityID}
	stale   = fault.New(fault.Stale, "stale")
)

// take finds the proposal that a change is about and asks the state table for the state after it.
func (s *Service) take(ctx context.Context, tx *ent.Tx, id ident.ID, version int, action tr.Action, given tr.Need) (*ent.CalendarVersion, almanac.Status, error) {
	if version < 1 {
		return nil, "", fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, "", err
	}
	row, err := s.visible(ctx, tx.Client(), id)
	if err != nil {
		return nil, "", err
	}
	if row.Version != version {
		return nil, "", stale
	}
	to, err := almanac.Table.Apply(tr.Facts[almanac.Status]{Status: row.Status, Given: given, Relations: relation(actor, row)}, action)
	return row, to, err
}

func relation(actor access.Actor, row *ent.CalendarVersion) tr.Relation {
	return tr.Requester.If(!actor.ID.IsZero() && actor.ID == row.ProposedByID)
}

func (s *Service) visible(ctx context.Context, client *ent.Client, id ident.ID) (*ent.CalendarVersion, error) {
	see, err := s.gate.May(ctx, access.CalendarRead)
	if err != nil {
		return nil, err
	}
	row, err := client.CalendarVersion.Query().Where(calendarversion.ID(id), predicate.CalendarVersion(see.Predicate(columns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("calendar")
	}
	if err != nil {
		return nil, fmt.Errorf("read calendar version: %w", err)
	}
	return row, nil
}

// with is the calendar in force together with the notices of a text, and its notices as read.
func (s *Service) with(ctx context.Context, q store.Queryer, authority ident.ID, text string) (workday.Calendar, []workday.Notice, error) {
	if err := s.watches.LoadCalendars(ctx, q); err != nil {
		return workday.Calendar{}, nil, err
	}
	notices, err := workday.ReadNotices(text)
	if err != nil {
		return workday.Calendar{}, nil, err
	}
	base := s.watches.Calendar(authority)
	next, err := base.With(notices...)
	if err != nil {
		return workday.Calendar{}, nil, err
	}
	if next.Version == base.Version {
		return workday.Calendar{}, nil, fault.New(fault.Conflict, "calendar.nothing_new").With("version", base.Version)
	}
	return next, notices, nil
}
