package notices

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some notices in a list of mixed kinds; those that the caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	_, where, err := s.visible(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().Notice.Query().Where(notice.IDIn(ids...), where).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name notices: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: clause.Heading(r.Number, r.Title), Status: string(r.Status), UnitID: r.UnitID}
	}
	return headings, nil
}
