package scenario

import (
	"context"
	"errors"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/instructions"
	"github.com/duban-gov/duban/internal/matters"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/occurrences"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/urges"
	"github.com/duban-gov/duban/internal/workday"
)

// actChapters are the scenes of matters, instructions and urges; proceedings stand beside them.
func (p *Play) actChapters() error {
	return errors.Join(p.mattersOfTheYear(), p.mattersOnTheDesk(), p.instructionsOfTheYear(), p.urgesOfTheYear(), p.interviewOfTheYear(), p.circularsOfTheYear())
}

// shares names units with their parts; the first leads.
func (p *Play) shares(codes ...string) []matters.MatterShare {
	all := make([]matters.MatterShare, len(codes))
	for i, code := range codes {
		all[i] = matters.MatterShare{UnitID: p.unit(code).ID, Part: duty.Support}
	}
	all[0].Part = duty.Lead
	return all
}

// handle is a matter in the hands of whoever acts on it next.
type handle struct {
	p *Play
	m matters.Matter
}

func (h *handle) register(in matters.RegisterMatterInput) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		h.m, err = h.p.app.Matters.Register(ctx, in)
		return err
	}
}

func (h *handle) propose(ctx context.Context) (err error) {
	h.m, err = h.p.app.Matters.Propose(ctx, h.m.ID, h.m.Version)
	return err
}

// approve makes the matter active; its duties get their life.
func (h *handle) approve(ctx context.Context) (err error) {
	if h.m, err = h.p.app.Matters.Approve(ctx, h.m.ID, h.m.Version, matters.ApproveMatterInput{Note: "同意立项，请抓紧"}); err != nil {
		return err
	}
	h.p.tell("%s  matter %s active: %s, due %s", h.p.today(), h.m.Number, h.m.Title, h.m.DueDate)
	return h.p.liveMatter(ctx, h.m)
}

func (h *handle) close(text string) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		if h.m, err = h.p.app.Matters.Get(ctx, h.m.ID); err == nil {
			h.m, err = h.p.app.Matters.Close(ctx, h.m.ID, h.m.Version, matters.CloseMatterInput{Text: text})
		}
		return err
	}
}

// liveMatter gives the duties of an active matter their life.
func (p *Play) liveMatter(ctx context.Context, m matters.Matter) error {
	for _, u := range m.Units {
		d, err := p.app.Duties.Get(ctx, u.DutyID)
		if err != nil {
			return err
		}
		p.live(d, p.today())
	}
	return nil
}

// mattersOfTheYear: one from minutes that is done and closed, one from a letter, one that is refused, one whose number is void.
func (p *Play) mattersOfTheYear() error {
	campus, letter, twice, void := &handle{p: p}, &handle{p: p}, &handle{p: p}, &handle{p: p}
	return p.stage(
		scene{"2017-04-11 10:20", "suwenqing", campus.register(matters.RegisterMatterInput{Title: "落实厅长办公会关于规范高校招生信息公开的决定",
			Content: "汇总各高校招生章程公开情况，形成清单并公布。", Source: supervise.FromMinutes, Basis: "岚教纪要〔2017〕6号", ReceivedOn: workday.NewDate(2017, 4, 10),
			DueDate: workday.NewDate(2017, 6, 15), Units: p.shares("D10", "D17")})},
		scene{"2017-04-11 10:40", "suwenqing", campus.propose},
		scene{"2017-04-12 09:00", "qinliyan", campus.approve},
		scene{"2017-07-14 10:00", "suwenqing", campus.close("各高校招生章程均已在学校网站和阳光高考平台公开，清单已公布。")},

		scene{"2017-05-16 09:30", "jiangyutong", letter.register(matters.RegisterMatterInput{Title: "群众来信反映校外培训机构收费公示不全",
			Content: "核实来信所列机构，督促公示收费项目和标准，答复来信人。", Source: supervise.FromLetter, Basis: "厅长信箱第0516号", ReceivedOn: workday.NewDate(2017, 5, 15), Units: p.shares("D14", "C03")})},
		scene{"2017-05-16 09:50", "jiangyutong", letter.propose},
		scene{"2017-05-16 16:00", "yesuzhen", letter.approve},

		scene{"2017-05-22 10:00", "suwenqing", twice.register(matters.RegisterMatterInput{Title: "督办公开教师招聘结果", Source: supervise.FromProposal,
			Basis: "政协提案第0187号", Units: p.shares("D11")})},
		scene{"2017-05-22 10:10", "suwenqing", twice.propose},
		scene{"2017-05-23 09:30", "yesuzhen", func(ctx context.Context) error {
			_, err := p.app.Matters.Refuse(ctx, twice.m.ID, twice.m.Version, matters.RefuseMatterInput{Reason: "已列入年度方案第11项，不重复立项"})
			return err
		}},

		scene{"2017-06-05 09:30", "suwenqing", void.register(matters.RegisterMatterInput{Title: "核查高考报名点信息公示情况", Source: supervise.FromMedia,
			Basis: "岚江教育报6月3日读者来信", Units: p.shares("D23")})},
		scene{"2017-06-05 09:40", "suwenqing", void.propose},
		scene{"2017-06-05 11:00", "qinliyan", func(ctx context.Context) (err error) {
			void.m, err = p.app.Matters.Approve(ctx, void.m.ID, void.m.Version, matters.ApproveMatterInput{})
			return err
		}},
		scene{"2017-06-05 15:00", "suwenqing", func(ctx context.Context) error {
			d, err := p.app.Duties.Get(ctx, void.m.Units[0].DutyID)
			if err == nil {
				_, err = p.app.Duties.Cancel(ctx, d.ID, d.Version, duties.CancelDutyInput{Reason: "责任单位填写有误"})
			}
			return err
		}},
		scene{"2017-06-05 15:10", "suwenqing", func(ctx context.Context) error {
			now, err := p.app.Matters.Get(ctx, void.m.ID)
			if err == nil {
				_, err = p.app.Matters.Void(ctx, now.ID, now.Version, matters.VoidMatterInput{Reason: "责任单位填写有误，报名点公示属考试院职责，另行立项"})
			}
			return err
		}},
	)
}

