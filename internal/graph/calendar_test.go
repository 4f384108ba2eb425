package graph_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// weekdays works Monday to Friday except on the days listed, and counts day by day.
type weekdays map[workday.Date]bool

func (w weekdays) worked(d workday.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !w[d]
}

func (w weekdays) AddWorkdays(d workday.Date, n int) workday.Date {
	step := 1
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		if d = d.AddDays(step); w.worked(d) {
			n--
		}
	}
	return d
}

func (w weekdays) WorkdaysBetween(a, b workday.Date) int {
	if b.Before(a) {
		return -w.WorkdaysBetween(b, a)
	}
	n := 0
	for a.Before(b) {
		if a = a.AddDays(1); w.worked(a) {
			n++
		}
	}
	return n
}

func id(n int) ident.ID { return ident.FromInt(int64(n)) }

func day(s string) workday.Date { return workday.MustDate(s) }

func mustNew(t fataler, nodes []graph.Node, links []graph.Link, days graph.Days) *graph.Graph {
	t.Helper()
	g, err := graph.New(nodes, links, days)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return g
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// net is a random plan without cycles; whoever waits or holds has a greater number than what it waits for.
type net struct {
	nodes []graph.Node
	links []graph.Link
	days  weekdays
}

func drawNet(t *rapid.T) net {
	start := day("2017-04-20")
	date := rapid.Custom(func(t *rapid.T) workday.Date {
		if rapid.IntRange(0, 4).Draw(t, "dated") == 4 {
			return workday.Date{}
		}
		return start.AddDays(rapid.IntRange(0, 40).Draw(t, "day"))
	})
	n := net{days: weekdays{}}
	for range rapid.IntRange(0, 6).Draw(t, "holidays") {
		n.days[start.AddDays(rapid.IntRange(0, 60).Draw(t, "holiday"))] = true
	}
	size := rapid.IntRange(1, 14).Draw(t, "size")
	for i := 1; i <= size; i++ {
		node := graph.Node{ID: id(i), Finish: date.Draw(t, "finish"), Due: date.Draw(t, "due"), Days: rapid.IntRange(0, 4).Draw(t, "days"),
			Units: []ident.ID{id(100 + i%3)}, Leaders: []ident.ID{id(200 + i%2)}}
		if i < size && rapid.IntRange(0, 2).Draw(t, "held") == 2 {
			node.Parent = id(rapid.IntRange(i+1, size).Draw(t, "parent"))
		}
		n.nodes = append(n.nodes, node)
	}
	for range rapid.IntRange(0, 2*size).Draw(t, "links") {
		if size == 1 {
			break
		}
		before := rapid.IntRange(1, size-1).Draw(t, "before")
		n.links = append(n.links, graph.Link{Before: id(before), After: id(rapid.IntRange(before+1, size).Draw(t, "after")),
			Lag: rapid.IntRange(0, 5).Draw(t, "lag"), Working: rapid.Bool().Draw(t, "working")})
	}
	n.nodes = rapid.Permutation(n.nodes).Draw(t, "shuffled")
	return n
}

// naive computes every finish by going round until nothing changes; it shares no code with the graph.
func (n net) naive(planned map[ident.ID]workday.Date) map[ident.ID]workday.Date {
	finish := map[ident.ID]workday.Date{}
	taken := map[ident.ID]int{}
	for _, node := range n.nodes {
		taken[node.ID] = node.Days
		finish[node.ID] = node.Finish
		if node.Finish.IsZero() {
			finish[node.ID] = node.Due
		}
		if d, ok := planned[node.ID]; ok {
			finish[node.ID] = d
		}
	}
	for changed := true; changed; {
		changed = false
		push := func(to ident.ID, d workday.Date) {
			if finish[to].IsZero() || finish[to].Before(d) {
				finish[to], changed = d, true
			}
		}
		for _, l := range n.links {
			d := finish[l.Before]
			if d.IsZero() {
				continue
			}
			if l.Working {
				d = n.days.AddWorkdays(d, l.Lag)
			} else {
				d = d.AddDays(l.Lag)
			}
			push(l.After, n.days.AddWorkdays(d, taken[l.After]))
		}
		for _, node := range n.nodes {
			if d := finish[node.ID]; !node.Parent.IsZero() && !d.IsZero() {
				push(node.Parent, d)
			}
		}
	}
	return finish
}

func (n net) String() string { return fmt.Sprintf("%+v %+v", n.nodes, n.links) }
