package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/workday"
)

// Options say how the year is played.
type Options struct {
	Seed     uint64
	Until    workday.Date        // the last day played
	Progress func(day, days int) // called once a day; may be nil
	Tell     func(line string)   // one line for each thing that happens; may be nil
}

// Play is a year under way.
type Play struct {
	app        *app.App
	clock      *Clock
	house      *House
	opt        Options
	random     *rand.Rand
	reports    *rand.Rand // of the reports alone, so that one more of them changes nothing else
	zone       *time.Location
	agenda     agenda
	planID     ident.ID
	tempers    map[ident.ID]temper
	asked      map[string]bool           // reports that were asked for and have their answer on the agenda
	actors     map[ident.ID]access.Actor // of today
	acting     workday.Date
	codes      map[ident.ID]string // of the units
	duties     map[key]ident.ID    // of the year's plan, by name
	standsIn   map[ident.ID]Person // who acts as the head of a unit while the head is away
	indicators []ident.ID
	measured   map[ident.ID]bool // tasks whose reports give figures
	tally      Tally
}

// Run plays the sample's year on a loaded house from the day its plan was signed to the last day asked for. The clock must be
// the one that the program was built with; it stands at the evening of the last day afterwards.
func Run(ctx context.Context, a *app.App, clock *Clock, h *House, o Options) (*Tally, error) {
	p := &Play{app: a, clock: clock, house: h, opt: o, random: rand.New(rand.NewPCG(o.Seed, 2017)), zone: a.Rules.Zone, tempers: make(map[ident.ID]temper),
		reports: rand.New(rand.NewPCG(o.Seed, 2018)), asked: make(map[string]bool), codes: make(map[ident.ID]string),
		duties: make(map[key]ident.ID), standsIn: make(map[ident.ID]Person), measured: make(map[ident.ID]bool)}
	for code, ref := range h.Units {
		p.codes[ref.ID] = code
	}
	p.tally.start()
	if err := p.chapters(); err != nil {
		return nil, err
	}
	p.agenda.plan(p.hour(sample.PlanDate, 9), p.begin)
	days := began.DaysUntil(o.Until)
	for day := range days + 1 {
		if err := p.day(ctx, began.AddDays(day)); err != nil {
			return nil, fmt.Errorf("play %s: %w", began.AddDays(day), err)
		}
		if o.Progress != nil {
			o.Progress(day, days)
		}
	}
	return &p.tally, p.count(ctx)
}

// began is the first day played: the inspection of the year before, at which the year looks back.
var began = workday.NewDate(2016, 11, 14)

// begin issues the year's plan.
func (p *Play) begin(ctx context.Context) error {
	if err := p.issuePlan(ctx); err != nil {
		return fmt.Errorf("issue the sample plan: %w", err)
	}
	if err := p.planInspections(ctx); err != nil {
		return fmt.Errorf("plan inspections: %w", err)
	}
	return nil
}

// looks are the hours at which cron wakes the check in the play; the program itself looks every minute, and the outcome is
// the same, because state decides and not the minute.
var looks = []int{0, 9, 18}

// stopped is the first of the days on which the program stands still: the machine room is rebuilt over the Qingming holiday of 2017.
// The first look afterwards catches up, each step once and with its true time.
var stopped = workday.NewDate(2017, 4, 2)

const downDays = 3

// day lets the clock go through one day: a look at the deadlines, then what people do until the next look.
func (p *Play) day(ctx context.Context, day workday.Date) error {
	for i, hour := range looks {
		at := p.hour(day, hour)
		if at.After(p.clock.Now()) {
			p.clock.Set(at)
		}
		if day.Before(stopped) || !day.Before(stopped.AddDays(downDays)) {
			if err := p.check(ctx); err != nil {
				return err
			}
		}
		until := p.hour(day, 24)
		if i+1 < len(looks) {
			until = p.hour(day, looks[i+1])
		}
		if err := p.work(ctx, until.Add(-time.Second)); err != nil {
			return err
		}
	}
	return nil
}

// work does what is on the agenda until an instant.
func (p *Play) work(ctx context.Context, until time.Time) error {
	for {
		next, ok := p.agenda.next(until)
		if !ok {
			return nil
		}
		if next.at.After(p.clock.Now()) {
			p.clock.Set(next.at)
		}
		if err := next.do(ctx); err != nil {
			return err
		}
	}
}

func (p *Play) check(ctx context.Context) error {
	done, err := p.app.Watches.Check(access.System(ctx, "deadlines"), 0)
	if err != nil {
		return fmt.Errorf("check deadlines: %w", err)
	}
	p.tally.Looked += done.Looked
	if done.Steps > 0 || done.Lights > 0 {
		p.tell("%s  steps %d, lights %d", p.clock.Now().In(p.zone).Format("2006-01-02 15:04"), done.Steps, done.Lights)
	}
	return p.askReports(ctx)
}

// as is a context in which a person of the house acts with the posts held that day.
func (p *Play) as(ctx context.Context, who Person) (context.Context, error) {
	if today := p.today(); today != p.acting {
		p.acting, p.actors = today, make(map[ident.ID]access.Actor)
	}
	if actor, ok := p.actors[who.ID]; ok {
		return access.With(ctx, actor), nil
	}
	actor, err := p.app.Accounts.ActorOf(ctx, who.ID, p.acting)
	if err != nil {
		return nil, fmt.Errorf("act as %s: %w", who.Login, err)
	}
	p.actors[who.ID] = actor
	return access.With(ctx, actor), nil
}

// role is a context in which the first holder of a role acts; with a unit, the one of that unit.
func (p *Play) role(ctx context.Context, role post.Role, unitCode string) (context.Context, error) {
	who, ok := p.house.One(role, unitCode)
	if !ok {
		return nil, fmt.Errorf("nobody is %s in %q", role, unitCode)
	}
	return p.as(ctx, who)
}

// staff is a context in which somebody of a unit acts; false if the sample has nobody there.
func (p *Play) staff(ctx context.Context, role post.Role, unitID ident.ID) (context.Context, bool, error) {
	if who, away := p.standsIn[unitID]; away && role == post.UnitHead {
		ctx, err := p.as(ctx, who)
		return ctx, true, err
	}
	for _, who := range p.house.People {
		if who.Role == role && who.UnitID == unitID {
			ctx, err := p.as(ctx, who)
			return ctx, true, err
		}
	}
	return nil, false, nil
}

func (p *Play) hour(day workday.Date, hour int) time.Time {
	return day.Start(p.zone).Add(time.Duration(hour) * time.Hour)
}

// workHour is some minute of the working hours of the n-th working day after a day.
func (p *Play) workHour(day workday.Date, n int) time.Time {
	date := p.app.Rules.Calendar.NextWorkday(day)
	if n > 0 {
		date = p.app.Rules.Calendar.AddWorkdays(day, n)
	}
	return p.hour(date, 9).Add(time.Duration(p.random.IntN(8*60)) * time.Minute)
}

func (p *Play) tell(format string, args ...any) {
	if p.opt.Tell != nil {
		p.opt.Tell(fmt.Sprintf(format, args...))
	}
}
