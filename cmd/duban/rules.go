package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/rules"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

type rulesCmd struct {
	Authority string `help:"Name of the authority, if there are several." placeholder:"NAME"`

	List rulesListCmd `cmd:"" help:"Show the rule sets in force with their versions and days, and the files as shipped."`
	Test rulesTestCmd `cmd:"" help:"Check a rule file and try it on what happened: print exactly what would have differed."`
}

type rulesListCmd struct{}

func (*rulesListCmd) Run(ctx context.Context, c *cli) error {
	return c.operate(ctx, c.Rules.Authority, post.SystemAdmin, func(ctx context.Context, a *app.App, _ units.Authority) error {
		book, err := a.RuleBook.Book(ctx)
		if err != nil {
			return err
		}
		rows := [][]string{{"FOR", "RULE SET", "VERSION", "FROM", "UNTIL", "NOW", "LIGHTS", "STEPS"}}
		for _, r := range book.InForce {
			now := ""
			if r.Now {
				now = "*"
			}
			rows = append(rows, []string{string(r.Subject), r.RuleSet, fmt.Sprint(r.RuleVersion), r.From.String(), r.Until.String(), now, fmt.Sprint(r.Lights), fmt.Sprint(r.Steps)})
		}
		for _, f := range book.Shipped {
			if !f.Default {
				rows = append(rows, []string{string(f.Subject), f.RuleSet, fmt.Sprint(f.RuleVersion), "offered", "", "", "", f.Name})
			}
		}
		return c.print(book, rows)
	})
}

type rulesTestCmd struct {
	File string       `arg:"" type:"existingfile" help:"Rule file (YAML)."`
	From workday.Date `help:"First day; the first of January of this year if missing." placeholder:"DATE"`
	To   workday.Date `help:"Last day; today if missing." placeholder:"DATE"`
}

// most is how many differences are printed: as many as there can be.
const most = 1 << 30

func (t *rulesTestCmd) Run(ctx context.Context, c *cli) error {
	raw, err := os.ReadFile(t.File)
	if err != nil {
		return fmt.Errorf("read rule file: %w", err)
	}
	return c.operate(ctx, c.Rules.Authority, post.SystemAdmin, func(ctx context.Context, a *app.App, _ units.Authority) error {
		today := a.Watches.Today()
		if t.To.IsZero() {
			t.To = today
		}
		if t.From.IsZero() {
			t.From = workday.NewDate(today.Year(), 1, 1)
		}
		result, err := a.RuleBook.Test(ctx, rules.TestRuleInput{Content: string(raw), From: t.From, To: t.To, Limit: most})
		if err != nil {
			return err
		}
		return c.print(result, ruleTestRows(result))
	})
}

func ruleTestRows(r rules.RuleTest) [][]string {
	rows := [][]string{{fmt.Sprintf("%s@%d for %s, %s to %s: %d objects, %d differ in %d steps and %d stretches of light; %d not explained by their record",
		r.RuleSet, r.RuleVersion, r.Subject, r.From, r.To, r.Objects, r.Differing, r.Steps, r.Lights, r.Unexplained)}}
	if len(r.Items) > 0 {
		rows = append(rows, []string{"DAY", "OBJECT", "UNIT", "WHAT", "OLD", "NEW"})
	}
	for _, d := range r.Items {
		what := d.Step
		if d.What == "light" {
			what = "light until " + d.Until.String()
		}
		rows = append(rows, []string{d.On.String(), d.Title, d.UnitName, what, effectText(d.Old), effectText(d.New)})
	}
	return rows
}

// effectText is what rules make of an object, in one cell.
func effectText(e *rules.RuleEffect) string {
	switch {
	case e == nil:
		return "-"
	case e.Light != "":
		return string(e.Light) + " (" + e.Rule + ")"
	}
	to := make([]string, len(e.To))
	for i, r := range e.To {
		to[i] = string(r)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s to %s", e.On, e.Colour, e.Kind, strings.Join(to, ", ")))
}
