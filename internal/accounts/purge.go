package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/logintry"
	"github.com/duban-gov/duban/ent/session"
	"github.com/duban-gov/duban/ent/setuplink"
	"github.com/duban-gov/duban/internal/access"
)

// keepLinks is how long a used or ended link stays for questions.
const keepLinks = 30 * 24 * time.Hour

// Purge deletes what has ended and serves nobody: sessions, old links, and counters of sign-ins that nothing depends on. What
// they meant stands in the history.
func (s *Service) Purge(ctx context.Context) error {
	if _, err := s.gate.May(ctx, access.SessionPurge); err != nil {
		return err
	}
	now := s.store.Now()
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		if _, err := tx.Session.Delete().Where(session.Or(session.ExpiresAtLTE(now), session.SeenAtLTE(now.Add(-IdleLimit)))).Exec(ctx); err != nil {
			return fmt.Errorf("purge sessions: %w", err)
		}
		if _, err := tx.SetupLink.Delete().Where(setuplink.ExpiresAtLTE(now.Add(-keepLinks))).Exec(ctx); err != nil {
			return fmt.Errorf("purge links: %w", err)
		}
		known := logintry.And(logintry.SubjectHasPrefix("known:"), logintry.SinceLTE(now.Add(-rememberAddress)))
		others := logintry.And(logintry.Not(logintry.SubjectHasPrefix("known:")), logintry.SinceLTE(now.Add(-forgetFailures)))
		if _, err := tx.LoginTry.Delete().Where(logintry.Or(known, others)).Exec(ctx); err != nil {
			return fmt.Errorf("purge tries: %w", err)
		}
		return nil
	})
}
