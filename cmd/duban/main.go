// Command duban is the whole program: the server, its administration and the tools around a plan. Each subcommand calls
// internal/app; no rule lives here.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/fault"
)

// cli is the command line. Settings come from defaults, then the file, then DUBAN_* variables, then these flags.
type cli struct {
	Config      string `help:"Settings file (YAML)." type:"existingfile" placeholder:"FILE"`
	DatabaseURL string `help:"Database: sqlite:FILE or postgres://…" placeholder:"URL"`
	JSON        bool   `name:"json" help:"Print results as JSON."`

	Serve    serveCmd    `cmd:"" help:"Serve the page and the API, and watch the deadlines."`
	Demo     demoCmd     `cmd:"" help:"Load the sample authority, play its 2017 and serve it."`
	Simulate simulateCmd `cmd:"" help:"Play the sample's year and print what happened; the same seed prints the same."`
	Admin    adminCmd    `cmd:"" help:"Set up, add an authority, help with a lost password: for the operator of the machine."`
	Units    unitsCmd    `cmd:"" help:"List, find, import and export units."`
	Access   accessCmd   `cmd:"" help:"Explain who may do what, and why."`
	Plan     planCmd     `cmd:"" help:"Read a document into a plan, check it, issue it."`
	Calendar calendarCmd `cmd:"" help:"Show the working calendar; preview, propose and approve a notice of days off."`
	Clause   clauseCmd   `cmd:"" help:"Read clauses of official plans without a database."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the database's schema up to date."`
	Openapi  openapiCmd  `cmd:"" help:"Print the contract of the API (OpenAPI 3.1)."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
	Bench    benchCmd    `cmd:"" help:"Measure the program beside a bare handler or raw SQL doing the same work."`
}

// Exit codes, so that scripts can tell what went wrong.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitRefused = 3 // a permission or relation was missing
	exitInvalid = 4 // the input breaks a rule; nothing was changed
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	parser := kong.Must(&c, kong.Name("duban"), kong.ShortUsageOnError(), kong.Vars{"until": "2017-09-20"},
		kong.Description("duban (督办): who owes what by when, watched all year, closed when really done."))
	command, err := parser.Parse(os.Args[1:])
	if err != nil {
		parser.FatalIfErrorf(err)
	}
	command.BindTo(ctx, (*context.Context)(nil))
	err = command.Run(&c)
	if errors.Is(err, errRefused) { // the answer was printed already
		os.Exit(exitRefused)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "duban:", app.Describe(err))
		os.Exit(exitCode(err))
	}
}

// settings are the configuration with the flags on top.
func (c *cli) settings() (config.Config, error) {
	settings, err := config.Load(c.Config, os.Environ())
	if err != nil {
		return config.Config{}, err
	}
	if c.DatabaseURL != "" {
		settings.DatabaseURL = c.DatabaseURL
	}
	return settings, settings.Validate()
}

func exitCode(err error) int {
	switch fault.KindOf(err) {
	case fault.Forbidden, fault.Unauthenticated:
		return exitRefused
	case fault.Invalid, fault.Conflict, fault.TooLarge, fault.Unsupported:
		return exitInvalid
	default:
		return exitFailed
	}
}
