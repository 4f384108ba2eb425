package scenario

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/occurrences"
)

// correctedReport: a draft that is saved, sent back by the head, by the office, confirmed, and corrected in a new version.
func (p *Play) correctedReport() error {
	var r duties.Report
	in := duties.SaveReportInput{Kind: string(duty.Progress), Progress: 2000, Narrative: "一季度受理公开申请，登记台账已建立。"}
	edit := func(narrative string) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			in.Narrative = narrative
			r, err = p.app.Duties.EditReport(ctx, r.ID, r.Version, in)
			return err
		}
	}
	submit := func(ctx context.Context) (err error) {
		r, err = p.app.Duties.SubmitReport(ctx, r.ID, r.Version)
		return err
	}
	sendBack := func(reason string) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			r, err = p.app.Duties.SendBackReport(ctx, r.ID, r.Version, duties.SendBackReportInput{Reason: reason})
			return err
		}
	}
	confirm := func(ctx context.Context) (err error) {
		r, err = p.app.Duties.ConfirmReport(ctx, r.ID, r.Version)
		p.tally.Reports++
		return err
	}
	return p.stage(
		scene{"2017-03-27 16:40", "D02 clerk", func(ctx context.Context) error {
			asked, err := p.app.Occurrences.OfDuty(ctx, p.duties[key{"依法办理公开申请", "D02"}])
			if err != nil || len(asked.Items) == 0 {
				return err
			}
			in.OccurrenceID = asked.Items[0].OccurrenceID
			r, err = p.app.Duties.SaveReport(ctx, asked.Items[0].DutyID, in)
			return err
		}},
		scene{"2017-03-28 10:00", "D02 clerk", edit("一季度受理公开申请17件，均在法定期限内答复，登记台账已建立。")},
		scene{"2017-03-28 10:10", "D02 clerk", submit},
		scene{"2017-03-28 15:00", "D02 head", sendBack("请补充答复类型分布")},
		scene{"2017-03-29 09:30", "D02 clerk", edit("一季度受理公开申请17件，其中予以公开12件、部分公开3件、不属本机关2件，均在法定期限内答复。")},
		scene{"2017-03-29 09:40", "D02 clerk", submit},
		scene{"2017-03-29 11:00", "D02 head", p.reviewOf(&r)},
		scene{"2017-03-30 10:00", "suwenqing", sendBack("受理数与信箱登记数不一致，请核对后重报")},
		scene{"2017-03-31 09:30", "D02 clerk", edit("一季度受理公开申请19件（含信箱转办2件），其中予以公开13件、部分公开4件、不属本机关2件，均在法定期限内答复。")},
		scene{"2017-03-31 09:40", "D02 clerk", submit},
		scene{"2017-03-31 14:30", "D02 head", p.reviewOf(&r)},
		scene{"2017-04-05 09:30", "suwenqing", confirm},
		scene{"2017-05-10 10:00", "D02 clerk", func(ctx context.Context) (err error) {
			r, err = p.app.Duties.CorrectReport(ctx, r.ID, r.Version, duties.CorrectReportInput{Reason: "一季度漏计当面申请1件"})
			return err
		}},
		scene{"2017-05-10 10:20", "D02 clerk", edit("一季度受理公开申请20件（含信箱转办2件、当面申请1件），均在法定期限内答复。")},
		scene{"2017-05-10 10:30", "D02 clerk", submit},
		scene{"2017-05-10 15:00", "D02 head", p.reviewOf(&r)},
		scene{"2017-05-11 09:30", "suwenqing", confirm},
		scene{"2017-06-29 16:00", "D02 clerk", func(ctx context.Context) error {
			return p.answerLast(ctx, "依法办理公开申请", "D02", "二季度受理公开申请23件，均在法定期限内答复。")
		}},
		scene{"2017-09-19 16:30", "D02 clerk", func(ctx context.Context) error { // a draft lies in the unit on the evening of the demonstration
			_, err := p.app.Duties.SaveReport(ctx, p.duties[key{"同步做好政策解读", "D02"}], duties.SaveReportInput{Kind: string(duty.Progress), Progress: 6500,
				Narrative: "三季度发布政策解读2篇（草稿，待补充阅读量）。"})
			return err
		}},
		scene{"2017-09-20 16:00", "D02 clerk", func(ctx context.Context) (err error) { // and a report waits for the head
			r, err := p.app.Duties.SaveReport(ctx, p.duties[key{"公开建议提案办理结果", "D02"}], duties.SaveReportInput{Kind: string(duty.Progress), Progress: 8000,
				Narrative: "主办的5件建议提案答复全文已公开4件，余1件待委员确认。"})
			if err == nil {
				_, err = p.app.Duties.SubmitReport(ctx, r.ID, r.Version)
			}
			return err
		}},
	)
}

// answerLast hands in the report on a duty that is asked for now.
func (p *Play) answerLast(clerk context.Context, task, unit, narrative string) error {
	asked, err := p.app.Occurrences.OfDuty(clerk, p.duties[key{task, unit}])
	if err != nil {
		return err
	}
	for _, o := range asked.Items {
		if o.State != occurrences.Due {
			continue
		}
		r, err := p.file(clerk, o.DutyID, duties.SaveReportInput{Kind: string(duty.Progress), Progress: 5000, OccurrenceID: o.OccurrenceID, Narrative: narrative})
		if err != nil {
			return fmt.Errorf("answer report: %w", err)
		}
		office, err := p.named(clerk, "suwenqing")
		if err == nil {
			_, err = p.app.Duties.ConfirmReport(office, r.ID, r.Version)
			p.tally.Reports++
		}
		return err
	}
	return nil
}
