package scenario

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/lookbacks"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/objections"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// inspectionChapters are the scenes of inspections: the one of the year before, the look-back at it, and one that meets everything.
func (p *Play) inspectionChapters() error {
	return errors.Join(p.yearBefore(), p.lookBack(), p.autumnCheck(), p.sameCheckTwice())
}

// mission is an inspection with the notices that come of it, in the hands of whoever acts on it next.
type mission struct {
	p       *Play
	basis   string // clause that the findings break
	in      inspections.Inspection
	found   map[string]inspections.Finding
	notices map[string]notices.Notice
}

func (p *Play) mission() *mission {
	return &mission{p: p, found: make(map[string]inspections.Finding), notices: make(map[string]notices.Notice)}
}

func (m *mission) create(in inspections.CreateInspectionInput, team string, codes ...string) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		leader, _ := m.p.person(team)
		in.LeaderID = leader.ID
		for _, code := range codes {
			in.UnitIDs = append(in.UnitIDs, m.p.unit(code).ID)
		}
		m.in, err = m.p.app.Inspections.Create(ctx, in)
		return err
	}
}

// propose puts the plan up for approval; another inspection of the same object over the same matter is answered with a reason.
func (m *mission) propose(why string) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		if m.in, err = m.p.app.Inspections.Get(ctx, m.in.ID); err != nil {
			return err
		}
		var answers []inspections.AnswerDuplicate
		for _, o := range m.in.Overlaps {
			answers = append(answers, inspections.AnswerDuplicate{InspectionID: o.InspectionID, Reason: why})
		}
		m.in, err = m.p.app.Inspections.Propose(ctx, m.in.ID, m.in.Version, inspections.ProposeInspectionInput{Duplicates: answers})
		return err
	}
}

func (m *mission) approve(ctx context.Context) (err error) {
	m.in, err = m.p.app.Inspections.Approve(ctx, m.in.ID, m.in.Version)
	return err
}

func (m *mission) open(ctx context.Context) (err error) {
	m.in, err = m.p.app.Inspections.Open(ctx, m.in.ID, m.in.Version)
	m.p.tally.Inspections++
	return err
}

func (m *mission) find(name, code string, severity rectify.Severity, description, requirement string) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		m.found[name], err = m.p.app.Inspections.Record(ctx, m.in.ID, inspections.RecordFindingInput{UnitID: m.p.unit(code).ID, Severity: severity,
			Description: description, Basis: m.basis, Requirement: requirement})
		m.p.tally.Findings++
		return err
	}
}

func (m *mission) conclude(text string) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		if m.in, err = m.p.app.Inspections.Get(ctx, m.in.ID); err != nil {
			return err
		}
		if m.in, err = m.p.app.Inspections.Finish(ctx, m.in.ID, m.in.Version); err == nil {
			m.in, err = m.p.app.Inspections.Conclude(ctx, m.in.ID, m.in.Version, inspections.ConcludeInspectionInput{Conclusion: text})
		}
		return err
	}
}

// serve drafts a notice over findings of one unit and serves it.
func (m *mission) serve(name string, days int, title string, findings ...string) func(context.Context) error {
	return func(ctx context.Context) error {
		in := notices.DraftNoticeInput{Title: title}
		for _, f := range findings {
			in.FindingIDs = append(in.FindingIDs, m.found[f].ID)
			in.Requirement += m.found[f].Requirement
		}
		n, err := m.p.app.Notices.Draft(ctx, in)
		if err == nil {
			n, err = m.p.app.Notices.Serve(ctx, n.ID, n.Version, notices.ServeNoticeInput{Workdays: days})
		}
		m.notices[name] = n
		m.p.tally.Notices++
		m.p.tell("%s  notice %s to %s, due %s", m.p.today(), n.Number, n.UnitName, n.DueDate)
		return err
	}
}

