package calendars

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/calendarversion"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
)

// Approve puts a proposal in force, by somebody else than who proposed it, and moves every date that has to move. If the program
// ends in between, the calendar is in force and Finish moves the rest: each date once, whoever comes first.
func (s *Service) Approve(ctx context.Context, id ident.ID, version int) (CalendarProposal, error) {
	view, err := s.decide(ctx, id, version, access.CalendarApprove, almanac.Approve, "", s.enforce)
	if err != nil {
		return view, err
	}
	if err := s.settle(ctx, id); err != nil {
		return view, err
	}
	return s.Get(ctx, id)
}

// enforce puts the calendar in force that the proposal makes, if it is still made upon the one in force: what the approver saw is
// what happens.
func (s *Service) enforce(ctx context.Context, tx *ent.Tx, row *ent.CalendarVersion) error {
	if err := s.watches.LoadCalendars(ctx, tx); err != nil {
		return err
	}
	if base := s.watches.Calendar(row.AuthorityID).Version; base != row.Base {
		return fault.New(fault.Conflict, "calendar.base_changed").With("version", base)
	}
	next, _, err := s.with(ctx, tx, row.AuthorityID, row.Notice)
	if err != nil {
		return err
	}
	if err := tx.Authority.UpdateOneID(row.AuthorityID).SetCalendar(next.Version).AddVersion(1).Exec(ctx); err != nil {
		return fmt.Errorf("put calendar in force: %w", err)
	}
	return nil
}

// Refuse turns a proposal down, with a reason.
func (s *Service) Refuse(ctx context.Context, id ident.ID, version int, in RefuseCalendarInput) (CalendarProposal, error) {
	return s.decide(ctx, id, version, access.CalendarApprove, almanac.Refuse, in.Reason, nil)
}

// Withdraw takes one's own proposal back.
func (s *Service) Withdraw(ctx context.Context, id ident.ID, version int) (CalendarProposal, error) {
	return s.decide(ctx, id, version, access.CalendarPropose, almanac.Withdraw, "", nil)
}

// decide is the frame of every decision: permission, load, the state table, update with the version, event.
func (s *Service) decide(ctx context.Context, id ident.ID, version int, permission access.Permission, action tr.Action, reason string,
	more func(context.Context, *ent.Tx, *ent.CalendarVersion) error,
) (CalendarProposal, error) {
	reach, err := s.gate.May(ctx, permission)
	if err != nil {
		return CalendarProposal{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return CalendarProposal{}, err
	}
	var view CalendarProposal
	err = s.store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		row, status, err := s.take(ctx, tx, id, version, action, tr.Reason.If(strings.TrimSpace(reason) != ""))
		if err != nil {
			return err
		}
		if !reach.Covers(access.Facts{AuthorityID: row.AuthorityID}) {
			return access.Refused(permission, "relation")
		}
		update := tx.CalendarVersion.Update().Where(calendarversion.ID(id), calendarversion.Version(version)).AddVersion(1).SetStatus(status).
			SetDecidedByID(actor.ID).SetDecidedAt(s.store.Now()).SetReason(reason)
		if more != nil {
			if err := more(ctx, tx, row); err != nil {
				return err
			}
		}
		n, err := update.Save(ctx)
		if err != nil {
			return fmt.Errorf("decide on calendar version: %w", err)
		}
		if n == 0 {
			return stale
		}
		if _, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: subject, SubjectID: id, Action: string(action), Reason: reason,
			Before: map[string]any{"status": row.Status}, After: map[string]any{"status": status},
			Tell: []timeline.Note{{To: []ident.ID{row.ProposedByID}, Template: "calendar." + string(status), Params: map[string]any{"title": row.Title, "reason": reason}}}}); err != nil {
			return err
		}
		if row, err = tx.CalendarVersion.Get(ctx, id); err != nil {
			return fmt.Errorf("read calendar version: %w", err)
		}
		view = s.view(ctx, actor, row)
		return nil
	})
	return view, err
}
