package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	tr "github.com/duban-gov/duban/internal/transition"
)

// change is the course of every change of one duty: permission first, then one transaction that loads the duty, does the
// change and answers with what became of it.
func (s *Service) change(ctx context.Context, id ident.ID, version int, permission access.Permission, do func(ctx context.Context, tx *ent.Tx, w *work) error) (Duty, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return Duty{}, err
	}
	if err := versioned(version); err != nil {
		return Duty{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (Duty, error) {
		w, err := s.take(ctx, tx, id, version, permission, reach)
		if err != nil {
			return Duty{}, err
		}
		if err := do(ctx, tx, w); err != nil {
			return Duty{}, err
		}
		return s.view(ctx, tx, id)
	})
}

// Accept signs for a duty (签收): the unit takes it on, and the sign-for period ends.
func (s *Service) Accept(ctx context.Context, id ident.ID, version int) (Duty, error) {
	return s.change(ctx, id, version, access.DutyAccept, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.Accept, 0); err != nil {
			return err
		}
		w.will.AcceptedAt, w.will.AcceptedByID = s.store.Now(), w.actor.ID
		if err := s.save(ctx, tx, w, duty.Accept, "", nil, told{}); err != nil {
			return err
		}
		return s.watches.Signed(ctx, tx, ladder.OnDuty, id)
	})
}

// ReturnDutyInput says why a unit does not take a duty on, and whose it is in its view.
type ReturnDutyInput struct {
	Reason string   `json:"reason" maxLength:"2000" doc:"Why the duty is not this unit's" example:"该事项属职成教处职责"`
	UnitID ident.ID `json:"unit_id,omitzero" doc:"Unit that it is proposed to; the office decides"`
}

// Return refuses a duty within the sign-for period, with a reason and maybe a unit that is proposed (退回); the office decides what
// follows. Errors: the field unit_id for a unit that is not there, or that holds the duty itself.
func (s *Service) Return(ctx context.Context, id ident.ID, version int, in ReturnDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutyReturn, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.Return, tr.Reason.If(given(in.Reason))); err != nil {
			return err
		}
		tell := told{template: "duty.returned", to: []ladder.Recipient{ladder.Office}}
		after, err := s.proposed(ctx, tx, w, in.UnitID)
		if err != nil {
			return err
		}
		if after != nil {
			tell.template, tell.params = "duty.returned_to", map[string]any{"proposed": after["proposed_unit"]}
		}
		if err := s.save(ctx, tx, w, duty.Return, in.Reason, after, tell); err != nil {
			return err
		}
		return s.watches.Signed(ctx, tx, ladder.OnDuty, id)
	})
}

// proposed is what the history keeps of the unit that a returning unit proposes; nil if it names none.
func (s *Service) proposed(ctx context.Context, tx *ent.Tx, w *work, to ident.ID) (map[string]any, error) {
	if to.IsZero() {
		return nil, nil
	}
	u, err := tx.Unit.Query().Where(entunit.ID(to), entunit.AuthorityID(w.is.AuthorityID), entunit.IDNEQ(w.is.UnitID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.BadField("body.unit_id", "unit.unknown")
	}
	if err != nil {
		return nil, fmt.Errorf("load proposed unit: %w", err)
	}
	return map[string]any{"proposed_unit_id": u.ID, "proposed_unit": u.Name}, nil
}

// InsistDutyInput says why a returned duty stays where it is.
type InsistDutyInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why the duty stays with the unit" example:"经研究，仍由你处牵头"`
}

// Insist gives a returned duty back to the unit (维持交办), with a new sign-for period.
func (s *Service) Insist(ctx context.Context, id ident.ID, version int, in InsistDutyInput) (Duty, error) {
	return s.change(ctx, id, version, access.DutyInsist, func(ctx context.Context, tx *ent.Tx, w *work) error {
		if err := w.apply(duty.Insist, tr.Reason.If(given(in.Reason))); err != nil {
			return err
		}
		w.will.AcceptDueDate = s.watches.SignTerm(w.is.AuthorityID, w.today)
		tell := told{template: "duty.insisted", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}}
		if err := s.save(ctx, tx, w, duty.Insist, in.Reason, nil, tell); err != nil {
			return err
		}
		return s.watches.Assign(ctx, tx, ladder.OnDuty, w.holder(), w.will.AcceptDueDate)
	})
}
