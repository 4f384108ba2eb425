package notices

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/notice"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
)

// TakeEvidence lets evidence belong to replies: the unit adds it under the id of the reply at hand while the notice waits for
// one; others can read it from then on.
func (s *Service) TakeEvidence(e *evidence.Service) {
	e.Belongs(evidence.OnReply, func(ctx context.Context, client *ent.Client, id ident.ID) (evidence.Object, error) {
		row, err := noticeOfReply(ctx, client, id)
		if err != nil {
			return evidence.Object{}, err
		}
		actor, err := access.From(ctx)
		if err != nil {
			return evidence.Object{}, err
		}
		writes := row.ReplyID == id || row.PlanReplyID == id && row.PlanStatus != rectify.ReplySubmitted && row.PlanStatus != rectify.ReplyAccepted
		open := row.Status == rectify.NoticeSigned && writes && actor.InUnit(row.UnitID)
		return evidence.Object{Facts: facts(row), Open: open, Visible: true, Subject: "notice", EventID: row.ID}, nil
	})
	e.Belongs(evidence.OnSiteCheck, func(ctx context.Context, client *ent.Client, id ident.ID) (evidence.Object, error) {
		check, err := client.SiteCheck.Get(ctx, id)
		if ent.IsNotFound(err) {
			return evidence.Object{}, fault.Missing("site_check")
		}
		if err != nil {
			return evidence.Object{}, fmt.Errorf("look up check on the spot: %w", err)
		}
		row, err := client.Notice.Get(ctx, check.NoticeID)
		if err != nil {
			return evidence.Object{}, fmt.Errorf("look up notice of check: %w", err)
		}
		actor, err := access.From(ctx)
		if err != nil {
			return evidence.Object{}, err
		}
		open := row.Status == rectify.NoticeReplied && !actor.InUnit(row.UnitID)
		return evidence.Object{Facts: facts(row), Open: open, Visible: true, Subject: "notice", EventID: row.ID}, nil
	})
}

// noticeOfReply finds the notice of a reply that was sent, or of the one that is being prepared.
func noticeOfReply(ctx context.Context, client *ent.Client, id ident.ID) (*ent.Notice, error) {
	sent, err := client.Reply.Get(ctx, id)
	where := notice.ReplyID(id)
	switch {
	case err == nil:
		where = notice.ID(sent.NoticeID)
	case !ent.IsNotFound(err):
		return nil, fmt.Errorf("look up reply: %w", err)
	}
	row, err := client.Notice.Query().Where(where).Only(ctx)
	if ent.IsNotFound(err) || id.IsZero() {
		return nil, fault.Missing("reply")
	}
	if err != nil {
		return nil, fmt.Errorf("look up notice of reply: %w", err)
	}
	return row, nil
}
