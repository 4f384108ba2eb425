package simulation

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// withLadders gives a program other ladders than the rule files say.
func withLadders(change func(ladder.Sets)) func(*app.App) {
	return func(a *app.App) {
		rules := a.Watches.Rules()
		sets := maps.Clone(rules.Ladders)
		for subject, set := range sets {
			set.Steps = slices.Clone(set.Steps)
			sets[subject] = set
		}
		change(sets)
		rules.Ladders = sets
		a.Watches.UseRules(rules)
	}
}

// mutants are programs with one fault each; says is what the simulation says of it.
var mutants = map[string]struct {
	fault func(*app.App)
	says  string
}{
	"a watcher that forgets a step": {withLadders(func(sets ladder.Sets) {
		set := sets[ladder.OnDuty]
		set.Steps = slices.DeleteFunc(set.Steps, func(r ladder.StepRule) bool { return r.ID == "remind_3" })
		sets[ladder.OnDuty] = set
	}), "is missing"},
	"a watcher that comes a day late": {withLadders(func(sets ladder.Sets) {
		for i := range sets[ladder.OnNotice].Steps {
			sets[ladder.OnNotice].Steps[i].At.N++
		}
	}), "is missing"},
	"a watcher that counts natural days": {withLadders(func(sets ladder.Sets) {
		for i := range sets[ladder.OnAcceptance].Steps {
			sets[ladder.OnAcceptance].Steps[i].At.Unit = workday.ByDay
		}
	}), "is missing"},
	"a watcher that comes a day early": {withLadders(func(sets ladder.Sets) {
		for i := range sets[ladder.OnDuty].Steps {
			if rule := &sets[ladder.OnDuty].Steps[i]; rule.Kind != ladder.Remind { // a reminder that comes too early is left out
				rule.At.N--
			}
		}
	}), "it is dated"},
	"a watcher that asks for no reply": {withLadders(func(sets ladder.Sets) {
		for i := range sets[ladder.OnDuty].Steps {
			sets[ladder.OnDuty].Steps[i].ReplyWithin = nil
		}
	}), "asks for a reply"},
	"a calendar that moves the clock and not the duty": {func(a *app.App) {
		a.Calendars.Movers[ladder.OnDuty] = func(context.Context, *ent.Tx, []watches.Moved) error { return nil }
	}, "another date"},
}

// TestSimulation_finds_every_mutant proves that the simulation can fail: each fault is found within a few seeds.
func TestSimulation_finds_every_mutant(t *testing.T) {
	if onPostgres() || *oneSeed != 0 || *seeds != 0 {
		t.Skip("once is enough, in the short form on SQLite")
	}
	const patience = 12 // seeds
	for name, m := range mutants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(patience) {
				w := newWorld(t, seed+1)
				w.mutant = m.fault
				err := w.play(*days)
				if err == nil {
					continue
				}
				if !strings.Contains(err.Error(), m.says) {
					t.Errorf("seed %d says %v, which is not about %q", seed+1, err, m.says)
				}
				return
			}
			t.Errorf("%d seeds did not find it", patience)
		})
	}
}
