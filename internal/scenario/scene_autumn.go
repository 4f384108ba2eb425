package scenario

import (
	"bytes"
	"context"

	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/objections"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// cured is what the first university hands in as its proof, in both years.
const cured = "关于信息公开专栏整改情况的报告：专栏已补齐近三个月内容，明确专人按月更新，校纪检监察部门每季度抽查一次。"

// yearBefore: in autumn 2016 three universities are inspected and put right what was found; within the rebound window one fault is back.
func (p *Play) yearBefore() error {
	m := p.mission()
	m.basis = "《政府信息公开条例》第十五条"
	title := "关于信息公开专栏问题的限期整改通知书"
	chapter := []scene{
		{"2016-11-14 09:00", "duguoliang", m.create(inspections.CreateInspectionInput{Title: "2016年高校信息公开专项督查", Kind: rectify.Special, Basis: "厅长办公会议决定",
			Scope: "信息公开专栏维护情况", Methods: []rectify.Method{rectify.Visit, rectify.Material}, StartsOn: workday.NewDate(2016, 11, 15),
			EndsOn: workday.NewDate(2016, 11, 17)}, "duguoliang", "U001", "U002", "U003")},
		{"2016-11-14 09:30", "duguoliang", m.propose("")},
		{"2016-11-14 15:00", "luzhengchuan", m.approve},
		{"2016-11-15 09:00", "duguoliang", m.open},
	}
	for _, code := range []string{"U001", "U002", "U003"} {
		chapter = append(chapter,
			scene{"2016-11-16 10:00", "duguoliang", m.find(code, code, rectify.Major, "信息公开专栏更新不及时，最近一次更新在三个月前。", "补齐应公开信息，建立按月更新制度。")},
			scene{"2016-11-17 16:30", "duguoliang", m.serve(code, 15, title, code)},
			scene{"2016-11-21 09:30", code + " clerk", m.sign(code)},
			scene{"2016-12-02 10:00", code + " clerk", m.answer(code, m.paper(code))},
			scene{"2016-12-06 15:00", "duguoliang", m.close(code)})
	}
	chapter = append(chapter,
		scene{"2016-11-17 16:00", "duguoliang", m.conclude("检查3所高校，发现同类问题3个，均已下达整改通知书。")},
		scene{"2017-02-20 10:00", "duguoliang", m.on("U002", func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
			p.tally.Reopened++
			return p.app.Notices.Reopen(ctx, n.ID, n.Version, notices.ReopenNoticeInput{Reason: "寒假后抽查，专栏又有两个月未更新", DueDate: workday.NewDate(2017, 3, 6)})
		})},
		scene{"2017-02-27 10:00", "U002 clerk", m.answer("U002", "关于专栏停更问题再次整改的报告：已改由两人轮值更新。")},
		scene{"2017-03-01 15:00", "duguoliang", m.close("U002")})
	return p.stage(chapter...)
}

func (m *mission) paper(code string) string {
	if code == "U001" {
		return cured
	}
	return m.p.unit(code).Name + cured
}

// autumnCheck meets everything: a check-list with a photograph, several findings in one notice and a repeated one, a plan that is
// returned and accepted, a reply with last year's paper, a look on the spot that refutes it, the second notice, and objections.
func (p *Play) autumnCheck() error {
	m := p.mission()
	m.basis = "《2017年政务公开和政务服务工作要点责任分工方案》第7项"
	return p.stage(append(p.autumnOnTheSpot(m), append(p.autumnCure(m), p.autumnObjections(m)...)...)...)
}

