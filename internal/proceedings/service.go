// Package proceedings is how the result of supervision is used (结果运用): interviews (约谈), commendations (通报表扬) and criticisms
// (通报批评) of a unit. Each is proposed with grounds and basis, by a person or by a rule; a leader who did not propose it
// approves it; it takes its number when it is held or published, and the unit signs (Order 733 art. 12, 21).
package proceedings

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	entproceeding "github.com/duban-gov/duban/ent/proceeding"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Service holds the use cases of interviews and circulars.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
	numbers *numbers.Service
}

// New returns the service, and has it propose what the ladders ask for.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, n *numbers.Service) *Service {
	p := &Service{store: s, gate: gate, log: log, watches: w, numbers: n}
	w.On(ladder.Criticise, p.FromLadder)
	return p
}

const subject = "proceeding"

var (
	columns = access.Columns{Authority: entproceeding.FieldAuthorityID, Unit: entproceeding.FieldUnitID, Path: entproceeding.FieldUnitPath, Owner: entproceeding.FieldProposedByID}
	stale   = fault.New(fault.Stale, "stale")
)

func facts(row *ent.Proceeding) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath, OwnerID: row.ProposedByID}
}

func (s *Service) today() workday.Date { return s.watches.Today() }

// visible selects what a filter reaches. A unit sees what was issued about it or below it, what it is called to, and the
// circulars published to the whole authority; what was only proposed or refused, or withdrawn before it had a number, is no
// unit's business.
func visible(see access.Filter) predicate.Proceeding {
	within := predicate.Proceeding(see.Predicate(columns))
	if seesAll(see) {
		return within
	}
	called := entproceeding.And(entproceeding.KindEQ(supervise.Interview), entproceeding.StatusEQ(supervise.ProceedingApproved), held)
	about := entproceeding.And(reached(see), entproceeding.Or(entproceeding.NumberNEQ(""), called))
	public := entproceeding.And(entproceeding.AudienceEQ(supervise.ToAuthority), entproceeding.StatusIn(supervise.ProceedingIssued, supervise.ProceedingSigned))
	return entproceeding.And(entproceeding.AuthorityID(see.AuthorityID), entproceeding.Or(about, public))
}

// held selects interviews whose day is set.
func held(q *sql.Selector) {
	q.Where(sql.LT(q.C(entproceeding.FieldHeldOn), workday.Date{}))
}

// reached is the filter's predicate as one condition, so that it can stand in an alternative.
func reached(see access.Filter) predicate.Proceeding {
	return func(q *sql.Selector) {
		t := sql.Table(entproceeding.Table).As("reached")
		sub := sql.Dialect(q.Dialect()).Select(t.C(entproceeding.FieldID)).From(t).Where(sql.ColumnsEQ(t.C(entproceeding.FieldID), q.C(entproceeding.FieldID)))
		see.Predicate(columns)(sub)
		q.Where(sql.Exists(sub))
	}
}

func seesAll(f access.Filter) bool {
	for _, r := range f.Reaches {
		if r.Scope == access.ScopeAll {
			return true
		}
	}
	return false
}

// find is one proceeding that the actor may see.
func (s *Service) find(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Proceeding, error) {
	see, err := s.gate.May(ctx, access.ProceedingRead)
	if err != nil {
		return nil, err
	}
	row, err := client.Proceeding.Query().Where(entproceeding.ID(id), visible(see)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing(subject)
	}
	if err != nil {
		return nil, fmt.Errorf("load proceeding: %w", err)
	}
	return row, nil
}

func relations(actor access.Actor, row *ent.Proceeding) tr.Relation {
	return tr.Holder.If(actor.InUnit(row.UnitID)) | tr.Proposer.If(!actor.ID.IsZero() && actor.ID == row.ProposedByID)
}

