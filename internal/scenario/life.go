package scenario

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// temper is how a unit takes its work; it is drawn once per unit, so that the same units are late all year.
type temper int

const (
	prompt temper = iota // signs at once, reports in time, done before the date
	usual                // signs within the period, done close to the date
	slow                 // signs late, asks for time, is urged
)

// temperOf draws a unit's temper: of ten units five are prompt, three usual, two slow.
func (p *Play) temperOf(unit ident.ID) temper {
	t, ok := p.tempers[unit]
	if !ok {
		t = []temper{prompt, prompt, prompt, prompt, prompt, usual, usual, usual, slow, slow}[p.random.IntN(10)]
		p.tempers[unit] = t
	}
	return t
}

// live puts the life of a freshly issued duty on the agenda: sign, report, maybe ask for time, say that it is done.
func (p *Play) live(d duties.Duty, issued workday.Date) {
	if _, known, _ := p.staff(context.Background(), post.UnitClerk, d.UnitID); !known {
		return // the sample has nobody in this unit: its duties run late and are escalated, as they would be
	}
	t := p.temperOf(d.UnitID)
	p.agenda.plan(p.workHour(issued, []int{1, 2, 4}[t]), p.try(func(ctx context.Context) error { return p.accept(ctx, d.ID) }))
	if d.DueDate.IsZero() || scripted[key{d.TaskTitle, p.codes[d.UnitID]}] {
		return // 长期坚持: no date, so nothing is completed; or a scene completes it
	}
	if t == slow && p.random.IntN(2) == 0 {
		p.agenda.plan(p.workHour(d.DueDate, -4), p.try(func(ctx context.Context) error { return p.askForTime(ctx, d) }))
		return
	}
	lead := []int{-12, -3, 4}[t] // working days before or after the due date
	p.agenda.plan(p.workHour(d.DueDate, lead-p.random.IntN(3)), p.try(func(ctx context.Context) error { return p.complete(ctx, d.ID, t) }))
}

// try lets an act be overtaken by events: what the state no longer allows is counted and left, as people would leave it.
func (p *Play) try(do func(ctx context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		err := do(ctx)
		if k := fault.KindOf(err); err != nil && (k == fault.Conflict || errors.Is(err, errNobody)) {
			p.tally.Overtaken++
			return nil
		}
		return err
	}
}

var errNobody = errors.New("nobody there to do it")

// by is the context and the present version of a duty for somebody of the unit.
func (p *Play) by(ctx context.Context, role post.Role, id ident.ID) (context.Context, duties.Duty, error) {
	office, err := p.role(ctx, post.Office, "")
	if err != nil {
		return nil, duties.Duty{}, err
	}
	d, err := p.app.Duties.Get(office, id)
	if err != nil {
		return nil, d, err
	}
	staff, known, err := p.staff(ctx, role, d.UnitID)
	if err == nil && !known {
		err = errNobody
	}
	return staff, d, err
}

func (p *Play) accept(ctx context.Context, id ident.ID) error {
	clerk, d, err := p.by(ctx, post.UnitClerk, id)
	if err != nil {
		return err
	}
	if p.random.IntN(120) == 0 && !scripted[key{d.TaskTitle, p.codes[d.UnitID]}] {
		return p.returnDuty(ctx, clerk, d)
	}
	if _, err := p.app.Duties.Accept(clerk, id, d.Version); err != nil {
		return fmt.Errorf("sign for duty: %w", err)
	}
	p.tally.Accepted++
	return nil
}

// returnDuty refuses a duty; the office insists two working days later and the unit signs.
func (p *Play) returnDuty(_, clerk context.Context, d duties.Duty) error {
	if _, err := p.app.Duties.Return(clerk, d.ID, d.Version, duties.ReturnDutyInput{Reason: "该事项与我单位职责不符，建议调整牵头单位"}); err != nil {
		return fmt.Errorf("return duty: %w", err)
	}
	p.tally.Returned++
	p.agenda.plan(p.workHour(p.today(), 2), p.try(func(ctx context.Context) error {
		office, err := p.role(ctx, post.Office, "")
		if err != nil {
			return err
		}
		now, err := p.app.Duties.Get(office, d.ID)
		if err != nil {
			return err
		}
		if _, err := p.app.Duties.Insist(office, d.ID, now.Version, duties.InsistDutyInput{Reason: "经研究，仍由你单位承办"}); err != nil {
			return err
		}
		p.agenda.plan(p.workHour(p.today(), 1), p.try(func(ctx context.Context) error { return p.accept(ctx, d.ID) }))
		return nil
	}))
	return nil
}

func (p *Play) today() workday.Date { return workday.DateOf(p.clock.Now(), p.zone) }

