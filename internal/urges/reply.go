package urges

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	enturge "github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/watches"
)

// Reply answers an urge for the unit that was urged, once. Errors: urge.replied (conflict).
func (s *Service) Reply(ctx context.Context, id ident.ID, version int, in duties.ReplyUrgeInput) (SentUrge, error) {
	reach, err := s.gate.May(ctx, access.UrgeReply)
	if err != nil {
		return SentUrge{}, err
	}
	row, err := s.find(ctx, id)
	if err != nil {
		return SentUrge{}, err
	}
	if row.Subject != ladder.OnNotice {
		if _, err := s.duties.ReplyUrge(ctx, id, version, in); err != nil {
			return SentUrge{}, err
		}
		return s.Get(ctx, id)
	}
	notice, err := s.notices.Get(ctx, row.SubjectID)
	if err != nil {
		return SentUrge{}, err
	}
	if !reach.Covers(access.Facts{AuthorityID: row.AuthorityID, UnitID: notice.UnitID}) {
		return SentUrge{}, access.Refused(access.UrgeReply, "relation")
	}
	if version < 1 {
		return SentUrge{}, fault.New(fault.MissingPrecondition, "missing_precondition")
	}
	if strings.TrimSpace(in.Text) == "" {
		return SentUrge{}, fault.BadField("body.text", "required")
	}
	_, err = store.Do(ctx, s.store, func(ctx context.Context, tx *ent.Tx) (bool, error) {
		return true, s.answer(ctx, tx, row, notice, version, in.Text)
	})
	if err != nil {
		return SentUrge{}, err
	}
	return s.Get(ctx, id)
}

// answer writes the reply to an urge on a notice, with its event in the notice's history.
func (s *Service) answer(ctx context.Context, tx *ent.Tx, row *urgeRow, notice notices.Notice, version int, text string) error {
	actor, err := access.From(ctx)
	if err != nil {
		return err
	}
	if row.Version == version && !row.RepliedAt.IsZero() {
		return fault.New(fault.Conflict, "urge.replied")
	}
	n, err := tx.Urge.Update().Where(enturge.ID(row.ID), enturge.Version(version), enturge.RepliedAtIsNil()).SetReply(text).
		SetRepliedByID(actor.ID).SetRepliedAt(s.store.Now()).AddVersion(1).Save(ctx)
	if err != nil {
		return fmt.Errorf("update urge: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Stale, "stale")
	}
	to, err := s.watches.Tell(ctx, tx, watches.Reach{AuthorityID: row.AuthorityID, UnitID: notice.UnitID, LeaderID: notice.LeaderID}, ladder.Office)
	if err != nil {
		return fmt.Errorf("find whom to tell: %w", err)
	}
	_, err = s.log.Append(ctx, tx, timeline.Entry{AuthorityID: row.AuthorityID, Subject: "notice", SubjectID: notice.ID, UnitID: notice.UnitID, Action: "urge.reply",
		Reason: text, After: map[string]any{"urge_id": row.ID},
		Tell: []timeline.Note{{To: append(to, row.UrgedByID), Template: "urge.replied", Params: map[string]any{"title": clause.Heading(notice.Number, notice.Title),
			"unit": notice.UnitName, "actor": actor.Name, "reason": text, "due": notice.DueDate.String()}}}})
	return err
}