// on does something to a notice as it is then.
func (m *mission) on(name string, do func(ctx context.Context, n notices.Notice) (notices.Notice, error)) func(context.Context) error {
	return func(ctx context.Context) error {
		n, err := m.p.app.Notices.Get(ctx, m.notices[name].ID)
		if err == nil {
			m.notices[name], err = do(ctx, n)
		}
		return err
	}
}

func (m *mission) sign(name string) func(context.Context) error {
	return m.on(name, func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
		return m.p.app.Notices.Sign(ctx, n.ID, n.Version)
	})
}

func (m *mission) plan(name string) func(context.Context) error {
	return m.on(name, func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
		return m.p.app.Notices.Plan(ctx, n.ID, n.Version, notices.PlanNoticeInput{Measures: "招生办牵头补齐公开内容，信息中心改版页面，纪检监督。",
			Responsible: "分管招生工作的副校长", FinishBy: n.DueDate})
	})
}

func (m *mission) acceptPlan(name string) func(context.Context) error {
	return m.on(name, func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
		return m.p.app.Notices.AcceptPlan(ctx, n.ID, n.Version, notices.AcceptPlanNoticeInput{Opinion: "同意，按方案整改。"})
	})
}

// answer replies to a notice with a paper as evidence.
func (m *mission) answer(name, paper string) func(context.Context) error {
	return m.on(name, func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
		if _, err := m.p.upload(ctx, evidence.OnReply, n.ReplyID, "整改报告.txt", "整改报告", paper, workday.Date{}); err != nil {
			return n, err
		}
		m.p.tally.Replies++
		return m.p.app.Notices.Reply(ctx, n.ID, n.Version, notices.ReplyNoticeInput{Measures: "已补齐公开内容并明确专人维护。", Result: "整改到位。"})
	})
}

func (m *mission) check(name string, outcome rectify.Outcome, note string) func(context.Context) error {
	return m.on(name, func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
		return m.p.app.Notices.Check(ctx, n.ID, n.Version, notices.CheckNoticeInput{Place: n.UnitName + "招生办公室", Outcome: outcome, Note: note})
	})
}

func (m *mission) close(name string) func(context.Context) error {
	return m.on(name, func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
		m.p.tally.NoticesClosed++
		return m.p.app.Notices.Close(ctx, n.ID, n.Version, notices.CloseNoticeInput{Verdict: "经核查，整改到位，同意销号。"})
	})
}

