package accounts

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// owners are the roles that answer for the duties of their unit.
var owners = []post.Role{post.UnitHead, post.UnitClerk}

// stillHeld refuses a change that would leave the open duties of a unit without anybody who answers for them on any day from one on:
// the successor is appointed first. The posts that end with the change are left out, and so are those that were only delegated: they end
// with the post of whoever gave them.
func (s *Service) stillHeld(ctx context.Context, tx *ent.Tx, unit ident.ID, on workday.Date, ending predicate.Post) error {
	if s.store.Postgres() { // two who leave at once must not count on each other
		if _, err := tx.Unit.Query().Where(entunit.ID(unit)).ForUpdate().Only(ctx); err != nil {
			return fmt.Errorf("lock unit: %w", err)
		}
	}
	n, err := tx.Duty.Query().Where(entduty.UnitID(unit), entduty.Open(true)).Count(ctx)
	if err != nil {
		return fmt.Errorf("count open duties: %w", err)
	}
	if n == 0 {
		return nil
	}
	posts, err := tx.Post.Query().Where(entpost.UnitID(unit), entpost.RoleIn(owners...), entpost.Delegated(false), entpost.Not(ending), entpost.ValidToGTE(on),
		entpost.HasUserWith(user.DisabledAtIsNil())).Order(entpost.ByValidFrom(), entpost.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read holders of unit: %w", err)
	}
	next := on // the first day that is not held yet
	for _, p := range posts {
		if p.ValidFrom.After(next) {
			break
		}
		if p.ValidTo.IsZero() {
			return nil
		}
		if !p.ValidTo.Before(next) {
			next = p.ValidTo.AddDays(1)
		}
	}
	return fault.New(fault.Conflict, "post.last_holder").With("duties", n).With("on", next.String())
}

// leavesNone is stillHeld for every unit that a user answers for today.
func (s *Service) leavesNone(ctx context.Context, tx *ent.Tx, id ident.ID, today workday.Date) error {
	units, err := tx.Post.Query().Where(entpost.UserID(id), entpost.RoleIn(owners...), entpost.Delegated(false), entpost.ValidFromLTE(today),
		entpost.ValidToGTE(today)).Order(entpost.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read posts of user: %w", err)
	}
	for _, p := range units {
		if err := s.stillHeld(ctx, tx, p.UnitID, today, entpost.UserID(id)); err != nil {
			return err
		}
	}
	return nil
}
