package scenario

import (
	"context"
	"errors"
	"fmt"

	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/sample"
)

// issuePlan imports the plan as the office gets it, answers what only a person knows, names the supervising leaders, says how it is
// reported on, and has a leader issue it.
func (p *Play) issuePlan(ctx context.Context) error {
	office, err := p.role(ctx, post.Office, "")
	if err != nil {
		return err
	}
	made, err := p.app.Plans.Import(office, sample.PlanDOCX(), plans.ImportPlanInput{Name: sample.PlanTitle + ".docx", Year: sample.PlanYear, DocumentDate: sample.PlanDate})
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	p.planID = made.Plan.ID
	p.tell("%s  imported %s: %d nodes, %d questions", sample.PlanDate, made.Plan.Title, made.Tasks, made.Questions)
	if err := p.answer(office); err != nil {
		return err
	}
	if err := p.nameLeaders(office); err != nil {
		return err
	}
	for _, prepare := range []func(context.Context) error{p.linkTasks, p.setReporting, p.askFigures, p.setContract} {
		if err := prepare(office); err != nil {
			return err
		}
	}
	leader, err := p.role(ctx, post.Leader, "")
	if err != nil {
		return err
	}
	return p.issue(leader, p.planID)
}

// setContract states what must be proven before the first task may be called complete, and who signs its close-out.
func (p *Play) setContract(office context.Context) error {
	t, err := p.task(office, p.planID, "健全领导机构")
	if err != nil {
		return err
	}
	wanted := contract.CompletionContract{Evidence: 2, EvidenceKinds: []string{"印发文件"}, Published: true, Verifier: post.Inspector, CloseOut: "leader",
		Text: "调整文件已印发，并在门户网站公开"}
	if _, err := p.app.Plans.EditTask(office, t.ID, t.Version, plans.EditTaskInput{Contract: &wanted}); err != nil {
		return fmt.Errorf("set completion contract: %w", err)
	}
	return nil
}

// issue has a leader look at the check and the dry run of a draft and issue it. Every duty that comes of it gets its life.
func (p *Play) issue(leader context.Context, planID ident.ID) error {
	lint, err := p.app.Plans.Lint(leader, planID)
	if err != nil {
		return err
	}
	var seen []string
	for _, f := range lint.Findings {
		p.tell("%s  lint %s %s: %s", p.today(), f.Severity, f.Rule, f.Message)
		seen = append(seen, f.Key)
	}
	dry, err := p.app.Plans.DryRun(leader, planID, "", 1)
	if err != nil {
		return fmt.Errorf("dry run: %w", err)
	}
	p.tally.Foreseen += dry.Steps
	now, err := p.app.Plans.Get(leader, planID)
	if err != nil {
		return err
	}
	issued, err := p.app.Plans.Issue(leader, planID, now.Version, plans.IssuePlanInput{Acknowledge: seen})
	if err != nil {
		return fmt.Errorf("issue: %w", err)
	}
	p.tell("%s  issued %s: %d duties", p.today(), issued.Title, issued.Duties)
	return p.everyDuty(leader, planID, func(d duties.Duty) {
		p.keep(d)
		p.live(d, p.today())
	})
}

// answer takes the best suggestion for each question, as the office does after looking at it.
func (p *Play) answer(office context.Context) error {
	open, err := p.app.Plans.Questions(office, p.planID, true)
	if err != nil {
		return err
	}
	for _, q := range open.Items {
		in := plans.AnswerQuestionInput{Nobody: true}
		if len(q.Suggestions) > 0 {
			in = plans.AnswerQuestionInput{UnitID: q.Suggestions[0].UnitID, RosterID: q.Suggestions[0].RosterID}
		}
		if _, err := p.app.Plans.Answer(office, q.ID, in); err != nil {
			return fmt.Errorf("answer %q: %w", q.Phrase, err)
		}
		p.tell("%s  answered %q", p.today(), q.Phrase)
	}
	return nil
}

// everyDuty walks all duties of a plan, open or not, in the order of the list.
func (p *Play) everyDuty(ctx context.Context, planID ident.ID, each func(duties.Duty)) error {
	for after := ""; ; {
		page, err := p.app.Duties.List(ctx, duties.DutyQuery{PlanID: planID, After: after, Limit: 200})
		if err != nil {
			return fmt.Errorf("list duties: %w", err)
		}
		for _, d := range page.Items {
			each(d)
		}
		if after = page.Next; after == "" {
			return nil
		}
	}
}

var errNoLeader = errors.New("no leader supervises the unit")

// supervisor is the leader who supervises a unit.
func (p *Play) supervisor(unit ident.ID) (ident.ID, error) {
	for _, who := range p.house.People {
		for _, code := range who.Supervises {
			if p.house.Units[code].ID == unit {
				return who.ID, nil
			}
		}
	}
	return ident.ID{}, errNoLeader
}

// nameLeaders gives each node the leader who supervises its lead unit, where the document names none.
func (p *Play) nameLeaders(office context.Context) error {
	for after := ""; ; {
		page, err := p.app.Plans.Tasks(office, p.planID, plans.TaskQuery{After: after, Limit: 200})
		if err != nil {
			return fmt.Errorf("list nodes: %w", err)
		}
		for _, t := range page.Items {
			if err := p.nameLeader(office, t); err != nil {
				return fmt.Errorf("name leader of %q: %w", t.Title, err)
			}
		}
		if after = page.Next; after == "" {
			return nil
		}
	}
}

func (p *Play) nameLeader(office context.Context, t plans.Task) error {
	if !t.LeaderID.IsZero() {
		return nil
	}
	for _, a := range t.Assignments {
		leader, err := p.supervisor(a.UnitID)
		if a.Part != plan.Lead || err != nil {
			continue // a university or city leads: the director answers for it
		}
		_, err = p.app.Plans.EditTask(office, t.ID, t.Version, plans.EditTaskInput{LeaderID: &leader})
		return err
	}
	return nil
}