func (p *Play) autumnOnTheSpot(m *mission) []scene {
	return []scene{
		{"2017-08-08 09:30", "duguoliang", m.create(inspections.CreateInspectionInput{Title: "高校秋季招生信息公开专项督查", Kind: rectify.Special, Basis: "岚教纪要〔2017〕11号",
			Scope: "招生章程和录取结果公开情况", Matters: []string{"招生章程和录取结果公开情况"}, Methods: []rectify.Method{rectify.HearReport, rectify.Visit, rectify.Material},
			Items:    []rectify.CheckItem{{Text: "招生章程在学校网站首页公开", Basis: "方案第7项"}, {Text: "录取结果可查询", Basis: "方案第7项"}},
			StartsOn: workday.NewDate(2017, 8, 14), EndsOn: workday.NewDate(2017, 8, 16), PlanID: p.planID}, "duguoliang", "U001", "U002")},
		{"2017-08-08 10:00", "duguoliang", m.propose("")},
		{"2017-08-08 16:00", "luzhengchuan", m.approve},
		{"2017-08-14 09:00", "duguoliang", m.open},
		{"2017-08-14 11:00", "duguoliang", func(ctx context.Context) error {
			saved, err := p.app.Inspections.SaveChecks(ctx, m.in.ID, inspections.SaveChecksInput{Items: []inspections.SaveCheck{
				{UnitID: p.unit("U001").ID, Item: 0, Outcome: rectify.Violates, Note: "首页无入口，需三次点击"},
				{UnitID: p.unit("U001").ID, Item: 1, Outcome: rectify.Partly, Note: "专科批次不能查询"},
				{UnitID: p.unit("U002").ID, Item: 0, Outcome: rectify.Conforms}}})
			if err != nil {
				return err
			}
			picture, err := photo()
			if err == nil {
				_, err = p.app.Evidence.Add(ctx, evidence.Upload{Subject: evidence.OnCheck, SubjectID: saved.Items[0].Check.ID, Name: "首页截图.png", Kind: "现场照片", File: bytes.NewReader(picture)})
			}
			return err
		}},
		{"2017-08-15 10:00", "duguoliang", m.find("stale", "U001", rectify.Major, "信息公开专栏更新不及时，招生栏目最近一次更新在两个月前。", "补齐招生信息，落实按月更新制度。")},
		{"2017-08-15 10:20", "duguoliang", m.find("false", "U001", rectify.Serious, "上报的录取信息公开数与网站实际不符。", "逐条核对后由主要负责人签字重报。")},
		{"2017-08-15 10:30", "duguoliang", func(ctx context.Context) error {
			picture, err := photo()
			if err == nil {
				_, err = p.app.Evidence.Add(ctx, evidence.Upload{Subject: evidence.OnFinding, SubjectID: m.found["false"].ID, Name: "查询页面.png", Kind: "现场照片", File: bytes.NewReader(picture)})
			}
			return err
		}},
		{"2017-08-15 16:00", "duguoliang", m.find("late", "U002", rectify.Minor, "录取结果较规定时间晚公布一日。", "说明原因。")},
		{"2017-08-15 16:30", "duguoliang", func(ctx context.Context) error {
			now, err := p.app.Inspections.GetFinding(ctx, m.found["stale"].ID)
			if err != nil || len(now.Repeats) == 0 {
				return err
			}
			_, err = p.app.Inspections.Link(ctx, now.ID, now.Version, inspections.LinkFindingInput{EarlierID: now.Repeats[0].FindingID, Repeats: true, Note: "同一专栏，上年已责令整改"})
			return err
		}},
		{"2017-08-16 16:00", "duguoliang", m.conclude("检查2所高校，发现问题3个，其中1个为上年问题再次发生，均已下达整改通知书。")},
		{"2017-08-16 16:30", "duguoliang", m.serve("U001", 12, "关于招生信息公开问题的限期整改通知书", "stale", "false")},
		{"2017-08-16 16:40", "duguoliang", m.serve("U002", 10, "关于录取结果公布迟延的限期整改通知书", "late")},
	}
}