// mattersOnTheDesk wait for the leaders on the evening of the demonstration, or run then.
func (p *Play) mattersOnTheDesk() error {
	canteen, lab := &handle{p: p}, &handle{p: p}
	return p.stage(
		scene{"2017-09-19 09:30", "suwenqing", canteen.register(matters.RegisterMatterInput{Title: "排查开学以来校园食堂公示情况",
			Content: "核对食堂原料来源和价格公示，月底前报送清单。", Source: supervise.FromDocument, Basis: "岚政办函〔2017〕88号", ReceivedOn: workday.NewDate(2017, 9, 18), Units: p.shares("D13", "D02")})},
		scene{"2017-09-19 09:40", "suwenqing", canteen.propose},
		scene{"2017-09-20 09:20", "yesuzhen", canteen.approve},
		scene{"2017-09-20 15:30", "renkaiming", lab.register(matters.RegisterMatterInput{Title: "落实厅长办公会关于规范实验室安全信息公开的决定",
			Content: "各高校公开实验室安全责任人和举报渠道。", Source: supervise.FromMinutes, Basis: "岚教纪要〔2017〕15号", ReceivedOn: workday.NewDate(2017, 9, 19), Units: p.shares("D09", "D17")})},
		scene{"2017-09-20 15:40", "renkaiming", lab.propose},
	)
}

