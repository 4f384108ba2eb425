package notices

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/ent/finding"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/ent/reply"
	"github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// ReplyNoticeInput is the unit's answer. Its evidence is added before, to the notice's reply_id.
type ReplyNoticeInput struct {
	Measures string `json:"measures" minLength:"1" maxLength:"8000" doc:"What was done" example:"已在学校网站公开招生简章并自查全部专业"`
	Result   string `json:"result,omitempty" maxLength:"8000" doc:"What it led to" example:"公开率由六成升至全部"`
}

// SendBackNoticeInput says why a reply is not enough.
type SendBackNoticeInput struct {
	Reason  string       `json:"reason" minLength:"1" maxLength:"4000" doc:"What is missing" example:"缺少公开页面截图"`
	DueDate workday.Date `json:"due_date,omitzero" doc:"New deadline; without one the old one holds" example:"2017-04-14"`
}

// CloseNoticeInput is the verification of a reply.
type CloseNoticeInput struct {
	Verdict string `json:"verdict,omitempty" maxLength:"4000" doc:"Conclusion of the verification (核查结论)" example:"现场核查属实，予以销号"`
}

// ReopenNoticeInput says which fault came back.
type ReopenNoticeInput struct {
	Reason     string       `json:"reason" minLength:"1" maxLength:"4000" doc:"What came back" example:"复查发现简章再次撤下"`
	DueDate    workday.Date `json:"due_date" doc:"New deadline" example:"2017-05-12"`
	FindingIDs []ident.ID   `json:"finding_ids,omitempty" maxItems:"100" doc:"Findings that came back; none means all"`
}

// Reply is the unit's answer with evidence (整改回复); someone else verifies it.
func (s *Service) Reply(ctx context.Context, id ident.ID, version int, in ReplyNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeReply, rectify.ReplyNotice, func(ctx context.Context, c *changing) error {
		proven, err := c.tx.Evidence.Query().
			Where(evidence.SubjectEQ(evidence.SubjectReply), evidence.SubjectID(c.row.ReplyID)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("read evidence: %w", err)
		}
		given := tr.Text.If(strings.TrimSpace(in.Measures) != "") | tr.Evidence.If(proven && !c.row.ReplyID.IsZero())
		if err := c.apply(given, workday.Date{}); err != nil {
			return err
		}
		if err := c.submit(ctx, given, in); err != nil {
			return err
		}
		c.tellVerifiers("notice.replied", map[string]any{"number": c.row.Number, "title": c.row.Title})
		return s.clocks.Pause(ctx, c.tx, ladder.OnNotice, id)
	})
}

// submit writes the reply under the id to which its evidence was added; an urging that waited for it is answered.
func (c *changing) submit(ctx context.Context, given tr.Need, in ReplyNoticeInput) error {
	status, err := rectify.ReplyTable.Along(tr.Facts[rectify.ReplyStatus]{Relations: relations(c.actor, c.row, nil), Given: given}, c.via())
	if err != nil {
		return err
	}
	before, err := c.tx.Reply.Query().Where(reply.NoticeID(c.row.ID), reply.StageEQ(rectify.StageReport)).Count(ctx)
	if err != nil {
		return fmt.Errorf("count replies: %w", err)
	}
	now := c.store.Now()
	if err := c.tx.Reply.Create().SetID(c.row.ReplyID).SetAuthorityID(c.row.AuthorityID).SetNoticeID(c.row.ID).SetStage(rectify.StageReport).SetRound(before + 1).
		SetStatus(status).SetMeasures(in.Measures).SetResult(in.Result).SetAuthorID(c.actor.ID).SetCreatedAt(now).Exec(ctx); err != nil {
		return fmt.Errorf("create reply: %w", err)
	}
	c.after["reply_id"], c.after["round"] = c.row.ReplyID, before+1
	err = c.tx.Urge.Update().Where(urge.SubjectEQ(ladder.OnNotice), urge.SubjectID(c.row.ID), urge.RepliedAtIsNil()).
		SetRepliedAt(now).SetRepliedByID(c.actor.ID).SetReply(in.Measures).AddVersion(1).Exec(ctx)
	if err != nil {
		return fmt.Errorf("answer urging: %w", err)
	}
	return nil
}

// SendBack returns a reply that does not convince (退回补办), maybe with a new deadline.
func (s *Service) SendBack(ctx context.Context, id ident.ID, version int, in SendBackNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeSendBack, rectify.SendBackNotice, func(ctx context.Context, c *changing) error {
		c.reason = in.Reason
		given := tr.Reason.If(strings.TrimSpace(in.Reason) != "")
		if err := c.apply(given, in.DueDate); err != nil {
			return err
		}
		if err := c.judge(ctx, given, in.Reason); err != nil {
			return err
		}
		due := c.row.DueDate
		if !in.DueDate.IsZero() && in.DueDate != due {
			due = in.DueDate
			if err := c.redate(ctx, due); err != nil {
				return err
			}
		}
		if err := s.clocks.Resume(ctx, c.tx, ladder.OnNotice, id); err != nil {
			return err
		}
		c.update.SetReplyID(s.store.NewID())
		return c.tellUnit(ctx, "notice.sent_back", map[string]any{"number": c.row.Number, "title": c.row.Title, "reason": in.Reason, "due_date": due})
	})
}

