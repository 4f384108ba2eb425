package duties

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
)

// told is whom a change is told to, and by which message.
type told struct {
	template string
	to       []ladder.Recipient
	more     []ident.ID // besides, by name
	params   map[string]any
}

// save writes a changed duty by its version, moves the counters and the roll-up, and appends the one event with its messages.
// Every change of a duty ends here, so no state changes without its event.
func (s *Service) save(ctx context.Context, tx *ent.Tx, w *work, action tr.Action, reason string, after map[string]any, tell told) error {
	w.will.UpdatedAt = s.store.Now()
	if err := write(ctx, tx, w); err != nil {
		return err
	}
	w.will.Version++
	if err := s.keepPast(ctx, tx, w); err != nil {
		return err
	}
	if err := dropClosing(ctx, tx, w); err != nil {
		return err
	}
	if err := s.endShares(ctx, tx, w); err != nil {
		return err
	}
	if err := s.recount(ctx, tx, w); err != nil {
		return err
	}
	if err := carry(ctx, tx, *w.is, w.will); err != nil {
		return err
	}
	before, changed := difference(w.is, &w.will)
	for name, value := range after {
		changed[name] = value
	}
	return s.append(ctx, tx, w, action, reason, before, changed, tell)
}

// write updates the row if nobody changed it meanwhile.
func write(ctx context.Context, tx *ent.Tx, w *work) error {
	d := &w.will
	update := tx.Duty.Update().Where(entduty.ID(d.ID), entduty.Version(w.is.Version)).
		SetUnitID(d.UnitID).SetUnitPath(d.UnitPath).SetStatus(d.Status).SetOpen(d.Open).SetProgress(d.Progress).
		SetDueDate(d.DueDate).SetDueRevision(d.DueRevision).SetAcceptDueDate(d.AcceptDueDate).SetAcceptedByID(d.AcceptedByID).
		SetClosedByID(d.ClosedByID).SetCloseReason(d.CloseReason).SetNillableReportedAt(instant(d.ReportedAt)).
		SetCompletionID(d.CompletionID).SetUpdatedAt(d.UpdatedAt).AddVersion(1)
	if d.AcceptedAt.IsZero() {
		update.ClearAcceptedAt()
	} else {
		update.SetAcceptedAt(d.AcceptedAt)
	}
	if d.ClosedAt.IsZero() {
		update.ClearClosedAt()
	} else {
		update.SetClosedAt(d.ClosedAt)
	}
	n, err := update.Save(ctx)
	if err != nil {
		return fmt.Errorf("update duty: %w", err)
	}
	if n == 0 {
		return stale
	}
	return nil
}

// append writes the event of a change, with its messages.
func (s *Service) append(ctx context.Context, tx *ent.Tx, w *work, action tr.Action, reason string, before, after map[string]any, tell told) error {
	entry := timeline.Entry{AuthorityID: w.is.AuthorityID, Subject: "duty", SubjectID: w.is.ID, PlanID: w.is.PlanID, UnitID: w.will.UnitID,
		PostID: w.by.ID, Action: string(action), Reason: reason}
	if len(before) > 0 {
		entry.Before = before
	}
	if len(after) > 0 {
		entry.After = after
	}
	note, err := s.note(ctx, tx, w, reason, tell)
	if err != nil {
		return err
	}
	entry.Tell = note
	_, err = s.log.Append(ctx, tx, entry)
	return err
}

// note is the message of a change; nobody tells themselves.
func (s *Service) note(ctx context.Context, tx *ent.Tx, w *work, reason string, tell told) ([]timeline.Note, error) {
	if tell.template == "" {
		return nil, nil
	}
	people, err := s.watches.Tell(ctx, tx, w.reach(), tell.to...)
	if err != nil {
		return nil, fmt.Errorf("find whom to tell: %w", err)
	}
	var others []ident.ID
	for _, person := range append(people, tell.more...) {
		if person != w.actor.ID {
			others = append(others, person)
		}
	}
	if len(others) == 0 {
		return nil, nil
	}
	labels, err := s.labels(ctx, tx, []ident.ID{w.is.ID})
	if err != nil {
		return nil, err
	}
	label := labels[w.is.ID]
	params := map[string]any{"title": label.Title, "unit": label.Unit, "actor": w.actor.Name, "reason": reason, "due": w.will.DueDate.String()}
	for name, value := range tell.params {
		params[name] = value
	}
	return []timeline.Note{{To: others, Template: tell.template, Params: params}}, nil
}

// recount moves the maintained counters when the state or the unit changed.
func (s *Service) recount(ctx context.Context, tx *ent.Tx, w *work) error {
	if w.is.Status == w.will.Status && w.is.UnitID == w.will.UnitID {
		return nil
	}
	if err := s.count(ctx, tx, w.is, -1); err != nil {
		return err
	}
	return s.count(ctx, tx, &w.will, 1)
}

// carry takes what the change of a duty means for its tasks and its plan upward, as the last work of the transaction: every
// report on a plan changes its root.
func carry(ctx context.Context, tx *ent.Tx, is, will ent.Duty) error {
	return store.Last(ctx, tx, func(ctx context.Context, tx *ent.Tx) error {
		if err := rollUp(ctx, tx, is.TaskID, contribution(&will).minus(contribution(&is))); err != nil {
			return err
		}
		return recountPlan(ctx, tx, is, will)
	})
}

// recountPlan moves the counters of the plan when the duty closed, reopened or was withdrawn. It comes after the roll-up: every
// change locks the tasks first and their plan last, so that two of them never wait for each other.
func recountPlan(ctx context.Context, tx *ent.Tx, is, will ent.Duty) error {
	closed := one(will.Status == duty.Closed) - one(is.Status == duty.Closed)
	gone := one(will.Status == duty.Cancelled) - one(is.Status == duty.Cancelled)
	if closed == 0 && gone == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE plans SET duties = duties - $1, closed_duties = closed_duties + $2 WHERE id = $3", gone, closed, is.PlanID)
	if err != nil {
		return fmt.Errorf("count duties of plan: %w", err)
	}
	return nil
}

func (s *Service) count(ctx context.Context, tx *ent.Tx, d *ent.Duty, n int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO duty_counts (id, authority_id, plan_id, unit_id, unit_path, status, n)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (unit_id, plan_id, status) DO UPDATE SET n = duty_counts.n + excluded.n`,
		s.store.NewID(), d.AuthorityID, d.PlanID, d.UnitID, d.UnitPath, string(d.Status), n)
	if err != nil {
		return fmt.Errorf("count duties of unit: %w", err)
	}
	return nil
}

func one(holds bool) int {
	if holds {
		return 1
	}
	return 0
}
