package ledgers

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/follow"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
)

// Follow keeps an eye on a duty for the caller (关注); following again changes nothing. It is nobody else's business and leaves no event.
func (s *Service) Follow(ctx context.Context, id ident.ID) error {
	actor, err := s.mayFollow(ctx, id)
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO follows (id, authority_id, user_id, subject, subject_id, created_at)
			VALUES ($1, $2, $3, 'duty', $4, $5) ON CONFLICT (user_id, subject, subject_id) DO NOTHING`,
			s.store.NewID(), actor.AuthorityID, actor.ID, id, s.store.Now())
		if err != nil {
			return fmt.Errorf("follow duty: %w", err)
		}
		return nil
	})
}

// Unfollow ends that; what is not followed stays so.
func (s *Service) Unfollow(ctx context.Context, id ident.ID) error {
	actor, err := s.mayFollow(ctx, id)
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.Follow.Delete().Where(follow.UserID(actor.ID), follow.Subject("duty"), follow.SubjectID(id)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("unfollow duty: %w", err)
		}
		return nil
	})
}

// mayFollow lets follow what may be seen.
func (s *Service) mayFollow(ctx context.Context, id ident.ID) (access.Actor, error) {
	if _, err := s.duties.Get(ctx, id); err != nil {
		return access.Actor{}, err
	}
	return access.From(ctx)
}
