package accounts

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// lapse ends what was delegated out of a post that ended, and what was delegated to its holder as a colleague by it: a delegation
// never outlives either post.
func (s *Service) lapse(ctx context.Context, tx *ent.Tx, ended *ent.Post, last workday.Date) error {
	if ended.Delegated || !ended.ActingForID.IsZero() {
		return nil
	}
	given, err := running(ctx, tx, last, entpost.ActingForID(ended.UserID), entpost.UnitID(ended.UnitID), entpost.RoleEQ(ended.Role))
	if err != nil {
		return err
	}
	got, err := running(ctx, tx, last, entpost.UserID(ended.UserID))
	if err != nil {
		return err
	}
	for _, row := range got {
		stays, err := stillColleague(ctx, tx, row, last)
		if err != nil {
			return err
		}
		if !stays {
			given = append(given, row)
		}
	}
	return s.lapseEach(ctx, tx, given, last)
}

// lapseAll ends every delegation by or to somebody whose account is closed.
func (s *Service) lapseAll(ctx context.Context, tx *ent.Tx, userID ident.ID, last workday.Date) error {
	rows, err := running(ctx, tx, last, entpost.Or(entpost.UserID(userID), entpost.ActingForID(userID)))
	if err != nil {
		return err
	}
	return s.lapseEach(ctx, tx, rows, last)
}

func (s *Service) lapseEach(ctx context.Context, tx *ent.Tx, rows []*ent.Post, last workday.Date) error {
	for _, row := range rows {
		if err := s.cutShort(ctx, tx, row, last, "lapse", ""); err != nil {
			return err
		}
	}
	return nil
}

// running are the delegations that go on after a day.
func running(ctx context.Context, tx *ent.Tx, last workday.Date, which ...predicate.Post) ([]*ent.Post, error) {
	rows, err := tx.Post.Query().Where(entpost.Delegated(true), entpost.ValidToGT(last)).Where(which...).WithUnit().Order(entpost.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read delegations: %w", err)
	}
	return rows, nil
}

// stillColleague reports whether the delegate keeps a post of their own in the unit or below it for what is left of a delegation.
func stillColleague(ctx context.Context, tx *ent.Tx, row *ent.Post, last workday.Date) (bool, error) {
	from := row.ValidFrom
	if next := last.AddDays(1); from.Before(next) {
		from = next
	}
	stays, err := tx.Post.Query().Where(entpost.UserID(row.UserID), entpost.Delegated(false), entpost.ActingForID(ident.ID{}), entpost.ValidFromLTE(from),
		entpost.ValidToGTE(row.ValidTo), entpost.HasUnitWith(entunit.PathGTE(row.Edges.Unit.Path), entunit.PathLT(unit.PathEnd(row.Edges.Unit.Path)))).Exist(ctx)
	if err != nil {
		return false, fmt.Errorf("look for another post: %w", err)
	}
	return stays, nil
}
