package scenario

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/handovers"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// unitChapters are the scenes of the units' side.
func (p *Play) unitChapters() error {
	return errors.Join(p.returnedDuty(), p.provenDuty(), p.splitDuty(), p.correctedReport(), p.actingHead(), p.lentPost())
}

// returnedDuty: a unit returns a duty with a reason and names the unit that it belongs to; the office gives it to that one.
func (p *Play) returnedDuty() error {
	return p.stage(
		scene{"2017-03-15 16:10", "Z10 clerk", func(ctx context.Context) error {
			d, err := p.duty(ctx, "推送共享数据", "Z10")
			if err == nil {
				_, err = p.app.Duties.Return(ctx, d.ID, d.Version, duties.ReturnDutyInput{Reason: "测试数据由电教馆平台统一存储，我中心无推送条件", UnitID: p.unit("Z02").ID})
				p.tally.Returned++
			}
			return err
		}},
		scene{"2017-03-16 08:40", "suwenqing", func(ctx context.Context) error {
			d, err := p.duty(ctx, "推送共享数据", "Z10")
			if err == nil {
				d, err = p.app.Duties.Reassign(ctx, d.ID, d.Version, duties.ReassignDutyInput{UnitID: p.unit("Z02").ID, Reason: "经核实，数据确由电教馆平台存储，调整由电教馆承担"})
			}
			if err == nil {
				p.live(d, p.today())
			}
			return err
		}},
	)
}

// provenDuty: a completion contract refuses what is not proven; three people sign the close-out; a link that breaks opens it again.
func (p *Play) provenDuty() error {
	var r duties.Report
	var paper evidence.Evidence
	finish := func(ctx context.Context) (err error) {
		if r, err = p.app.Duties.SaveReport(ctx, p.duties[key{"健全领导机构", "D01"}], duties.SaveReportInput{Kind: string(duty.Completion), Progress: 10000,
			Narrative: "政务公开工作领导小组和整合共享推进工作组已调整到位，申请办结销号。"}); err != nil {
			return err
		}
		_, err = p.app.Duties.SubmitReport(ctx, r.ID, r.Version)
		return err
	}
	return p.stage(
		scene{"2017-03-30 15:10", "D01 clerk", func(ctx context.Context) error {
			err := finish(ctx)
			if fault.CodeOf(err) != "contract.incomplete" {
				return err
			}
			list, err := p.app.Duties.Checklist(ctx, r.DutyID)
			p.tell("%s  completion refused: %d of %d items missing", p.today(), list.Missing, len(list.Items))
			return err
		}},
		scene{"2017-03-31 09:20", "D01 clerk", func(ctx context.Context) (err error) {
			if paper, err = p.upload(ctx, evidence.OnDuty, r.DutyID, "关于调整领导小组的通知.txt", "印发文件", leadingGroup+"（征求意见稿）", workday.NewDate(2018, 3, 31)); err != nil {
				return err
			}
			if _, err = p.app.Evidence.Add(ctx, evidence.Upload{Subject: evidence.OnDuty, SubjectID: r.DutyID, Name: "关于调整领导小组的通知（印发稿）.txt", Kind: "印发文件",
				ExpiresOn: workday.NewDate(2018, 3, 31), SupersedesID: paper.ID, File: strings.NewReader(leadingGroup)}); err != nil {
				return err
			}
			if _, err = p.app.Evidence.AddLink(ctx, evidence.AddLinkInput{Subject: evidence.OnDuty, SubjectID: r.DutyID, Name: "门户网站公开页面",
				URL: "https://jyt.lanjiang.example/zwgk/2017/03/31/ldxz.html", Kind: "公开页面"}); err != nil {
				return err
			}
			_, err = p.app.Duties.SubmitReport(ctx, r.ID, r.Version)
			return err
		}},
		scene{"2017-03-31 11:00", "D01 head", p.reviewOf(&r)},
		scene{"2017-04-05 10:00", "duguoliang", p.passOf("健全领导机构", "D01", "印发文件和公开页面已核")},
		scene{"2017-04-05 16:30", "yujingan", p.passOf("健全领导机构", "D01", "同意办结")},
		scene{"2017-04-06 09:30", "fanhuizhen", p.closeOf("健全领导机构", "D01")},
		scene{"2017-05-15 10:30", "fanhuizhen", func(ctx context.Context) error {
			d, err := p.duty(ctx, "健全领导机构", "D01")
			if err == nil {
				_, err = p.app.Duties.Reopen(ctx, d.ID, d.Version, duties.ReopenDutyInput{Reason: "抽查发现公开页面已无法打开，公开要求未持续落实"})
			}
			return err
		}},
		scene{"2017-05-18 15:00", "D01 clerk", func(ctx context.Context) error {
			_, err := p.app.Evidence.AddLink(ctx, evidence.AddLinkInput{Subject: evidence.OnDuty, SubjectID: r.DutyID, Name: "门户网站公开页面（恢复）",
				URL: "https://jyt.lanjiang.example/zwgk/2017/05/18/ldxz.html", Kind: "公开页面"})
			if err == nil {
				err = finish(ctx)
			}
			return err
		}},
		scene{"2017-05-18 16:20", "D01 head", p.reviewOf(&r)},
		scene{"2017-05-19 09:30", "duguoliang", p.passOf("健全领导机构", "D01", "页面已恢复")},
		scene{"2017-05-19 15:30", "yujingan", p.passOf("健全领导机构", "D01", "同意")},
		scene{"2017-05-22 10:00", "fanhuizhen", p.closeOf("健全领导机构", "D01")},
		scene{"2017-06-12 10:00", "D01 clerk", func(ctx context.Context) error { // the same paper proves another duty: the file is flagged
			_, err := p.upload(ctx, evidence.OnDuty, p.duties[key{"编制主动公开目录", "D01"}], "关于调整领导小组的通知.txt", "工作依据", leadingGroup, workday.Date{})
			return err
		}},
	)
}

