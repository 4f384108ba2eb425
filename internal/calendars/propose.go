package calendars

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// PreviewCalendarInput is a notice to try.
type PreviewCalendarInput struct {
	Notice string `json:"notice" minLength:"1" maxLength:"200000" doc:"The notice: as printed, as JSON of a year, as a table, or in text form" example:"2027 https://www.gov.cn/…\n元旦 01-01..01-03"`
}

// ProposeCalendarInput is a notice that is to become part of the calendar.
type ProposeCalendarInput struct {
	Title  string `json:"title" minLength:"1" maxLength:"200" doc:"What it is" example:"国务院办公厅关于2027年部分节假日安排的通知"`
	Notice string `json:"notice" minLength:"1" maxLength:"200000" doc:"The notice: as printed, as JSON of a year, as a table, or in text form" example:"2027 https://www.gov.cn/…\n元旦 01-01..01-03"`
}

// RefuseCalendarInput says why a proposal is refused.
type RefuseCalendarInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"Why it is refused" example:"与通知原文不符"`
}

// Preview says what a notice would change: the days, and a page of the dates and steps that would move. Nothing is saved.
func (s *Service) Preview(ctx context.Context, in PreviewCalendarInput, after string, limit int) (CalendarPreview, error) {
	if _, err := s.gate.May(ctx, access.CalendarPropose); err != nil {
		return CalendarPreview{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return CalendarPreview{}, err
	}
	next, notices, err := s.with(ctx, s.store.DB(), actor.AuthorityID, in.Notice)
	if err != nil {
		return CalendarPreview{}, err
	}
	base := s.watches.Calendar(actor.AuthorityID)
	view := CalendarPreview{Base: base.Version, Name: next.Version, Years: years(notices), Changes: changes(base, next)}
	view.Moves, err = s.moves(ctx, actor.AuthorityID, next, after, limit)
	return view, err
}

// Propose keeps a notice for somebody else's approval. Nothing moves yet.
func (s *Service) Propose(ctx context.Context, in ProposeCalendarInput) (CalendarProposal, error) {
	if _, err := s.gate.May(ctx, access.CalendarPropose); err != nil {
		return CalendarProposal{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return CalendarProposal{}, err
	}
	if strings.TrimSpace(in.Title) == "" {
		return CalendarProposal{}, fault.BadField("body.title", "required")
	}
	next, notices, err := s.with(ctx, s.store.DB(), actor.AuthorityID, in.Notice)
	if err != nil {
		return CalendarProposal{}, err
	}
	status, err := almanac.Table.Apply(tr.Facts[almanac.Status]{}, almanac.Propose)
	if err != nil {
		return CalendarProposal{}, err
	}
	return store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (CalendarProposal, error) {
		row, err := tx.CalendarVersion.Create().SetID(s.store.NewID()).SetAuthorityID(actor.AuthorityID).SetStatus(status).SetTitle(in.Title).
			SetNotice(workday.Text(notices)).SetBase(s.watches.Calendar(actor.AuthorityID).Version).SetName(next.Version).
			SetProposedByID(actor.ID).SetProposedAt(s.store.Now()).Save(ctx)
		if err != nil {
			return CalendarProposal{}, fmt.Errorf("keep proposal: %w", err)
		}
		leaders, err := s.approvers(ctx, tx, actor.AuthorityID, actor.ID)
		if err != nil {
			return CalendarProposal{}, err
		}
		_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: actor.AuthorityID, Subject: subject, SubjectID: row.ID, Action: string(almanac.Propose),
			After: map[string]any{"status": row.Status, "title": row.Title, "base": row.Base, "name": row.Name},
			Tell:  []timeline.Note{{To: leaders, Template: "calendar.proposed", Params: map[string]any{"title": row.Title}}}})
		return s.view(ctx, actor, row), err
	})
}

// approvers are the people of the office other than the one who proposes.
func (s *Service) approvers(ctx context.Context, tx *ent.Tx, authority, proposer ident.ID) ([]ident.ID, error) {
	people, err := s.watches.Tell(ctx, tx, watches.Reach{AuthorityID: authority}, ladder.Office)
	if err != nil {
		return nil, fmt.Errorf("find approvers: %w", err)
	}
	others := people[:0]
	for _, p := range people {
		if p != proposer {
			others = append(others, p)
		}
	}
	return others, nil
}
