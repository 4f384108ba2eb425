package scenario

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// tour is one inspection of the year: when, of whom, over what.
type tour struct {
	title    string
	kind     rectify.InspectionKind
	from, to workday.Date
	units    unit.Kind
	count    int
}

var tours = []tour{
	{"高校信息公开专项督查", rectify.Special, workday.NewDate(2017, 5, 15), workday.NewDate(2017, 5, 19), unit.University, 8},
	{"市州教育局政务服务专项督查", rectify.Special, workday.NewDate(2017, 6, 12), workday.NewDate(2017, 6, 16), unit.CityBureau, 5},
	{"政务公开重点任务综合督查", rectify.Comprehensive, workday.NewDate(2017, 9, 11), workday.NewDate(2017, 9, 15), unit.University, 6},
}

// shortcoming is a fault that inspectors find in the sample's year, with the clause that it breaks.
type shortcoming struct {
	severity                        rectify.Severity
	description, basis, requirement string
}

var shortcomings = []shortcoming{
	{rectify.Minor, "信息公开专栏更新不及时，最近一次更新在三个月前。", "《2017年政务公开和政务服务工作要点责任分工方案》关于专栏维护的要求", "补齐应公开信息，建立按月更新制度。"},
	{rectify.Major, "年度部门预算未在规定时间内向社会公开。", "《政府信息公开条例》第十条", "公开预算信息并说明迟延原因。"},
	{rectify.Major, "依申请公开答复超过法定时限两件。", "《政府信息公开条例》第二十四条", "逐件说明情况，完善登记和催办制度。"},
	{rectify.Serious, "上报的服务事项清单与实际办理情况不符。", "《2017年政务公开和政务服务工作要点责任分工方案》关于服务事项梳理的要求", "重新梳理并由主要负责人签字确认后报送。"},
}

// planInspections puts the year's inspections on the agenda.
func (p *Play) planInspections(context.Context) error {
	for _, t := range tours {
		p.agenda.plan(p.hour(t.from, 9), func(ctx context.Context) error { return p.inspect(ctx, t) })
	}
	return nil
}

// inspect conducts one inspection: create, open, record what is found; the conclusion and the notices come on the last day.
func (p *Play) inspect(ctx context.Context, t tour) error {
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return err
	}
	visited := p.pick(t)
	leader, _ := p.house.One(post.Inspector, "")
	in, err := p.app.Inspections.Create(inspector, inspections.CreateInspectionInput{Title: t.title, Kind: t.kind, Basis: "厅长办公会议决定",
		Scope: "年度要点落实情况、信息公开和政务服务事项办理情况", Methods: []rectify.Method{rectify.HearReport, rectify.Material, rectify.Visit}, Method: "听取汇报、查阅材料、实地查看", StartsOn: t.from, EndsOn: t.to, UnitIDs: visited,
		PlanID: p.planID, StaffInspectionInput: inspections.StaffInspectionInput{LeaderID: leader.ID}})
	if err != nil {
		return fmt.Errorf("create inspection: %w", err)
	}
	if in, err = p.approve(ctx, in); err != nil {
		return err
	}
	if in, err = p.app.Inspections.Open(inspector, in.ID, in.Version); err != nil {
		return fmt.Errorf("open inspection: %w", err)
	}
	p.tally.Inspections++
	var found []inspections.Finding
	for _, id := range visited {
		if p.random.IntN(3) == 0 {
			continue // nothing to find here
		}
		s := shortcomings[p.random.IntN(len(shortcomings))]
		f, err := p.app.Inspections.Record(inspector, in.ID, inspections.RecordFindingInput{UnitID: id, Severity: s.severity,
			Description: s.description, Basis: s.basis, Requirement: s.requirement})
		if err != nil {
			return fmt.Errorf("record finding: %w", err)
		}
		found = append(found, f)
	}
	p.tally.Findings += len(found)
	p.agenda.plan(p.hour(t.to, 16), func(ctx context.Context) error { return p.conclude(ctx, in, found) })
	return nil
}

// approve has a plan proposed by an inspector and approved by a leader; a duplicate is answered with a reason.
func (p *Play) approve(ctx context.Context, in inspections.Inspection) (inspections.Inspection, error) {
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return in, err
	}
	leader, err := p.role(ctx, post.Leader, "")
	if err != nil {
		return in, err
	}
	var answers []inspections.AnswerDuplicate
	for _, o := range in.Overlaps {
		answers = append(answers, inspections.AnswerDuplicate{InspectionID: o.InspectionID, Reason: "厅长办公会议专项部署，与该督查合并进点"})
	}
	if in, err = p.app.Inspections.Propose(inspector, in.ID, in.Version, inspections.ProposeInspectionInput{Duplicates: answers}); err != nil {
		return in, fmt.Errorf("propose inspection: %w", err)
	}
	if in, err = p.app.Inspections.Approve(leader, in.ID, in.Version); err != nil {
		return in, fmt.Errorf("approve inspection: %w", err)
	}
	return in, nil
}

// pick draws the units that an inspection visits, in the order of the sample.
func (p *Play) pick(t tour) []ident.ID {
	var ids []ident.ID
	for _, who := range p.house.People {
		ref := p.house.Units[who.Unit]
		if who.Role == post.UnitHead && ref.Kind == t.units {
			ids = append(ids, ref.ID)
		}
	}
	p.random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	return ids[:min(t.count, len(ids))]
}

