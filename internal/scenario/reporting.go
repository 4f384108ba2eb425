package scenario

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/cycle"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// yearCycle is how the sample's plan is reported on where its clauses and the choices below say nothing.
const yearCycle = "half_yearly"

// cycles are the tasks of the plan that the office wants to hear of more often, or otherwise.
var cycles = map[string]string{
	"严格公文公开属性认定": "quarterly", "公开建议提案办理结果": "quarterly", "同步做好政策解读": "quarterly",
	"提升门户网站内容质量": "quarterly", "办好网上信箱": "quarterly", "依法办理公开申请": "quarterly", "拓展政务新媒体": "quarterly",
	"公开义务教育招生入学信息": "none", "实现服务站点全覆盖": "none", "加强网络和数据安全": "none", // 减负: hundreds of units would report, the leads gather it
	"清理闲置信息系统": "weekly", "推送共享数据": "monthly_after", "健全领导机构": "days_1_3_7", "公开学生资助信息": "by_semester",
}

// setReporting chooses the report cycles of the draft.
func (p *Play) setReporting(office context.Context) error {
	now, err := p.app.Plans.Reporting(office, p.planID)
	if err != nil {
		return fmt.Errorf("read reporting: %w", err)
	}
	if now, err = p.app.Plans.SetReporting(office, p.planID, now.Version, plans.SetReportingInput{Cycle: yearCycle}); err != nil {
		return fmt.Errorf("choose cycle of plan: %w", err)
	}
	for _, t := range now.Items {
		chosen, ok := cycles[t.Title]
		if !ok {
			continue
		}
		if now, err = p.app.Plans.SetReporting(office, p.planID, now.Version, plans.SetReportingInput{TaskID: t.TaskID, Cycle: chosen}); err != nil {
			return fmt.Errorf("choose cycle of %q: %w", t.Title, err)
		}
	}
	return nil
}

// askReports wakes the job of the reports and puts the answer to each report that opened on the agenda.
func (p *Play) askReports(ctx context.Context) error {
	done, err := p.app.Occurrences.Check(access.System(ctx, "reports"))
	if err != nil {
		return fmt.Errorf("check reports: %w", err)
	}
	if done.Opened+done.Lapsed > 0 {
		p.tell("%s  reports: %d opened, %d lapsed", p.clock.Now().In(p.zone).Format("2006-01-02 15:04"), done.Opened, done.Lapsed)
	}
	p.tally.Missed += done.Lapsed
	if done.Opened == 0 {
		return nil
	}
	office, err := p.role(ctx, post.Office, "")
	if err != nil {
		return err
	}
	for after := ""; ; {
		page, err := p.app.Occurrences.List(office, occurrences.DueReportQuery{State: occurrences.Due, After: after, Limit: 200})
		if err != nil {
			return fmt.Errorf("list reports due: %w", err)
		}
		for _, asked := range page.Items {
			if !p.asked[asked.ID] {
				p.asked[asked.ID] = true
				p.answerReport(asked)
			}
		}
		if after = page.Next; after == "" {
			return nil
		}
	}
}

// manners are how units of each temper answer what they are asked: of a hundred reports so many come after their day, so many never;
// the others come up to some working days before it.
var manners = [...]struct{ early, late, never int }{prompt: {4, 3, 0}, usual: {2, 10, 2}, slow: {1, 30, 20}}

// answerReport puts the answer to one report on the agenda.
func (p *Play) answerReport(asked occurrences.DueReport) {
	_, known, _ := p.staff(context.Background(), post.UnitClerk, asked.UnitID)
	t := p.temperOf(asked.UnitID)
	m, drawn := manners[t], p.reports.IntN(100)
	if !known || drawn < m.never || p.written(asked.DutyID) {
		return
	}
	days := -p.reports.IntN(m.early + 1)
	if drawn < m.never+m.late {
		days = 2 + p.reports.IntN(5)
	}
	at := p.shift(asked.DueDate, days)
	if !at.After(p.today()) {
		at = p.shift(p.today(), 1)
	}
	p.agenda.plan(p.minute(at, p.reports.IntN(8*60)), p.try(func(ctx context.Context) error { return p.report(ctx, asked, t) }))
}

// written reports whether scenes write the reports on a duty.
func (p *Play) written(id ident.ID) bool {
	for k := range own {
		if p.duties[k] == id {
			return true
		}
	}
	return false
}

// shift is the n-th working day after a day, or before it; the first from that day on for none.
func (p *Play) shift(day workday.Date, n int) workday.Date {
	if n == 0 {
		return p.app.Rules.Calendar.NextWorkday(day)
	}
	return p.app.Rules.Calendar.AddWorkdays(day, n)
}

// minute is so many minutes after the office opens at nine.
func (p *Play) minute(day workday.Date, n int) time.Time {
	return p.hour(day, 9).Add(time.Duration(n) * time.Minute)
}

// report answers a report that is asked for, has it reviewed in the unit and, some days later, confirmed by the office.
func (p *Play) report(ctx context.Context, asked occurrences.DueReport, t temper) error {
	office, err := p.role(ctx, post.Office, "")
	if err != nil {
		return err
	}
	d, err := p.app.Duties.Get(office, asked.DutyID)
	if err != nil {
		return err
	}
	if d.Status != duty.Active {
		p.tally.Overtaken++
		return nil
	}
	in := p.says(asked, d, t)
	clerk, _, err := p.staff(ctx, post.UnitClerk, d.UnitID)
	if err != nil {
		return err
	}
	if in.Figures, err = p.figuresFor(clerk, d, asked.OccurrenceID); err != nil {
		return err
	}
	r, err := p.file(ctx, d.ID, in)
	if err != nil {
		return err
	}
	p.tally.Reports++
	p.agenda.plan(p.minute(p.shift(p.today(), 1+p.reports.IntN(2)), p.reports.IntN(8*60)), p.try(func(ctx context.Context) error { return p.confirm(ctx, r, in) }))
	return nil
}