// leadingGroup is what the paper says that proves the leading group.
const leadingGroup = "岚江省教育厅关于调整政务公开工作领导小组成员的通知。组长由厅长担任，副组长由分管副厅长担任，办公室设在厅办公室。"

// upload attaches a text file.
func (p *Play) upload(ctx context.Context, subject string, id ident.ID, name, kind, text string, until workday.Date) (evidence.Evidence, error) {
	return p.app.Evidence.Add(ctx, evidence.Upload{Subject: subject, SubjectID: id, Name: name, Kind: kind, ExpiresOn: until, File: bytes.NewReader([]byte(text))})
}

// reviewOf, passOf and closeOf are what a head, a signer of a close-out and its last signer do with what is at hand then.
func (p *Play) reviewOf(r *duties.Report) func(context.Context) error {
	return func(ctx context.Context) error {
		now, err := p.app.Duties.Report(ctx, r.ID)
		if err == nil {
			*r, err = p.app.Duties.ReviewReport(ctx, now.ID, now.Version)
		}
		return err
	}
}

func (p *Play) passOf(task, unit, note string) func(context.Context) error {
	return func(ctx context.Context) error {
		d, err := p.duty(ctx, task, unit)
		if err == nil {
			_, err = p.app.Duties.Pass(ctx, d.ID, d.Version, duties.PassDutyInput{Note: note})
		}
		return err
	}
}

func (p *Play) closeOf(task, unit string) func(context.Context) error {
	return func(ctx context.Context) error {
		d, err := p.duty(ctx, task, unit)
		if err == nil {
			_, err = p.app.Duties.Close(ctx, d.ID, d.Version, duties.CloseDutyInput{CloseReason: string(duty.Done), Note: "经核查，材料齐全，予以销号"})
			p.tally.Closed++
		}
		return err
	}
}

