package clause

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/plan"
)

// read prints what a clause says in the notation of docs/clause.md.
func read(r Result) string {
	var out []string
	list := func(name string, names []string) {
		if len(names) == 0 {
			return
		}
		shown := make([]string, len(names))
		for k, n := range names {
			if shown[k] = n; r.Norm[n] != "" {
				shown[k] = n + "=" + r.Norm[n]
			}
		}
		out = append(out, name+" "+strings.Join(shown, " "))
	}
	list("lead", r.Lead)
	list("support", r.Support)
	list("collective", r.Collective)
	list("scope", r.Scope)
	if r.Open {
		out = append(out, "open")
	}
	if r.Deadline.Kind != plan.NoDeadline {
		out = append(out, "due "+when(r.Deadline))
	}
	for _, m := range r.Milestones {
		out = append(out, "milestone "+when(m))
	}
	for _, t := range r.Targets {
		text := fmt.Sprintf("target %s %v %s", t.Op, t.Value, t.Unit)
		if t.Per != "" {
			text += " per " + t.Per
		}
		out = append(out, text)
	}
	for _, s := range r.Segments {
		out = append(out, "{ "+read(s)+" }")
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, " · ")
}

var example = regexp.MustCompile("(?s)```clause(?: ([^\n]*))?\n(.*?)```")

// TestParseClause_reads_the_guide holds that docs/clause.md tells the truth: each example reads as the line after its arrow says.
func TestParseClause_reads_the_guide(t *testing.T) {
	raw, err := os.ReadFile("../../docs/clause.md")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, block := range example.FindAllStringSubmatch(string(raw), -1) {
		year, context := 2025, Context{}
		for _, word := range strings.Fields(block[1]) {
			key, value, _ := strings.Cut(word, "=")
			switch key {
			case "year":
				year, _ = strconv.Atoi(value)
			case "first":
				context.FirstListedIsLead = true
			case "header":
				context.TableHeader = value
			}
		}
		text := ""
		for _, line := range strings.Split(strings.TrimSpace(block[2]), "\n") {
			want, isAnswer := strings.CutPrefix(line, "→ ")
			if !isAnswer {
				text = line
				continue
			}
			count++
			if got := read(ParseClause(text, year, context)); got != want {
				t.Errorf("%s\n got %s\nwant %s", text, got, want)
			}
		}
	}
	if count < 60 {
		t.Errorf("only %d examples found", count)
	}
}
