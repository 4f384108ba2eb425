package scenario

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/digests"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/figure"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/indicators"
	"github.com/duban-gov/duban/internal/ledgers"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/sample"
)

// seeingChapters are the scenes of figures, the second plan, and of what people keep for themselves.
func (p *Play) seeingChapters() error { return errors.Join(p.secondHalf(), p.relief(), p.ownViews()) }

// measures are the figures that the year's plan asks for, by the task that asks for each.
var measures = []struct {
	task string
	in   indicators.SaveIndicatorInput
}{
	{"做好政务信息报送", indicators.SaveIndicatorInput{Name: "政务信息报送数", Measure: "条", Every: "month", Gather: figure.Sum, Definition: "报上级平台并被接收的信息，同一信息不重复计"}},
	{"提升门户网站内容质量", indicators.SaveIndicatorInput{Name: "门户网站发布信息数", Measure: "条", Every: "quarter", Gather: figure.Sum, Definition: "门户网站新发布的政务信息，转载不计"}},
}

// askFigures makes the indicators and lets tasks of a draft ask for them.
func (p *Play) askFigures(office context.Context) error {
	for _, m := range measures {
		made, err := p.app.Indicators.Create(office, m.in)
		if err != nil {
			return fmt.Errorf("make indicator: %w", err)
		}
		p.indicators = append(p.indicators, made.ID)
		if err := p.ask(office, p.planID, m.task, cycles[m.task], made.ID); err != nil {
			return err
		}
	}
	return nil
}

// ask lets the reports on one task of a draft give an indicator.
func (p *Play) ask(office context.Context, planID ident.ID, title, chosen string, indicator ident.ID) error {
	now, err := p.app.Plans.Reporting(office, planID)
	if err != nil {
		return fmt.Errorf("read reporting: %w", err)
	}
	for _, t := range now.Items {
		if t.Title != title {
			continue
		}
		p.measured[t.TaskID] = true
		ids := []ident.ID{indicator}
		if _, err = p.app.Plans.SetReporting(office, planID, now.Version, plans.SetReportingInput{TaskID: t.TaskID, Cycle: chosen, IndicatorIDs: &ids}); err != nil {
			return fmt.Errorf("ask for figure: %w", err)
		}
		return nil
	}
	return fmt.Errorf("no task %q", title)
}

// figuresFor are the figures that a report has to give and that nobody has confirmed yet.
func (p *Play) figuresFor(clerk context.Context, d duties.Duty, occurrence ident.ID) ([]indicators.ReportedFigure, error) {
	if !p.measured[d.TaskID] {
		return nil, nil
	}
	asked, err := p.app.Indicators.Asked(clerk, d.ID, occurrence)
	if err != nil {
		return nil, fmt.Errorf("read figures asked for: %w", err)
	}
	var given []indicators.ReportedFigure
	for _, f := range asked.Items {
		if f.Confirmed != nil {
			p.tally.FiguresFound++
			continue
		}
		p.tally.FiguresGiven++
		given = append(given, indicators.ReportedFigure{IndicatorID: f.IndicatorID, Period: f.Period, Value: float64(3 + p.reports.IntN(18))})
	}
	return given, nil
}

// secondHalf: in July a second plan comes in. It asks one unit for a figure that the year's plan asks for already: the check says so,
// and one confirmation answers both.
func (p *Play) secondHalf() error {
	var planID ident.ID
	return p.stage(
		scene{"2017-07-05 09:30", "suwenqing", func(ctx context.Context) error {
			made, err := p.app.Plans.Import(ctx, []byte(sample.HalfText), plans.ImportPlanInput{Name: "half2017.txt", Year: sample.PlanYear, DocumentDate: sample.HalfDate})
			if err != nil {
				return err
			}
			planID = made.Plan.ID
			if err := p.ask(ctx, planID, "编发督查工作动态", "", p.indicators[0]); err != nil {
				return err
			}
			now, err := p.app.Plans.Reporting(ctx, planID)
			if err == nil {
				_, err = p.app.Plans.SetReporting(ctx, planID, now.Version, plans.SetReportingInput{Cycle: "milestones"})
			}
			return err
		}},
		scene{"2017-07-06 09:00", "luzhengchuan", func(ctx context.Context) error { return p.issue(ctx, planID) }},
	)
}

