package instructions

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entinstruction "github.com/duban-gov/duban/ent/instruction"
	"github.com/duban-gov/duban/ent/instructionunit"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// HandOver is for units.Service.OnMerge: the successor owes the feedback that the merged unit still owed on open instructions. Where
// it is addressed already, one feedback answers for both: the merged unit's line goes, and the history says so.
func (s *Service) HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error {
	successor, err := tx.Unit.Get(ctx, to)
	if err != nil {
		return fmt.Errorf("read successor: %w", err)
	}
	lines, err := tx.InstructionUnit.Query().Where(instructionunit.UnitID(from), instructionunit.RepliedAtIsNil()).
		Order(instructionunit.ByInstructionID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read feedback that is owed: %w", err)
	}
	for _, line := range lines {
		row, err := tx.Instruction.Query().Where(entinstruction.ID(line.InstructionID), entinstruction.StatusEQ(supervise.InstructionOpen)).Only(ctx)
		if ent.IsNotFound(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read instruction: %w", err)
		}
		if err := s.inherit(ctx, tx, row, line, successor); err != nil {
			return fmt.Errorf("hand instruction over: %w", err)
		}
	}
	return nil
}

func (s *Service) inherit(ctx context.Context, tx *ent.Tx, row *ent.Instruction, line *ent.InstructionUnit, successor *ent.Unit) error {
	addressed, err := tx.InstructionUnit.Query().Where(instructionunit.InstructionID(row.ID), instructionunit.UnitID(successor.ID)).Exist(ctx)
	if err != nil {
		return fmt.Errorf("look for addressee: %w", err)
	}
	if addressed {
		err = tx.InstructionUnit.DeleteOne(line).Exec(ctx)
	} else {
		err = tx.InstructionUnit.UpdateOne(line).SetUnitID(successor.ID).SetUnitPath(successor.Path).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("write addressee: %w", err)
	}
	if err := tx.Instruction.UpdateOne(row).AddVersion(1).Exec(ctx); err != nil {
		return fmt.Errorf("count change: %w", err)
	}
	entry := timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: row.ID, UnitID: successor.ID, Action: "hand_over",
		Before: map[string]any{"unit_id": line.UnitID}, After: map[string]any{"unit_id": successor.ID}}
	if !addressed {
		people, err := s.watches.Tell(ctx, tx, watches.Reach{AuthorityID: row.AuthorityID, UnitID: successor.ID, UnitPath: successor.Path}, ladder.Owner, ladder.UnitHead)
		if err != nil {
			return fmt.Errorf("find whom to tell: %w", err)
		}
		if len(people) > 0 {
			entry.Tell = []timeline.Note{{To: people, Template: "instruction.inherited", Params: map[string]any{"title": row.SubjectTitle, "text": row.Content,
				"unit": successor.Name, "due": row.DueDate.String()}}}
		}
	}
	_, err = s.log.Append(ctx, tx, entry)
	return err
}
