package notices

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// HandOver is for units.Service.OnMerge: what is open against a merged unit is from now on its successor's to put right. Notices
// and findings that have ended stay with the unit that they were about. The unit of a notice is fixed for every other purpose,
// so the two columns are written by hand.
func (s *Service) HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error {
	successor, err := tx.Unit.Get(ctx, to)
	if err != nil {
		return fmt.Errorf("read successor: %w", err)
	}
	open, err := tx.Notice.Query().Where(notice.UnitID(from), notice.Open(true)).Order(notice.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read open notices: %w", err)
	}
	for _, row := range open {
		if err := s.readdress(ctx, tx, row, successor); err != nil {
			return err
		}
	}
	found, err := tx.Finding.Query().Where(finding.UnitID(from), finding.StatusIn(rectify.FindingOpen, rectify.FindingOrdered)).
		Order(finding.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read open findings: %w", err)
	}
	for _, row := range found {
		if err := move(ctx, tx, "findings", row.ID, successor); err != nil {
			return err
		}
		if err := s.tellHandOver(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "finding", SubjectID: row.ID}, from, to); err != nil {
			return err
		}
	}
	return nil
}

// readdress moves one notice with its clock, if one runs.
func (s *Service) readdress(ctx context.Context, tx *ent.Tx, row *ent.Notice, successor *ent.Unit) error {
	if err := move(ctx, tx, "notices", row.ID, successor); err != nil {
		return err
	}
	clock, err := tx.Watch.Query().Where(watch.SubjectEQ(ladder.OnNotice), watch.ID(row.ID)).Only(ctx)
	switch {
	case ent.IsNotFound(err): // a draft has none
	case err != nil:
		return fmt.Errorf("read clock of notice: %w", err)
	default:
		holder := watches.Holder{SubjectID: row.ID, UnitID: successor.ID, UnitPath: successor.Path}
		if err := s.clocks.Assign(ctx, tx, ladder.OnNotice, holder, clock.SignDueDate); err != nil {
			return fmt.Errorf("hand over clock of notice: %w", err)
		}
	}
	return s.tellHandOver(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "notice", SubjectID: row.ID}, row.UnitID, successor.ID)
}

func move(ctx context.Context, tx *ent.Tx, table string, id ident.ID, to *ent.Unit) error {
	_, err := tx.ExecContext(ctx, "UPDATE "+table+" SET unit_id = $1, unit_path = $2, version = version + 1 WHERE id = $3", to.ID, to.Path, id)
	if err != nil {
		return fmt.Errorf("hand over %s: %w", table, err)
	}
	return nil
}

func (s *Service) tellHandOver(ctx context.Context, tx *ent.Tx, e timeline.Entry, from, to ident.ID) error {
	e.UnitID, e.Action = to, "hand_over"
	e.Before, e.After = map[string]any{"unit_id": from}, map[string]any{"unit_id": to}
	_, err := s.log.Append(ctx, tx, e)
	return err
}
