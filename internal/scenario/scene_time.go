package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/proceedings"
	"github.com/duban-gov/duban/internal/rules"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/workday"
)

// timeChapters are the scenes of what time goes by: a calendar that changes, and a rule version of the authority's own.
func (p *Play) timeChapters() error {
	return errors.Join(p.floodDay(), p.ownLights(), p.clockBack(), p.namedByLadder())
}

// floodDay is a local day off with its day to make up for it: Monday 3 July is off, Saturday 8 July is worked.
const floodDay = "local\n防汛抢险调休 2017-07-03 + 2017-07-08\n"

// floodDay: the office loads a notice of days off, sees what would move, and another person puts it in force.
func (p *Play) floodDay() error {
	var c calendars.CalendarProposal
	return p.stage(
		scene{"2017-06-28 09:30", "suwenqing", func(ctx context.Context) (err error) {
			c, err = p.app.Calendars.Propose(ctx, calendars.ProposeCalendarInput{Title: "岚江省人民政府办公厅关于防汛抢险期间调休的通知", Notice: floodDay})
			return err
		}},
		scene{"2017-06-28 15:00", "luzhengchuan", func(ctx context.Context) (err error) {
			moves, err := p.app.Calendars.Moves(ctx, c.ID, "", 200)
			if err != nil {
				return err
			}
			if c, err = p.app.Calendars.Approve(ctx, c.ID, c.Version); err != nil {
				return err
			}
			p.tell("%s  calendar %s: at least %d moves foreseen, %d dates moved", p.today(), c.Name, len(moves.Items), c.Moved)
			return p.app.Calendars.Finish(access.System(context.WithoutCancel(ctx), "calendar"))
		}},
	)
}

// ownRules is the authority's second version of the ladder of duties: lights by time, by the gap to the planned trajectory and by
// repetition, and a criticism that is proposed fifteen working days after the due date.
const ownRules = `id: duty.default
version: 2
subject: duty
trajectory: workday
lights:
  - {id: no_date, light: grey, when: {dated: false}}
  - {id: not_started, light: grey, when: {started: false}}
  - {id: overdue, light: red, when: {from: {offset: 1, unit: day}}}
  - {id: again, light: red, when: {yellows: 2, from: {offset: -7, unit: day}}}
  - {id: far_behind, light: red, when: {behind: {more_than: 85}}}
  - {id: near, light: yellow, when: {from: {offset: -7, unit: day}}}
  - {id: behind, light: yellow, when: {behind: {more_than: 66, up_to: 85}}}
  - {id: on_time, light: green}
steps:
  - {id: remind_7, kind: remind, at: {offset: -7, unit: workday}, to: [owner]}
  - {id: remind_3, kind: remind, at: {offset: -3, unit: workday}, to: [owner, unit_head]}
  - {id: remind_1, kind: remind, at: {offset: -1, unit: workday}, to: [owner, unit_head]}
  - {id: due, kind: due, at: {offset: 0, unit: day}, to: [owner, unit_head, office]}
  - {id: urge_1, kind: urge, at: {offset: 1, unit: workday}, to: [owner, unit_head, office], reply_within: {n: 2, unit: workday}}
  - {id: escalate_5, kind: escalate, at: {offset: 5, unit: workday}, to: [owner, unit_head, supervising_leader, parent_head, office], reply_within: {n: 3, unit: workday}}
  - {id: letter_10, kind: letter, colour: orange, at: {offset: 10, unit: workday}, to: [owner, unit_head, acting_officer, office], reply_within: {n: 2, unit: workday}}
  - {id: criticise_15, kind: criticise, at: {offset: 15, unit: workday}, to: [unit_head, supervising_leader, office]}
`

// ownLights: the office proposes a rule version, a leader tries it on what happened and puts it in force from the second half-year on.
func (p *Play) ownLights() error {
	var v rules.RuleVersion
	return p.stage(
		scene{"2017-06-26 10:00", "suwenqing", func(ctx context.Context) (err error) {
			v, err = p.app.RuleBook.Propose(ctx, rules.ProposeRuleInput{Content: ownRules, AppliesFrom: workday.NewDate(2017, 7, 5),
				Note: "下半年起，除到期外，明显落后于进度和反复临期的也亮灯；逾期十五个工作日提出通报建议"})
			return err
		}},
		scene{"2017-06-27 09:30", "luzhengchuan", func(ctx context.Context) (err error) {
			tried, err := p.app.RuleBook.Test(ctx, rules.TestRuleInput{Content: strings.TrimSpace(ownRules), From: workday.NewDate(2017, 3, 16), To: p.today(), Limit: 10})
			if err != nil {
				return err
			}
			p.tell("%s  rule version %s@%d tried on %d objects: %d would have differed", p.today(), tried.RuleSet, tried.RuleVersion, tried.Objects, tried.Differing)
			v, err = p.app.RuleBook.Approve(ctx, v.ID, v.Version, rules.DecideRuleInput{Reason: "同意，七月五日起执行"})
			return err
		}},
	)
}

// clockBack: one night a technician sets the machine's clock two hours back. Decisions on deadlines stop until it is put right.
func (p *Play) clockBack() error {
	return p.stage(scene{"2017-05-20 19:00", "tanjiaqi", func(ctx context.Context) error {
		right := p.clock.Now()
		p.clock.Set(right.Add(-2 * time.Hour))
		_, refused := p.app.Watches.Check(access.System(context.WithoutCancel(ctx), "deadlines"), 0)
		p.clock.Set(right)
		if fault.CodeOf(refused) != "watch.clock_back" {
			return fmt.Errorf("the clock went back and deadlines went on: %w", refused)
		}
		p.tally.ClockBack++
		p.tell("%s  the clock went back two hours: decisions on deadlines stopped", p.today())
		return p.check(ctx)
	}})
}

// late is a duty that a unit leaves undone until the ladder proposes a criticism.
var late = key{"清理闲置信息系统", "D06"}

// namedByLadder: fifteen working days after the due date the ladder proposes a criticism; the leader hears the unit and refuses it.
func (p *Play) namedByLadder() error {
	return p.stage(
		scene{"2017-07-25 10:00", "yujingan", func(ctx context.Context) error {
			page, err := p.app.Proceedings.List(ctx, proceedings.ProceedingQuery{Kind: supervise.Criticism, Status: supervise.ProceedingProposed, UnitID: p.unit(late.unit).ID})
			if err != nil || len(page.Items) == 0 {
				return err
			}
			x := page.Items[0]
			_, err = p.app.Proceedings.Refuse(ctx, x.ID, x.Version, proceedings.RefuseProceedingInput{Reason: "系统关停需等资产处置批复，批复昨日已到，限八月上旬办结，不再通报"})
			return err
		}},
		scene{"2017-08-03 10:00", "D06 clerk", func(ctx context.Context) error { return p.complete(ctx, p.duties[late], prompt) }},
	)
}