// conclude ends the inspection and serves a notice for each finding, fifteen working days each.
func (p *Play) conclude(ctx context.Context, in inspections.Inspection, found []inspections.Finding) error {
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return err
	}
	now, err := p.app.Inspections.Get(inspector, in.ID)
	if err != nil {
		return err
	}
	if now, err = p.app.Inspections.Finish(inspector, in.ID, now.Version); err != nil {
		return fmt.Errorf("finish inspection: %w", err)
	}
	if _, err := p.app.Inspections.Conclude(inspector, in.ID, now.Version, inspections.ConcludeInspectionInput{
		Conclusion: fmt.Sprintf("共检查%d个单位，发现问题%d个，均已下达整改通知书。", len(now.Units), len(found))}); err != nil {
		return fmt.Errorf("conclude inspection: %w", err)
	}
	for _, f := range found {
		n, err := p.app.Notices.Draft(inspector, notices.DraftNoticeInput{FindingIDs: []ident.ID{f.ID}, Title: "关于" + in.Title + "发现问题的限期整改通知书", Requirement: f.Requirement})
		if err != nil {
			return fmt.Errorf("draft notice: %w", err)
		}
		if n, err = p.app.Notices.Serve(inspector, n.ID, n.Version, notices.ServeNoticeInput{Workdays: 15}); err != nil {
			return fmt.Errorf("serve notice: %w", err)
		}
		p.tally.Notices++
		p.tell("%s  notice %s to %s, due %s", p.today(), n.Number, n.UnitName, n.DueDate)
		t := p.temperOf(n.UnitID)
		p.agenda.plan(p.workHour(p.today(), []int{1, 2, 4}[t]), p.try(func(ctx context.Context) error { return p.sign(ctx, n.ID) }))
		p.agenda.plan(p.workHour(n.DueDate, []int{-4, -1, 3}[t]), p.try(func(ctx context.Context) error { return p.reply(ctx, n.ID, t) }))
	}
	return nil
}

// receiver is somebody of the unit that a notice is addressed to, with the notice as it is now.
func (p *Play) receiver(ctx context.Context, id ident.ID) (context.Context, notices.Notice, error) {
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return nil, notices.Notice{}, err
	}
	n, err := p.app.Notices.Get(inspector, id)
	if err != nil {
		return nil, n, err
	}
	clerk, known, err := p.staff(ctx, post.UnitClerk, n.UnitID)
	if err == nil && !known {
		err = errNobody
	}
	return clerk, n, err
}

func (p *Play) sign(ctx context.Context, id ident.ID) error {
	clerk, n, err := p.receiver(ctx, id)
	if err != nil {
		return err
	}
	_, err = p.app.Notices.Sign(clerk, id, n.Version)
	return err
}

func (p *Play) reply(ctx context.Context, id ident.ID, t temper) error {
	clerk, n, err := p.receiver(ctx, id)
	if err != nil {
		return err
	}
	if n, err = p.settlePlan(ctx, clerk, n); err != nil {
		return err
	}
	if n.Status == rectify.NoticeSigned {
		if _, err := p.app.Evidence.Add(clerk, evidence.Upload{Subject: evidence.OnReply, SubjectID: n.ReplyID, Name: "整改报告.txt", Kind: "整改报告",
			File: strings.NewReader(fmt.Sprintf("%s关于%s的整改报告（%s）", n.UnitName, n.Number, p.today()))}); err != nil {
			return fmt.Errorf("add evidence: %w", err)
		}
	}
	if _, err := p.app.Notices.Reply(clerk, id, n.Version, notices.ReplyNoticeInput{Measures: "已召开专题会议部署整改，逐项落实责任人，完成问题整改并建立长效机制。", Result: "问题已整改到位。"}); err != nil {
		return fmt.Errorf("reply to notice: %w", err)
	}
	p.tally.Replies++
	p.agenda.plan(p.workHour(p.today(), 3), p.try(func(ctx context.Context) error { return p.verifyReply(ctx, id, t) }))
	return nil
}

// verifyReply closes a notice or sends the reply back; of what slow units closed, a fault comes back within the window.
func (p *Play) verifyReply(ctx context.Context, id ident.ID, t temper) error {
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return err
	}
	n, err := p.app.Notices.Get(inspector, id)
	if err != nil {
		return err
	}
	if t != prompt && len(n.Replies) < 2 && p.random.IntN(3) == 0 {
		if _, err = p.app.Notices.SendBack(inspector, id, n.Version, notices.SendBackNoticeInput{Reason: "整改措施未落实到人，请补充后重新回复",
			DueDate: p.app.Rules.Calendar.AddWorkdays(p.today(), 10)}); err != nil {
			return err
		}
		p.tally.SentBack++
		p.agenda.plan(p.workHour(p.today(), 6), p.try(func(ctx context.Context) error { return p.reply(ctx, id, prompt) }))
		return nil
	}
	if n.SiteCheckWanted {
		if t == slow && n.Previous == nil {
			return p.fail(ctx, n)
		}
		if n, err = p.app.Notices.Check(inspector, id, n.Version, notices.CheckNoticeInput{Place: n.UnitName, Outcome: rectify.Conforms, Note: "现场查看，与整改报告一致。"}); err != nil {
			return err
		}
	}
	if _, err = p.app.Notices.Close(inspector, id, n.Version, notices.CloseNoticeInput{Verdict: "经现场核查，整改到位，同意销号。"}); err != nil {
		return err
	}
	p.tally.NoticesClosed++
	if t == slow && n.Reopened == 0 {
		p.agenda.plan(p.clock.Now().Add(40*24*time.Hour), p.try(func(ctx context.Context) error { return p.reopen(ctx, id) }))
	}
	return nil
}