// narratives are what units write; which of them follows from the report.
var narratives = []string{
	"围绕“%s”召开专题会议2次，任务已分解到科室，阶段工作按计划完成，台账同步更新。",
	"“%s”已完成方案制定和前期摸底，正在逐项落实，材料已归档备查。",
	"对照责任分工推进“%s”，本期重点环节已完成，数据经科室和分管负责人两级核对。",
	"“%s”进展正常：责任人和时间表已明确，已完成内容在门户网站公布。",
}

// behind is how far units of each temper are from the planned trajectory, in basis points.
var behind = [...]int{prompt: 800, usual: 0, slow: -1500}

// says is what a unit writes into a report: what its content rule asks for, and how far the work is.
func (p *Play) says(asked occurrences.DueReport, d duties.Duty, t temper) duties.SaveReportInput {
	in := duties.SaveReportInput{Kind: string(duty.Progress), OccurrenceID: asked.OccurrenceID, Progress: max(d.Progress, p.planned(d)+behind[t]),
		Narrative: fmt.Sprintf(narratives[p.reports.IntN(len(narratives))], d.TaskTitle)}
	in.Progress = min(max(in.Progress, 0), 9500)
	for _, field := range asked.Ask {
		switch field {
		case cycle.Responsible:
			in.Responsible = d.UnitName + "分管负责人、经办科室"
		case cycle.Measures:
			in.Measures = "成立工作专班，列出任务清单，按周调度。"
		case cycle.Problems:
			in.Problems = "部分材料需跨单位提供，协调用时较长。"
		case cycle.NextSteps:
			in.NextSteps = "按时间表完成下一阶段任务，及时公布结果。"
		case cycle.Narrative: // always given
		}
	}
	return in
}

// planned is how far a duty should be today, in basis points; what never falls due goes by the year.
func (p *Play) planned(d duties.Duty) int {
	from, to := workday.DateOf(d.CreatedAt, p.zone), d.DueDate
	if to.IsZero() {
		to = workday.NewDate(from.Year(), 12, 31)
	}
	if !from.Before(to) {
		return 9500
	}
	return 10000 * from.DaysUntil(p.today()) / from.DaysUntil(to)
}

// confirm has the office look at a report: of fifteen one is sent back, mended and handed in again.
func (p *Play) confirm(ctx context.Context, r duties.Report, in duties.SaveReportInput) error {
	office, err := p.role(ctx, post.Office, "")
	if err != nil {
		return err
	}
	if r.SendBackReason == "" && p.reports.IntN(15) == 0 {
		_, err = p.app.Duties.SendBackReport(office, r.ID, r.Version, duties.SendBackReportInput{Reason: "缺少佐证材料，数据口径不明确，请补充后重报"})
		p.tally.SentBack++
		p.agenda.plan(p.minute(p.shift(p.today(), 2), p.reports.IntN(8*60)), p.try(func(ctx context.Context) error { return p.mend(ctx, r.ID, in) }))
		return err
	}
	_, err = p.app.Duties.ConfirmReport(office, r.ID, r.Version)
	return err
}

// mend hands a report in again that was sent back.
func (p *Play) mend(ctx context.Context, id ident.ID, in duties.SaveReportInput) error {
	office, err := p.role(ctx, post.Office, "")
	if err != nil {
		return err
	}
	r, err := p.app.Duties.Report(office, id)
	if err != nil {
		return err
	}
	clerk, d, err := p.by(ctx, post.UnitClerk, r.DutyID)
	if err != nil {
		return err
	}
	in.Narrative += "数据口径已按要求说明，佐证材料已补充。"
	if r, err = p.app.Duties.EditReport(clerk, r.ID, r.Version, in); err != nil {
		return fmt.Errorf("mend report: %w", err)
	}
	if r, err = p.handIn(ctx, clerk, d, r); err != nil {
		return err
	}
	_, err = p.app.Duties.ConfirmReport(office, r.ID, r.Version)
	return err
}

// file saves, submits and reviews a report by clerk and head of the unit.
func (p *Play) file(ctx context.Context, id ident.ID, in duties.SaveReportInput) (duties.Report, error) {
	clerk, d, err := p.by(ctx, post.UnitClerk, id)
	if err != nil {
		return duties.Report{}, err
	}
	r, err := p.app.Duties.SaveReport(clerk, d.ID, in)
	if err != nil {
		return r, fmt.Errorf("save report: %w", err)
	}
	return p.handIn(ctx, clerk, d, r)
}

// handIn submits a report and has the head of the unit pass it.
func (p *Play) handIn(ctx, clerk context.Context, d duties.Duty, r duties.Report) (duties.Report, error) {
	r, err := p.app.Duties.SubmitReport(clerk, r.ID, r.Version)
	if err != nil {
		return r, fmt.Errorf("submit report: %w", err)
	}
	head, known, err := p.staff(ctx, post.UnitHead, d.UnitID)
	if err != nil || !known {
		return r, errors.Join(err, errNobody)
	}
	if r, err = p.app.Duties.ReviewReport(head, r.ID, r.Version); err != nil {
		return r, fmt.Errorf("review report: %w", err)
	}
	return r, nil
}
