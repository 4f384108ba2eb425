package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/duban-gov/duban/internal/bench"
)

type benchCmd struct {
	Sizes   []int    `help:"Open duties in the database, one data set each." default:"1000,10000,100000,1000000"`
	Only    []string `help:"Measures to make; all if none is named." placeholder:"NAME"`
	Seconds float64  `help:"How long each measure over HTTP takes." default:"5"`
	Clients []int    `help:"Clients that ask at once." default:"1,16"`
}

// Help lists the measures.
func (*benchCmd) Help() string {
	var b strings.Builder
	b.WriteString("Builds data sets in databases of its own and measures the program beside a bare handler or raw SQL doing the same work.\n" +
		"--database-url names a PostgreSQL server, or sqlite:FOLDER for the folder of the temporary files. Measures:\n")
	for _, m := range bench.Names() {
		fmt.Fprintf(&b, "\n  %-10s %s", m[0], m[1])
	}
	return b.String()
}

func (b *benchCmd) Run(ctx context.Context, c *cli) error {
	if bench.IsChild() {
		return bench.ServeChild(ctx)
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	result, err := bench.Run(ctx, bench.Options{DatabaseURL: c.DatabaseURL, Sizes: b.Sizes, Only: b.Only, Clients: b.Clients,
		Duration: time.Duration(b.Seconds * float64(time.Second)), Progress: os.Stderr,
		Self: []string{self, "bench"}})
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(result)
	}
	return result.Print(os.Stdout)
}
