package matters

import (
	"context"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/supervise"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// Propose puts a draft up for approval (报审). The supervising leader is told; all leaders, if none is named.
func (s *Service) Propose(ctx context.Context, id ident.ID, version int) (Matter, error) {
	return s.change(ctx, id, version, access.MatterPropose, supervise.ProposeMatter, func(ctx context.Context, c *changing) error {
		if err := c.apply(ctx, 0, c.row.DueDate); err != nil {
			return err
		}
		if err := s.checkDesignation(ctx, c.tx, c.row.AuthorityID, c.row.Supervision, c.row.DesignationID); err != nil {
			return err
		}
		c.update.SetProposedByID(c.actor.ID).SetProposedAt(s.store.Now())
		to := []ident.ID{c.row.LeaderID}
		if c.row.LeaderID.IsZero() {
			var err error
			if to, err = accounts.Holding(ctx, c.tx.Client(), c.row.AuthorityID, post.Leader, s.today()); err != nil {
				return err
			}
		}
		c.notify("matter.proposed", to, nil)
		return nil
	})
}

// Withdraw takes a matter back before it is decided (撤回报审).
func (s *Service) Withdraw(ctx context.Context, id ident.ID, version int) (Matter, error) {
	return s.change(ctx, id, version, access.MatterWithdraw, supervise.WithdrawMatter, func(ctx context.Context, c *changing) error {
		c.update.SetProposedByID(ident.ID{}).ClearProposedAt()
		return c.apply(ctx, 0, workday.Date{})
	})
}

// ApproveMatterInput may set another due date than the one proposed.
type ApproveMatterInput struct {
	DueDate workday.Date `json:"due_date,omitzero" doc:"Last day; the one proposed, or by the rule file, if missing" example:"2017-04-28"`
	Note    string       `json:"note,omitempty" maxLength:"2000" doc:"What the leader adds" example:"同意，请抓紧"`
}

// Approve makes a proposed matter active (批准立项): number, task and duties. Whoever proposed it does not approve it.
func (s *Service) Approve(ctx context.Context, id ident.ID, version int, in ApproveMatterInput) (Matter, error) {
	return s.change(ctx, id, version, access.MatterApprove, supervise.ApproveMatter, func(ctx context.Context, c *changing) error {
		due := c.row.DueDate
		if !in.DueDate.IsZero() {
			due = in.DueDate
		}
		if err := c.apply(ctx, 0, due); err != nil {
			return err
		}
		if err := s.checkDesignation(ctx, c.tx, c.row.AuthorityID, c.row.Supervision, c.row.DesignationID); err != nil {
			return err
		}
		c.row.DueDate, c.row.DecidedByID, c.reason = due, c.actor.ID, in.Note
		if err := c.activate(ctx); err != nil {
			return err
		}
		c.notify("matter.approved", []ident.ID{c.row.ProposedByID, c.row.CreatedByID}, map[string]any{"due": c.row.DueDate.String()})
		return nil
	})
}

// RefuseMatterInput says why a matter is not taken up.
type RefuseMatterInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why it is not taken up" example:"已列入年度要点"`
}

// Refuse turns a proposed matter down (不予立项).
func (s *Service) Refuse(ctx context.Context, id ident.ID, version int, in RefuseMatterInput) (Matter, error) {
	return s.change(ctx, id, version, access.MatterRefuse, supervise.RefuseMatter, func(ctx context.Context, c *changing) error {
		if err := c.apply(ctx, tr.Reason.If(in.Reason != ""), workday.Date{}); err != nil {
			return err
		}
		c.reason = in.Reason
		c.update.SetDecidedByID(c.actor.ID).SetDecidedAt(s.store.Now()).SetReason(in.Reason)
		c.notify("matter.refused", []ident.ID{c.row.ProposedByID, c.row.CreatedByID}, map[string]any{"reason": in.Reason})
		return nil
	})
}

// CloseMatterInput is the result of the supervision (督查结果).
type CloseMatterInput struct {
	Text string `json:"text" maxLength:"8000" doc:"What came of it" example:"排查 1204 所，整改到位"`
}

// Close ends a matter when all its duties are struck off (办结), with what came of it for the leader.
func (s *Service) Close(ctx context.Context, id ident.ID, version int, in CloseMatterInput) (Matter, error) {
	return s.change(ctx, id, version, access.MatterClose, supervise.CloseMatter, func(ctx context.Context, c *changing) error {
		if err := c.apply(ctx, tr.Text.If(in.Text != ""), workday.Date{}); err != nil {
			return err
		}
		c.update.SetClosedByID(c.actor.ID).SetClosedAt(s.store.Now()).SetConclusion(in.Text)
		c.after["conclusion"] = in.Text
		c.notify("matter.closed", []ident.ID{c.row.LeaderID, c.row.DecidedByID}, map[string]any{"text": in.Text})
		return nil
	})
}

// VoidMatterInput says why a matter is withdrawn.
type VoidMatterInput struct {
	Reason string `json:"reason" maxLength:"2000" doc:"Why it is withdrawn" example:"与督办事项 3 号重复"`
}

// Void withdraws a draft, or an active matter without open duties (撤销). A number that it had stays used and says why.
func (s *Service) Void(ctx context.Context, id ident.ID, version int, in VoidMatterInput) (Matter, error) {
	return s.change(ctx, id, version, access.MatterVoid, supervise.VoidMatter, func(ctx context.Context, c *changing) error {
		if err := c.apply(ctx, tr.Reason.If(in.Reason != ""), workday.Date{}); err != nil {
			return err
		}
		c.reason = in.Reason
		c.update.SetReason(in.Reason)
		c.notify("matter.voided", []ident.ID{c.row.LeaderID, c.row.CreatedByID}, map[string]any{"reason": in.Reason})
		if c.row.Number == "" {
			return nil
		}
		return s.numbers.Void(ctx, c.tx, c.row.AuthorityID, numbered, c.row.Year, c.row.Serial, c.actor.ID, in.Reason)
	})
}
