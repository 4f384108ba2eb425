package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/units"
)

// accessCmd answers questions about rights by the code that decides them.
type accessCmd struct {
	Authority string `help:"Name of the authority, if there are several." placeholder:"NAME"`

	Explain accessExplainCmd `cmd:"" help:"Say why a user may or may not act on an object. The exit code is 3 if not."`
	Who     accessWhoCmd     `cmd:"" help:"List everybody who may act on an object."`
}

type accessExplainCmd struct {
	User   string `arg:"" help:"Login name."`
	Act    string `arg:"" help:"Permission, as in duty.accept."`
	Object string `arg:"" help:"Object, as in duty/0h2kz9f7x3b1c or unit/政策法规处."`
}

func (e *accessExplainCmd) Run(ctx context.Context, c *cli) error {
	return c.operate(ctx, c.Access.Authority, post.SecurityAdmin, func(ctx context.Context, a *app.App, house units.Authority) error {
		user, err := a.UserByLogin(ctx, e.User)
		if err != nil {
			return err
		}
		subject, id, err := a.Object(ctx, house, e.Object)
		if err != nil {
			return err
		}
		answer, err := a.Accounts.Explain(ctx, user.ID, access.Permission(e.Act), subject, id)
		if err != nil {
			return err
		}
		rows := [][]string{verdict(answer)}
		for _, l := range answer.Explanation.Lines {
			rows = append(rows, grant(l))
		}
		if err := c.print(answer, rows); err != nil {
			return err
		}
		if !answer.Explanation.Allowed {
			return errRefused
		}
		return nil
	})
}

// errRefused makes the exit code say no without a further message.
var errRefused = errors.New("refused")

func verdict(a accounts.AccessAnswer) []string {
	e := a.Explanation
	switch {
	case e.Allowed:
		return []string{fmt.Sprintf("yes: %s may %s", a.UserName, e.Permission)}
	case a.Disabled:
		return []string{fmt.Sprintf("no: the account of %s is closed", a.UserName)}
	}
	return []string{fmt.Sprintf("no: %s may not %s; missing: %s", a.UserName, e.Permission, e.Missing)}
}

func grant(l access.Line) []string {
	reach := "does not reach it"
	if l.Matches {
		reach = "reaches it"
	}
	return []string{"", "role " + string(l.Role), "scope " + string(l.Scope), "unit " + l.UnitID, reach}
}

type accessWhoCmd struct {
	Act    string `arg:"" help:"Permission, as in duty.accept."`
	Object string `arg:"" help:"Object, as in duty/0h2kz9f7x3b1c or unit/政策法规处."`
}

func (w *accessWhoCmd) Run(ctx context.Context, c *cli) error {
	return c.operate(ctx, c.Access.Authority, post.SecurityAdmin, func(ctx context.Context, a *app.App, house units.Authority) error {
		subject, id, err := a.Object(ctx, house, w.Object)
		if err != nil {
			return err
		}
		all, after := []accounts.AccessHolder{}, ""
		for {
			page, err := a.Accounts.Who(ctx, access.Permission(w.Act), subject, id, after, 200)
			if err != nil {
				return err
			}
			if all = append(all, page.Items...); page.Next == "" {
				break
			}
			after = page.Next
		}
		rows := [][]string{}
		for _, h := range all {
			for _, l := range h.Lines {
				rows = append(rows, append([]string{h.UserName}, grant(l)[1:4]...))
			}
		}
		return c.print(all, rows)
	})
}
