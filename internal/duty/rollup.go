package duty

import (
	"github.com/duban-gov/duban/internal/graph"
	"github.com/duban-gov/duban/internal/plan"
)

// Inner is a share as the roll-up reads it.
type Inner struct {
	Status   ShareStatus
	Weight   int
	Progress int // basis points, as reported
	Required bool
}

// Suggest is the progress that the shares of a duty add up to, in basis points: what the outer unit may report, and no more than
// a suggestion. A share that is withdrawn counts for nothing; only one that is confirmed counts in full.
func Suggest(rule graph.Rule, shares []Inner) int {
	var tally graph.Tally
	for _, s := range shares {
		switch s.Status {
		case ShareCancelled:
		case ShareClosed:
			tally = tally.Add(s.Weight, graph.Full)
		case ShareAssigned, ShareReturned, ShareActive, ShareHandedIn:
			tally = tally.Add(s.Weight, min(s.Progress, graph.Full-1))
		}
	}
	return rule.Progress(tally)
}

// Shortfall is how many shares still have to be confirmed before the whole may be submitted as complete: each required one
// (all, weighted), one (any), or k of them (k_of_n). A duty that was not split lacks none.
func Shortfall(rule graph.Rule, shares []Inner) int {
	there, closed, open := 0, 0, 0
	for _, s := range shares {
		switch {
		case s.Status == ShareCancelled:
			continue
		case s.Status == ShareClosed:
			closed++
		case s.Required:
			open++
		}
		there++
	}
	switch rule.Kind {
	case plan.Any:
		return max(0, min(1, there)-closed)
	case plan.KOfN:
		return max(0, min(max(rule.K, 1), there)-closed)
	case plan.All, plan.Weighted:
	}
	return open
}
