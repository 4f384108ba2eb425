package app

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/clause"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
)

// As is a context in which a person acts from the command line, with the posts that person holds today. The history says so.
func (a *App) As(ctx context.Context, login string) (context.Context, error) {
	u, err := a.UserByLogin(ctx, login)
	if err != nil {
		return nil, err
	}
	on, err := a.Accounts.Today(ctx, a.Store.Read(), u.AuthorityID)
	if err != nil {
		return nil, err
	}
	actor, err := a.Accounts.ActorOf(ctx, u.ID, on)
	if err != nil {
		return nil, err
	}
	return access.With(ctx, actor), nil
}

// ImportPlan reads a file into a draft plan.
func (a *App) ImportPlan(ctx context.Context, file string, in plans.ImportPlanInput) (plans.ImportedPlan, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return plans.ImportedPlan{}, fmt.Errorf("read plan: %w", err)
	}
	in.Name = filepath.Base(file)
	return a.Plans.Import(ctx, raw, in)
}

// FindPlan finds a plan by its id, its document number or its title; of several the latest. No name means the latest plan.
func (a *App) FindPlan(ctx context.Context, name string) (plans.Plan, error) {
	if id, err := ident.Parse(name); err == nil {
		return a.Plans.Get(ctx, id)
	}
	query := plans.PlanQuery{Limit: 200}
	for {
		page, err := a.Plans.List(ctx, query)
		if err != nil {
			return plans.Plan{}, err
		}
		for _, p := range page.Items {
			if name == "" || p.Number == name || p.Title == name {
				return p, nil
			}
		}
		if query.After = page.Next; query.After == "" {
			return plans.Plan{}, fault.Missing("plan")
		}
	}
}

// PlanTasks reads all nodes of a plan in document order.
func (a *App) PlanTasks(ctx context.Context, planID ident.ID) ([]plans.Task, error) {
	all := []plans.Task{}
	query := plans.TaskQuery{Limit: 200}
	for {
		page, err := a.Plans.Tasks(ctx, planID, query)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if query.After = page.Next; query.After == "" {
			return all, nil
		}
	}
}

// AnswerName answers the open question about a name: with a unit or roster by its own name, or with nobody.
func (a *App) AnswerName(ctx context.Context, planID ident.ID, name, means string, nobody bool) (plans.Question, error) {
	list, err := a.Plans.Questions(ctx, planID, true)
	if err != nil {
		return plans.Question{}, err
	}
	for _, q := range list.Items {
		if q.Phrase != name {
			continue
		}
		in := plans.AnswerQuestionInput{Nobody: nobody}
		if !nobody {
			if in.UnitID, in.RosterID, err = a.meaning(ctx, means); err != nil {
				return plans.Question{}, err
			}
		}
		return a.Plans.Answer(ctx, q.ID, in)
	}
	return plans.Question{}, fault.Missing("question")
}

// meaning is the one unit or roster that a name means for certain.
func (a *App) meaning(ctx context.Context, name string) (unitID, rosterID ident.ID, err error) {
	actor, err := access.From(ctx)
	if err != nil {
		return unitID, rosterID, err
	}
	matches, err := a.Units.Resolve(ctx, actor.AuthorityID, name, a.Watches.Today())
	if err != nil {
		return unitID, rosterID, err
	}
	if len(matches) != 1 || !matches[0].Exact {
		return unitID, rosterID, fault.Missing("unit")
	}
	return matches[0].Unit.ID, matches[0].RosterID, nil
}

// IssuePlan issues a plan; with all, every warning of lint is acknowledged. Progress hears of the duties handed out.
func (a *App) IssuePlan(ctx context.Context, p plans.Plan, keys []string, all bool, progress func(done, all int)) (plans.Plan, error) {
	if all {
		report, err := a.Plans.Lint(ctx, p.ID)
		if err != nil {
			return plans.Plan{}, err
		}
		for _, f := range report.Findings {
			keys = append(keys, f.Key)
		}
	}
	return a.Plans.Issue(ctx, p.ID, p.Version, plans.IssuePlanInput{Acknowledge: keys, Progress: progress})
}

// WritePlanTable writes a plan as a CSV table of responsibilities. No cell begins like a formula.
func WritePlanTable(w io.Writer, tasks []plans.Task) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"number", "title", "lead", "support", "collective", "deadline", "due_date", "recurrence", "targets"}) // Flush reports it
	for _, t := range tasks {
		row := []string{t.Number, t.Title, bodies(t, plan.Lead), bodies(t, plan.Support), bodies(t, plan.Collective), t.Deadline.Phrase,
			t.Deadline.Due.String(), t.Deadline.Recurrence, targets(t)}
		for i := range row {
			row[i] = plainCell(row[i])
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

func bodies(t plans.Task, part plan.AssignmentPart) string {
	var names []string
	for _, b := range t.Assignments {
		if b.Part == part {
			names = append(names, b.Name)
		}
	}
	return strings.Join(names, "、")
}

func targets(t plans.Task) string {
	var list []string
	for _, g := range t.Targets {
		list = append(list, fmt.Sprintf("%s%s%g%s", g.Metric, g.Op, g.Value, g.Unit))
	}
	return strings.Join(list, "；")
}

// plainCell keeps a spreadsheet from reading a text as a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

// ParseClauses reads clauses as lines of JSON and writes what they say; it needs no database.
func ParseClauses(r io.Reader, w io.Writer) error { return clause.ParseJSONL(r, w) }
