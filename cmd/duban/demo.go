package main

import (
	"context"
	"encoding/json"

	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/scenario"
	"github.com/duban-gov/duban/internal/workday"
)

// played are the flags of everything that plays the sample's year.
type played struct {
	Until workday.Date `help:"Last day played (YYYY-MM-DD)." default:"${until}"`
	Seed  uint64       `help:"Seed: the same seed plays the same year." default:"1"`
	Sites int          `help:"Service sites below the counties; 9586 is the whole province." default:"0"`
}

type demoCmd struct {
	played
	Listen string `help:"Address of the page and the API." default:"127.0.0.1:8080"`
	Dir    string `help:"Folder of the demonstration; emptied first." default:"data/demo"`
}

func (d *demoCmd) Run(ctx context.Context) error {
	if err := os.RemoveAll(d.Dir); err != nil {
		return fmt.Errorf("empty folder: %w", err)
	}
	settings := config.Default()
	settings.Listen, settings.Private = d.Listen, ""
	settings.DatabaseURL, settings.DataDir = "sqlite:"+filepath.Join(d.Dir, "duban.db"), filepath.Join(d.Dir, "files")
	made, err := d.prepare(ctx, settings, nil)
	if err != nil {
		return err
	}
	defer made.App.Close()
	made.Clock.Run()
	return made.App.Serve(ctx, func(address string) {
		fmt.Printf("\n岚江省教育厅，%s。页面与接口：http://%s\nThe sample authority on the evening of %s. Open http://%s\n\n登录账号 sign-ins:\n", d.Until, address, d.Until, address)
		_ = made.House.PrintSignIns(os.Stdout)
		fmt.Println("\nCtrl+C 结束 to stop.")
	})
}

func (p *played) prepare(ctx context.Context, settings config.Config, tell func(string)) (*scenario.Prepared, error) {
	bar := newBar("playing the year")
	defer bar.done()
	return scenario.Prepare(ctx, settings, newLogger("error"), sample.Options{Sites: p.Sites},
		scenario.Options{Seed: p.Seed, Until: p.Until, Progress: bar.set, Tell: tell})
}

type simulateCmd struct {
	played
	Quiet bool `help:"Print only the totals."`
}

func (s *simulateCmd) Run(ctx context.Context, c *cli) error {
	dir, err := os.MkdirTemp("", "duban-simulate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	settings := config.Default()
	settings.DatabaseURL, settings.DataDir = "sqlite:"+filepath.Join(dir, "duban.db"), filepath.Join(dir, "files")
	if c.DatabaseURL != "" {
		settings.DatabaseURL = c.DatabaseURL
	}
	tell := func(line string) { fmt.Println(line) }
	if s.Quiet || c.JSON {
		tell = nil
	}
	made, err := s.prepare(ctx, settings, tell)
	if err != nil {
		return err
	}
	defer made.App.Close()
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(made.Tally)
	}
	fmt.Println()
	return made.Tally.Print(os.Stdout)
}

// bar shows progress on standard error while it is a terminal.
type bar struct {
	name string
	on   bool
}

func newBar(name string) *bar {
	info, err := os.Stderr.Stat()
	return &bar{name: name, on: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

const barWidth = 40

func (b *bar) set(n, of int) {
	if !b.on || of == 0 {
		return
	}
	full := barWidth * n / of
	fmt.Fprintf(os.Stderr, "\r%s [%s%s] %d/%d", b.name, strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), n, of)
}

func (b *bar) done() {
	if b.on {
		fmt.Fprintln(os.Stderr)
	}
}
