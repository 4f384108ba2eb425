package graph_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
)

func TestOrder_puts_everything_after_what_it_waits_for(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawNet(t)
		order := mustNew(t, n.nodes, n.links, n.days).Order()
		if len(order) != len(n.nodes) {
			t.Fatalf("%d of %d nodes", len(order), len(n.nodes))
		}
		for _, l := range n.links {
			if slices.Index(order, l.Before) >= slices.Index(order, l.After) {
				t.Fatalf("%d before %d in %v", l.After.Int(), l.Before.Int(), order)
			}
		}
		for _, node := range n.nodes {
			if !node.Parent.IsZero() && slices.Index(order, node.ID) >= slices.Index(order, node.Parent) {
				t.Fatalf("%d before its part", node.Parent.Int())
			}
		}
	})
}

func TestOrder_keeps_the_given_order_among_the_free(t *testing.T) {
	g := mustNew(t, []graph.Node{{ID: id(5)}, {ID: id(3)}, {ID: id(9)}, {ID: id(1)}}, []graph.Link{{Before: id(9), After: id(3)}}, weekdays{})
	if want := []ident.ID{id(5), id(9), id(3), id(1)}; !slices.Equal(g.Order(), want) {
		t.Errorf("got %v, want %v", g.Order(), want)
	}
}

func TestNew_refuses_a_cycle_and_shows_the_shortest(t *testing.T) {
	cyclic := 0
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 9).Draw(t, "size")
		var nodes []graph.Node
		for i := 1; i <= size; i++ {
			nodes = append(nodes, graph.Node{ID: id(i)})
		}
		var links []graph.Link
		waits := map[[2]int]bool{}
		for range rapid.IntRange(0, 2*size).Draw(t, "links") {
			a, b := rapid.IntRange(1, size).Draw(t, "before"), rapid.IntRange(1, size).Draw(t, "after")
			links = append(links, graph.Link{Before: id(a), After: id(b)})
			waits[[2]int{a, b}] = true
		}
		want := shortest(size, waits)
		_, err := graph.New(nodes, links, weekdays{})
		if want == 0 {
			if err != nil {
				t.Fatalf("no cycle, but %v", err)
			}
			return
		}
		cyclic++
		if fault.CodeOf(err) != "graph.cycle" {
			t.Fatalf("got %v", err)
		}
		cycle := fault.As(err).Params["cycle"].([]ident.ID)
		if len(cycle) != want {
			t.Fatalf("cycle of %d, shortest is %d: %v in %v", len(cycle), want, cycle, links)
		}
		for i, node := range cycle {
			next := cycle[(i+1)%len(cycle)]
			if !waits[[2]int{int(node.Int()), int(next.Int())}] {
				t.Fatalf("%v is no cycle of %v", cycle, links)
			}
		}
	})
	if cyclic == 0 {
		t.Error("no net had a cycle")
	}
}

// shortest is the length of a shortest cycle by Floyd and Warshall; 0 for none.
func shortest(size int, waits map[[2]int]bool) int {
	const far = 1 << 20
	d := make([][]int, size+1)
	for i := range d {
		d[i] = make([]int, size+1)
		for j := range d[i] {
			d[i][j] = far
			if waits[[2]int{i, j}] {
				d[i][j] = 1
			}
		}
	}
	for k := range d {
		for i := range d {
			for j := range d {
				d[i][j] = min(d[i][j], d[i][k]+d[k][j])
			}
		}
	}
	best := far
	for i := range d {
		best = min(best, d[i][i])
	}
	return best % far
}

func TestNew_refuses_waiting_for_what_holds_it(t *testing.T) {
	_, err := graph.New([]graph.Node{{ID: id(1)}, {ID: id(2), Parent: id(1)}}, []graph.Link{{Before: id(1), After: id(2)}}, weekdays{})
	if fault.CodeOf(err) != "graph.cycle" {
		t.Errorf("got %v", err)
	}
}

func TestNew_lists_every_fault_of_its_input(t *testing.T) {
	_, err := graph.New(
		[]graph.Node{{ID: id(1)}, {ID: id(1)}, {}, {ID: id(2), Days: -1}, {ID: id(3), Parent: id(8)}},
		[]graph.Link{{Before: id(1), After: id(7)}, {Before: id(6), After: id(1)}, {Before: id(1), After: id(2), Lag: -1}}, weekdays{})
	f := fault.As(err)
	if f == nil {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, field := range f.Fields {
		got = append(got, field.Location+" "+field.Code)
	}
	want := []string{"nodes[1] graph.twice", "nodes[2] required", "nodes[3] graph.range", "links[0] graph.unknown", "links[1] graph.unknown",
		"links[2] graph.range", "nodes[4] graph.unknown"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestCutNodes_are_those_whose_loss_parts_the_net(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		n := drawNet(t)
		got := mustNew(t, n.nodes, n.links, n.days).CutNodes()
		var want []ident.ID
		whole := pieces(n, ident.ID{})
		for _, node := range n.nodes {
			if pieces(n, node.ID) > whole {
				want = append(want, node.ID)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v in %s", got, want, n)
		}
		found += len(got)
	})
	if found == 0 {
		t.Error("no net had a cut node")
	}
}

// pieces counts the connected parts of the net without one node.
func pieces(n net, without ident.ID) int {
	group := map[ident.ID]ident.ID{}
	for _, node := range n.nodes {
		if node.ID != without {
			group[node.ID] = node.ID
		}
	}
	for _, l := range n.links {
		a, b := group[l.Before], group[l.After]
		if l.Before == without || l.After == without || a == b {
			continue
		}
		for node, g := range group {
			if g == a {
				group[node] = b
			}
		}
	}
	distinct := map[ident.ID]bool{}
	for _, g := range group {
		distinct[g] = true
	}
	return len(distinct)
}
