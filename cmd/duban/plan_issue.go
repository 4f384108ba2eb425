package main

import (
	"context"
	"fmt"
	"os"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/plans"
)

type planIssueCmd struct {
	Plan           string   `arg:"" optional:"" help:"Id, document number or title; the latest plan if missing."`
	DryRun         bool     `help:"Only say who would get what."`
	Acknowledge    []string `help:"Key of a lint warning that was seen; once for each." placeholder:"KEY"`
	AcknowledgeAll bool     `help:"Every lint warning was seen."`
}

func (i *planIssueCmd) Run(ctx context.Context, c *cli) error {
	return c.onPlan(ctx, i.Plan, func(ctx context.Context, a *app.App, p plans.Plan) error {
		if i.DryRun {
			return i.preview(ctx, c, a, p)
		}
		progress := newBar("duties")
		p, err := a.IssuePlan(ctx, p, i.Acknowledge, i.AcknowledgeAll, progress.set)
		progress.done()
		if err != nil {
			return err
		}
		return c.print(p, [][]string{{"issued", p.Title}, {"duties", fmt.Sprint(p.Duties)}, {"on", p.IssuedOn.String()}})
	})
}

func (*planIssueCmd) preview(ctx context.Context, c *cli, a *app.App, p plans.Plan) error {
	w, err := a.Plans.Preview(ctx, p.ID)
	if err != nil {
		return err
	}
	rows := [][]string{{"duties", fmt.Sprint(w.Duties)}, {"units", fmt.Sprint(w.Units)}, {"messages", fmt.Sprint(w.Messages)}, {"sign by", w.SignBy.String()},
		{"errors", fmt.Sprint(w.Errors)}, {"warnings", fmt.Sprint(w.Warnings)}}
	for _, t := range w.Tasks {
		rows = append(rows, []string{t.Number + t.Title, fmt.Sprint(t.Duties), t.DueDate.String()})
	}
	return c.print(w, rows)
}

type planExportCmd struct {
	Plan   string `arg:"" optional:"" help:"Id, document number or title; the latest plan if missing."`
	Output string `short:"o" help:"File to write; standard output if missing." placeholder:"FILE"`
}

func (e *planExportCmd) Run(ctx context.Context, c *cli) error {
	return c.onPlan(ctx, e.Plan, func(ctx context.Context, a *app.App, p plans.Plan) (err error) {
		tasks, err := a.PlanTasks(ctx, p.ID)
		if err != nil {
			return err
		}
		if c.JSON {
			return c.print(tasks, nil)
		}
		if e.Output == "" {
			return app.WritePlanTable(os.Stdout, tasks)
		}
		f, err := os.Create(e.Output)
		if err != nil {
			return fmt.Errorf("write table: %w", err)
		}
		defer func() {
			if closed := f.Close(); err == nil {
				err = closed
			}
		}()
		return app.WritePlanTable(f, tasks)
	})
}
