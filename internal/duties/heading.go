package duties

import (
	"context"
	"fmt"

	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some duties in a list of mixed kinds; those that the caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.DutyRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Duty.Query().Where(entduty.IDIn(ids...), predicate.Duty(see.Predicate(columns))).WithTask().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name duties: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: clause.Heading(r.Edges.Task.Number, r.Edges.Task.Title), Status: string(r.Status), UnitID: r.UnitID}
	}
	return headings, nil
}
