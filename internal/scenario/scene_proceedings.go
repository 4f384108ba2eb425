package scenario

import (
	"context"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/proceedings"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/workday"
)

// folder is a proceeding in the hands of whoever acts on it next.
type folder struct {
	p *Play
	x proceedings.Proceeding
}

// suggest proposes a proceeding about a unit on the ground of one of its duties.
func (f *folder) suggest(task, unit string, in proceedings.ProposeProceedingInput) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		in.UnitID = f.p.unit(unit).ID
		in.Basis = []proceedings.ProceedingBasis{{Subject: "duty", SubjectID: f.p.duties[key{task, unit}]}}
		f.x, err = f.p.app.Proceedings.Suggest(ctx, in)
		return err
	}
}

func (f *folder) approve(ctx context.Context) (err error) {
	f.x, err = f.p.app.Proceedings.Approve(ctx, f.x.ID, f.x.Version, proceedings.ApproveProceedingInput{Note: "同意"})
	return err
}

func (f *folder) publish(ctx context.Context) (err error) {
	if f.x, err = f.p.app.Proceedings.Publish(ctx, f.x.ID, f.x.Version); err == nil {
		f.p.tell("%s  published %s: %s", f.p.today(), f.x.Number, f.x.Title)
	}
	return err
}

func (f *folder) sign(ctx context.Context) (err error) {
	f.x, err = f.p.app.Proceedings.Sign(ctx, f.x.ID, f.x.Version)
	return err
}

// interviewOfTheYear: proposed, approved, arranged, held, signed.
func (p *Play) interviewOfTheYear() error {
	f := &folder{p: p}
	return p.stage(
		scene{"2017-07-10 10:00", "suwenqing", f.suggest("落实内容保障考核", "C07", proceedings.ProposeProceedingInput{Kind: supervise.Interview,
			Title: "关于信息报送滞后的约谈", Reason: "上半年三次未按期报送考核数据，催办后未说明原因。"})},
		scene{"2017-07-11 09:00", "yujingan", f.approve},
		scene{"2017-07-11 10:30", "suwenqing", func(ctx context.Context) (err error) {
			f.x, err = p.app.Proceedings.Arrange(ctx, f.x.ID, f.x.Version, proceedings.ArrangeInterviewInput{DueDate: workday.NewDate(2017, 7, 18),
				Place: "厅机关 305 会议室", Participants: "督查室主任、督查员；市教育局分管局领导、局办公室主任"})
			return err
		}},
		scene{"2017-07-18 11:30", "suwenqing", func(ctx context.Context) (err error) {
			f.x, err = p.app.Proceedings.Hold(ctx, f.x.ID, f.x.Version, proceedings.HoldInterviewInput{Text: "指出三次迟报；市局说明人员变动，承诺明确专人、每月3日前报送。"})
			return err
		}},
		scene{"2017-07-19 09:30", "C07 head", f.sign},
	)
}

// circularsOfTheYear: a commendation and a criticism that are published and signed for, and a criticism that waits for a leader.
func (p *Play) circularsOfTheYear() error {
	praise, blame, waits := &folder{p: p}, &folder{p: p}, &folder{p: p}
	return p.stage(
		scene{"2017-07-20 10:00", "suwenqing", praise.suggest("健全领导机构", "D01", proceedings.ProposeProceedingInput{Kind: supervise.Commendation,
			Title: "关于上半年政务公开工作成效的通报表扬", Reason: "上半年任务按期完成，材料规范，经验被省政府办公厅简报采用。", Audience: supervise.ToAuthority})},
		scene{"2017-07-20 16:00", "yujingan", praise.approve},
		scene{"2017-07-21 09:30", "fanhuizhen", praise.publish},
		scene{"2017-07-24 09:00", "D01 head", praise.sign},

		scene{"2017-08-21 10:00", "duguoliang", blame.suggest("落实内容保障考核", "C07", proceedings.ProposeProceedingInput{Kind: supervise.Criticism,
			Title: "关于约谈后仍迟报考核数据的通报", Reason: "约谈后八月数据仍未按期报送。", Audience: supervise.ToUnit})},
		scene{"2017-08-22 09:00", "luzhengchuan", blame.approve},
		scene{"2017-08-22 10:00", "suwenqing", blame.publish},
		scene{"2017-08-23 10:00", "C07 head", blame.sign},

		scene{"2017-09-20 11:00", "suwenqing", waits.suggest("推进财务预决算公开", "U003", proceedings.ProposeProceedingInput{Kind: supervise.Criticism,
			Title: "关于部门决算公开不及时的通报", Reason: "决算公开时限将至，两次提醒后仍未提供公开页面。", Audience: supervise.ToUnit})},
		scene{"2017-09-20 10:30", "suwenqing", func(ctx context.Context) error {
			_, err := p.app.Duties.Urge(ctx, p.duties[key{"推进财务预决算公开", "U003"}], duties.UrgeDutyInput{Content: "今日到期，请立即提供公开页面地址"})
			return err
		}},
	)
}
