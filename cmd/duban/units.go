package main

import (
	"context"
	"fmt"
	"os"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// unitsCmd is what the operator does with the unit tree.
type unitsCmd struct {
	Authority string `help:"Name of the authority, if there are several." placeholder:"NAME"`

	List   unitsListCmd   `cmd:"" help:"List the unit tree."`
	Find   unitsFindCmd   `cmd:"" help:"Find what a name means, as a document writes it."`
	Import unitsImportCmd `cmd:"" help:"Import units from an XLSX or CSV file: all lines or none."`
	Export unitsExportCmd `cmd:"" help:"Export the unit tree; the import reads it back."`
}

// operate builds the program and runs an act of the operator in an authority, with the rights of a role.
func (c *cli) operate(ctx context.Context, authority string, role post.Role, act func(ctx context.Context, a *app.App, house units.Authority) error) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	a, err := app.Build(ctx, settings, app.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	house, err := a.House(ctx, authority)
	if err != nil {
		return err
	}
	if ctx, err = a.AsOperator(ctx, house, role); err != nil {
		return err
	}
	return act(ctx, a, house)
}

type unitsListCmd struct{}

func (*unitsListCmd) Run(ctx context.Context, c *cli) error {
	return c.operate(ctx, c.Units.Authority, post.SystemAdmin, func(ctx context.Context, a *app.App, _ units.Authority) error {
		all := []units.Unit{}
		query := units.UnitQuery{Limit: 200}
		for {
			page, err := a.Units.List(ctx, query)
			if err != nil {
				return err
			}
			if all = append(all, page.Items...); page.Next == "" {
				break
			}
			query.After = page.Next
		}
		rows := [][]string{{"CODE", "KIND", "NAME", "ID"}}
		for _, u := range all {
			rows = append(rows, []string{u.Code, string(u.Kind), fmt.Sprintf("%*s%s", 2*(len(u.Path)/4-1), "", u.Name), u.ID.String()})
		}
		return c.print(all, rows)
	})
}

type unitsFindCmd struct {
	Name string `arg:"" help:"Name as written."`
	On   string `help:"Day of the document; today if missing." placeholder:"YYYY-MM-DD"`
}

func (f *unitsFindCmd) Run(ctx context.Context, c *cli) error {
	var on workday.Date
	if err := on.UnmarshalText([]byte(f.On)); err != nil {
		return err
	}
	return c.operate(ctx, c.Units.Authority, post.SystemAdmin, func(ctx context.Context, a *app.App, _ units.Authority) error {
		matches, err := a.Units.Find(ctx, f.Name, on)
		if err != nil {
			return err
		}
		rows := [][]string{{"SCORE", "HOW", "MATCHED", "UNIT OR ROSTER"}}
		for _, m := range matches {
			rows = append(rows, []string{fmt.Sprint(m.Score), string(m.How), m.Matched, m.Unit.Name + m.RosterName})
		}
		return c.print(matches, rows)
	})
}

type unitsImportCmd struct {
	File   string `arg:"" type:"existingfile" help:"XLSX, or CSV in UTF-8 or GB18030."`
	DryRun bool   `help:"Only check; write nothing."`
}

func (i *unitsImportCmd) Run(ctx context.Context, c *cli) error {
	file, err := os.ReadFile(i.File)
	if err != nil {
		return err
	}
	return c.operate(ctx, c.Units.Authority, post.SystemAdmin, func(ctx context.Context, a *app.App, _ units.Authority) error {
		r, err := a.Units.Import(ctx, file, i.DryRun)
		if err != nil {
			return err
		}
		verb := "imported"
		if r.DryRun {
			verb = "would import"
		}
		return c.print(r, [][]string{{fmt.Sprintf("%s %d units: %d new, %d changed, %d as they are", verb, r.Lines, r.Created, r.Updated, r.Unchanged)}})
	})
}

type unitsExportCmd struct {
	Format string `enum:"xlsx,csv" default:"xlsx" help:"xlsx or csv."`
	Output string `short:"o" help:"File to write; standard output if missing." placeholder:"FILE"`
}

func (e *unitsExportCmd) Run(ctx context.Context, c *cli) error {
	return c.operate(ctx, c.Units.Authority, post.SystemAdmin, func(ctx context.Context, a *app.App, _ units.Authority) error {
		file, err := a.Units.Export(ctx, units.Format(e.Format))
		if err != nil {
			return err
		}
		if e.Output == "" {
			_, err = os.Stdout.Write(file)
			return err
		}
		return os.WriteFile(e.Output, file, 0o600)
	})
}
