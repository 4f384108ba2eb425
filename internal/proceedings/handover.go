package proceedings

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entproceeding "github.com/duban-gov/duban/ent/proceeding"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// HandOver is for units.Service.OnMerge: what is proposed, approved or not yet signed for is from now on about the successor. What was
// signed or has ended stays with the unit that it was about. The unit is fixed for every other purpose, so its two columns
// are written by hand.
func (s *Service) HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	successor, err := tx.Unit.Get(ctx, to)
	if err != nil {
		return fmt.Errorf("read successor: %w", err)
	}
	open, err := tx.Proceeding.Query().Where(entproceeding.UnitID(from),
		entproceeding.StatusIn(supervise.ProceedingProposed, supervise.ProceedingApproved, supervise.ProceedingIssued)).Order(entproceeding.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read open proceedings: %w", err)
	}
	for _, row := range open {
		if err := s.inherit(ctx, tx, actor, row, successor); err != nil {
			return fmt.Errorf("hand proceeding over: %w", err)
		}
	}
	return nil
}

func (s *Service) inherit(ctx context.Context, tx *ent.Tx, actor access.Actor, row *ent.Proceeding, successor *ent.Unit) error {
	_, err := tx.ExecContext(ctx, "UPDATE proceedings SET unit_id = $1, unit_path = $2, version = version + 1 WHERE id = $3", successor.ID, successor.Path, row.ID)
	if err != nil {
		return fmt.Errorf("write unit: %w", err)
	}
	entry := timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, UnitID: successor.ID, Action: "hand_over",
		Before: map[string]any{"unit_id": row.UnitID}, After: map[string]any{"unit_id": successor.ID}}
	if knows(row) {
		people, err := s.watches.Tell(ctx, tx, watches.Reach{AuthorityID: row.AuthorityID, UnitID: successor.ID, UnitPath: successor.Path}, ladder.Owner, ladder.UnitHead)
		if err != nil {
			return fmt.Errorf("find whom to tell: %w", err)
		}
		if tell := note(actor, row, "inherited", people, map[string]any{"unit": successor.Name}); tell != nil {
			tell[0].Template = "proceeding.inherited"
			entry.Tell = tell
		}
	}
	_, err = s.log.Append(ctx, tx, entry)
	return err
}

// knows reports whether the unit has heard of it: it was issued, or the day of the interview is set.
func knows(row *ent.Proceeding) bool {
	return row.Status == supervise.ProceedingIssued || !row.HeldOn.IsZero()
}