func (p *Play) autumnCure(m *mission) []scene {
	return []scene{
		{"2017-08-17 10:00", "U001 clerk", m.sign("U001")},
		{"2017-08-18 16:00", "U001 clerk", m.plan("U001")},
		{"2017-08-21 10:00", "duguoliang", m.on("U001", func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
			return p.app.Notices.ReturnPlan(ctx, n.ID, n.Version, notices.ReturnPlanNoticeInput{Reason: "没有逐条核对的时间安排"})
		})},
		{"2017-08-22 15:00", "U001 clerk", m.plan("U001")},
		{"2017-08-23 09:30", "duguoliang", m.acceptPlan("U001")},
		{"2017-08-30 10:00", "U001 clerk", m.answer("U001", cured)}, // last year's paper again: the file is flagged
		{"2017-09-01 10:00", "duguoliang", m.check("U001", rectify.Violates, "首页仍无入口，整改报告与上年相同。")},
		{"2017-09-01 15:00", "duguoliang", m.on("U001", func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
			n, err := p.app.Notices.Fail(ctx, n.ID, n.Version, notices.FailNoticeInput{Reason: "现场核查与整改报告不符，且以上年材料充数"})
			if err == nil {
				m.notices["second"] = notices.Notice{ID: n.Next.ID}
			}
			return n, err
		})},
		{"2017-09-04 09:30", "duguoliang", m.on("second", func(ctx context.Context, n notices.Notice) (notices.Notice, error) {
			p.tally.Notices++
			return p.app.Notices.Serve(ctx, n.ID, n.Version, notices.ServeNoticeInput{Workdays: 10})
		})},
		{"2017-09-04 15:00", "U001 clerk", m.sign("second")},
		{"2017-09-05 16:00", "U001 clerk", m.plan("second")},
		{"2017-09-06 09:30", "duguoliang", m.acceptPlan("second")},
		{"2017-09-12 10:00", "U001 clerk", m.answer("second", "二次整改报告：首页已设招生信息公开入口，录取信息1486条逐条核对，由校长签字确认。")},
		{"2017-09-13 10:00", "duguoliang", m.check("second", rectify.Conforms, "首页入口可用，抽查50条均相符。")},
		{"2017-09-13 15:30", "duguoliang", m.close("second")},
	}
}

func (p *Play) autumnObjections(m *mission) []scene {
	var on, over objections.Objection
	decider, _ := p.person("hechengyuan")
	part := func(ctx context.Context, code string) (inspections.Conclusion, error) {
		page, err := p.app.Inspections.Conclusions(ctx, inspections.ConclusionFilter{Limit: 50})
		for _, c := range page.Items {
			if c.InspectionID == m.in.ID && c.UnitID == p.unit(code).ID {
				return c, err
			}
		}
		return inspections.Conclusion{}, err
	}
	var received ident.ID
	return []scene{
		{"2017-08-18 09:30", "U002 clerk", m.sign("U002")},
		{"2017-08-21 10:00", "U002 clerk", func(ctx context.Context) error {
			c, err := part(ctx, "U002")
			if err == nil {
				_, err = p.app.Inspections.Receive(ctx, c.ID, c.Version)
				received = c.ID
			}
			return err
		}},
		{"2017-08-23 10:00", "U002 head", p.objects(rectify.ToNotice, func() ident.ID { return m.notices["U002"].ID },
			"录取结果在规定当日17时公布，督查所见页面为校内缓存。", "撤销整改通知书", &on)},
		{"2017-09-06 10:00", "qinliyan", func(ctx context.Context) (err error) {
			on, err = p.app.Objections.Revoke(ctx, on.ID, on.Version, objections.DecideObjectionInput{Opinion: "经查网站日志，录取结果当日16时52分公布，所列问题不成立，予以撤销。",
				DeciderIDs: []ident.ID{decider.ID}})
			return err
		}},
		{"2017-09-18 10:00", "U002 head", func(ctx context.Context) error {
			return p.objects(rectify.ToConclusion, func() ident.ID { return received }, "结论仍将已撤销的问题计入我校。", "变更结论中涉及我校的部分", &over)(ctx)
		}},
	}
}
