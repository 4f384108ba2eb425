package graph_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/words"
)

// big is a plan of n tasks in sections of a hundred; each task waits for up to two others, and the first moves nearly all.
func big(n int) ([]graph.Node, []graph.Link) {
	nodes := make([]graph.Node, 0, n+n/100)
	var links []graph.Link
	start := day("2017-01-03")
	for i := 1; i <= n; i++ {
		nodes = append(nodes, graph.Node{ID: id(i), Parent: id(n + 1 + (i-1)/100), Due: start.AddDays(i / 40), Days: 1,
			Units: []ident.ID{id(20000 + i%140)}, Leaders: []ident.ID{id(30000 + i%8)}})
		for _, before := range []int{i / 2, i - 97} {
			if before > 0 {
				links = append(links, graph.Link{Before: id(before), After: id(i), Lag: i % 3, Working: i%2 == 0})
			}
		}
	}
	for i := n + 1; i <= n+(n+99)/100; i++ {
		nodes = append(nodes, graph.Node{ID: id(i)})
	}
	return nodes, links
}

func BenchmarkNew10000(b *testing.B) {
	nodes, links := big(10000)
	for b.Loop() {
		mustNew(b, nodes, links, weekdays{})
	}
}

func BenchmarkSlip10000(b *testing.B) {
	nodes, links := big(10000)
	g := mustNew(b, nodes, links, weekdays{})
	moves := 0
	for b.Loop() {
		s, err := g.Slip(id(1), 20)
		if err != nil {
			b.Fatal(err)
		}
		moves = len(s.Moves)
	}
	b.ReportMetric(float64(moves), "moves")
}

func BenchmarkSlacks10000(b *testing.B) {
	nodes, links := big(10000)
	g := mustNew(b, nodes, links, weekdays{})
	for b.Loop() {
		g.Slacks()
	}
}

func BenchmarkCycle10000(b *testing.B) {
	nodes, links := big(10000)
	links = append(links, graph.Link{Before: id(10000), After: id(1)})
	for b.Loop() {
		if _, err := graph.New(nodes, links, weekdays{}); fault.CodeOf(err) != "graph.cycle" {
			b.Fatal(err)
		}
	}
}

func TestEveryFault_has_its_text(t *testing.T) {
	for _, code := range []string{"cycle", "twice", "unknown", "range", "slip_days", "no_date", "has_parts", "progress_range"} {
		for _, lang := range words.Langs {
			if words.Raw(lang, "fault.graph."+code) == "" {
				t.Errorf("no text for %s in %s", code, lang)
			}
		}
	}
}
