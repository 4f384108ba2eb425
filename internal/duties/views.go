package duties

import (
	"context"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// Views are duties by id, in the order of the ids, as the caller sees them. Whoever calls has selected them within the caller's scope.
func (s *Service) Views(ctx context.Context, ids []ident.ID) ([]Duty, error) {
	return s.views(ctx, s.store.DB(), ids)
}

// OverdueOn reports whether a duty as it was on a day was late then: open after its due date, or closed only after it.
func (s *Service) OverdueOn(d Duty, day workday.Date) bool { return overdue(d, day, s.watches) }