// changing is a change of one proceeding at work, within its transaction.
type changing struct {
	*Service
	tx     *ent.Tx
	actor  access.Actor
	row    *ent.Proceeding
	update *ent.ProceedingUpdate
	action tr.Action
	status supervise.ProceedingStatus
	after  map[string]any
	reason string
	tell   []timeline.Note
}

// change is the frame of every change: permission, load, what fn does, update with the version, one event.
func (s *Service) change(ctx context.Context, id ident.ID, version int, permission access.Permission, action tr.Action,
	fn func(ctx context.Context, c *changing) error,
) (Proceeding, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return Proceeding{}, err
	}
	if version < 1 {
		return Proceeding{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Proceeding{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Proceeding, error) {
		row, err := s.find(ctx, tx.Client(), id)
		if err != nil {
			return Proceeding{}, err
		}
		if row.Version != version {
			return Proceeding{}, stale
		}
		if !reach.Covers(facts(row)) {
			return Proceeding{}, access.Refused(permission, "relation")
		}
		c := &changing{Service: s, tx: tx, actor: actor, row: row, action: action, after: map[string]any{},
			update: tx.Proceeding.Update().Where(entproceeding.ID(id), entproceeding.Version(version)).AddVersion(1)}
		if err := fn(ctx, c); err != nil {
			return Proceeding{}, err
		}
		return c.finish(ctx)
	})
}

// apply asks the state table of the kind for the state after the action; date is one that the input names.
func (c *changing) apply(given tr.Need, date workday.Date) error {
	status, err := supervise.ProceedingTable(c.row.Kind).Apply(tr.Facts[supervise.ProceedingStatus]{Status: c.row.Status, Relations: relations(c.actor, c.row),
		Given: given, Circumstances: tr.Circumstances{Today: c.today(), Due: c.row.HeldOn, New: date}}, c.action)
	if err != nil {
		return err
	}
	c.status = status
	c.update.SetStatus(status)
	return nil
}

// finish writes the row, appends the event and maps the view.
func (c *changing) finish(ctx context.Context) (Proceeding, error) {
	n, err := c.update.Save(ctx)
	if err != nil {
		return Proceeding{}, fmt.Errorf("update proceeding: %w", err)
	}
	if n == 0 {
		return Proceeding{}, stale
	}
	before := map[string]any{}
	if c.status != c.row.Status {
		before["status"], c.after["status"] = c.row.Status, c.status
	}
	_, err = c.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: c.row.AuthorityID, Subject: subject, SubjectID: c.row.ID, UnitID: c.row.UnitID, Action: string(c.action),
		Before: before, After: c.after, Reason: c.reason, Tell: c.tell})
	if err != nil {
		return Proceeding{}, err
	}
	row, err := c.tx.Proceeding.Get(ctx, c.row.ID)
	if err != nil {
		return Proceeding{}, fmt.Errorf("read proceeding: %w", err)
	}
	return c.view(ctx, c.tx.Client(), row)
}

// notify tells people other than the actor; the message is that of the kind: "interview.arranged", "criticism.published".
func (c *changing) notify(event string, to []ident.ID, more map[string]any) {
	c.tell = append(c.tell, note(c.actor, c.row, event, to, more)...)
}

func note(actor access.Actor, row *ent.Proceeding, event string, to []ident.ID, more map[string]any) []timeline.Note {
	return timeline.Others(actor.ID, to, string(row.Kind)+"."+event,
		map[string]any{"title": row.Title, "number": row.Number, "actor": actor.Name, "grounds": row.Grounds}, more)
}

// unitPeople are the clerks and heads of the unit that it is about.
func (c *changing) unitPeople(ctx context.Context) ([]ident.ID, error) {
	people, err := c.watches.Tell(ctx, c.tx, watches.Reach{AuthorityID: c.row.AuthorityID, UnitID: c.row.UnitID, UnitPath: c.row.UnitPath}, ladder.Owner, ladder.UnitHead)
	if err != nil {
		return nil, fmt.Errorf("find whom to tell: %w", err)
	}
	return people, nil
}
