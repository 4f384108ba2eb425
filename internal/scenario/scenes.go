package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/units"
)

// scene is one act that is written beforehand: its local time, who acts, and what they do. Who is a login, or the code of a unit with
// its role: "D02 clerk". The year around the scenes is drawn; the scenes see to it that every feature is used.
type scene struct {
	at, who string
	do      func(ctx context.Context) error
}

// sceneTime is how a scene writes its time.
const sceneTime = "2006-01-02 15:04"

// stage puts the scenes of a chapter on the agenda. What the year has overtaken is left, as everywhere.
func (p *Play) stage(chapter ...scene) error {
	for _, s := range chapter {
		at, err := time.ParseInLocation(sceneTime, s.at, p.zone)
		if err != nil {
			return fmt.Errorf("time of scene: %w", err)
		}
		p.agenda.plan(at, p.try(func(ctx context.Context) error {
			actor, err := p.named(ctx, s.who)
			if err != nil {
				return err
			}
			err = s.do(actor)
			if fault.KindOf(err) == fault.Conflict {
				p.tell("%s  overtaken: what %s wanted to do (%s)", p.clock.Now().In(p.zone).Format(sceneTime), s.who, fault.CodeOf(err))
			}
			if err != nil {
				return fmt.Errorf("scene of %s by %s: %w", s.at, s.who, err)
			}
			return nil
		}))
	}
	return nil
}

// chapters are the stories that run beside the drawn year, each on objects of its own. docs/scenario.md tells them by day.
func (p *Play) chapters() error {
	return errors.Join(p.unitChapters(), p.actChapters(), p.inspectionChapters(), p.timeChapters(), p.seeingChapters())
}

// person finds who a scene names.
func (p *Play) person(who string) (Person, bool) {
	code, role, byUnit := strings.Cut(who, " ")
	if byUnit {
		return p.house.One(map[string]post.Role{"clerk": post.UnitClerk, "head": post.UnitHead}[role], code)
	}
	for _, one := range p.house.People {
		if one.Login == who {
			return one, true
		}
	}
	return Person{}, false
}

// named is a context in which somebody named acts.
func (p *Play) named(ctx context.Context, who string) (context.Context, error) {
	one, ok := p.person(who)
	if !ok {
		return nil, fmt.Errorf("nobody is %q", who)
	}
	return p.as(ctx, one)
}

// unit is a unit of the sample by its code.
func (p *Play) unit(code string) units.UnitRef { return p.house.Units[code] }

// key names a duty of the year's plan by its task and the code of its unit.
type key struct{ task, unit string }

// scripted are the duties whose completion is played by a scene and not drawn.
var scripted = map[key]bool{
	{"健全领导机构", "D01"}: true, {"公开义务教育招生入学信息", "C01"}: true, {"依法办理公开申请", "D02"}: true, {"推送共享数据", "Z10"}: true,
	{"梳理政务服务事项", "D02"}: true, late: true,
}

// own are the duties whose reports too are written by a scene.
var own = map[key]bool{{"依法办理公开申请", "D02"}: true}

// keep remembers a duty of the plan by its name.
func (p *Play) keep(d duties.Duty) { p.duties[key{d.TaskTitle, p.codes[d.UnitID]}] = d.ID }

// duty reads one of them as it is now.
func (p *Play) duty(ctx context.Context, task, unit string) (duties.Duty, error) {
	return p.app.Duties.Get(ctx, p.duties[key{task, unit}])
}

// task finds a node of the plan by its title.
func (p *Play) task(ctx context.Context, planID ident.ID, title string) (plans.Task, error) {
	for after := ""; ; {
		page, err := p.app.Plans.Tasks(ctx, planID, plans.TaskQuery{After: after, Limit: 200})
		if err != nil {
			return plans.Task{}, fmt.Errorf("list nodes: %w", err)
		}
		for _, t := range page.Items {
			if t.Title == title {
				return t, nil
			}
		}
		if after = page.Next; after == "" {
			return plans.Task{}, fault.Missing("task")
		}
	}
}
