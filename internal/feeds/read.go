package feeds

import (
	"context"
	"fmt"
	"io"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/calendarfeed"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/follow"
	entnotice "github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ical"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// Bounds of a feed: what lies far back or ahead is left out, and nobody's calendar takes more.
const (
	daysBack  = 60
	daysAhead = 400
	maxEvents = 1000
)

// Calendar is a feed ready to be written.
type Calendar struct{ calendar ical.Calendar }

// Write writes the feed as text/calendar.
func (c Calendar) Write(to io.Writer) error { return c.calendar.Write(to) }

// Read opens a feed by its secret. An unknown, revoked or orphaned one does not exist. What it shows is what its owner may see today:
// the open due dates of their units, of what they supervise and of what they follow.
func (s *Service) Read(ctx context.Context, secret string) (Calendar, error) {
	row, err := s.store.Read().CalendarFeed.Query().Where(calendarfeed.Hash(hashOf(secret)), calendarfeed.RevokedAtIsNil()).Only(ctx)
	if ent.IsNotFound(err) {
		return Calendar{}, fault.Missing("feed")
	}
	if err != nil {
		return Calendar{}, fmt.Errorf("read feed: %w", err)
	}
	if err := s.count(ctx, row.ID); err != nil {
		return Calendar{}, err
	}
	today := s.watches.Today()
	owner, err := s.accounts.ActorOf(ctx, row.UserID, today)
	if err != nil {
		return Calendar{}, err
	}
	if len(owner.Posts) == 0 { // disabled, or without a post: nothing is theirs any more
		return Calendar{}, fault.Missing("feed")
	}
	owner.Only = []access.Permission{access.DutyRead, access.NoticeRead}
	lang := words.Lang(row.Language)
	c := ical.Calendar{Product: "-//duban//duban//ZH", Name: words.Text(lang, "feed.name", map[string]any{"who": owner.Name})}
	for _, find := range []func(context.Context, access.Actor, words.Lang, workday.Date) ([]ical.Event, error){s.dutyEvents, s.reportEvents, s.noticeEvents} {
		events, err := find(ctx, owner, lang, today)
		if err != nil {
			return Calendar{}, err
		}
		c.Events = append(c.Events, events...)
	}
	return Calendar{c}, nil
}

// count notes a read and refuses one too many within the hour.
func (s *Service) count(ctx context.Context, id ident.ID) error {
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := tx.CalendarFeed.Get(ctx, id)
		if err != nil {
			return fmt.Errorf("read feed: %w", err)
		}
		now := s.store.Now()
		reads, since := row.Reads+1, row.CountedSince
		if since.IsZero() || now.Sub(since) >= window || since.After(now) {
			reads, since = 1, now
		}
		if reads > perHour {
			wait := max(int(since.Add(window).Sub(now)/time.Second), 1)
			return fault.New(fault.Limited, "limited").With("seconds", wait)
		}
		return tx.CalendarFeed.UpdateOneID(id).SetReads(reads).SetCountedSince(since).SetReadAt(now).Exec(ctx)
	})
}

func unitsOf(a access.Actor) []ident.ID {
	ids := make([]ident.ID, len(a.Posts))
	for i, p := range a.Posts {
		ids[i] = p.UnitID
	}
	return ids
}

// followed selects what a person follows.
func followed(person ident.ID) predicate.Duty {
	return func(q *entsql.Selector) {
		f := entsql.Dialect(q.Dialect()).Table(follow.Table)
		q.Where(entsql.In(q.C(entduty.FieldID), entsql.Dialect(q.Dialect()).Select(f.C(follow.FieldSubjectID)).From(f).
			Where(entsql.And(entsql.EQ(f.C(follow.FieldUserID), person), entsql.EQ(f.C(follow.FieldSubject), "duty")))))
	}
}

var dutyColumns = access.Columns{Authority: entduty.FieldAuthorityID, Unit: entduty.FieldUnitID, Path: entduty.FieldUnitPath,
	Leader: entduty.FieldLeaderID, Part: entduty.FieldPart}

// dutyEvents are the due dates of duties.
func (s *Service) dutyEvents(ctx context.Context, owner access.Actor, lang words.Lang, today workday.Date) ([]ical.Event, error) {
	see := s.gate.Filter(owner, access.DutyRead)
	if see.Empty() {
		return nil, nil
	}
	rows, err := s.store.Read().Duty.Query().Where(predicate.Duty(see.Predicate(dutyColumns)), entduty.Open(true),
		entduty.DueDateGTE(today.AddDays(-daysBack)), entduty.DueDateLTE(today.AddDays(daysAhead)),
		entduty.Or(entduty.UnitIDIn(unitsOf(owner)...), entduty.LeaderID(owner.ID), followed(owner.ID))).
		WithTask().Order(ent.Asc(entduty.FieldDueDate, entduty.FieldID)).Limit(maxEvents).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read due dates of duties: %w", err)
	}
	events := make([]ical.Event, len(rows))
	for i, d := range rows {
		title := clause.Heading(d.Edges.Task.Number, d.Edges.Task.Title)
		events[i] = ical.Event{UID: d.ID.String() + "@duty.duban", Sequence: d.Version - 1, On: d.DueDate, Stamp: d.UpdatedAt,
			Summary:  words.Text(lang, "feed.duty", map[string]any{"title": title}),
			Details:  words.Text(lang, "feed.duty.details", map[string]any{"original": d.OriginalDueDate.String(), "progress": d.Progress / 100}),
			Category: words.Text(lang, "object.duty", nil)}
	}
	return events, nil
}

var noticeColumns = access.Columns{Authority: entnotice.FieldAuthorityID, Unit: entnotice.FieldUnitID, Path: entnotice.FieldUnitPath,
	Leader: entnotice.FieldLeaderID, Owner: entnotice.FieldCreatedByID}

// noticeEvents are the due dates of rectification notices that have been served.
func (s *Service) noticeEvents(ctx context.Context, owner access.Actor, lang words.Lang, today workday.Date) ([]ical.Event, error) {
	see := s.gate.Filter(owner, access.NoticeRead)
	if see.Empty() {
		return nil, nil
	}
	rows, err := s.store.Read().Notice.Query().Where(predicate.Notice(see.Predicate(noticeColumns)), entnotice.Open(true), entnotice.NumberNEQ(""),
		entnotice.DueDateGTE(today.AddDays(-daysBack)), entnotice.DueDateLTE(today.AddDays(daysAhead)),
		entnotice.Or(entnotice.UnitIDIn(unitsOf(owner)...), entnotice.LeaderID(owner.ID), entnotice.CreatedByID(owner.ID))).
		Order(ent.Asc(entnotice.FieldDueDate, entnotice.FieldID)).Limit(maxEvents).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read due dates of notices: %w", err)
	}
	events := make([]ical.Event, len(rows))
	for i, n := range rows {
		events[i] = ical.Event{UID: n.ID.String() + "@notice.duban", Sequence: n.Version - 1, On: n.DueDate, Stamp: s.store.Now(),
			Summary: words.Text(lang, "feed.notice", map[string]any{"title": n.Title, "number": n.Number}), Category: words.Text(lang, "object.notice", nil)}
	}
	return events, nil
}
