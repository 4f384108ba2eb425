package ledgers

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	entduty "github.com/duban-gov/duban/ent/duty"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/query"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/workday"
)

// FacetCount is how many duties of the answer share a value.
type FacetCount struct {
	Value string `json:"value" doc:"The value: a code, or the id of a unit, plan or person" example:"red"`
	Name  string `json:"name,omitempty" doc:"Name of a unit, plan or person" example:"政策法规处"`
	N     int    `json:"n" doc:"Number of duties" example:"21"`
}

// LedgerFacets are the totals of an answer and its counts by kind. What a facet counts is not narrowed by its own term, so that
// the other values can be chosen.
type LedgerFacets struct {
	Asked    string       `json:"asked" doc:"The question in the reader's words, for a heading: codes and ids by name, what was typed as it was typed; empty if nothing is asked" example:"灯色：红灯；单位：政策法规处"`
	Count    int          `json:"count" doc:"Duties that fit; ten thousand at most" example:"428"`
	Capped   bool         `json:"capped" doc:"Whether more fit than were counted: all numbers are those of the first ten thousand by due date"`
	Overdue  int          `json:"overdue" doc:"Of these, late" example:"21"`
	Progress int          `json:"progress" doc:"Mean progress in basis points" example:"5700"`
	Status   []FacetCount `json:"status" doc:"By state, in the order of a duty's life"`
	Light    []FacetCount `json:"light" doc:"By light, the most urgent first"`
	Units    []FacetCount `json:"units" doc:"The fifty units with most"`
	Plans    []FacetCount `json:"plans" doc:"By plan, at most fifty"`
	Leaders  []FacetCount `json:"leaders" doc:"By supervising leader, at most fifty"`
}

// most is how many values of a facet are listed.
const most = 50

// facetKeys are the terms that would narrow a facet by itself.
var facetKeys = map[string][]query.Key{
	"status": {query.Status}, "light": {query.Light}, "units": {query.Unit, query.Lead, query.Support, query.Under},
	"plans": {query.Plan}, "leaders": {query.Leader},
}

// lightOrder is how lights are listed: the most urgent first.
var lightOrder = []string{"red", "yellow", "green", "grey", "done"}

// glance is what the totals need of a duty.
type glance struct {
	status     duty.Status
	light      ladder.Light
	unit, plan ident.ID
	leader     ident.ID
	progress   int
	due        workday.Date
	open       bool
}

// Facets counts what fits a question, by kind.
func (s *Service) Facets(ctx context.Context, in LedgerQuery) (LedgerFacets, error) {
	var f LedgerFacets
	l, err := s.read(ctx, in.Text, in.AsOf)
	if err != nil {
		return f, err
	}
	if f.Asked, err = s.said(ctx, l, in.Text); err != nil {
		return f, err
	}
	all, err := s.glances(ctx, l)
	if err != nil {
		return f, err
	}
	f.Capped = len(all) > maxLooked
	all = all[:min(len(all), maxLooked)]
	f.total(all, l.today)
	for _, facet := range []struct {
		name string
		into *[]FacetCount
		of   func(glance) string
	}{
		{"status", &f.Status, func(g glance) string { return string(g.status) }},
		{"light", &f.Light, func(g glance) string { return string(g.light) }},
		{"units", &f.Units, func(g glance) string { return g.unit.String() }},
		{"plans", &f.Plans, func(g glance) string { return g.plan.String() }},
		{"leaders", &f.Leaders, func(g glance) string { return g.leader.String() }},
	} {
		of := all
		if asked(l.query, facetKeys[facet.name]) {
			if of, err = s.wider(ctx, l, facetKeys[facet.name]); err != nil {
				return f, err
			}
		}
		*facet.into = countBy(of, facet.of)
	}
	inOrder(f.Status, duty.Status("").Values())
	inOrder(f.Light, lightOrder)
	return f, s.nameFacets(ctx, &f)
}

// asked reports whether a query has a term with one of the keys.
func asked(q query.Query, keys []query.Key) bool {
	return slices.ContainsFunc(q.Terms, func(t query.Term) bool { return slices.Contains(keys, t.Key) })
}

// wider are the duties of a question without some of its terms.
func (s *Service) wider(ctx context.Context, l *lens, keys []query.Key) ([]glance, error) {
	rest, err := s.without(ctx, l, keys...)
	if err != nil {
		return nil, err
	}
	all, err := s.glances(ctx, rest)
	return all[:min(len(all), maxLooked)], err
}

// total sums up.
func (f *LedgerFacets) total(all []glance, today workday.Date) {
	f.Count = len(all)
	sum := 0
	for _, g := range all {
		sum += g.progress
		if g.open && !g.due.IsZero() && today.After(g.due) {
			f.Overdue++
		}
	}
	if len(all) > 0 {
		f.Progress = sum / len(all)
	}
}

// glances reads the first duties of a lens, one more than are looked at.
func (s *Service) glances(ctx context.Context, l *lens) ([]glance, error) {
	all := []glance{}
	for _, open := range l.opens {
		if len(all) > maxLooked || l.reach.Empty() {
			break
		}
		q, err := s.selection(ctx, l, open)
		if err != nil {
			return nil, err
		}
		light := s.withLight(l, q)
		q.Select(q.C(entduty.FieldStatus), light, q.C(entduty.FieldUnitID), q.C(entduty.FieldPlanID), q.C(entduty.FieldLeaderID),
			q.C(entduty.FieldProgress), q.C(entduty.FieldDueDate)).OrderBy(q.C(entduty.FieldDueDate), q.C(entduty.FieldID)).Limit(maxLooked + 1 - len(all))
		text, args := q.Query()
		err = store.Each(ctx, s.store.DB(), text, args, func(scan func(...any) error) error {
			g := glance{open: open}
			if err := scan(&g.status, &g.light, &g.unit, &g.plan, &g.leader, &g.progress, &g.due); err != nil {
				return err
			}
			all = append(all, g)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("count the ledger: %w", err)
		}
	}
	return all, nil
}

// countBy counts values, the most frequent first.
func countBy(all []glance, of func(glance) string) []FacetCount {
	n := make(map[string]int)
	for _, g := range all {
		n[of(g)]++
	}
	counts := make([]FacetCount, 0, len(n))
	for value, count := range n {
		if value != "" {
			counts = append(counts, FacetCount{Value: value, N: count})
		}
	}
	slices.SortFunc(counts, func(a, b FacetCount) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Value, b.Value)) })
	return counts[:min(len(counts), most)]
}

// inOrder sorts counts as a list of values stands.
func inOrder(counts []FacetCount, values []string) {
	slices.SortFunc(counts, func(a, b FacetCount) int { return slices.Index(values, a.Value) - slices.Index(values, b.Value) })
}

// nameFacets adds the names of units, plans and people.
func (s *Service) nameFacets(ctx context.Context, f *LedgerFacets) error {
	for _, of := range []struct {
		text   string
		counts []FacetCount
	}{
		{"SELECT id, name FROM units WHERE id IN ", f.Units}, {"SELECT id, title FROM plans WHERE id IN ", f.Plans}, {"SELECT id, name FROM users WHERE id IN ", f.Leaders},
	} {
		names := make(map[ident.ID]string)
		for _, c := range of.counts {
			id, err := ident.Parse(c.Value)
			if err != nil {
				return fmt.Errorf("name facet: %w", err)
			}
			names[id] = ""
		}
		if err := s.names(ctx, of.text, names); err != nil {
			return err
		}
		for i, c := range of.counts {
			id, _ := ident.Parse(c.Value) // it was read above
			of.counts[i].Name = names[id]
		}
	}
	return nil
}
