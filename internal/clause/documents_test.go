package clause

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/plan"
)

var update = flag.Bool("update", false, "write the goldens anew")

// shape is what is kept of a real document's reading: counts and a digest of spans, none of its text.
type shape struct {
	Kinds    map[plan.NodeKind]int `json:"kinds"`
	Assigned int                   `json:"assigned"` // nodes that name somebody
	Due      int                   `json:"due"`
	Targets  int                   `json:"targets"`
	Unplaced map[Reason]int        `json:"unplaced"`
	Spans    string                `json:"spans"` // sha256 of "kind start end" line by line
}

func shapeOf(d Draft) shape {
	s := shape{Kinds: map[plan.NodeKind]int{}, Unplaced: map[Reason]int{}}
	digest := sha256.New()
	for _, n := range d.Nodes {
		s.Kinds[n.Kind]++
		if len(n.Assignments) > 0 {
			s.Assigned++
		}
		if n.Deadline.Kind != plan.NoDeadline {
			s.Due++
		}
		s.Targets += len(n.Targets)
		fmt.Fprintln(digest, n.Kind, n.Span.Start, n.Span.End)
	}
	for _, u := range d.Unplaced {
		s.Unplaced[u.Reason]++
	}
	s.Spans = fmt.Sprintf("%x", digest.Sum(nil))
	return s
}

// TestParse_segments_real_documents_as_reviewed compares with readings that a person has looked through.
func TestParse_segments_real_documents_as_reviewed(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpusRoot(t), "docs", "*.txt"))
	if err != nil || len(files) != 10 {
		t.Fatalf("documents: %d, %v", len(files), err)
	}
	golden := filepath.Join("testdata", "documents.json")
	want := map[string]shape{}
	if raw, err := os.ReadFile(golden); err == nil {
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]shape{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(raw), "# ----\n")
		id := filepath.Base(f)[:2]
		got[id] = shapeOf(Parse(FromText("", body), Options{}))
		if a, b := fmt.Sprintf("%+v", got[id]), fmt.Sprintf("%+v", want[id]); a != b && !*update {
			t.Errorf("document %s:\n got %s\nwant %s", id, a, b)
		}
	}
	if *update {
		raw, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, append(raw, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
