package matters

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entmatter "github.com/duban-gov/duban/ent/matter"
	"github.com/duban-gov/duban/ent/matterunit"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
)

// HandOver is for units.Service.OnMerge: open matters name the successor instead of the merged unit. Where they name both, a draft or
// a proposal keeps one of them, and leads if either led; an active matter keeps both, for its duties show what became of
// each share. The unit is fixed for every other purpose, so it is written by hand.
func (s *Service) HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error {
	lines, err := tx.MatterUnit.Query().Where(matterunit.UnitID(from)).Order(matterunit.ByMatterID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read matters of unit: %w", err)
	}
	for _, line := range lines {
		row, err := tx.Matter.Query().Where(entmatter.ID(line.MatterID), entmatter.Open(true)).Only(ctx)
		if ent.IsNotFound(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read matter: %w", err)
		}
		if err := s.inherit(ctx, tx, row, line, to); err != nil {
			return fmt.Errorf("hand matter over: %w", err)
		}
	}
	return nil
}

func (s *Service) inherit(ctx context.Context, tx *ent.Tx, row *ent.Matter, line *ent.MatterUnit, to ident.ID) error {
	other, err := tx.MatterUnit.Query().Where(matterunit.MatterID(row.ID), matterunit.UnitID(to)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		_, err = tx.ExecContext(ctx, "UPDATE matter_units SET unit_id = $1 WHERE id = $2", to, line.ID)
	case err != nil:
		return fmt.Errorf("look for successor: %w", err)
	case row.Status == supervise.MatterActive:
		return nil
	default:
		err = joinShares(ctx, tx, line, other)
	}
	if err != nil {
		return fmt.Errorf("write unit of matter: %w", err)
	}
	if err := tx.Matter.UpdateOne(row).AddVersion(1).Exec(ctx); err != nil {
		return fmt.Errorf("count change: %w", err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, PlanID: row.PlanID, UnitID: to, Action: "hand_over",
		Before: map[string]any{"unit_id": line.UnitID}, After: map[string]any{"unit_id": to}})
	return err
}

// joinShares leaves one share of two: the successor's, which leads if the merged unit led.
func joinShares(ctx context.Context, tx *ent.Tx, merged, kept *ent.MatterUnit) error {
	if err := tx.MatterUnit.DeleteOne(merged).Exec(ctx); err != nil {
		return err
	}
	if merged.Part != duty.Lead || kept.Part == duty.Lead {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE matter_units SET part = $1 WHERE id = $2", string(duty.Lead), kept.ID)
	return err
}
