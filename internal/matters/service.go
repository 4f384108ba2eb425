// Package matters is supervised matters from sources other than a plan (立项督办): minutes, documents, letters, a leader's
// instruction. A matter is registered, proposed and approved by a leader who did not propose it; only then does it become a task
// of the year's plan of matters, with its number and a duty for each unit (Order 733 art. 11).
package matters

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entmatter "github.com/duban-gov/duban/ent/matter"
	"github.com/duban-gov/duban/ent/matterunit"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Service holds the use cases of supervised matters and of the designations for government supervision.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
	duties  *duties.Service
	numbers *numbers.Service
}

// New returns the service.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service, d *duties.Service, n *numbers.Service) *Service {
	return &Service{store: s, gate: gate, log: log, watches: w, duties: d, numbers: n}
}

var (
	columns = access.Columns{Authority: entmatter.FieldAuthorityID, Leader: entmatter.FieldLeaderID, Owner: entmatter.FieldCreatedByID}
	stale   = fault.New(fault.Stale, "stale")
)

const subject = "matter"

func facts(row *ent.Matter) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, LeaderID: row.LeaderID, OwnerID: row.CreatedByID}
}

// rules are the periods and letters in force.
func (s *Service) rules() supervise.MatterRules { return s.watches.Rules().Matters }

func (s *Service) today() workday.Date { return s.watches.Today() }

// find is one matter that the actor may see.
func (s *Service) find(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Matter, error) {
	see, err := s.gate.May(ctx, access.MatterRead)
	if err != nil {
		return nil, err
	}
	row, err := client.Matter.Query().Where(entmatter.ID(id), predicate.Matter(see.Predicate(columns))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing(subject)
	}
	if err != nil {
		return nil, fmt.Errorf("load matter: %w", err)
	}
	return row, nil
}

func relations(actor access.Actor, row *ent.Matter) tr.Relation {
	return tr.Proposer.If(!actor.ID.IsZero() && actor.ID == row.ProposedByID)
}

// changing is a change of one matter at work, within its transaction.
type changing struct {
	*Service
	tx     *ent.Tx
	actor  access.Actor
	row    *ent.Matter
	units  []*ent.MatterUnit
	update *ent.MatterUpdate
	action tr.Action
	before map[string]any
	after  map[string]any
	reason string
	tell   []timeline.Note
}

// change is the frame of every change of a matter: permission, load, what fn does, update with the version, one event.
func (s *Service) change(ctx context.Context, id ident.ID, version int, permission access.Permission, action tr.Action,
	fn func(ctx context.Context, c *changing) error,
) (Matter, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return Matter{}, err
	}
	if version < 1 {
		return Matter{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Matter{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Matter, error) {
		c, err := s.begin(ctx, tx, actor, id, version)
		if err != nil {
			return Matter{}, err
		}
		if !reach.Covers(facts(c.row)) {
			return Matter{}, access.Refused(permission, "relation")
		}
		c.action = action
		if err := fn(ctx, c); err != nil {
			return Matter{}, err
		}
		return c.finish(ctx)
	})
}

func (s *Service) begin(ctx context.Context, tx *ent.Tx, actor access.Actor, id ident.ID, version int) (*changing, error) {
	row, err := s.find(ctx, tx.Client(), id)
	if err != nil {
		return nil, err
	}
	if row.Version != version {
		return nil, stale
	}
	c := &changing{Service: s, tx: tx, actor: actor, row: row, before: map[string]any{}, after: map[string]any{},
		update: tx.Matter.Update().Where(entmatter.ID(id), entmatter.Version(version)).AddVersion(1)}
	c.units, err = tx.MatterUnit.Query().Where(matterunit.MatterID(id)).Order(matterunit.BySort()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of matter: %w", err)
	}
	return c, nil
}

// apply asks the state table for the state after the action; date is a due date that the action depends on.
func (c *changing) apply(ctx context.Context, given tr.Need, date workday.Date) error {
	open, err := openDuties(ctx, c.tx.Client(), c.row)
	if err != nil {
		return err
	}
	status, err := supervise.MatterTable.Apply(tr.Facts[supervise.MatterStatus]{Status: c.row.Status, Relations: relations(c.actor, c.row), Given: given,
		Circumstances: tr.Circumstances{Today: c.today(), New: date, Open: open}}, c.action)
	if err != nil {
		return err
	}
	if status != c.row.Status {
		c.before["status"], c.after["status"] = c.row.Status, status
	}
	c.update.SetStatus(status).SetOpen(!supervise.MatterTable.Final(status))
	return nil
}

// finish writes the row, appends the event and maps the view.
func (c *changing) finish(ctx context.Context) (Matter, error) {
	n, err := c.update.Save(ctx)
	if err != nil {
		return Matter{}, fmt.Errorf("update matter: %w", err)
	}
	if n == 0 {
		return Matter{}, stale
	}
	_, err = c.log.Append(ctx, c.tx, timeline.Entry{AuthorityID: c.row.AuthorityID, Subject: subject, SubjectID: c.row.ID, Action: string(c.action),
		Before: c.before, After: c.after, Reason: c.reason, Tell: c.tell})
	if err != nil {
		return Matter{}, err
	}
	row, err := c.tx.Matter.Get(ctx, c.row.ID)
	if err != nil {
		return Matter{}, fmt.Errorf("read matter: %w", err)
	}
	return c.view(ctx, c.tx.Client(), row)
}

// notify tells people other than the actor; params are those that every message of a matter has, and more.
func (c *changing) notify(template string, to []ident.ID, more map[string]any) {
	c.tell = append(c.tell, note(c.actor, c.row, template, to, more)...)
}

func note(actor access.Actor, row *ent.Matter, template string, to []ident.ID, more map[string]any) []timeline.Note {
	return timeline.Others(actor.ID, to, template,
		map[string]any{"title": row.Title, "number": row.Number, "basis": row.Basis, "actor": actor.Name}, more)
}
