package scenario_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/scenario"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

var update = flag.Bool("update", false, "write the golden files")

// play plays the sample's year on a fresh database and returns all that it told.
func play(t *testing.T, seed uint64, until workday.Date) (string, *scenario.Tally) {
	t.Helper()
	c := config.Default()
	c.DatabaseURL, c.DataDir, c.Private = testkit.URL(t), t.TempDir(), ""
	var out bytes.Buffer
	made, err := scenario.Prepare(t.Context(), c, nil, sample.Options{}, scenario.Options{Seed: seed, Until: until,
		Tell: func(line string) { out.WriteString(line + "\n") }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = made.App.Close() })
	if err := made.Tally.Print(&out); err != nil {
		t.Fatal(err)
	}
	return out.String(), made.Tally
}

// TestYear plays the whole year: it is the scenario test of the product. The golden file tells the same story on both
// databases.
func TestYear(t *testing.T) {
	got, tally := play(t, 1, workday.NewDate(2017, 12, 31))
	golden := filepath.Join("testdata", "year-1.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the year told another story (-golden +now):\n%s", diff)
	}
	for what, n := range map[string]int{"signed": tally.Accepted, "returned": tally.Returned, "reports": tally.Reports, "missed": tally.Missed,
		"extensions": tally.Extensions, "granted": tally.Granted, "refused": tally.Refused, "closed": tally.Closed, "findings": tally.Findings,
		"notices": tally.Notices, "replies": tally.Replies, "notices closed": tally.NoticesClosed, "messages": tally.Messages} {
		if n == 0 {
			t.Errorf("nothing was %s in the whole year", what)
		}
	}
}
