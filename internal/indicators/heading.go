package indicators

import (
	"context"
	"fmt"

	entindicator "github.com/duban-gov/duban/ent/indicator"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some indicators in a list of mixed kinds; those of other authorities are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	if _, err := s.gate.May(ctx, access.IndicatorRead); err != nil {
		return nil, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Indicator.Query().Where(entindicator.IDIn(ids...), entindicator.AuthorityID(actor.AuthorityID)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name indicators: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: r.Name}
	}
	return headings, nil
}
