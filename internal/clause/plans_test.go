package clause

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestParse_reads_plans_as_their_goldens_say compares the outline of plans written for the project with the file beside each.
func TestParse_reads_plans_as_their_goldens_say(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "plans", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".golden") {
			continue
		}
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		got := outline(check(t, FromText("", string(raw))))
		golden := f + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s reads as\n%s\nwant\n%s", f, got, want)
		}
	}
}
