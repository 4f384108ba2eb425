package matters

import (
	"context"
	"fmt"

	entmatter "github.com/duban-gov/duban/ent/matter"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some matters in a list of mixed kinds; those that the caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.MatterRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Matter.Query().Where(entmatter.IDIn(ids...), predicate.Matter(see.Predicate(columns))).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name matters: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: clause.Heading(r.Number, r.Title), Status: string(r.Status)}
	}
	return headings, nil
}