// instructionsOfTheYear: one that the unit answers and the office closes, one that opens a matter, one that still waits.
func (p *Play) instructionsOfTheYear() error {
	var hurry, opens instructions.Instruction
	about := func(task, unit string) ident.ID { return p.duties[key{task, unit}] }
	return p.stage(
		scene{"2017-06-08 08:50", "yujingan", func(ctx context.Context) (err error) {
			hurry, err = p.app.Instructions.Give(ctx, instructions.GiveInstructionInput{Subject: supervise.OnDuty, SubjectID: about("梳理政务服务事项", "D02"),
				Text: "事项清单是下半年上网的基础，请法规处倒排工期，六月中旬报我。", Urgency: supervise.Urgent, UnitIDs: []ident.ID{p.unit("D02").ID}})
			return err
		}},
		scene{"2017-06-12 10:00", "D02 clerk", func(ctx context.Context) (err error) {
			hurry, err = p.app.Instructions.Reply(ctx, hurry.ID, hurry.Version, instructions.ReplyInstructionInput{Text: "45项已梳理41项，其余4项涉及考试院，本周五前完成。"})
			return err
		}},
		scene{"2017-06-16 16:30", "suwenqing", func(ctx context.Context) error {
			_, err := p.app.Instructions.Finish(ctx, hurry.ID, hurry.Version, instructions.FinishInstructionInput{Note: "45项清单已报俞厅长"})
			return err
		}},
		scene{"2017-07-17 08:40", "luzhengchuan", func(ctx context.Context) (err error) {
			opens, err = p.app.Instructions.Give(ctx, instructions.GiveInstructionInput{Subject: supervise.OnPlan, SubjectID: p.planID, Urgency: supervise.Ordinary,
				Text:   "半年情况已阅。门户网站搜索不好用，群众反映多，请宣传中心、信息办半个月内改好。",
				Matter: &instructions.OpenMatterInput{Title: "改进门户网站站内搜索", Units: p.shares("Z06", "D20")}})
			return err
		}},
		scene{"2017-07-17 10:00", "suwenqing", func(ctx context.Context) error {
			m, err := p.app.Matters.Get(ctx, opens.MatterID)
			if err == nil {
				p.tell("%s  instruction opened %s: %s, due %s", p.today(), m.Number, m.Title, m.DueDate)
				err = p.liveMatter(ctx, m)
			}
			return err
		}},
		scene{"2017-09-19 08:50", "yujingan", func(ctx context.Context) error {
			_, err := p.app.Instructions.Give(ctx, instructions.GiveInstructionInput{Subject: supervise.OnDuty, SubjectID: about("同步做好政策解读", "D02"),
				Text: "秋季学期政策密集，解读要跟上，请月底前把三季度情况报我。", Urgency: supervise.Ordinary, UnitIDs: []ident.ID{p.unit("D02").ID}})
			return err
		}},
	)
}

// urgesOfTheYear: one urge that is read and answered, and one for everybody whose half-yearly report is missing.
func (p *Play) urgesOfTheYear() error {
	var one duties.Urge
	var many []ident.ID
	return p.stage(
		scene{"2017-06-22 09:30", "suwenqing", func(ctx context.Context) (err error) {
			one, err = p.app.Duties.Urge(ctx, p.duties[key{"梳理政务服务事项", "D02"}], duties.UrgeDutyInput{Content: "距月底不足十日，请报送剩余4项的完成时间"})
			return err
		}},
		scene{"2017-06-22 10:40", "D02 clerk", p.reads("duty.urged")},
		scene{"2017-06-23 09:00", "D02 clerk", func(ctx context.Context) error {
			_, err := p.app.Urges.Reply(ctx, one.ID, one.Version, duties.ReplyUrgeInput{Text: "剩余4项已会同考试院定稿，6月27日前录入平台"})
			return err
		}},
		scene{"2017-06-27 10:00", "D02 clerk", func(ctx context.Context) error {
			return p.complete(ctx, p.duties[key{"梳理政务服务事项", "D02"}], prompt)
		}},
		scene{"2017-07-04 09:30", "suwenqing", func(ctx context.Context) error {
			page, err := p.app.Occurrences.List(ctx, occurrences.DueReportQuery{State: occurrences.Missing, PlanID: p.planID, Limit: 60})
			if err != nil {
				return err
			}
			seen := map[ident.ID]bool{}
			for _, r := range page.Items {
				if _, staffed := p.house.One("unit_clerk", p.codes[r.UnitID]); staffed && !seen[r.DutyID] {
					seen[r.DutyID] = true
					many = append(many, r.DutyID)
				}
			}
			preview, err := p.app.Urges.Preview(ctx, urges.SelectUrgesInput{DutyIDs: many})
			if err != nil {
				return err
			}
			sent, err := p.app.Urges.Send(ctx, urges.SendUrgesInput{SelectUrgesInput: urges.SelectUrgesInput{DutyIDs: many}, Workdays: 2,
				Content: "半年进展报告至今未收到，请于两个工作日内补报并说明原因", Reason: "半年报告汇总需报省政府办公厅"})
			p.tell("%s  bulk urge: %d people foreseen, %d sent, %d refused", p.today(), preview.People, sent.Sent, sent.Refused)
			return err
		}},
	)
}

// reads lets somebody read what was sent to them under a template.
func (p *Play) reads(template string) func(context.Context) error {
	return func(ctx context.Context) error {
		page, err := p.app.Messages.Inbox(ctx, messages.InboxFilter{Limit: 50})
		if err != nil {
			return err
		}
		for _, m := range page.Items {
			if m.Template != template || !m.ReadAt.IsZero() {
				continue
			}
			if _, err := p.app.Messages.MarkRead(ctx, m.ID); err != nil {
				return err
			}
		}
		return nil
	}
}
