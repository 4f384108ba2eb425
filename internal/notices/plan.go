package notices

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/reply"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

// PlanNoticeInput is the unit's rectification plan (整改方案), the first of its two answers. Evidence is added before, to the notice's
// plan_id.
type PlanNoticeInput struct {
	Measures    string       `json:"measures" minLength:"1" maxLength:"8000" doc:"What will be done" example:"逐项核对招生简章，建立发布前审核制度"`
	Responsible string       `json:"responsible" minLength:"1" maxLength:"500" doc:"Who answers for it" example:"招生处处长"`
	FinishBy    workday.Date `json:"finish_by" doc:"By when it will be done" example:"2017-03-24"`
}

// ReturnPlanNoticeInput says why a plan is not enough.
type ReturnPlanNoticeInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"4000" doc:"What is missing" example:"没有写明责任人和完成时间"`
}

// AcceptPlanNoticeInput is the opinion on a plan.
type AcceptPlanNoticeInput struct {
	Opinion string `json:"opinion,omitempty" maxLength:"4000" doc:"Opinion" example:"同意，按此整改"`
}

// Plan hands in the rectification plan (报整改方案). Whether one is wanted, and by when, is said by the rules at service and signing.
func (s *Service) Plan(ctx context.Context, id ident.ID, version int, in PlanNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticePlan, rectify.PlanNotice, func(ctx context.Context, c *changing) error {
		given := tr.Text.If(strings.TrimSpace(in.Measures) != "" && strings.TrimSpace(in.Responsible) != "" && !in.FinishBy.IsZero())
		if err := c.apply(given, workday.Date{}); err != nil {
			return err
		}
		status, err := rectify.ReplyTable.Along(tr.Facts[rectify.ReplyStatus]{Relations: relations(c.actor, c.row, nil), Given: given}, c.via())
		if err != nil {
			return err
		}
		round, err := c.tx.Reply.Query().Where(reply.NoticeID(id), reply.StageEQ(rectify.StagePlan)).Count(ctx)
		if err != nil {
			return fmt.Errorf("count plans: %w", err)
		}
		plan := c.row.PlanReplyID
		if plan.IsZero() {
			plan = s.store.NewID()
		}
		err = c.tx.Reply.Create().SetID(plan).SetAuthorityID(c.row.AuthorityID).SetNoticeID(id).SetStage(rectify.StagePlan).SetRound(round + 1).
			SetStatus(status).SetMeasures(in.Measures).SetResponsible(in.Responsible).SetFinishBy(in.FinishBy).SetAuthorID(c.actor.ID).
			SetCreatedAt(s.store.Now()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("create plan: %w", err)
		}
		c.after["plan_id"], c.after["round"] = plan, round+1
		c.update.SetPlanReplyID(plan).SetPlanStatus(status)
		c.tellVerifiers("notice.planned", map[string]any{"number": c.row.Number, "title": c.row.Title})
		return nil
	})
}

// AcceptPlan finds a plan good enough (认可方案): the report follows. Never by the unit or by whoever wrote it.
func (s *Service) AcceptPlan(ctx context.Context, id ident.ID, version int, in AcceptPlanNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeAcceptPlan, rectify.AcceptPlanNotice, func(ctx context.Context, c *changing) error {
		if err := c.apply(0, workday.Date{}); err != nil {
			return err
		}
		if err := c.judge(ctx, 0, in.Opinion); err != nil {
			return err
		}
		c.reason = in.Opinion
		c.update.SetPlanStatus(rectify.ReplyAccepted)
		return c.tellUnit(ctx, "notice.plan_accepted", map[string]any{"number": c.row.Number, "title": c.row.Title})
	})
}

// ReturnPlan sends a plan back with a reason (退回方案); the next one is a new one.
func (s *Service) ReturnPlan(ctx context.Context, id ident.ID, version int, in ReturnPlanNoticeInput) (Notice, error) {
	return s.change(ctx, id, version, access.NoticeReturnPlan, rectify.ReturnPlanNotice, func(ctx context.Context, c *changing) error {
		c.reason = in.Reason
		given := tr.Reason.If(strings.TrimSpace(in.Reason) != "")
		if err := c.apply(given, workday.Date{}); err != nil {
			return err
		}
		if err := c.judge(ctx, given, in.Reason); err != nil {
			return err
		}
		c.update.SetPlanStatus(rectify.ReplySentBack).SetPlanReplyID(s.store.NewID())
		return c.tellUnit(ctx, "notice.plan_returned", map[string]any{"number": c.row.Number, "title": c.row.Title, "reason": in.Reason})
	})
}

// wants says what the rules want for a notice over these findings: by the gravest of them.
func (s *Service) wants(found []*ent.Finding) (plan, site bool) {
	for _, f := range found {
		plan = plan || s.rules.PlanFrom.Reached(f.Severity)
		site = site || s.rules.SiteFrom.Reached(f.Severity)
	}
	return plan, site
}

// holds are what stands in the way of single actions on a notice; site is the last check on the spot of the reply at hand.
func (s *Service) holds(row *ent.Notice, site *ent.SiteCheck) tr.Hold {
	waits := row.PlanStatus == rectify.ReplySubmitted
	overdue := !row.DueDate.IsZero() && s.clocks.Today().After(row.DueDate)
	unchecked := row.SiteCheckWanted && site == nil || site != nil && site.Outcome != rectify.Conforms
	return rectify.PlanMissing.If(row.PlanWanted && row.PlanStatus != rectify.ReplyAccepted) | rectify.PlanWaits.If(waits) |
		rectify.NoPlanWaits.If(!waits) | rectify.SiteUnchecked.If(unchecked) | rectify.NotOverdue.If(!overdue)
}
