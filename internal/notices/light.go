package notices

import (
	"context"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
)

// Light explains the light of a notice. One that was not served has no clock yet.
func (s *Service) Light(ctx context.Context, id ident.ID) (watches.LightWhy, error) {
	notice, err := s.Get(ctx, id)
	if err != nil {
		return watches.LightWhy{}, err
	}
	if notice.ServedAt.IsZero() {
		return watches.Unlit(ladder.OnNotice, s.clocks.Today()), nil
	}
	return s.clocks.Why(ctx, ladder.OnNotice, id)
}

// Lights is the history of a notice's light.
func (s *Service) Lights(ctx context.Context, id ident.ID, after string, limit int) (watches.LightPage, error) {
	if _, err := s.Get(ctx, id); err != nil {
		return watches.LightPage{Items: []watches.LightEntry{}}, err
	}
	return s.clocks.Lights(ctx, ladder.OnNotice, id, after, limit)
}
