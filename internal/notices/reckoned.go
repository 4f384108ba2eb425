package notices

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/watches"
)

// MoveDates writes dates that a calendar has moved into the notices, all of them to one day, in the transaction that moved their
// clocks and appends the events.
func (s *Service) MoveDates(ctx context.Context, tx *ent.Tx, moved []watches.Moved) error {
	ids := make([]ident.ID, len(moved))
	for i, m := range moved {
		ids[i] = m.SubjectID
	}
	update := tx.Notice.Update().Where(notice.IDIn(ids...)).AddVersion(1)
	if moved[0].What == watches.SignDate {
		update.SetSignDueDate(moved[0].New)
	} else {
		update.SetDueDate(moved[0].New).AddDueRevision(1)
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("move dates of notices: %w", err)
	}
	return nil
}