// Close strikes the notice off after verification (核查销号): the reply is accepted, its findings are closed.
func (s *Service) Close(ctx context.Context, id ident.ID, version int, in CloseNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeClose, rectify.CloseNotice, func(ctx context.Context, c *changing) error {
		if err := c.apply(0, workday.Date{}); err != nil {
			return err
		}
		if err := c.judge(ctx, 0, in.Verdict); err != nil {
			return err
		}
		if err := c.moveFindings(ctx, rectify.CloseFinding, rectify.FindingOrdered, 0); err != nil {
			return err
		}
		c.reason = in.Verdict
		c.update.SetClosedAt(s.store.Now()).SetClosedByID(c.actor.ID)
		if err := c.tellUnit(ctx, "notice.closed", map[string]any{"number": c.row.Number, "title": c.row.Title}); err != nil {
			return err
		}
		return s.clocks.Stop(ctx, c.tx, ladder.OnNotice, id)
	})
}

// judge writes the verdict on the plan or report that waits.
func (c *changing) judge(ctx context.Context, given tr.Need, verdict string) error {
	status, err := rectify.ReplyTable.Along(tr.Facts[rectify.ReplyStatus]{
		Status: c.reply.Status, Relations: relations(c.actor, c.row, c.reply), Given: given,
	}, c.via())
	if err != nil {
		return err
	}
	n, err := c.tx.Reply.Update().Where(reply.ID(c.reply.ID), reply.Version(c.reply.Version)).SetStatus(status).SetVerdict(verdict).
		SetVerifiedByID(c.actor.ID).SetVerifiedAt(c.store.Now()).AddVersion(1).Save(ctx)
	if err != nil || n == 0 {
		return orStale(err)
	}
	c.after["reply_id"], c.after["reply_status"] = c.reply.ID, status
	return nil
}

// Reopen takes a closed notice up again with a new deadline, because a fault came back inside the rebound window (反弹重办).
func (s *Service) Reopen(ctx context.Context, id ident.ID, version int, in ReopenNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeReopen, rectify.ReopenNotice, reopening(in))
}

// ReopenIn is Reopen in the caller's transaction, on the notice as it is: a look-back found that the fault came back.
func (s *Service) ReopenIn(ctx context.Context, tx *ent.Tx, id ident.ID, in ReopenNoticeInput) (Notice, error) {
	filter, err := s.gate.May(ctx, access.NoticeReopen)
	if err != nil {
		return Notice{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return Notice{}, err
	}
	row, err := s.find(ctx, tx.Client(), id)
	if err != nil {
		return Notice{}, err
	}
	c, err := s.begin(ctx, tx, actor, id, row.Version)
	if err != nil {
		return Notice{}, err
	}
	return c.run(ctx, filter, access.NoticeReopen, rectify.ReopenNotice, reopening(in))
}

// reopening is what a reopening does to a notice.
func reopening(in ReopenNoticeInput) func(ctx context.Context, c *changing) error {
	return func(ctx context.Context, c *changing) error {
		c.reason = in.Reason
		given := tr.Reason.If(strings.TrimSpace(in.Reason) != "")
		if err := c.apply(given|tr.Date.If(!in.DueDate.IsZero()), in.DueDate); err != nil {
			return err
		}
		if err := c.takeBack(ctx, given, unique(in.FindingIDs)); err != nil {
			return err
		}
		c.update.ClearClosedAt().SetClosedByID(ident.ID{}).SetReason(in.Reason).AddReopened(1).SetReplyID(c.store.NewID())
		if err := c.redate(ctx, in.DueDate); err != nil {
			return err
		}
		return c.tellUnit(ctx, "notice.reopened", map[string]any{"number": c.row.Number, "title": c.row.Title, "reason": in.Reason, "due_date": in.DueDate})
	}
}

// takeBack orders the findings that came back once more.
func (c *changing) takeBack(ctx context.Context, given tr.Need, ids []ident.ID) error {
	var only []predicate.Finding
	if len(ids) > 0 {
		only = append(only, finding.IDIn(ids...))
		n, err := c.tx.Finding.Query().Where(finding.NoticeID(c.row.ID), finding.StatusEQ(rectify.FindingClosed), finding.IDIn(ids...)).Count(ctx)
		if err != nil {
			return fmt.Errorf("read findings: %w", err)
		}
		if n != len(ids) {
			return fault.BadField("body.finding_ids", "notice.unknown_finding")
		}
	}
	return c.moveFindings(ctx, rectify.ReopenFinding, rectify.FindingClosed, given, only...)
}
