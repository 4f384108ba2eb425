package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/units"
)

// adminCmd is what only the operator of the machine can do.
type adminCmd struct {
	BaseURL string `help:"Address at which people reach the page, for the links." default:"http://localhost:8017" placeholder:"URL"`

	SetUp adminSetUpCmd `cmd:"" name:"set-up" help:"Print the one-use set-up link of a new installation; the one before ends."`
	Found adminFoundCmd `cmd:"" help:"Add an authority with its three administrators, each a person of their own."`
	Link  adminLinkCmd  `cmd:"" help:"Print a one-use link by which a user sets a password, also for administrators."`
	Reset adminResetCmd `cmd:"" name:"reset-second-factor" help:"Take a user's second factor away, also an administrator's; the user's sessions end."`
	Users adminUsersCmd `cmd:"" help:"List the users of an authority."`
}

// withApp builds the program for one command.
func (c *cli) withApp(ctx context.Context, act func(a *app.App) error) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	a, err := app.Build(ctx, settings, app.Options{Migrate: true})
	if err != nil {
		return err
	}
	defer a.Close()
	return act(a)
}

type adminSetUpCmd struct{}

func (*adminSetUpCmd) Run(ctx context.Context, c *cli) error {
	return c.withApp(ctx, func(a *app.App) error {
		link, err := a.SetUpURL(ctx, c.Admin.BaseURL)
		if err != nil {
			return err
		}
		line := link
		if link == "" {
			line = "This installation is set up; use \"duban admin link LOGIN\" for a lost password."
		}
		return c.print(map[string]string{"link": link}, [][]string{{line}})
	})
}

type adminFoundCmd struct {
	Name      string `arg:"" help:"Full name of the authority."`
	ShortName string `help:"Short name." placeholder:"NAME"`
	DocPrefix string `help:"Agency code of its document numbers (机关代字)." placeholder:"CODE"`
	System    string `required:"" help:"System administrator (系统管理员)." placeholder:"LOGIN=NAME"`
	Security  string `required:"" help:"Security administrator (安全保密管理员)." placeholder:"LOGIN=NAME"`
	Audit     string `required:"" help:"Audit administrator (安全审计员)." placeholder:"LOGIN=NAME"`
}

// person reads LOGIN=NAME.
func person(text string) accounts.Person {
	login, name, _ := strings.Cut(text, "=")
	return accounts.Person{Login: login, Name: name}
}

func (f *adminFoundCmd) Run(ctx context.Context, c *cli) error {
	return c.withApp(ctx, func(a *app.App) error {
		done, err := a.Accounts.Found(ctx, accounts.FoundInput{Authority: units.CreateAuthorityInput{Name: f.Name, ShortName: f.ShortName, DocPrefix: f.DocPrefix},
			SystemAdmin: person(f.System), SecurityAdmin: person(f.Security), AuditAdmin: person(f.Audit)})
		if err != nil {
			return err
		}
		rows := [][]string{{"LOGIN", "NAME", "LINK TO SET THE PASSWORD"}}
		for _, admin := range done.Admins {
			rows = append(rows, []string{admin.User.Login, admin.User.Name, app.PasswordURL(c.Admin.BaseURL, admin.Link.Secret)})
		}
		return c.print(done, rows)
	})
}

type adminLinkCmd struct {
	Login string `arg:"" help:"Login name."`
}

func (l *adminLinkCmd) Run(ctx context.Context, c *cli) error {
	return c.withApp(ctx, func(a *app.App) error {
		link, err := a.Accounts.OperatorLink(ctx, l.Login)
		if err != nil {
			return err
		}
		address := app.PasswordURL(c.Admin.BaseURL, link.Secret)
		return c.print(map[string]any{"link": address, "expires_at": link.ExpiresAt}, [][]string{{address}})
	})
}

type adminUsersCmd struct {
	Authority string `help:"Name of the authority, if there are several." placeholder:"NAME"`
}

func (u *adminUsersCmd) Run(ctx context.Context, c *cli) error {
	return c.operate(ctx, u.Authority, post.SystemAdmin, func(ctx context.Context, a *app.App, _ units.Authority) error {
		all, after := []accounts.User{}, ""
		for {
			page, err := a.Accounts.Users(ctx, "", after, 200)
			if err != nil {
				return err
			}
			if all = append(all, page.Items...); page.Next == "" {
				break
			}
			after = page.Next
		}
		rows := [][]string{{"LOGIN", "NAME", "DISABLED", "PASSWORD", "ID"}}
		for _, r := range all {
			rows = append(rows, []string{r.Login, r.Name, fmt.Sprint(r.Disabled), fmt.Sprint(r.HasPassword), r.ID.String()})
		}
		return c.print(all, rows)
	})
}

type adminResetCmd struct {
	Login string `arg:"" help:"Login name."`
}

func (r *adminResetCmd) Run(ctx context.Context, c *cli) error {
	return c.withApp(ctx, func(a *app.App) error {
		if err := a.Accounts.OperatorResetFactor(ctx, r.Login); err != nil {
			return err
		}
		return c.print(map[string]string{"login": r.Login}, [][]string{{r.Login + ": second factor removed; the next sign-in needs only the password."}})
	})
}
