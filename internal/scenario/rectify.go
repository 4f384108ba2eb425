package scenario

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/rectify"
)

// settlePlan hands in the plan that a notice wants before its report, and has an inspector accept it.
func (p *Play) settlePlan(ctx, clerk context.Context, n notices.Notice) (notices.Notice, error) {
	if n.Status != rectify.NoticeSigned || !n.PlanWanted || n.PlanStatus == rectify.ReplyAccepted {
		return n, nil
	}
	n, err := p.app.Notices.Plan(clerk, n.ID, n.Version, notices.PlanNoticeInput{Measures: "成立整改专班，逐项梳理，分批完成。", Responsible: "分管负责人", FinishBy: n.DueDate})
	if err != nil {
		return n, fmt.Errorf("hand in plan: %w", err)
	}
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return n, err
	}
	return p.app.Notices.AcceptPlan(inspector, n.ID, n.Version, notices.AcceptPlanNoticeInput{Opinion: "同意，按方案整改。"})
}

// fail declares a rectification failed after a look on the spot and serves the second notice, to which the unit replies in time.
func (p *Play) fail(ctx context.Context, n notices.Notice) error {
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return err
	}
	if n, err = p.app.Notices.Check(inspector, n.ID, n.Version, notices.CheckNoticeInput{Place: n.UnitName, Outcome: rectify.Violates, Note: "清单仍与实际不符。"}); err != nil {
		return err
	}
	if n, err = p.app.Notices.Fail(inspector, n.ID, n.Version, notices.FailNoticeInput{Reason: "现场核查与整改报告不符，整改不力"}); err != nil {
		return err
	}
	second, err := p.app.Notices.Get(inspector, n.Next.ID)
	if err != nil {
		return err
	}
	if second, err = p.app.Notices.Serve(inspector, second.ID, second.Version, notices.ServeNoticeInput{Workdays: 10}); err != nil {
		return err
	}
	p.tally.Notices++
	p.tell("%s  %s failed; second notice %s to %s, due %s", p.today(), n.Number, second.Number, second.UnitName, second.DueDate)
	p.agenda.plan(p.workHour(p.today(), 1), p.try(func(ctx context.Context) error { return p.sign(ctx, second.ID) }))
	p.agenda.plan(p.workHour(second.DueDate, -2), p.try(func(ctx context.Context) error { return p.reply(ctx, second.ID, prompt) }))
	return nil
}

func (p *Play) reopen(ctx context.Context, id ident.ID) error {
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return err
	}
	n, err := p.app.Notices.Get(inspector, id)
	if err != nil {
		return err
	}
	if _, err = p.app.Notices.Reopen(inspector, id, n.Version, notices.ReopenNoticeInput{Reason: "回头看发现同类问题反弹",
		DueDate: p.app.Rules.Calendar.AddWorkdays(p.today(), 10)}); err != nil {
		return err
	}
	p.tally.Reopened++
	p.agenda.plan(p.workHour(p.today(), 7), p.try(func(ctx context.Context) error { return p.reply(ctx, id, prompt) }))
	return nil
}
