package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/workday"
)

// planCmd is the way of a document to an issued plan.
type planCmd struct {
	As string `required:"" help:"Login name of the person in whose name it is done." env:"DUBAN_AS" placeholder:"LOGIN"`

	List      planListCmd      `cmd:"" help:"List the plans."`
	Import    planImportCmd    `cmd:"" help:"Read a document into a draft."`
	Show      planShowCmd      `cmd:"" help:"Show a plan and its tasks."`
	Questions planQuestionsCmd `cmd:"" help:"List what only a person can answer about a draft."`
	Answer    planAnswerCmd    `cmd:"" help:"Say what a name means."`
	Lint      planLintCmd      `cmd:"" help:"Check who owes what by when."`
	Issue     planIssueCmd     `cmd:"" help:"Give every unit its duties."`
	DryRun    planDryRunCmd    `cmd:"" name:"dry-run" help:"List every message of a plan's year, if it is issued today and nobody acts."`
	Export    planExportCmd    `cmd:"" help:"Write a plan as a CSV table."`
}

// plan builds the program and runs an act in the name of a person.
func (c *cli) plan(ctx context.Context, act func(ctx context.Context, a *app.App) error) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	a, err := app.Build(ctx, settings, app.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	if ctx, err = a.As(ctx, c.Plan.As); err != nil {
		return err
	}
	return act(ctx, a)
}

// onPlan is plan with the plan that an argument names.
func (c *cli) onPlan(ctx context.Context, name string, act func(ctx context.Context, a *app.App, p plans.Plan) error) error {
	return c.plan(ctx, func(ctx context.Context, a *app.App) error {
		p, err := a.FindPlan(ctx, name)
		if err != nil {
			return err
		}
		return act(ctx, a, p)
	})
}

type planListCmd struct{}

func (*planListCmd) Run(ctx context.Context, c *cli) error {
	return c.plan(ctx, func(ctx context.Context, a *app.App) error {
		page, err := a.Plans.List(ctx, plans.PlanQuery{Limit: 200})
		if err != nil {
			return err
		}
		rows := [][]string{{"ID", "YEAR", "STATUS", "DUTIES", "CLOSED", "TITLE"}}
		for _, p := range page.Items {
			rows = append(rows, []string{p.ID.String(), fmt.Sprint(p.Year), string(p.Status), fmt.Sprint(p.Duties), fmt.Sprint(p.ClosedDuties), p.Title})
		}
		return c.print(page, rows)
	})
}

type planImportCmd struct {
	File   string `arg:"" type:"existingfile" help:"Word (docx), Excel (xlsx), text or Markdown."`
	Year   int    `help:"Year that the plan is for; that of the document if missing." placeholder:"YYYY"`
	Title  string `help:"Title; that of the document if missing."`
	Number string `help:"Number of the document (文号)."`
	Date   string `help:"Date of the document (成文日期)." placeholder:"YYYY-MM-DD"`
}

func (i *planImportCmd) Run(ctx context.Context, c *cli) error {
	in := plans.ImportPlanInput{Year: i.Year, Title: i.Title, Number: i.Number}
	if err := in.DocumentDate.UnmarshalText([]byte(i.Date)); err != nil {
		return err
	}
	return c.plan(ctx, func(ctx context.Context, a *app.App) error {
		made, err := a.ImportPlan(ctx, i.File, in)
		if err != nil {
			return err
		}
		return c.print(made, [][]string{{"plan", made.Plan.ID.String()}, {"title", made.Plan.Title}, {"tasks", fmt.Sprint(made.Tasks)},
			{"questions", fmt.Sprint(made.Questions)}, {"unplaced", fmt.Sprint(made.Unplaced)}})
	})
}

type planShowCmd struct {
	Plan string `arg:"" optional:"" help:"Id, document number or title; the latest plan if missing."`
}

func (s *planShowCmd) Run(ctx context.Context, c *cli) error {
	return c.onPlan(ctx, s.Plan, func(ctx context.Context, a *app.App, p plans.Plan) error {
		tasks, err := a.PlanTasks(ctx, p.ID)
		if err != nil {
			return err
		}
		rows := [][]string{{p.Title, string(p.Status), fmt.Sprintf("%d/%d", p.ClosedDuties, p.Duties)}}
		for _, t := range tasks {
			var who []string
			for _, b := range t.Assignments {
				who = append(who, b.Name)
			}
			rows = append(rows, []string{strings.Repeat("  ", t.Depth) + t.Number + t.Title, dueOf(t), strings.Join(who, "、")})
		}
		return c.print(map[string]any{"plan": p, "tasks": tasks}, rows)
	})
}

func dueOf(t plans.Task) string {
	if due := t.Deadline.Due; due != (workday.Date{}) {
		return due.String()
	}
	return t.Deadline.Phrase
}

type planQuestionsCmd struct {
	Plan string `arg:"" optional:"" help:"Id, document number or title; the latest plan if missing."`
	All  bool   `help:"Also those that were answered."`
}

func (q *planQuestionsCmd) Run(ctx context.Context, c *cli) error {
	return c.onPlan(ctx, q.Plan, func(ctx context.Context, a *app.App, p plans.Plan) error {
		list, err := a.Plans.Questions(ctx, p.ID, !q.All)
		if err != nil {
			return err
		}
		rows := [][]string{{"NAME", "PLACES", "MAY MEAN"}}
		for _, question := range list.Items {
			var may []string
			for _, s := range question.Suggestions {
				may = append(may, s.Name)
			}
			rows = append(rows, []string{question.Phrase, fmt.Sprint(question.Places), strings.Join(may, " | ")})
		}
		return c.print(list, rows)
	})
}

type planAnswerCmd struct {
	Name   string `arg:"" help:"The name as the document writes it."`
	Means  string `arg:"" optional:"" help:"Name of the unit or roster that is meant."`
	Nobody bool   `help:"The name is no responsible body."`
	Plan   string `help:"Id, document number or title; the latest plan if missing."`
}

func (n *planAnswerCmd) Run(ctx context.Context, c *cli) error {
	return c.onPlan(ctx, n.Plan, func(ctx context.Context, a *app.App, p plans.Plan) error {
		q, err := a.AnswerName(ctx, p.ID, n.Name, n.Means, n.Nobody)
		if err != nil {
			return err
		}
		return c.print(q, [][]string{{q.Phrase, q.Answer, n.Means}})
	})
}

type planLintCmd struct {
	Plan string `arg:"" optional:"" help:"Id, document number or title; the latest plan if missing."`
}

func (l *planLintCmd) Run(ctx context.Context, c *cli) error {
	return c.onPlan(ctx, l.Plan, func(ctx context.Context, a *app.App, p plans.Plan) error {
		report, err := a.Plans.Lint(ctx, p.ID)
		if err != nil {
			return err
		}
		rows := [][]string{}
		for _, f := range report.Findings {
			rows = append(rows, []string{string(f.Severity), f.Key, f.Message})
		}
		rows = append(rows, []string{fmt.Sprintf("%d errors, %d warnings", report.Errors, report.Warnings)})
		return c.print(report, rows)
	})
}
