package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/plans"
)

type planDryRunCmd struct {
	Plan string `arg:"" optional:"" help:"Id, document number or title; the latest plan if missing."`
	Sum  bool   `help:"Only the sums by kind and by month."`
}

func (d *planDryRunCmd) Run(ctx context.Context, c *cli) error {
	return c.onPlan(ctx, d.Plan, func(ctx context.Context, a *app.App, p plans.Plan) error {
		run, err := a.Plans.DryRun(ctx, p.ID, "", 0)
		if err != nil {
			return err
		}
		if d.Sum {
			run.Items, run.Next = run.Items[:0], ""
		}
		for run.Next != "" {
			more, err := a.Plans.DryRun(ctx, p.ID, run.Next, 0)
			if err != nil {
				return err
			}
			run.Items, run.Next = append(run.Items, more.Items...), more.Next
		}
		return c.print(run, dryRunRows(run))
	})
}

func dryRunRows(run plans.DryRun) [][]string {
	rows := [][]string{{"issued", run.On.String()}, {"steps", fmt.Sprint(run.Steps)}, {"report reminders", fmt.Sprint(run.Reports)}}
	for _, k := range run.Kinds {
		rows = append(rows, []string{string(k.Kind), fmt.Sprint(k.N)})
	}
	for _, m := range run.Months {
		rows = append(rows, []string{m.Month, fmt.Sprint(m.N)})
	}
	for _, m := range run.Items {
		names := make([]string, len(m.Recipients))
		for i, r := range m.Recipients {
			names[i] = r.Name
		}
		rows = append(rows, []string{m.On.String(), strings.TrimSpace(string(m.Ladder) + "." + m.Step + " " + m.Period), m.Number + m.Title, m.UnitName, strings.Join(names, ", ")})
	}
	return rows
}
