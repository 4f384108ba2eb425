package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/store"
)

type serveCmd struct {
	Listen string `help:"Address of the page and the API." placeholder:"HOST:PORT"`
}

func (s *serveCmd) Run(ctx context.Context, c *cli) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	if s.Listen != "" {
		settings.Listen = s.Listen
	}
	a, err := app.Build(ctx, settings, app.Options{Logger: newLogger(settings.LogLevel), Migrate: true})
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Serve(ctx, func(address string) {
		fmt.Printf("duban %s: http://%s\n", app.Version, address)
		link, err := a.SetUpURL(ctx, "http://"+address)
		if err != nil && ctx.Err() == nil { // a server that is stopped while it starts has nothing to tell
			fmt.Fprintln(os.Stderr, "duban:", app.Describe(err))
		} else if link != "" {
			fmt.Printf("Nobody can sign in yet. Set up with this link, once, within 24 hours: %s\n"+
				"(what stands after # is the secret of POST /api/v1/set-up)\n", link)
		}
	})
}

// newLogger writes structured lines to standard error.
func newLogger(level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}

type migrateCmd struct{}

func (*migrateCmd) Run(ctx context.Context, c *cli) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	if err := store.Migrate(ctx, settings.DatabaseURL); err != nil {
		return err
	}
	fmt.Println("The database's schema is up to date.")
	return nil
}

type openapiCmd struct{}

func (*openapiCmd) Run() error {
	raw, err := app.OpenAPI()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(raw)
	return err
}

type versionCmd struct{}

func (*versionCmd) Run() error {
	_, err := fmt.Println("duban", app.Version)
	return err
}
