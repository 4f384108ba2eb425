package watches

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// ReplyShift is the last day for the reply to an urge that another calendar puts on another day.
type ReplyShift struct {
	UrgeID    ident.ID
	Subject   ladder.Subject
	SubjectID ident.ID
	UnitID    ident.ID
	Old, New  workday.Date
	Origin    workday.Origin
}

// ForecastReplies lists the replies still owed whose last day a calendar would move, by urge, after an urge and until it has found
// limit. It returns the last urge that it found, zero at the end.
func (s *Service) ForecastReplies(ctx context.Context, q store.Queryer, authority ident.ID, next workday.Calendar, after ident.ID, limit int) ([]ReplyShift, ident.ID, error) {
	today := s.Today()
	var found []ReplyShift
	err := store.Each(ctx, q, `SELECT id, subject, subject_id, unit_id, reply_due_date, reply_origin FROM urges WHERE authority_id = $1 AND id > $2
		AND replied_at IS NULL AND reply_origin <> '' AND reply_due_date >= $3 ORDER BY id`, []any{authority, after, today},
		func(scan func(...any) error) error {
			var u ReplyShift
			var text string
			if err := scan(&u.UrgeID, &u.Subject, &u.SubjectID, &u.UnitID, &u.Old, &text); err != nil || len(found) > limit {
				return err
			}
			if o, ok := workday.ParseOrigin(text); ok {
				if u.New, u.Origin = next.Again(o); !Keeps(u.Old, u.New, today) {
					found = append(found, u)
				}
			}
			return nil
		})
	if err != nil {
		return nil, ident.ID{}, fmt.Errorf("read replies owed: %w", err)
	}
	if len(found) > limit {
		return found[:limit], found[limit-1].UrgeID, nil
	}
	return found, ident.ID{}, nil
}

// ReckonReplies moves at most limit last days for replies to where the calendar in force puts them. As with Reckon, the state
// decides what is left.
func (s *Service) ReckonReplies(ctx context.Context, tx *ent.Tx, authority ident.ID, limit int) ([]ReplyShift, error) {
	found, _, err := s.ForecastReplies(ctx, tx, authority, s.Calendar(authority), ident.ID{}, limit)
	if err != nil {
		return nil, err
	}
	moved := found[:0]
	for _, u := range found {
		res, err := tx.ExecContext(ctx, `UPDATE urges SET reply_due_date = $1, reply_origin = $2, version = version + 1
			WHERE id = $3 AND replied_at IS NULL AND reply_due_date = $4`, u.New, u.Origin.String(), u.UrgeID, u.Old)
		if err != nil {
			return nil, fmt.Errorf("move reply: %w", err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return nil, err
		}
		if n == 1 {
			moved = append(moved, u)
		}
	}
	return moved, nil
}
