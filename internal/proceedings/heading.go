package proceedings

import (
	"context"
	"fmt"

	entproceeding "github.com/duban-gov/duban/ent/proceeding"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some interviews and circulars in a list of mixed kinds; those that the caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.ProceedingRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Proceeding.Query().Where(entproceeding.IDIn(ids...), visible(see)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name proceedings: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		sort := "circular" // commendations and criticisms have their acts and states in common
		if r.Kind == supervise.Interview {
			sort = "interview"
		}
		headings[r.ID] = timeline.Heading{Title: clause.Heading(r.Number, r.Title), Sort: sort, Status: string(r.Status), UnitID: r.UnitID}
	}
	return headings, nil
}
