package watches

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/workday"
)

// Clock is what many objects that start together share: the dates and the authority.
type Clock struct {
	Subject     ladder.Subject
	AuthorityID ident.ID
	LeaderID    ident.ID
	Start       workday.Date   // first day of the clock
	Due         workday.Date   // none: it never falls due
	SignBy      workday.Date   // last day to sign for it; none if nobody has to
	DueOrigin   workday.Origin // how Due was reckoned; zero if it was stated
	Stages      []workday.Date // dates between by which the work is planned to have come further, in order
}

// row is the clock of one holder at its start.
func (c Clock) row(h Holder) row {
	return row{ID: h.SubjectID, AuthorityID: c.AuthorityID, UnitID: h.UnitID, UnitPath: h.UnitPath, LeaderID: c.LeaderID, Subject: c.Subject,
		Start: c.Start, Due: c.Due, SignBy: c.SignBy, Revision: 1, Path: ladder.Milestones(c.Start, c.Due, c.Stages)}
}

// Holder is one object and the unit that owes it.
type Holder struct {
	SubjectID ident.ID
	UnitID    ident.ID
	UnitPath  string
}

// startText writes the rows of a whole dispatch in one statement; the watch has its object's id.
const startText = `INSERT INTO watches (id, authority_id, subject, unit_id, unit_path, leader_id, start_date, due_date,
	due_revision, sign_due_date, due_origin, sign_origin, light, light_rule, light_since, next_check_at, progress)
	SELECT v.id, $2, $3, v.unit_id, v.unit_path, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12, $13, 0 FROM `

// Start starts the clocks of objects that share their dates.
func (s *Service) Start(ctx context.Context, tx *ent.Tx, c Clock, holders []Holder) error {
	if len(holders) == 0 {
		return nil
	}
	if err := s.TimeHolds(); err != nil {
		return err
	}
	rows := make([][3]any, len(holders))
	for i, h := range holders {
		rows[i] = [3]any{h.SubjectID.Int(), h.UnitID.Int(), h.UnitPath}
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("start clocks: %w", err)
	}
	now := s.store.Now()
	v := s.judge(c.row(Holder{}), now, nil)
	text := startText + s.store.RowsFrom("$1", "id bigint", "unit_id bigint", "unit_path text")
	_, err = tx.ExecContext(ctx, text, string(raw), c.AuthorityID, string(c.Subject), c.LeaderID, c.Start, c.Due, c.SignBy,
		c.DueOrigin.String(), s.signOrigin(c.AuthorityID, c.SignBy).String(), string(v.Light), v.Rule, now, maybe(v.look(now)))
	if err != nil {
		return fmt.Errorf("start clocks: %w", err)
	}
	return nil
}

// Due is a new due date with its reason: a line of the deadline ledger (时限台账).
type Due struct {
	Date        workday.Date
	ByID        ident.ID
	Reason      string
	Origin      workday.Origin // how it was reckoned; zero if it was stated
	ExtensionID ident.ID
}

// Move gives the object a new due date: a new revision, so that the ladder begins anew and the old steps become harmless. The
// ledger gets a line. It returns the new revision.
func (s *Service) Move(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID, due Due) (int, error) {
	if err := s.TimeHolds(); err != nil {
		return 0, err
	}
	w, err := s.find(ctx, tx, subject, id)
	if err != nil {
		return 0, err
	}
	old := w.DueDate
	err = tx.DueChange.Create().SetID(s.store.NewID()).SetAuthorityID(w.AuthorityID).SetSubject(subject).SetSubjectID(id).
		SetRevision(w.DueRevision + 1).SetOldDate(old).SetNewDate(due.Date).SetChangedByID(due.ByID).SetReason(due.Reason).
		SetOrigin(due.Origin.String()).SetExtensionID(due.ExtensionID).SetCreatedAt(s.store.Now()).Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("write deadline ledger: %w", err)
	}
	w.DueDate, w.DueOrigin, w.DueRevision = due.Date, due.Origin.String(), w.DueRevision+1
	return w.DueRevision, s.reset(ctx, tx, w)
}

// Signed ends the sign-for period: the unit has signed, or returned the duty.
func (s *Service) Signed(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID) error {
	return s.change(ctx, tx, subject, id, func(w *ent.Watch) { w.SignDueDate, w.SignOrigin = workday.Date{}, "" })
}

// Assign hands the object to a unit, maybe the same one, with a new sign-for period.
func (s *Service) Assign(ctx context.Context, tx *ent.Tx, subject ladder.Subject, h Holder, signBy workday.Date) error {
	return s.change(ctx, tx, subject, h.SubjectID, func(w *ent.Watch) {
		if origin := s.signOrigin(w.AuthorityID, signBy).String(); origin != "" || signBy != w.SignDueDate {
			w.SignOrigin = origin
		}
		w.UnitID, w.UnitPath, w.SignDueDate = h.UnitID, h.UnitPath, signBy
	})
}

