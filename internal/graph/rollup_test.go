package graph_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
)

func drawParts(t *rapid.T) []graph.Part {
	kinds := []plan.RollUp{plan.All, plan.Any, plan.Weighted, plan.KOfN}
	var parts []graph.Part
	for i := 1; i <= rapid.IntRange(1, 25).Draw(t, "size"); i++ {
		p := graph.Part{ID: id(i), Weight: rapid.IntRange(0, 3).Draw(t, "weight"), Progress: drawProgress(t),
			Rule: graph.Rule{Kind: rapid.SampledFrom(kinds).Draw(t, "rule"), K: rapid.IntRange(0, 5).Draw(t, "k")}}
		if i > 1 {
			p.Parent = id(rapid.IntRange(max(0, i-8), i-1).Draw(t, "parent"))
		}
		parts = append(parts, p)
	}
	return parts
}

func drawProgress(t *rapid.T) int {
	return rapid.OneOf(rapid.Just(graph.Full), rapid.Just(0), rapid.IntRange(0, graph.Full)).Draw(t, "progress")
}

func TestSet_carries_what_a_full_recompute_finds(t *testing.T) {
	deep := 0
	rapid.Check(t, func(t *rapid.T) {
		parts := drawParts(t)
		tree, err := graph.NewTree(parts)
		if err != nil {
			t.Fatal(err)
		}
		leaves := slices.DeleteFunc(slices.Clone(parts), func(p graph.Part) bool {
			return slices.ContainsFunc(parts, func(c graph.Part) bool { return c.Parent == p.ID })
		})
		for range rapid.IntRange(1, 12).Draw(t, "reports") {
			leaf, progress := rapid.SampledFrom(leaves).Draw(t, "leaf").ID, drawProgress(t)
			before := snapshot(tree, parts)
			changes, err := tree.Set(leaf, progress)
			if err != nil {
				t.Fatal(err)
			}
			deep = max(deep, len(changes))
			parts[leaf.Int()-1].Progress = progress
			for _, c := range changes {
				if before[c.ID] != c.From {
					t.Fatalf("%d went from %d, said %d", c.ID.Int(), before[c.ID], c.From)
				}
				before[c.ID] = c.To
			}
			for _, p := range parts {
				if want := recompute(parts, p); tree.Progress(p.ID) != want || before[p.ID] != want {
					t.Fatalf("part %d: carried %d, told %d, want %d in %+v", p.ID.Int(), tree.Progress(p.ID), before[p.ID], want, parts)
				}
			}
		}
	})
	if deep < 3 {
		t.Errorf("no change reached higher than %d", deep)
	}
}

func snapshot(tree *graph.Tree, parts []graph.Part) map[ident.ID]int {
	all := map[ident.ID]int{}
	for _, p := range parts {
		all[p.ID] = tree.Progress(p.ID)
	}
	return all
}

// recompute works out a part from the words of the rules, from below.
func recompute(parts []graph.Part, p graph.Part) int {
	var values, weights []int
	for _, c := range parts {
		if c.Parent == p.ID {
			values, weights = append(values, recompute(parts, c)), append(weights, c.Weight)
		}
	}
	if len(values) == 0 {
		return p.Progress
	}
	sum, weighted, weight, done := 0, 0, 0, 0
	for i, v := range values {
		sum, weighted, weight = sum+v, weighted+v*weights[i], weight+weights[i]
		if v == graph.Full {
			done++
		}
	}
	switch p.Rule.Kind {
	case plan.Any:
		return slices.Max(values)
	case plan.KOfN:
		k := max(1, min(p.Rule.K, len(values)))
		return min(done, k) * graph.Full / k
	case plan.Weighted:
		if weight > 0 {
			return weighted / weight
		}
	}
	return sum / len(values)
}

func TestProgress(t *testing.T) {
	parts := func(values ...int) graph.Tally {
		t := graph.Tally{}
		for i, v := range values {
			t = t.Add(i+1, v)
		}
		return t
	}
	cases := []struct {
		name string
		rule graph.Rule
		of   graph.Tally
		want int
	}{
		{"no_parts_no_progress", graph.Rule{Kind: plan.All}, graph.Tally{}, 0},
		{"all_is_the_mean", graph.Rule{Kind: plan.All}, parts(10000, 5000), 7500},
		{"all_is_never_rounded_up_to_complete", graph.Rule{Kind: plan.All}, parts(10000, 10000, 9999), 9999},
		{"any_is_the_best", graph.Rule{Kind: plan.Any}, parts(100, 7000, 3000), 7000},
		{"weighted_counts_by_weight", graph.Rule{Kind: plan.Weighted}, parts(0, 9000), 6000},
		{"weighted_without_weights_is_the_mean", graph.Rule{Kind: plan.Weighted}, graph.Tally{}.Add(0, 4000).Add(0, 6000), 5000},
		{"k_of_n_counts_the_complete", graph.Rule{Kind: plan.KOfN, K: 3}, parts(10000, 10000, 9999, 0), 6666},
		{"k_of_n_is_complete_with_k", graph.Rule{Kind: plan.KOfN, K: 2}, parts(10000, 10000, 0), 10000},
		{"k_beyond_the_parts_means_all", graph.Rule{Kind: plan.KOfN, K: 9}, parts(10000, 0), 5000},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.rule.Progress(c.of); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestTally(t *testing.T) {
	t.Run("removing_undoes_adding", func(t *testing.T) {
		base := graph.Tally{}.Add(2, 8000)
		got, exact := base.Add(3, 4000).Remove(3, 4000)
		if got != base || !exact {
			t.Errorf("got %+v, exact %v", got, exact)
		}
	})
	t.Run("says_when_the_best_has_to_be_looked_up", func(t *testing.T) {
		if _, exact := (graph.Tally{}).Add(1, 8000).Add(1, 5000).Change(1, 8000, 1000); exact {
			t.Error("said exact")
		}
	})
}

func TestNewTree_refuses(t *testing.T) {
	cases := map[string]struct {
		parts []graph.Part
		code  string
	}{
		"a_part_below_itself":     {[]graph.Part{{ID: id(1), Parent: id(2)}, {ID: id(2), Parent: id(1)}}, "graph.cycle"},
		"a_part_given_twice":      {[]graph.Part{{ID: id(1)}, {ID: id(1)}}, "input.invalid"},
		"an_unknown_parent":       {[]graph.Part{{ID: id(1), Parent: id(2)}}, "input.invalid"},
		"a_negative_weight":       {[]graph.Part{{ID: id(1), Weight: -1}}, "input.invalid"},
		"progress_beyond_full":    {[]graph.Part{{ID: id(1), Progress: 10001}}, "input.invalid"},
		"a_part_without_identity": {[]graph.Part{{}}, "input.invalid"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := graph.NewTree(c.parts); fault.CodeOf(err) != c.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestSet_refuses(t *testing.T) {
	tree, err := graph.NewTree([]graph.Part{{ID: id(1)}, {ID: id(2), Parent: id(1)}})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		id       ident.ID
		progress int
		code     string
	}{
		"an_unknown_part":      {id(9), 1, "not_found"},
		"a_part_that_rolls_up": {id(1), 1, "graph.has_parts"},
		"progress_beyond_full": {id(2), 10001, "input.invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := tree.Set(c.id, c.progress); fault.CodeOf(err) != c.code {
				t.Errorf("got %v", err)
			}
		})
	}
}
