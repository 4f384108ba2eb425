// Package transitiontest holds what the tests of every state table share: the full matrix as a golden, the printed diagram, and
// the laws that any table has to keep.
package transitiontest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Good are circumstances in which no guard refuses.
var Good = transition.Circumstances{
	Today:  workday.MustDate("2017-06-01"),
	Due:    workday.MustDate("2017-06-30"),
	New:    workday.MustDate("2017-07-31"),
	Closed: workday.MustDate("2017-05-20"),
	Window: 30,
}

// Everything is an input that lacks nothing.
const Everything = ^transition.Need(0)

// Golden compares a text with a file and writes the file when the tests run with -update.
func Golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read golden (run with -update to write it): %v", err)
	}
	if string(want) != got {
		t.Errorf("%s differs; run with -update and say in the commit why it changed\n--- got\n%s", path, got)
	}
}

// Diagram compares the printed diagram of a table with docs/diagrams/<name>.mmd, two folders above the package under test.
func Diagram[S transition.State](t *testing.T, table *transition.Table[S], name string) {
	t.Helper()
	word := func(key string) string {
		if !words.Has(key) {
			t.Errorf("no text for %s", key)
		}
		return words.Text(words.ZhCN, key, nil)
	}
	Golden(t, filepath.Join("..", "..", "docs", "diagrams", name+".mmd"), table.Mermaid(word))
}

// Matrix prints what every action does in every state for every set of the relations that the table names: the state
// afterwards, "=" for the same state, "." where the state does not allow the action, or the code of the refusal. A "+" stands
// before what only happens along with another object's action.
func Matrix[S transition.State](table *transition.Table[S]) string {
	var b strings.Builder
	for _, relations := range RelationSets(table) {
		fmt.Fprintf(&b, "## %s\n", relations)
		grid(&b, table, relations)
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func grid[S transition.State](b *strings.Builder, table *transition.Table[S], relations transition.Relation) {
	states := WithNew(table)
	line := []string{pad("", 18)}
	for _, s := range states {
		line = append(line, pad(name(s), 20))
	}
	write(b, line)
	for _, action := range table.Actions() {
		line = []string{pad(string(action), 18)}
		for _, s := range states {
			line = append(line, pad(cell(table, s, relations, action), 20))
		}
		write(b, line)
	}
}

func pad(text string, width int) string { return fmt.Sprintf("%-*s", width, text) }

func write(b *strings.Builder, cells []string) {
	b.WriteString(strings.TrimRight(strings.Join(cells, " | "), " ") + "\n")
}

func name[S ~string](s S) string {
	if s == "" {
		return "(new)"
	}
	return string(s)
}

func cell[S transition.State](table *transition.Table[S], s S, relations transition.Relation, action transition.Action) string {
	to, along, err := Do(table, transition.Facts[S]{Status: s, Relations: relations, Given: Everything, Circumstances: Good}, action)
	text := "> " + string(to)
	switch {
	case err != nil && strings.HasSuffix(fault.CodeOf(err), ".illegal_transition"):
		return "."
	case err != nil:
		text = fault.CodeOf(err)
	case to == s:
		text = "="
	}
	if along {
		return "+" + text
	}
	return text
}

// Do applies an action directly or, where the table says so, along with the other object's.
func Do[S transition.State](table *transition.Table[S], f transition.Facts[S], action transition.Action) (to S, along bool, err error) {
	row, _ := table.Row(action, f.Status)
	if row.Via != "" {
		to, err = table.Along(f, row.Via)
		return to, true, err
	}
	to, err = table.Apply(f, action)
	return to, false, err
}

// WithNew lists the states, first that of an object not yet created.
func WithNew[S transition.State](table *transition.Table[S]) []S {
	return append([]S{""}, table.Statuses()...)
}

// RelationSets lists every set of the relations that the table names, the empty one first.
func RelationSets[S transition.State](table *transition.Table[S]) []transition.Relation {
	var named transition.Relation
	for _, row := range table.Rows() {
		named |= row.Must | row.MustNot
	}
	sets := []transition.Relation{0}
	for _, one := range transition.Relations() {
		if !named.Has(one) {
			continue
		}
		for _, set := range sets {
			sets = append(sets, set|one)
		}
	}
	return sets
}
