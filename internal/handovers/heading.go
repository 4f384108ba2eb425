package handovers

import (
	"context"
	"fmt"

	enthandover "github.com/duban-gov/duban/ent/handover"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/words"
)

// Headings are what stands for some hand-over lists in a list of mixed kinds; those that the caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.HandOverRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().HandOver.Query().Where(enthandover.IDIn(ids...), visible(see)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name hand-over lists: %w", err)
	}
	title := words.Text(words.From(ctx), "object."+subject, nil)
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: title, Status: string(r.Status), UnitID: r.UnitID}
	}
	return headings, nil
}
