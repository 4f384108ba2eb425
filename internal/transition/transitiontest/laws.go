package transitiontest

import (
	"errors"
	"slices"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/words"
)

// Laws holds a table to what is true of every table.
func Laws[S transition.State](t *testing.T, table *transition.Table[S]) {
	t.Run("final_state_is_left_by_reopen_only", func(t *testing.T) { finalStays(t, table) })
	t.Run("every_state_is_reached_and_reaches_an_end", func(t *testing.T) { noDeadEnd(t, table) })
	t.Run("separation_and_need_hold_in_every_cell", func(t *testing.T) { everyCell(t, table) })
	t.Run("allowed_agrees_with_apply", func(t *testing.T) { allowedAgrees(t, table) })
	t.Run("every_word_is_there", func(t *testing.T) { everyWord(t, table) })
}

func finalStays[S transition.State](t *testing.T, table *transition.Table[S]) {
	for _, row := range table.Rows() {
		for _, from := range row.From {
			if table.Final(from) && row.To != "" && row.Action != "reopen" {
				t.Errorf("%s leaves the final state %s", row.Action, from)
			}
		}
	}
}

func noDeadEnd[S transition.State](t *testing.T, table *transition.Table[S]) {
	reached := walk(table, "")
	for _, s := range table.Statuses() {
		if !slices.Contains(reached, s) {
			t.Errorf("nothing leads to %s", s)
		}
		if !slices.ContainsFunc(walk(table, s), table.Final) {
			t.Errorf("no end can be reached from %s", s)
		}
	}
}

// walk lists the states that any chain of actions reaches, the start included.
func walk[S transition.State](table *transition.Table[S], start S) []S {
	seen := []S{start}
	for i := 0; i < len(seen); i++ {
		for _, action := range table.Actions() {
			row, ok := table.Row(action, seen[i])
			if ok && row.To != "" && !slices.Contains(seen, row.To) {
				seen = append(seen, row.To)
			}
		}
	}
	return seen
}

// everyCell reads the rows again, apart from Apply: allowed exactly when a row names the state and its relations hold.
func everyCell[S transition.State](t *testing.T, table *transition.Table[S]) {
	for _, row := range table.Rows() {
		for _, from := range row.From {
			for _, relations := range RelationSets(table) {
				oneCell(t, table, row, from, relations)
			}
		}
	}
}

func oneCell[S transition.State](t *testing.T, table *transition.Table[S], row transition.Row[S], from S, relations transition.Relation) {
	facts := transition.Facts[S]{Status: from, Relations: relations, Given: Everything, Circumstances: Good}
	may := relations.Has(row.Must) && relations&row.MustNot == 0
	to, _, err := Do(table, facts, row.Action)
	if (err == nil) != may {
		t.Errorf("%s from %q as %s: %v", row.Action, from, relations, err)
	}
	if err != nil && to != from {
		t.Errorf("refused %s moved %q to %q", row.Action, from, to)
	}
	facts.Given = 0
	if _, _, err = Do(table, facts, row.Action); may && row.Needs != 0 {
		f := fault.As(err)
		if f == nil || f.Kind != fault.Invalid || len(f.Fields) != len(row.Needs.Names()) {
			t.Errorf("%s from %q without input: %v", row.Action, from, err)
		}
	}
}

func allowedAgrees[S transition.State](t *testing.T, table *transition.Table[S]) {
	for _, s := range WithNew(table) {
		for _, relations := range RelationSets(table) {
			facts := transition.Facts[S]{Status: s, Relations: relations, Given: Everything, Circumstances: Good}
			for _, a := range table.Allowed(facts) {
				_, err := table.Apply(facts, a.Action)
				if a.Enabled != (err == nil) || a.Enabled != (a.Reason == nil) {
					t.Errorf("%s in %q as %s: listed %v, applied %v", a.Action, s, relations, a.Enabled, err)
				}
				if err != nil && !errors.Is(err, a.Reason) {
					t.Errorf("%s in %q as %s: listed %v, applied %v", a.Action, s, relations, a.Reason, err)
				}
			}
		}
	}
}

// everyWord finds a text for each state, action and code, and one without open placeholders for the refusals.
func everyWord[S transition.State](t *testing.T, table *transition.Table[S]) {
	for _, s := range table.Statuses() {
		needWord(t, transition.StatusKey(table.Object(), string(s)))
	}
	needWord(t, "fault."+table.Object()+".illegal_transition")
	for _, row := range table.Rows() {
		needWord(t, transition.ActionKey(table.Object(), row.Action))
		for _, r := range transition.Relations() {
			if row.Must.Has(r) {
				needWord(t, "fault.relation."+r.String())
			}
			if row.MustNot.Has(r) {
				needWord(t, "fault.separation."+r.String())
			}
		}
		for _, need := range row.Needs.Names() {
			needWord(t, "need."+need)
		}
	}
}

func needWord(t *testing.T, key string) {
	for _, lang := range words.Langs {
		if words.Raw(lang, key) == "" {
			t.Errorf("no text for %s in %s", key, lang)
		}
	}
}
