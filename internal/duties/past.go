package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
)

// keepPast keeps a duty as it was until the change at hand, so that a look at the past finds it again.
func (s *Service) keepPast(ctx context.Context, tx *ent.Tx, w *work) error {
	d := w.is
	err := tx.DutyPast.Create().SetID(s.store.NewID()).SetAuthorityID(d.AuthorityID).SetDutyID(d.ID).SetUntil(w.will.UpdatedAt).
		SetUnitID(d.UnitID).SetUnitPath(d.UnitPath).SetStatus(d.Status).SetOpen(d.Open).SetProgress(d.Progress).SetDueDate(d.DueDate).
		SetDueRevision(d.DueRevision).SetAcceptDueDate(d.AcceptDueDate).SetLeaderID(d.LeaderID).SetNillableAcceptedAt(instant(d.AcceptedAt)).
		SetNillableClosedAt(instant(d.ClosedAt)).SetCloseReason(d.CloseReason).SetNillableReportedAt(instant(d.ReportedAt)).
		SetCompletionID(d.CompletionID).SetUpdatedAt(d.UpdatedAt).SetVersion(d.Version).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keep the past of a duty: %w", err)
	}
	return nil
}