// photo is a small picture, as a phone would send one.
func photo() ([]byte, error) {
	picture := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for x := range 48 {
		for y := range 32 {
			picture.Set(x, y, color.RGBA{R: uint8(90 + 3*x), G: uint8(110 + 4*y), B: 150, A: 255})
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, picture)
	return out.Bytes(), err
}

// sameCheckTwice: a second team wants to look at the same matter in the same week; the check finds it, the leader sends the plan back,
// and in the end it is dropped with its number.
func (p *Play) sameCheckTwice() error {
	m := p.mission()
	return p.stage(
		scene{"2017-08-09 09:30", "fanhuizhen", m.create(inspections.CreateInspectionInput{Title: "高校秋季招生信息公开抽查", Kind: rectify.LeadCheck, Basis: "信访线索",
			Scope: "招生章程和录取结果公开情况", Matters: []string{"招生章程和录取结果公开情况"}, Methods: []rectify.Method{rectify.Material},
			StartsOn: workday.NewDate(2017, 8, 15), EndsOn: workday.NewDate(2017, 8, 16)}, "fanhuizhen", "U001")},
		scene{"2017-08-09 10:00", "fanhuizhen", m.propose("信访线索需单独核实")},
		scene{"2017-08-09 15:00", "luzhengchuan", func(ctx context.Context) (err error) {
			m.in, err = p.app.Inspections.SendBack(ctx, m.in.ID, m.in.Version, inspections.SendBackInspectionInput{Reason: "与专项督查同校同事，说明为何不能合并"})
			return err
		}},
		scene{"2017-08-10 09:30", "fanhuizhen", m.propose("线索涉及举报人，需单独核实，当天进出，不重复调阅材料")},
		scene{"2017-08-10 11:00", "luzhengchuan", m.approve},
		scene{"2017-08-14 08:40", "fanhuizhen", func(ctx context.Context) (err error) {
			m.in, err = p.app.Inspections.Cancel(ctx, m.in.ID, m.in.Version, inspections.CancelInspectionInput{Reason: "举报人撤回线索，并入专项督查核实，减轻学校负担"})
			return err
		}},
	)
}

// lookBack draws from what was closed the year before: what held is noted, what came back gets a new finding with its lineage and a
// new notice.
func (p *Play) lookBack() error {
	m := p.mission()
	return p.stage(
		scene{"2017-06-05 10:00", "fanhuizhen", func(ctx context.Context) (err error) {
			leader, _ := p.person("fanhuizhen")
			m.in, err = p.app.LookBacks.Create(ctx, lookbacks.CreateLookBackInput{Year: 2016, Seed: "2017-06-05", Size: 3, Title: "2016年整改事项回头看",
				Basis: "年度督查计划", Scope: "上年已销号整改通知书的巩固情况", Methods: []rectify.Method{rectify.Visit}, StartsOn: workday.NewDate(2017, 6, 12),
				EndsOn: workday.NewDate(2017, 6, 14), StaffInspectionInput: inspections.StaffInspectionInput{LeaderID: leader.ID}})
			return err
		}},
		scene{"2017-06-05 10:30", "fanhuizhen", m.propose("回头看不重复检查其他内容")},
		scene{"2017-06-06 09:00", "luzhengchuan", m.approve},
		scene{"2017-06-12 09:00", "fanhuizhen", m.open},
		scene{"2017-06-13 16:00", "fanhuizhen", func(ctx context.Context) error { return p.judge(ctx, m) }},
		scene{"2017-06-14 16:00", "fanhuizhen", m.conclude("抽查上年整改事项3项，2项巩固，1项反弹，已重新下达整改通知书。")},
		scene{"2017-06-15 09:30", "fanhuizhen", func(ctx context.Context) error {
			n, err := p.app.Notices.Get(ctx, m.notices["again"].ID)
			if err == nil {
				n, err = p.app.Notices.Serve(ctx, n.ID, n.Version, notices.ServeNoticeInput{Workdays: 15})
			}
			m.notices["again"] = n
			p.tally.Notices++
			p.tell("%s  notice %s to %s, due %s", p.today(), n.Number, n.UnitName, n.DueDate)
			return err
		}},
	)
}

// judge goes through what was drawn: the last thing has come back, the others held.
func (p *Play) judge(ctx context.Context, m *mission) error {
	drawn, err := p.app.LookBacks.Items(ctx, m.in.ID)
	if err != nil {
		return err
	}
	for i, item := range drawn.Items {
		if i < len(drawn.Items)-1 {
			_, err = p.app.LookBacks.Hold(ctx, item.ID, item.Version, lookbacks.HoldItemInput{Note: "专栏按月更新，台账完整"})
		} else if item, err = p.app.LookBacks.ComeBack(ctx, item.ID, item.Version, lookbacks.ComeBackItemInput{Reason: "专栏自二月起未再更新，与上年问题相同",
			DueDate: workday.NewDate(2017, 7, 7)}); err == nil {
			m.notices["again"] = notices.Notice{ID: item.NoticeID}
		}
		if err != nil {
			return fmt.Errorf("judge item of look-back: %w", err)
		}
	}
	return nil
}

// objects files an objection to a notice or a conclusion.
func (p *Play) objects(subject rectify.ObjectedTo, of func() ident.ID, grounds, demand string, into *objections.Objection) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		*into, err = p.app.Objections.File(ctx, objections.FileObjectionInput{Subject: subject, SubjectID: of(), Grounds: grounds, Demand: demand})
		return err
	}
}
