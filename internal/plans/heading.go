package plans

import (
	"context"
	"fmt"

	entplan "github.com/duban-gov/duban/ent/plan"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some plans in a list of mixed kinds; those that the caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	q, err := s.visible(ctx, s.store.Read().Plan.Query().Where(entplan.IDIn(ids...)))
	if err != nil {
		return nil, err
	}
	rows, err := q.Select(entplan.FieldID, entplan.FieldTitle, entplan.FieldStatus).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name plans: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: r.Title, Status: string(r.Status)}
	}
	return headings, nil
}
