package graph_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

func TestSlip_equals_a_full_recompute_on_a_copy(t *testing.T) {
	moved, broken := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n := drawNet(t)
		g := mustNew(t, n.nodes, n.links, n.days)
		before := n.naive(nil)
		for _, node := range n.nodes {
			if g.Forecast(node.ID) != before[node.ID] {
				t.Fatalf("forecast of %d: %s, want %s in %s", node.ID.Int(), g.Forecast(node.ID), before[node.ID], n)
			}
		}
		target := rapid.SampledFrom(n.nodes).Draw(t, "target").ID
		d := rapid.IntRange(1, 12).Draw(t, "d")
		got, err := g.Slip(target, d)
		if before[target].IsZero() {
			if fault.CodeOf(err) != "graph.no_date" {
				t.Fatalf("without a date: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		after := n.naive(map[ident.ID]workday.Date{target: n.days.AddWorkdays(before[target], d)})
		want := n.compare(before, after)
		order := g.Order()
		slices.SortFunc(want.Moves, func(a, b graph.Move) int { return slices.Index(order, a.Node) - slices.Index(order, b.Node) })
		slices.SortFunc(want.Breaks, func(a, b graph.Break) int { return slices.Index(order, a.Node) - slices.Index(order, b.Node) })
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("slip %d by %d\n got %+v\nwant %+v\n in %s", target.Int(), d, got, want, n)
		}
		moved, broken = moved+len(got.Moves)-1, broken+len(got.Breaks)
		for _, node := range n.nodes {
			if g.Forecast(node.ID) != before[node.ID] {
				t.Fatalf("slip was kept")
			}
		}
	})
	if moved == 0 || broken == 0 {
		t.Errorf("%d moved along, %d broken: the nets prove nothing", moved, broken)
	}
}

// compare tells two full schedules apart the long way.
func (n net) compare(before, after map[ident.ID]workday.Date) graph.Slipped {
	var s graph.Slipped
	units, leaders := map[ident.ID]bool{}, map[ident.ID]bool{}
	for _, node := range n.nodes {
		from, to := before[node.ID], after[node.ID]
		if from == to {
			continue
		}
		s.Moves = append(s.Moves, graph.Move{Node: node.ID, From: from, To: to, Days: n.days.WorkdaysBetween(from, to)})
		if !node.Due.IsZero() && !from.After(node.Due) && to.After(node.Due) {
			s.Breaks = append(s.Breaks, graph.Break{Node: node.ID, Due: node.Due, Finish: to, Days: n.days.WorkdaysBetween(node.Due, to)})
		}
		units[node.Units[0]], leaders[node.Leaders[0]] = true, true
	}
	for i := range 300 {
		if units[id(i)] {
			s.Units = append(s.Units, id(i))
		}
		if leaders[id(i)] {
			s.Leaders = append(s.Leaders, id(i))
		}
	}
	return s
}

func TestSlip(t *testing.T) {
	// 制定方案 → (3个工作日) → 组织实施 (5个工作日) → (10日) → 总结; 2017-05-28..30 are days off.
	days := weekdays{day("2017-05-29"): true, day("2017-05-30"): true}
	g := mustNew(t, []graph.Node{
		{ID: id(1), Due: day("2017-05-19"), Units: []ident.ID{id(11)}},
		{ID: id(2), Due: day("2017-06-02"), Days: 5, Units: []ident.ID{id(12)}},
		{ID: id(3), Finish: day("2017-06-12"), Due: day("2017-06-30"), Units: []ident.ID{id(11)}},
	}, []graph.Link{{id(1), id(2), 3, true}, {id(2), id(3), 10, false}}, days)

	t.Run("slack_swallows_it", func(t *testing.T) {
		got, err := g.Slip(id(3), 2)
		if err != nil || len(got.Moves) != 1 || got.Moves[0].To != day("2017-06-14") || len(got.Breaks) != 0 {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("successors_move_and_deadlines_break", func(t *testing.T) {
		got, err := g.Slip(id(1), 2) // 05-23, so 2 is done on 06-06 and 3 on 06-16
		if err != nil || len(got.Moves) != 3 || got.Moves[1].To != day("2017-06-06") || got.Moves[2].To != day("2017-06-16") {
			t.Fatalf("got %+v, %v", got, err)
		}
		if len(got.Breaks) != 2 || got.Breaks[0].Node != id(1) || got.Breaks[1].Node != id(2) || got.Breaks[1].Days != 2 {
			t.Errorf("breaks %+v", got.Breaks)
		}
		if !slices.Equal(got.Units, []ident.ID{id(11), id(12)}) {
			t.Errorf("units %v", got.Units)
		}
	})
	for name, c := range map[string]struct {
		id   ident.ID
		days int
		code string
	}{"unknown_task_is_not_found": {id(9), 1, "not_found"}, "no_delay_is_invalid": {id(1), 0, "input.invalid"},
		"a_delay_beyond_any_plan_is_invalid": {id(1), graph.Limit + 1, "input.invalid"}} {
		t.Run(name, func(t *testing.T) {
			if _, err := g.Slip(c.id, c.days); fault.CodeOf(err) != c.code {
				t.Errorf("got %v", err)
			}
		})
	}
}
