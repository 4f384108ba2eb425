package bench

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test's own binary serve the sides of a comparison.
func TestMain(m *testing.M) {
	if IsChild() {
		if err := ServeChild(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// TestRun makes every measure once on a small data set. It looks at no time: a measure that does not do its work fails by
// itself, because the sides count what they wrote.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	at := "sqlite:" + t.TempDir()
	if server := os.Getenv("TEST_POSTGRES_URL"); server != "" {
		at = server
	}
	result, err := Run(t.Context(), Options{DatabaseURL: at, Sizes: []int{1000}, Clients: []int{2}, Duration: 200 * time.Millisecond,
		Progress: t.Output(), Self: []string{os.Args[0]}})
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	if err := result.Print(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"decision, alone", "decision, row of a list", "size", "cold start", "list", "list, all units", "get", "create report",
		"update report", "confirm", "mixed 80/20", "check, idle", "check", "dispatch 6 × 958"} {
		if !strings.Contains(table.String(), " "+want+" ") {
			t.Errorf("the table has no row %q", want)
		}
	}
	for _, r := range result.Rows {
		if r.Ours.Rate <= 0 || r.Bare.Rate <= 0 || r.Ratio <= 0 {
			t.Errorf("%s: ours %v, bare %v", r.Measure, r.Ours, r.Bare)
		}
		if r.Ours.Failed+r.Bare.Failed > 0 {
			t.Errorf("%s: %d and %d requests failed", r.Measure, r.Ours.Failed, r.Bare.Failed)
		}
	}
	if t.Failed() {
		t.Log(table.String())
	}
}

func TestOptions(t *testing.T) {
	good := Options{Sizes: []int{1000}, Clients: []int{1}, Duration: time.Second}
	for _, c := range []struct {
		name  string
		spoil func(*Options)
	}{
		{"no_size_is_refused", func(o *Options) { o.Sizes = nil }},
		{"a_size_below_one_unit_is_refused", func(o *Options) { o.Sizes = []int{1} }},
		{"no_client_is_refused", func(o *Options) { o.Clients = []int{0} }},
		{"no_time_is_refused", func(o *Options) { o.Duration = 0 }},
		{"an_unknown_measure_is_refused", func(o *Options) { o.Only = []string{"nothing"} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := good
			c.spoil(&o)
			if o.check() == nil {
				t.Errorf("%+v was taken", o)
			}
		})
	}
	if err := good.check(); err != nil {
		t.Error(err)
	}
}
