package arch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnit_merge_reaches_every_feature_that_hands_over: a feature that knows what happens to its rows when two units become one is
// asked when they do.
func TestUnit_merge_reaches_every_feature_that_hands_over(t *testing.T) {
	asked, err := os.ReadFile(filepath.Join("..", "app", "services.go"))
	if err != nil {
		t.Fatal(err)
	}
	able := 0
	for _, feature := range features {
		sources, err := filepath.Glob(filepath.Join("..", feature, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range sources {
			text, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), "HandOver(ctx context.Context, tx *ent.Tx, from, to ident.ID) error") {
				continue
			}
			able++
			if name := strings.ToUpper(feature[:1]) + feature[1:] + ".HandOver"; !strings.Contains(string(asked), name) {
				t.Errorf("%s hands over, and nothing calls %s", feature, name)
			}
		}
	}
	if able < 5 {
		t.Errorf("found %d features that hand over", able)
	}
}
