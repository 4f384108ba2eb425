// Package handovers is the handing over of work when a post changes (工作交接): a list of all that is open in a unit at one instant,
// drawn up for who leaves and who succeeds, with the hash of its text, and signed by both and by a witness (三方签字). What was signed
// never changes; a list that no longer says what is open is drawn anew.
package handovers

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	enthandover "github.com/duban-gov/duban/ent/handover"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
)

// Service holds the use cases of hand-over lists.
type Service struct {
	store       *store.Store
	gate        *access.Gate
	log         *timeline.Log
	watches     *watches.Service
	occurrences *occurrences.Service
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, o *occurrences.Service) *Service {
	return &Service{store: s, gate: gate, log: log, watches: w, occurrences: o}
}

const subject = "hand_over"

var (
	columns = access.Columns{Authority: enthandover.FieldAuthorityID, Unit: enthandover.FieldUnitID, Path: enthandover.FieldUnitPath}
	stale   = fault.New(fault.Stale, "stale")
)

// party reports whether somebody is one of the people of a list.
func party(person ident.ID, row *ent.HandOver) bool {
	return !person.IsZero() && (person == row.GiverID || person == row.TakerID || person == row.WitnessID)
}

// facts are what scopes look at; a list is the own one of each of its people.
func facts(actor access.Actor, row *ent.HandOver) access.Facts {
	f := access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath}
	if party(actor.ID, row) {
		f.OwnerID = actor.ID
	}
	return f
}

// visible selects what a filter reaches, and what somebody is one of the people of: who left the unit still sees what they signed.
func visible(see access.Filter) predicate.HandOver {
	return func(q *sql.Selector) {
		t := sql.Table(enthandover.Table).As("reached")
		sub := sql.Dialect(q.Dialect()).Select(t.C(enthandover.FieldID)).From(t).Where(sql.ColumnsEQ(t.C(enthandover.FieldID), q.C(enthandover.FieldID)))
		see.Predicate(columns)(sub)
		q.Where(sql.And(sql.EQ(q.C(enthandover.FieldAuthorityID), see.AuthorityID), sql.Or(sql.Exists(sub),
			sql.EQ(q.C(enthandover.FieldGiverID), see.UserID), sql.EQ(q.C(enthandover.FieldTakerID), see.UserID), sql.EQ(q.C(enthandover.FieldWitnessID), see.UserID))))
	}
}

// find is one list that the actor may see.
func (s *Service) find(ctx context.Context, client *ent.Client, id ident.ID) (*ent.HandOver, error) {
	see, err := s.gate.May(ctx, access.HandOverRead)
	if err != nil {
		return nil, err
	}
	row, err := client.HandOver.Query().Where(enthandover.ID(id), visible(see)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing(subject)
	}
	if err != nil {
		return nil, fmt.Errorf("load hand-over list: %w", err)
	}
	return row, nil
}

func relations(actor access.Actor, row *ent.HandOver) tr.Relation {
	is := func(id ident.ID) bool { return !id.IsZero() && id == actor.ID }
	return tr.Giver.If(is(row.GiverID)) | tr.Taker.If(is(row.TakerID)) | tr.Witness.If(is(row.WitnessID))
}

// standing is what a list's table asks about: who signed, and whether the one who leaves can.
type standing struct {
	signed  map[handover.Part]bool
	present bool
}

func (w standing) facts(actor access.Actor, row *ent.HandOver, given tr.Need) tr.Facts[handover.Status] {
	return tr.Facts[handover.Status]{Status: row.Status, Relations: relations(actor, row), Given: given, Circumstances: tr.Circumstances{
		Holds: handover.Unattested.If(!row.WitnessID.IsZero() && !w.signed[handover.Witness]) | handover.Attested.If(w.signed[handover.Witness]) |
			handover.Present.If(w.present)}}
}

// changing is a change of one list at work, within its transaction.
type changing struct {
	tx    *ent.Tx
	actor access.Actor
	row   *ent.HandOver
	stand standing
}

// change is the frame of every change: permission, load, what the table says, update with the version, what fn adds, one event.
func (s *Service) change(ctx context.Context, id ident.ID, version int, permission access.Permission, action tr.Action, reason string,
	fn func(ctx context.Context, c *changing) error,
) (HandOver, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return HandOver{}, err
	}
	if version < 1 {
		return HandOver{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return HandOver{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (HandOver, error) {
		c, err := s.take(ctx, tx, actor, id, version, permission, reach)
		if err != nil {
			return HandOver{}, err
		}
		if err := s.turn(ctx, c, action, reason, fn); err != nil {
			return HandOver{}, err
		}
		return s.show(ctx, tx.Client(), c.row)
	})
}

// take loads a list for a change.
func (s *Service) take(ctx context.Context, tx *ent.Tx, actor access.Actor, id ident.ID, version int, permission access.Permission, reach access.Filter) (*changing, error) {
	row, err := s.find(ctx, tx.Client(), id)
	if err != nil {
		return nil, err
	}
	if row.Version != version {
		return nil, stale
	}
	if !reach.Covers(facts(actor, row)) {
		return nil, access.Refused(permission, "relation")
	}
	stands, err := s.standings(ctx, tx.Client(), []*ent.HandOver{row})
	if err != nil {
		return nil, err
	}
	return &changing{tx: tx, actor: actor, row: row, stand: stands[row.ID]}, nil
}

// turn asks the table, lets fn hold what else the action wants, writes the state and appends the event.
func (s *Service) turn(ctx context.Context, c *changing, action tr.Action, reason string, fn func(ctx context.Context, c *changing) error) error {
	was := c.row.Status
	status, err := handover.Table.Apply(c.stand.facts(c.actor, c.row, tr.Reason.If(reason != "")), action)
	if err != nil {
		return err
	}
	if fn != nil {
		if err := fn(ctx, c); err != nil {
			return err
		}
	}
	update := c.tx.HandOver.Update().Where(enthandover.ID(c.row.ID), enthandover.Version(c.row.Version)).SetStatus(status).AddVersion(1)
	if status == handover.Void {
		update.SetReason(reason)
	}
	n, err := update.Save(ctx)
	if err != nil {
		return fmt.Errorf("update hand-over list: %w", err)
	}
	if n == 0 {
		return stale
	}
	if c.row, err = c.tx.HandOver.Get(ctx, c.row.ID); err != nil {
		return fmt.Errorf("read hand-over list: %w", err)
	}
	tell, err := s.notes(ctx, c, action, reason)
	if err != nil {
		return err
	}
	_, err = s.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: c.row.AuthorityID, Subject: subject, SubjectID: c.row.ID, UnitID: c.row.UnitID,
		Action: string(action), Reason: reason, Before: map[string]any{"status": was}, After: map[string]any{"status": status, "hash": c.row.Hash}, Tell: tell})
	return err
}
