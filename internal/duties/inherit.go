package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	entshare "github.com/duban-gov/duban/ent/share"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

// HandOver is for units.Service.OnMerge: the successor inherits each open duty of a merged unit exactly once, as far as it has
// come. Where it has a share in the same task already, the merged unit's is withdrawn, because one unit owes one task once.
func (s *Service) HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	successor, err := tx.Unit.Get(ctx, to)
	if err != nil {
		return fmt.Errorf("read successor: %w", err)
	}
	open, err := tx.Duty.Query().Where(entduty.UnitID(from), entduty.Open(true)).Order(entduty.ByID()).All(ctx)
	if err != nil {
		return fmt.Errorf("read open duties: %w", err)
	}
	for _, row := range open {
		w := &work{is: row, will: *row, actor: actor, today: s.watches.Today()}
		shares, err := tx.Duty.Query().Where(entduty.TaskID(row.TaskID), entduty.UnitID(to)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for other share: %w", err)
		}
		if shares {
			err = s.giveUp(ctx, tx, w, successor)
		} else {
			err = s.inherit(ctx, tx, w, successor)
		}
		if err != nil {
			return fmt.Errorf("hand duty over: %w", err)
		}
	}
	err = tx.Share.Update().Where(entshare.UnitID(from), entshare.Open(true)).SetUnitID(to).SetUnitPath(successor.Path).AddVersion(1).Exec(ctx)
	if err != nil {
		return fmt.Errorf("hand shares over: %w", err)
	}
	return nil
}

// inherit puts a duty under the successor; what was signed for stays signed, and a clock that stands for a verification stands.
func (s *Service) inherit(ctx context.Context, tx *ent.Tx, w *work, successor *ent.Unit) error {
	w.will.UnitID, w.will.UnitPath = successor.ID, successor.Path
	tell := told{template: "duty.reassigned", to: []ladder.Recipient{ladder.Owner, ladder.UnitHead}}
	if err := s.save(ctx, tx, w, duty.Reassign, reason("duty.inherited", successor), nil, tell); err != nil {
		return err
	}
	var signBy workday.Date
	if w.will.Status == duty.Assigned {
		signBy = w.will.AcceptDueDate
	}
	if err := s.watches.Assign(ctx, tx, ladder.OnDuty, w.holder(), signBy); err != nil || w.will.Status != duty.Review {
		return err
	}
	return s.watches.Pause(ctx, tx, ladder.OnDuty, w.is.ID)
}

// giveUp withdraws a duty whose task the successor owes already.
func (s *Service) giveUp(ctx context.Context, tx *ent.Tx, w *work, successor *ent.Unit) error {
	if err := w.apply(duty.Cancel, tr.Reason); err != nil {
		return err
	}
	if err := s.save(ctx, tx, w, duty.Cancel, reason("duty.share_merged", successor), nil, told{template: "duty.cancelled"}); err != nil {
		return err
	}
	return s.watches.Withdraw(ctx, tx, ladder.OnDuty, w.is.ID)
}

// reason is what the history says, in the language of the record.
func reason(key string, successor *ent.Unit) string {
	return words.Text(words.ZhCN, key, map[string]any{"unit": successor.Name})
}