// askForTime asks before the due date; the inspector gives an opinion, the supervising leader decides, and the unit works on.
func (p *Play) askForTime(ctx context.Context, d duties.Duty) error {
	clerk, _, err := p.by(ctx, post.UnitClerk, d.ID)
	if err != nil {
		return err
	}
	wanted := p.app.Rules.Calendar.AddWorkdays(d.DueDate, 20)
	progress := 6000
	e, err := p.app.Duties.RequestExtension(clerk, d.ID, duties.RequestExtensionInput{DueDate: wanted, Progress: &progress,
		Reason: "涉及系统改造，招标程序尚未完成，申请延期二十个工作日"})
	if err != nil {
		return fmt.Errorf("ask for time: %w", err)
	}
	p.tally.Extensions++
	p.agenda.plan(p.clock.Now().Add(3*time.Hour), p.try(func(ctx context.Context) error { return p.decide(ctx, d, e, wanted) }))
	return nil
}

func (p *Play) decide(ctx context.Context, d duties.Duty, e duties.Extension, wanted workday.Date) error {
	inspector, err := p.role(ctx, post.Inspector, "")
	if err != nil {
		return err
	}
	if e, err = p.app.Duties.OpineExtension(inspector, e.ID, e.Version, duties.OpineExtensionInput{Text: "情况属实，建议同意"}); err != nil {
		return fmt.Errorf("give opinion: %w", err)
	}
	leader, err := p.leaderOf(ctx, d)
	if err != nil {
		return err
	}
	if p.random.IntN(4) == 0 {
		_, err = p.app.Duties.RefuseExtension(leader, e.ID, e.Version, duties.RefuseExtensionInput{Reason: "时限由国务院办公厅文件明确，不予延期"})
		wanted = d.DueDate
		p.tally.Refused++
	} else {
		_, err = p.app.Duties.GrantExtension(leader, e.ID, e.Version, duties.GrantExtensionInput{DueDate: wanted, Text: "同意"})
		p.tally.Granted++
	}
	if err != nil {
		return fmt.Errorf("decide on extension: %w", err)
	}
	p.agenda.plan(p.workHour(wanted, 2-p.random.IntN(6)), p.try(func(ctx context.Context) error { return p.complete(ctx, d.ID, slow) }))
	return nil
}

// complete says that a duty is done; an inspector verifies some days later and strikes it off, or sends it back once.
func (p *Play) complete(ctx context.Context, id ident.ID, t temper) error {
	_, err := p.file(ctx, id, duties.SaveReportInput{Kind: string(duty.Completion), Progress: 10000, Narrative: "任务已全部完成，申请办结销号。"})
	if err != nil {
		return err
	}
	p.tally.Completions++
	p.agenda.plan(p.workHour(p.today(), 2+p.random.IntN(4)), p.try(func(ctx context.Context) error { return p.verify(ctx, id, t) }))
	return nil
}

func (p *Play) verify(ctx context.Context, id ident.ID, t temper) error {
	office, err := p.role(ctx, post.Office, "")
	if err != nil {
		return err
	}
	d, err := p.app.Duties.Get(office, id)
	if err != nil {
		return err
	}
	inspector, err := p.verifier(ctx, d.UnitID)
	if err != nil {
		return err
	}
	if t == slow && p.random.IntN(4) == 0 {
		if _, err := p.app.Duties.SendBack(inspector, id, d.Version, duties.SendBackDutyInput{Reason: "验收材料不完整，退回补办"}); err != nil {
			return err
		}
		p.tally.SentBack++
		p.agenda.plan(p.workHour(p.today(), 5), p.try(func(ctx context.Context) error { return p.complete(ctx, id, usual) }))
		return nil
	}
	if _, err := p.app.Duties.Close(inspector, id, d.Version, duties.CloseDutyInput{CloseReason: string(duty.Done), Note: "经核查，材料齐全，予以销号"}); err != nil {
		return err
	}
	p.tally.Closed++
	return nil
}

// verifier is an inspector who does not belong to the unit whose work is verified; the office where every inspector does.
func (p *Play) verifier(ctx context.Context, unit ident.ID) (context.Context, error) {
	for _, who := range p.house.People {
		if who.Role == post.Inspector && who.UnitID != unit {
			return p.as(ctx, who)
		}
	}
	return p.role(ctx, post.Office, "")
}

// leaderOf is the supervising leader of a duty; the director where none is named.
func (p *Play) leaderOf(ctx context.Context, d duties.Duty) (context.Context, error) {
	for _, who := range p.house.People {
		if who.ID == d.LeaderID {
			return p.as(ctx, who)
		}
	}
	return p.role(ctx, post.Leader, "")
}
