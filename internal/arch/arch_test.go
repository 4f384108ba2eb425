// Package arch holds the house together: who may import whom, and how large a file may grow. A rule that is broken is named
// with the file, so that it can be mended without reading this test.
package arch

import (
	"bufio"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/duban-gov/duban"

// The rooms of the house, from the ground up. Features stand in their written order: one may import earlier ones only.
var (
	law      = []string{"fault", "ident", "workday", "almanac", "words", "transition", "clause", "graph", "duty", "rectify", "ladder", "post", "contract", "unit", "plan", "rulefile", "closeout", "supervise", "handover", "sample", "ooxml", "query", "ical", "cycle", "figure"}
	ground   = []string{"store", "access", "timeline", "files", "seal"}
	features = []string{"numbers", "units", "accounts", "watches", "rules", "evidence", "occurrences", "indicators", "duties", "plans", "inspections", "notices", "objections", "lookbacks", "urges", "matters", "instructions", "proceedings", "handovers", "calendars", "deeds", "messages", "ledgers", "searches", "feeds", "digests", "live", "vitals"}
	edges    = []string{"document", "httpapi", "jobs", "config", "app"}
)

// heavy libraries and the only rooms that may know them.
var owners = map[string][]string{
	"github.com/danielgtaylor/huma": {"httpapi"},
	"github.com/casbin/casbin":      {"access"},
	"github.com/robfig/cron":        {"jobs"},
	"entgo.io/ent/dialect/sql":      {"store", "access", "timeline", "watches", "evidence", "occurrences", "indicators", "units", "accounts", "duties", "plans", "inspections", "notices", "objections", "lookbacks", "messages", "numbers", "urges", "matters", "instructions", "proceedings", "handovers", "ledgers", "searches", "feeds", "calendars", "rules", "vitals"},
	"modernc.org/sqlite":            {"store"},
	"github.com/jackc/pgx":          {"store"},
	"github.com/pressly/goose":      {"store"},
	"github.com/xuri/excelize":      {"document", "units"},
	"github.com/alecthomas/kong":    {},
}

type source struct {
	file    string
	room    string // the folder below internal, or "ent", "cmd", "policies"
	imports []string
	lines   int
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "node_modules" || d.Name() == "tools" || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || generated(rel) {
			return nil
		}
		s, err := read(path, rel)
		all = append(all, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// generated reports whether a file is ent's: all below ent but its schema and the embedded migrations.
func generated(rel string) bool {
	return strings.HasPrefix(rel, "ent/") && !strings.HasPrefix(rel, "ent/schema/") && !strings.HasPrefix(rel, "ent/migrations/")
}

func read(path, rel string) (source, error) {
	f, err := os.Open(path)
	if err != nil {
		return source{}, err
	}
	defer f.Close()
	s := source{file: rel}
	for scan := bufio.NewScanner(f); scan.Scan(); {
		s.lines++
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		return source{}, err
	}
	for _, i := range parsed.Imports {
		name, _ := strconv.Unquote(i.Path.Value)
		s.imports = append(s.imports, name)
	}
	parts := strings.Split(rel, string(filepath.Separator))
	s.room = parts[0]
	if parts[0] == "internal" {
		s.room = parts[1]
	}
	return s, nil
}

// roomOf names the room of an imported package of ours; "" for others.
func roomOf(name string) string {
	rest, ours := strings.CutPrefix(name, module+"/")
	if !ours {
		return ""
	}
	parts := strings.Split(rest, "/")
	if parts[0] == "internal" {
		return parts[1]
	}
	return parts[0]
}

// allowed lists what a room may import of ours; nil means everything (the composition root, tools, tests' kit).
func allowed(room string) []string {
	switch {
	case slices.Contains(law, room):
		return law
	case room == "ent":
		return append([]string{"ent"}, law...)
	case room == "store":
		return append([]string{"ent", "store"}, law...)
	case room == "files":
		return append([]string{"files"}, law...)
	case room == "access":
		return append([]string{"access"}, law...)
	case room == "timeline":
		return slices.Concat([]string{"ent", "store", "access", "timeline"}, law)
	case room == "document":
		return append([]string{"document"}, law...)
	case slices.Contains(features, room):
		earlier := features[:slices.Index(features, room)+1]
		return slices.Concat([]string{"ent", "policies", "document"}, ground, law, earlier)
	case room == "httpapi":
		return slices.Concat([]string{"access", "timeline", "httpapi", "document"}, law, features)
	case room == "jobs":
		return slices.Concat([]string{"jobs", "access"}, law, features)
	case room == "config":
		return []string{"config"}
	}
	return nil
}

func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasSuffix(s.file, "_test.go") {
			continue
		}
		may := allowed(s.room)
		for _, name := range s.imports {
			room := roomOf(name)
			if may != nil && room != "" && room != s.room && !slices.Contains(may, room) {
				t.Errorf("%s: %s must not import %s", s.file, s.room, name)
			}
			for library, rooms := range owners {
				if strings.HasPrefix(name, library) && !slices.Contains(rooms, s.room) && s.room != "ent" && s.room != "cmd" && s.room != "app" {
					t.Errorf("%s: only %v may import %s", s.file, rooms, library)
				}
			}
		}
	}
}

func TestRooms(t *testing.T) {
	known := slices.Concat(law, ground, features, edges, []string{"testkit", "arch", "ent", "cmd", "policies", "web", "bench", "scenario", "crash", "apitest", "simulation"})
	for _, s := range sources(t) {
		if !slices.Contains(known, s.room) {
			t.Errorf("%s: the room %q has no place in the house; name it in this test", s.file, s.room)
		}
		for _, drawer := range []string{"util", "common", "helpers", "models", "types"} {
			if s.room == drawer {
				t.Errorf("%s: a package called %s is a drawer, not a room", s.file, drawer)
			}
		}
	}
}

// Size limits: a file that grows past soft is split before anything is added to it. The exceptions may only shrink.
const soft, hard = 300, 500

var exceptions = map[string]int{}

func TestSizes(t *testing.T) {
	for _, s := range sources(t) {
		limit := soft
		if strings.HasSuffix(s.file, "_test.go") {
			limit = hard
		}
		if more, ok := exceptions[s.file]; ok {
			limit = more
		}
		if s.lines > limit {
			t.Errorf("%s has %d lines, more than %d: when a file stops telling one story, split it", s.file, s.lines, limit)
		}
	}
}