// splitDuty: a city splits its duty between two of its counties; one returns its share first, and hands it in twice.
func (p *Play) splitDuty() error {
	const task, city = "公开义务教育招生入学信息", "C01"
	shares := map[string]duties.Share{}
	give := func(code, title string) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			shares[code], err = p.app.Duties.SplitDuty(ctx, p.duties[key{task, city}], duties.SplitDutyInput{UnitID: p.unit(code).ID, Title: title,
				Content: "公开本区学校招生范围、办理程序和监督电话", DueDate: workday.NewDate(2017, 8, 15), RollUp: "all"})
			return err
		}
	}
	act := func(code string, do func(ctx context.Context, s duties.Share) (duties.Share, error)) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			shares[code], err = do(ctx, shares[code])
			return err
		}
	}
	accept := func(ctx context.Context, s duties.Share) (duties.Share, error) {
		return p.app.Duties.AcceptShare(ctx, s.ID, s.Version)
	}
	handIn := func(ctx context.Context, s duties.Share) (duties.Share, error) {
		return p.app.Duties.HandInShare(ctx, s.ID, s.Version, duties.HandInShareInput{Narrative: "本区义务教育学校招生信息已在区政府门户网站和学校公示栏公开。"})
	}
	confirm := func(ctx context.Context, s duties.Share) (duties.Share, error) {
		return p.app.Duties.ConfirmShare(ctx, s.ID, s.Version)
	}
	because := func(do func(context.Context, ident.ID, int, duties.ShareReasonInput) (duties.Share, error), reason string) func(context.Context, duties.Share) (duties.Share, error) {
		return func(ctx context.Context, s duties.Share) (duties.Share, error) {
			return do(ctx, s.ID, s.Version, duties.ShareReasonInput{Reason: reason})
		}
	}
	sixty := 6000
	var r duties.Report
	return p.stage(
		scene{"2017-04-10 09:30", "C01 head", give("C0101", "公开青禾区招生入学信息")},
		scene{"2017-04-10 09:40", "C01 head", give("C0102", "公开麓湖区招生入学信息")},
		scene{"2017-04-11 10:00", "C0101 clerk", act("C0101", accept)},
		scene{"2017-04-11 11:00", "C0102 clerk", act("C0102", because(p.app.Duties.ReturnShare, "片区调整由市局统一公布，建议由市局承担"))},
		scene{"2017-04-12 09:20", "C01 head", act("C0102", because(p.app.Duties.InsistShare, "片区方案由市局公布，学校信息仍由你区公开"))},
		scene{"2017-04-12 15:00", "C0102 clerk", act("C0102", accept)},
		scene{"2017-06-20 10:00", "C0101 clerk", act("C0101", func(ctx context.Context, s duties.Share) (duties.Share, error) {
			return p.app.Duties.ReportShare(ctx, s.ID, s.Version, duties.ReportShareInput{Progress: &sixty, Narrative: "21所学校招生简章已公开，其余正在审核。"})
		})},
		scene{"2017-08-08 09:50", "C0101 clerk", act("C0101", handIn)},
		scene{"2017-08-09 10:00", "C01 head", act("C0101", confirm)},
		scene{"2017-08-10 16:00", "C0102 clerk", act("C0102", handIn)},
		scene{"2017-08-11 09:30", "C01 head", act("C0102", because(p.app.Duties.SendBackShare, "缺监督电话和投诉渠道，请补充"))},
		scene{"2017-08-14 10:30", "C0102 clerk", act("C0102", handIn)},
		scene{"2017-08-15 09:30", "C01 head", act("C0102", confirm)},
		scene{"2017-08-24 10:00", "C01 clerk", func(ctx context.Context) (err error) {
			if r, err = p.app.Duties.SaveReport(ctx, p.duties[key{task, city}], duties.SaveReportInput{Kind: string(duty.Completion), Progress: 10000,
				Narrative: "两个区已完成公开并经市局核对，申请办结销号。"}); err == nil {
				r, err = p.app.Duties.SubmitReport(ctx, r.ID, r.Version)
			}
			return err
		}},
		scene{"2017-08-24 15:00", "C01 head", p.reviewOf(&r)},
		scene{"2017-08-28 10:00", "duguoliang", p.closeOf(task, city)},
	)
}

