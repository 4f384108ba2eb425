// Package duties is the work on duties (责任): units sign for them or return them, report progress, ask for more time and say
// that they are done; the office insists, reassigns, confirms, sends back; a verifier who had no part in it strikes them off.
// The state tables of package duty decide what may be done; this package loads what they ask for and writes what follows.
package duties

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// Service holds the use cases of duties, reports, extensions and urges.
type Service struct {
	store   *store.Store
	gate    *access.Gate
	log     *timeline.Log
	watches *watches.Service
	rules   atomic.Pointer[Rules]

	occurrences *occurrences.Service
	indicators  *indicators.Service

	// OnInstruct, if set, records a leader's instruction on a duty, in the transaction that writes it into the duty's history.
	OnInstruct func(ctx context.Context, tx *ent.Tx, on Instructed) error
}

// Instructed is a leader's instruction on a duty.
type Instructed struct {
	DutyID, UnitID, PlanID ident.ID
	Title                  string // of the task
	Text                   string
}

// New returns the service with the shipped rules and teaches the watches what a duty is called.
func New(s *store.Store, gate *access.Gate, log *timeline.Log, w *watches.Service) *Service {
	d := &Service{store: s, gate: gate, log: log, watches: w, occurrences: occurrences.New(s, gate, log, w)}
	d.indicators = indicators.New(s, gate, log, d.occurrences)
	d.rules.Store(shipped())
	w.Name(ladder.OnDuty, d.labels)
	w.Plan(ladder.OnDuty, d.stages)
	return d
}

// columns are where the scopes of grants find their facts in the table of duties.
var columns = access.Columns{Authority: entduty.FieldAuthorityID, Unit: entduty.FieldUnitID, Path: entduty.FieldUnitPath,
	Leader: entduty.FieldLeaderID, Part: entduty.FieldPart}

var stale = fault.New(fault.Stale, "stale")

// work is one duty in the hands of a use case: as it is, and as it will be.
type work struct {
	is         *ent.Duty
	will       ent.Duty
	completion *ent.Report // the completion request at hand; nil if there is none
	run        *run        // its way through the steps of close-out; nil while it is not in review
	by         access.Post // the post that grants the change
	actor      access.Actor
	today      workday.Date
}

// take loads a duty for a change: within what the actor may see (else it does not exist), within reach of the grant (else
// refused, with the duty as it was seen), in the version that the change is based on (0: whichever, for a change that came through another object).
func (s *Service) take(ctx context.Context, tx *ent.Tx, id ident.ID, version int, permission access.Permission, reach access.Filter) (*work, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	see := s.gate.Filter(actor, access.DutyRead)
	query := tx.Duty.Query().Where(entduty.ID(id), predicate.Duty(see.Predicate(columns)))
	if s.store.Postgres() { // changes of one duty follow each other; SQLite has one writer anyway
		query.ForUpdate()
	}
	row, err := query.Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("duty")
	}
	if err != nil {
		return nil, fmt.Errorf("load duty: %w", err)
	}
	w := &work{is: row, will: *row, actor: actor, today: s.watches.Today()}
	if !reach.Covers(factsOf(row)) {
		return w, access.Refused(permission, "relation")
	}
	w.by = actor.Post(reach.Post(factsOf(row)))
	if version != 0 && row.Version != version {
		return nil, stale
	}
	if !row.CompletionID.IsZero() {
		if w.completion, err = tx.Report.Get(ctx, row.CompletionID); err != nil {
			return nil, fmt.Errorf("load completion request: %w", err)
		}
	}
	if row.Status == duty.Review {
		found, err := s.runs(ctx, tx, []ident.ID{row.CompletionID})
		if err != nil {
			return nil, err
		}
		w.run = found[row.CompletionID]
	}
	return w, nil
}

// versioned refuses a change that does not say which version it is based on.
func versioned(version int) error {
	if version < 1 {
		return fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	return nil
}

func factsOf(row *ent.Duty) access.Facts {
	return access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath, LeaderID: row.LeaderID, Part: string(row.Part)}
}

// relations is how the actor stands to the duty.
func (w *work) relations() tr.Relation {
	held := tr.Holder.If(w.actor.InUnit(w.is.UnitID)) | tr.Signer.If(w.signs())
	if r := w.completion; r != nil {
		held |= tr.Author.If(w.wrote(r)) | tr.Reviewer.If(w.themselves(r.ReviewerID))
	}
	return held
}

// themselves reports whether a person is the actor, or is the one in whose post the actor does this: what somebody may not do
// themselves, their deputy may not do for them.
func (w *work) themselves(person ident.ID) bool {
	return is(w.actor.ID, person) || is(w.actingFor(), person)
}

// wrote reports whether the actor, or the one in whose post they act, wrote or submitted a report.
func (w *work) wrote(r *ent.Report) bool {
	return w.themselves(r.AuthorID) || w.themselves(r.SubmittedByID)
}

func is(a, b ident.ID) bool { return !a.IsZero() && a == b }

// circumstances are the dates that the tables look at.
func (w *work) circumstances() tr.Circumstances {
	return w.turn(tr.Circumstances{Today: w.today, Due: w.is.DueDate, Ended: !w.is.Open})
}

// actingFor is whom the actor stands in for by the post that grants the change; the zero id if for nobody.
func (w *work) actingFor() ident.ID { return w.by.ActingForID }

// facts are what the duty's state table asks for.
func (w *work) facts(given tr.Need) tr.Facts[duty.Status] {
	return tr.Facts[duty.Status]{Status: w.is.Status, Relations: w.relations(), Given: given, Circumstances: w.circumstances()}
}

// apply asks the state table for an action on the duty and sets the state that follows.
func (w *work) apply(action tr.Action, given tr.Need) error {
	return w.follow(duty.Table.Apply(w.facts(given), action))
}

// along asks the state table what another object's action does to the duty.
func (w *work) along(via string) error {
	return w.follow(duty.Table.Along(w.facts(0), via))
}

func (w *work) follow(to duty.Status, err error) error {
	if err != nil {
		return err
	}
	w.will.Status, w.will.Open = to, to.Open()
	return nil
}

// reach is the question whom to tell about the duty.
func (w *work) reach() watches.Reach {
	return watches.Reach{AuthorityID: w.is.AuthorityID, UnitID: w.will.UnitID, UnitPath: w.will.UnitPath, LeaderID: w.will.LeaderID}
}

// holder is the duty as its clock knows it.
func (w *work) holder() watches.Holder {
	return watches.Holder{SubjectID: w.is.ID, UnitID: w.will.UnitID, UnitPath: w.will.UnitPath}
}

// formerly is the question whom to tell about the duty in the unit that it leaves.
func (w *work) formerly() watches.Reach {
	return watches.Reach{AuthorityID: w.is.AuthorityID, UnitID: w.is.UnitID, UnitPath: w.is.UnitPath, LeaderID: w.is.LeaderID}
}
