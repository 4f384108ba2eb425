package accounts

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

// unitFacts is what access to a unit is decided by.
func (s *Service) unitFacts(ctx context.Context, id ident.ID) (access.Facts, error) {
	r, err := s.store.Read().Unit.Get(ctx, id)
	if ent.IsNotFound(err) {
		return access.Facts{}, fault.Missing("unit")
	}
	if err != nil {
		return access.Facts{}, fmt.Errorf("read unit: %w", err)
	}
	return access.Facts{AuthorityID: r.AuthorityID, UnitID: r.ID, Path: r.Path}, nil
}

// userFacts is what access to a user is decided by.
func (s *Service) userFacts(ctx context.Context, id ident.ID) (access.Facts, error) {
	r, err := s.store.Read().User.Get(ctx, id)
	if ent.IsNotFound(err) {
		return access.Facts{}, fault.Missing("user")
	}
	if err != nil {
		return access.Facts{}, fmt.Errorf("read user: %w", err)
	}
	return access.Facts{AuthorityID: r.AuthorityID, OwnerID: r.ID}, nil
}