// relief: after a first month that hundreds of units report on, the office asks them half-yearly only (减负).
func (p *Play) relief() error {
	return p.stage(scene{"2017-04-12 10:00", "suwenqing", func(ctx context.Context) error {
		t, err := p.task(ctx, p.planID, "落实内容保障考核")
		if err != nil {
			return err
		}
		now, err := p.app.Plans.Reporting(ctx, p.planID)
		if err == nil {
			_, err = p.app.Plans.ChangeReporting(ctx, p.planID, now.Version, plans.ChangeReportingInput{SetReportingInput: plans.SetReportingInput{TaskID: t.ID, Cycle: yearCycle},
				Reason: "为基层减负，市州和高校改为每半年报送，月度数据由平台直接采集"})
		}
		return err
	}})
}

// ownViews: a view for the whole office, a duty that is followed, a calendar feed that is read, a file, an hour for the digest.
func (p *Play) ownViews() error {
	return p.stage(
		scene{"2017-05-02 09:00", "suwenqing", func(ctx context.Context) error {
			_, err := p.app.Ledgers.SaveView(ctx, ledgers.SaveViewInput{Name: "逾期未销号", Share: "mine", Query: "灯:逾期", Layout: "list", Sort: "due"})
			return err
		}},
		scene{"2017-05-02 09:10", "D02 head", func(ctx context.Context) error {
			_, err := p.app.Ledgers.SaveView(ctx, ledgers.SaveViewInput{Name: "法规处临期", Share: "unit", UnitID: p.unit("D02").ID, Query: "灯:临期", Layout: "list", Sort: "due"})
			return err
		}},
		scene{"2017-05-02 10:00", "yujingan", func(ctx context.Context) error {
			return p.app.Ledgers.Follow(ctx, p.duties[key{"梳理政务服务事项", "D02"}])
		}},
		scene{"2017-05-03 09:00", "D02 clerk", func(ctx context.Context) error {
			made, err := p.app.Feeds.Create(ctx)
			if err != nil {
				return err
			}
			secret := strings.TrimSuffix(made.Path[strings.LastIndex(made.Path, "/")+1:], ".ics")
			feed, err := p.app.Feeds.Read(ctx, secret)
			if err != nil {
				return err
			}
			var out bytes.Buffer
			if err := feed.Write(&out); err != nil {
				return err
			}
			p.tell("%s  calendar feed: %d due dates", p.today(), bytes.Count(out.Bytes(), []byte("BEGIN:VEVENT")))
			return nil
		}},
		scene{"2017-07-03 09:00", "suwenqing", func(ctx context.Context) error {
			for _, format := range []string{"xlsx", "csv"} {
				file, err := p.app.Ledgers.Export(ctx, ledgers.ExportLedgerInput{Q: "灯:逾期", Format: format})
				if err != nil {
					return err
				}
				var out bytes.Buffer
				if err := file.Write(&out); err != nil {
					return err
				}
				p.tally.Exported += file.Rows
			}
			return nil
		}},
		scene{"2017-09-19 17:30", "D02 clerk", func(ctx context.Context) error {
			_, err := p.app.Digests.Set(ctx, digests.SetDigestInput{On: true, Hour: 7})
			return err
		}},
		scene{"2017-09-20 08:30", "suwenqing", func(ctx context.Context) error {
			sent, err := p.app.Digests.Send(access.System(context.WithoutCancel(ctx), "digest"))
			p.tell("%s  digests: %d people looked at, %d sent", p.today(), sent.People, sent.Sent)
			return err
		}},
	)
}