// actingHead: while the head of a division is away, a colleague stands in, who signs for all that is open there before a leader; the
// post is taken back when the head returns early.
func (p *Play) actingHead() error {
	var acting accounts.Post
	var list handovers.HandOver
	sign := func(as func(context.Context, ident.ID, int) (handovers.HandOver, error)) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			list, err = as(ctx, list.ID, list.Version)
			return err
		}
	}
	return p.stage(
		scene{"2017-06-16 16:00", "weizhonghua", func(ctx context.Context) (err error) {
			head, _ := p.person("D05 head")
			colleague, _ := p.person("D06 head")
			acting, err = p.app.Accounts.GrantPost(ctx, accounts.GrantPostInput{UserID: colleague.ID, UnitID: head.UnitID, Role: post.UnitHead, ActingForID: head.ID,
				ValidFrom: workday.NewDate(2017, 6, 19), ValidTo: workday.NewDate(2017, 7, 7), Reason: "负责人外出学习，由审计处负责人代行职责（岚教人〔2017〕23号）"})
			return err
		}},
		scene{"2017-06-16 16:20", "D05 head", func(ctx context.Context) (err error) {
			head, _ := p.person("D05 head")
			witness, _ := p.person("yujingan")
			list, err = p.app.Handovers.Draw(ctx, handovers.DrawHandOverInput{UnitID: head.UnitID, Role: post.UnitHead, GiverID: head.ID, TakerID: acting.UserID,
				WitnessID: witness.ID, Reason: "外出学习三周（岚教人〔2017〕23号）"})
			p.tell("%s  hand-over list of %d rows drawn", p.today(), list.Rows)
			return err
		}},
		scene{"2017-06-16 16:22", "D05 head", sign(p.app.Handovers.Give)},
		scene{"2017-06-16 16:24", "yujingan", sign(p.app.Handovers.Attest)},
		scene{"2017-06-16 16:26", "D06 head", sign(p.app.Handovers.TakeOver)},
		scene{"2017-06-19 08:30", "D06 head", func(context.Context) error {
			p.standsIn[acting.UnitID], _ = p.person("D06 head")
			return nil
		}},
		scene{"2017-06-30 17:00", "weizhonghua", func(ctx context.Context) error {
			_, err := p.app.Accounts.EndPost(ctx, acting.ID, acting.Version, accounts.EndPostInput{On: workday.NewDate(2017, 6, 30), Reason: "负责人提前返岗，收回代行职责"})
			delete(p.standsIn, acting.UnitID)
			p.actors = make(map[ident.ID]access.Actor) // the colleague has lost a post today
			return err
		}},
	)
}

// lentPost: a clerk lets the head of the division act in his post for two weeks, and takes it back after one.
func (p *Play) lentPost() error {
	var lent accounts.Delegation
	return p.stage(
		scene{"2017-07-10 08:40", "D03 clerk", func(ctx context.Context) (err error) {
			head, _ := p.person("D03 head")
			clerk, err := access.From(ctx)
			if err == nil {
				lent, err = p.app.Accounts.Delegate(ctx, accounts.DelegatePostInput{PostID: clerk.MainPost(), UserID: head.ID, ValidTo: workday.NewDate(2017, 7, 21),
					Reason: "参加省里统一阅卷"})
			}
			p.actors = make(map[ident.ID]access.Actor)
			return err
		}},
		scene{"2017-07-17 09:00", "D03 clerk", func(ctx context.Context) error {
			_, err := p.app.Accounts.TakeBack(ctx, lent.ID, lent.Version, accounts.TakeBackPostInput{Reason: "阅卷提前结束"})
			p.actors = make(map[ident.ID]access.Actor)
			return err
		}},
	)
}