// Progress tells the clock how far the object is, in basis points: some lights look at it.
func (s *Service) Progress(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID, progress int) error {
	w, err := s.find(ctx, tx, subject, id)
	if err != nil {
		return err
	}
	if w.Progress == progress {
		return nil
	}
	w.Progress = progress
	if !w.NextCheckAt.IsZero() {
		return s.reset(ctx, tx, w)
	}
	if err := s.keep(ctx, tx, subject, id); err != nil {
		return err
	}
	if err := tx.Watch.UpdateOneID(w.ID).SetProgress(progress).Exec(ctx); err != nil { // a clock that stands is told, not woken
		return fmt.Errorf("tell clock the progress: %w", err)
	}
	return nil
}

// Pause holds a clock while what the unit handed in waits for verification: the light stays as it was at that moment, and
// nobody is reminded, urged or reported for the verifier's time. Resume lets it go on.
func (s *Service) Pause(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID) error {
	if err := s.keep(ctx, tx, subject, id); err != nil {
		return err
	}
	n, err := tx.Watch.Update().Where(watch.SubjectEQ(subject), watch.ID(id)).ClearNextCheckAt().Save(ctx)
	if err != nil {
		return fmt.Errorf("pause clock: %w", err)
	}
	if n == 0 {
		return fault.Missing("watch")
	}
	return nil
}

// Resume lets a stopped or paused clock go on with the due date that it had: the object was reopened or sent back.
func (s *Service) Resume(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID) error {
	return s.change(ctx, tx, subject, id, func(*ent.Watch) {})
}

// RuleCancelled is the rule of a clock that stopped because its object was withdrawn.
const RuleCancelled = "cancelled"

// Stop ends the clock of what is done.
func (s *Service) Stop(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID) error {
	return s.stop(ctx, tx, subject, id, ladder.Done, ladder.RuleClosed)
}

// Withdraw ends the clock of what was withdrawn before it was done.
func (s *Service) Withdraw(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID) error {
	return s.stop(ctx, tx, subject, id, ladder.Grey, RuleCancelled)
}

func (s *Service) stop(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID, light ladder.Light, rule string) error {
	if err := s.TimeHolds(); err != nil {
		return err
	}
	if err := s.keep(ctx, tx, subject, id); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, endLightText, s.store.NewID(), string(light), rule, s.store.Now(), string(subject), id, string(light)); err != nil {
		return fmt.Errorf("note end of light: %w", err)
	}
	n, err := tx.Watch.Update().Where(watch.SubjectEQ(subject), watch.ID(id)).SetLight(light).SetLightRule(rule).
		SetLightSince(s.store.Now()).SetSignDueDate(workday.Date{}).SetSignOrigin("").ClearNextCheckAt().Save(ctx)
	if err != nil {
		return fmt.Errorf("stop clock: %w", err)
	}
	if n == 0 {
		return fault.Missing("watch")
	}
	return nil
}

func (s *Service) change(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID, with func(*ent.Watch)) error {
	w, err := s.find(ctx, tx, subject, id)
	if err != nil {
		return err
	}
	with(w)
	return s.reset(ctx, tx, w)
}

func (s *Service) find(ctx context.Context, tx *ent.Tx, subject ladder.Subject, id ident.ID) (*ent.Watch, error) {
	query := tx.Watch.Query().Where(watch.SubjectEQ(subject), watch.ID(id))
	if s.store.Postgres() { // a check at work on this row finishes first; SQLite has one writer anyway
		query.ForUpdate()
	}
	w, err := query.Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("find clock of %s: %w", subject, err)
	}
	return w, nil
}

// reset writes a changed clock with its light of this moment. Steps are the check's business: a clock with any left looks now.
func (s *Service) reset(ctx context.Context, tx *ent.Tx, w *ent.Watch) error {
	now := s.store.Now()
	if err := s.keep(ctx, tx, w.Subject, w.ID); err != nil {
		return err
	}
	r := rowOf(w)
	history, err := s.history(ctx, tx, []row{r})
	if err != nil {
		return err
	}
	r = history.known(r)
	r.LookAt = now // what changed just now has no past
	v, turns := s.weigh(r, now, history.done(r))
	lit, err := s.lit(r, turns, now)
	if err != nil {
		return err
	}
	if err := s.writeLights(ctx, tx, lit); err != nil {
		return err
	}
	update := tx.Watch.Update().Where(watch.ID(w.ID)).SetUnitID(w.UnitID).SetUnitPath(w.UnitPath).SetDueDate(w.DueDate).SetDueOrigin(w.DueOrigin).SetSignOrigin(w.SignOrigin).
		SetDueRevision(w.DueRevision).SetSignDueDate(w.SignDueDate).SetProgress(w.Progress).SetLight(v.Light).SetLightRule(v.Rule)
	if v.Light != w.Light {
		update.SetLightSince(now)
	}
	if look := v.look(now); look.IsZero() {
		update.ClearNextCheckAt()
	} else {
		update.SetNextCheckAt(look)
	}
	if err := update.Exec(ctx); err != nil {
		return fmt.Errorf("set clock: %w", err)
	}
	return nil
}

// maybe is an instant as a statement takes it; the zero time is NULL.
func maybe(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
