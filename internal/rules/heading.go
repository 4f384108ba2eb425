package rules

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/ruleversion"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
)

// Headings are what stands for some rule versions in a list of mixed kinds, by rule set and version as everywhere; those that the
// caller may not see are left out.
func (s *Service) Headings(ctx context.Context, ids []ident.ID) (map[ident.ID]timeline.Heading, error) {
	see, err := s.gate.May(ctx, access.RuleRead)
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Read().RuleVersion.Query().Where(ruleversion.IDIn(ids...), predicate.RuleVersion(see.Predicate(columns))).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("name rule versions: %w", err)
	}
	headings := make(map[ident.ID]timeline.Heading, len(rows))
	for _, r := range rows {
		headings[r.ID] = timeline.Heading{Title: fmt.Sprintf("%s@%d", r.RuleSet, r.RuleVersion), Status: string(r.Status)}
	}
	return headings, nil
}
