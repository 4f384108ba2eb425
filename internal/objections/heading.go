package objections

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent/objection"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some objections in a list of mixed kinds; those that the caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.ObjectionRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Objection.Query().Where(objection.IDIn(ids...), predicate.Objection(see.Predicate(columns))).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name objections: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: r.Title, Status: string(r.Status), UnitID: r.UnitID}
	}
	return headings, nil
}
