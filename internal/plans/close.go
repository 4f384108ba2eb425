package plans

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/transition"
)

// Close closes a plan (收官). Open duties forbid it: they are struck off, withdrawn or carried over first.
func (s *Service) Close(ctx context.Context, planID ident.ID, version int) (Plan, error) {
	return s.turn(ctx, planID, version, access.PlanClose, plan.Close, "")
}

// ReopenPlanInput says why a closed plan is taken up again.
type ReopenPlanInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why" example:"审计发现尚有事项未办结"`
}

// Reopen takes a closed plan up again.
func (s *Service) Reopen(ctx context.Context, planID ident.ID, version int, in ReopenPlanInput) (Plan, error) {
	return s.turn(ctx, planID, version, access.PlanReopen, plan.Reopen, in.Reason)
}

// turn moves a plan from one state to another.
func (s *Service) turn(ctx context.Context, planID ident.ID, version int, permission access.Permission, act transition.Action, reason string) (Plan, error) {
	if err := named(version); err != nil {
		return Plan{}, err
	}
	err := s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, err := s.seen(ctx, tx.Client(), planID)
		if err != nil {
			return err
		}
		f := facts{Given: transition.Reason.If(strings.TrimSpace(reason) != "")}
		f.Open = row.Duties - row.ClosedDuties
		row, next, err := s.take(ctx, tx.Client(), planID, permission, act, f)
		if err != nil {
			return err
		}
		if err := lock(ctx, tx, row, version); err != nil {
			return err
		}
		if err := tx.Plan.UpdateOneID(planID).SetStatus(next).Exec(ctx); err != nil {
			return fmt.Errorf("%s plan: %w", act, err)
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: planID, PlanID: planID, Action: string(act),
			Reason: reason, Before: map[string]any{"status": row.Status}, After: map[string]any{"status": next}})
		return err
	})
	if err != nil {
		return Plan{}, err
	}
	return s.Get(ctx, planID)
}
