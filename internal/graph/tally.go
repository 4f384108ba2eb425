package graph

import "github.com/duban-gov/duban/internal/plan"

// Full is the progress of what is complete, in basis points.
const Full = 10000

// Rule is how a node's progress comes from its parts.
type Rule struct {
	Kind plan.RollUp
	K    int // for plan.KOfN: how many parts have to be complete; more than there are means all, less than 1 means 1
}

// Tally is all that a node has to remember of its parts to keep its progress without looking at them again. The zero Tally is
// that of a node without parts.
type Tally struct {
	Parts    int // number of parts
	Done     int // of which complete
	Best     int // the greatest progress among them
	Sum      int // of their progress
	Weight   int // sum of their weights
	Weighted int // sum of weight × progress
}

// Add counts one more part.
func (t Tally) Add(weight, progress int) Tally {
	t.Parts++
	t.Weight += weight
	t, _ = t.Change(weight, 0, progress)
	return t
}

// Remove takes a part away, as when a duty is cancelled; exact as for Change.
func (t Tally) Remove(weight, progress int) (changed Tally, exact bool) {
	t, exact = t.Change(weight, progress, 0)
	t.Parts--
	t.Weight -= weight
	return t, exact
}

// Change carries the progress of one part from one value to another. Exact is false when the best part fell back: Best may then
// be too great, and for the rule "any" the greatest progress among the parts has to be looked up and set.
func (t Tally) Change(weight, from, to int) (changed Tally, exact bool) {
	t.Sum += to - from
	t.Weighted += weight * (to - from)
	t.Done += isFull(to) - isFull(from)
	exact = to >= from || from < t.Best
	t.Best = max(t.Best, to)
	return t, exact
}

// Progress is the node's progress in basis points, cut off to a whole one, so that it is Full only when the rule is fulfilled:
// the mean (all), the best part (any), the mean by weight (weighted; by number if no part weighs anything), or how many of the
// k parts are complete (k_of_n). A node without parts has made none.
func (r Rule) Progress(t Tally) int {
	if t.Parts == 0 {
		return 0
	}
	switch r.Kind {
	case plan.Any:
		return t.Best
	case plan.KOfN:
		k := min(max(r.K, 1), t.Parts)
		return min(t.Done, k) * Full / k
	case plan.Weighted:
		if t.Weight > 0 {
			return t.Weighted / t.Weight
		}
	case plan.All:
	}
	return t.Sum / t.Parts
}

func isFull(progress int) int {
	if progress >= Full {
		return 1
	}
	return 0
}
