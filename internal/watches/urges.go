package watches

import (
	"context"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/supervise"
)

// LastUrge is the latest urge on a duty or notice, by a person or by the ladder.
type LastUrge struct {
	ID        ident.ID
	At        time.Time
	ByID      ident.ID // zero: the ladder
	Reply     string
	RepliedAt time.Time // zero: no answer yet
}

const lastUrgesText = `SELECT id, subject_id, created_at, urged_by_id, reply, replied_at FROM urges
	WHERE subject IN ('duty', 'acceptance', 'notice') AND subject_id IN `

// LastUrges finds the latest urge on each of some duties or notices; one that was never urged is left out.
func (s *Service) LastUrges(ctx context.Context, q store.Queryer, ids []ident.ID) (map[ident.ID]LastUrge, error) {
	last := make(map[ident.ID]LastUrge, len(ids))
	if len(ids) == 0 {
		return last, nil
	}
	list, args := store.In(s.store, 1, ids)
	err := store.Each(ctx, q, lastUrgesText+list+" ORDER BY id", args, func(scan func(...any) error) error {
		var u LastUrge
		var subject ident.ID
		var replied *time.Time
		if err := scan(&u.ID, &subject, &u.At, &u.ByID, &u.Reply, &replied); err != nil {
			return err
		}
		if u.At = u.At.UTC(); replied != nil {
			u.RepliedAt = replied.UTC()
		}
		last[subject] = u
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read last urges: %w", err)
	}
	return last, nil
}

// Urging are the rules of urges in force.
func (s *Service) Urging() supervise.UrgeRules {
	if rules := s.Rules().Urges; rules.ID != "" {
		return rules
	}
	return supervise.DefaultUrges
}

// UrgeAgain refuses to urge an object again within the cool-down without a reason (urge.cool_down).
func (s *Service) UrgeAgain(ctx context.Context, tx *ent.Tx, id ident.ID, reason string) error {
	last, err := s.LastUrges(ctx, tx, []ident.ID{id})
	if err != nil {
		return err
	}
	return s.Urging().Again(last[id].At, s.store.Now(), reason)
}
