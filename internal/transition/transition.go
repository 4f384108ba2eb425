// Package transition holds the mechanics of state tables: which action leads from which state to which, who must and who must
// not do it, and what it needs. A table is data; duty, rectify and plan write theirs with it. Separation of duties stands in
// the tables and not in the policy: a policy that grants too much still cannot let a person verify their own work.
//
// A table answers for one object at one moment and knows no rows, no clock and no permissions. A feature loads the facts, asks
// the gate for the permission "<object>.<action>", then asks the table.
package transition

import (
	"fmt"
	"slices"

	"github.com/duban-gov/duban/internal/fault"
)

// State is a status type of a law package: a string that lists its values in the order of the object's life. The empty string
// stands for an object that does not exist yet; rows from it create the object.
type State interface {
	~string
	Values() []string
}

// Action is what is done to an object, in the imperative and in snake case: "accept", "send_back".
type Action string

// Row is one line of a table.
type Row[S State] struct {
	Action  Action
	From    []S      // the states in which it may be done; "" for one that creates the object
	To      S        // the state afterwards; empty: the state stays
	Must    Relation // every one of these relations has to hold
	MustNot Relation // none of these may hold: separation of duties
	Needs   Need     // what the input has to bring

	// When is a condition on the circumstances alone, so it is known before anything is filled in; Check is one on the input.
	When  Guard
	Check Guard

	// Via names the action of another object that does this one along, in the same transaction ("report.review" passes a
	// completion report and so moves the duty). Such a row is not offered, and only Along takes it.
	Via string
	// Permission is the permission asked for when it is not "<object>.<action>".
	Permission string
}

// Facts are what a table needs to know about the object, the actor and the input.
type Facts[S State] struct {
	Status    S
	Relations Relation
	Given     Need
	Circumstances
}

// Table is the state table of one kind of object. It is immutable and safe for concurrent use.
type Table[S State] struct {
	object  string
	final   []S
	rows    []Row[S]
	actions []Action
	index   map[key[S]]int
	offers  map[S][]offer
}

type key[S State] struct {
	action Action
	status S
}

// New builds the table of an object; final lists the states that only a reopening leaves. A table that contradicts itself
// (two rows for one action and state, a state that the type does not list) is a fault of the program: New panics.
func New[S State](object string, final []S, rows ...Row[S]) *Table[S] {
	t := &Table[S]{object: object, final: final, rows: rows, index: make(map[key[S]]int)}
	for i := range rows {
		t.add(i)
	}
	t.offers = map[S][]offer{"": t.offersIn("")}
	for _, status := range t.Statuses() {
		t.offers[status] = t.offersIn(status)
	}
	return t
}

func (t *Table[S]) add(i int) {
	row := &t.rows[i]
	if row.Permission == "" {
		row.Permission = t.object + "." + string(row.Action)
	}
	if !slices.Contains(t.actions, row.Action) {
		t.actions = append(t.actions, row.Action)
	}
	t.mustKnow(row.To)
	if len(row.From) == 0 {
		panic(fmt.Sprintf("%s: %s starts nowhere", t.object, row.Action))
	}
	for _, from := range row.From {
		t.mustKnow(from)
		k := key[S]{row.Action, from}
		if _, twice := t.index[k]; twice {
			panic(fmt.Sprintf("%s: two rows for %s from %q", t.object, row.Action, from))
		}
		if from == "" && row.To == "" {
			panic(fmt.Sprintf("%s: %s creates nothing", t.object, row.Action))
		}
		t.index[k] = i
	}
}

func (t *Table[S]) mustKnow(s S) {
	if s != "" && !slices.Contains(s.Values(), string(s)) {
		panic(fmt.Sprintf("%s: unknown state %q", t.object, s))
	}
}

// Object is the name of the kind of object, the first part of its permissions and error codes.
func (t *Table[S]) Object() string { return t.object }

// Actions lists every action in the order of the table.
func (t *Table[S]) Actions() []Action { return slices.Clone(t.actions) }

// Rows lists the rows in order.
func (t *Table[S]) Rows() []Row[S] { return slices.Clone(t.rows) }

// Statuses lists the states in the order of the object's life.
func (t *Table[S]) Statuses() []S {
	var zero S
	values := zero.Values()
	all := make([]S, len(values))
	for i, v := range values {
		all[i] = S(v)
	}
	return all
}

// Final reports whether only a reopening leaves the state.
func (t *Table[S]) Final(s S) bool { return slices.Contains(t.final, s) }

// Row finds the row of an action in a state.
func (t *Table[S]) Row(action Action, status S) (Row[S], bool) {
	i, ok := t.index[key[S]{action, status}]
	if !ok {
		return Row[S]{}, false
	}
	return t.rows[i], true
}

// Apply gives the state after an action, or says why it may not be done. In this order: the state does not allow it (conflict
// "<object>.illegal_transition"), a relation is missing (forbidden "relation.<name>"), a relation excludes it (conflict
// "separation.<name>"), the circumstances forbid it (conflict, code of the guard), the input lacks something (invalid, one
// field "required" for each thing needed), the input is wrong (invalid, code of the guard).
func (t *Table[S]) Apply(f Facts[S], action Action) (S, error) {
	row, ok := t.Row(action, f.Status)
	if !ok || row.Via != "" {
		return f.Status, t.illegal(action, f.Status).With("allowed", t.terms(f.Status))
	}
	return t.apply(row, f)
}

// Along gives the state after what another object's action via ("report.review") does to this one, or says why it may not be
// done, as Apply does. The facts are about this object; the actor and the input are the same.
func (t *Table[S]) Along(f Facts[S], via string) (S, error) {
	var action Action
	for _, row := range t.rows {
		if row.Via != via {
			continue
		}
		if slices.Contains(row.From, f.Status) {
			return t.apply(row, f)
		}
		action = row.Action
	}
	return f.Status, t.illegal(action, f.Status).With("allowed", t.terms(f.Status))
}

func (t *Table[S]) apply(row Row[S], f Facts[S]) (S, error) {
	if err := t.refuse(row, f); err != nil {
		return f.Status, err
	}
	if err := row.Needs.missing(f.Given); err != nil {
		return f.Status, err
	}
	if row.Check != nil {
		if err := row.Check(f.Circumstances); err != nil {
			return f.Status, err
		}
	}
	return row.after(f.Status), nil
}

// refuse says why an action that the state allows may not be done by this actor at this moment, whatever the input.
func (t *Table[S]) refuse(row Row[S], f Facts[S]) *fault.Error {
	if missing := row.Must &^ f.Relations; missing != 0 {
		name := missing.first().name()
		return fault.New(fault.Forbidden, "relation."+name).
			With("permission", row.Permission).With("relation", Term{"relation." + name, name})
	}
	if held := row.MustNot & f.Relations; held != 0 {
		return fault.New(fault.Conflict, "separation."+held.first().name()).With("action", t.actionTerm(row.Action))
	}
	if row.When == nil {
		return nil
	}
	return row.When(f.Circumstances)
}

func (t *Table[S]) illegal(action Action, status S) *fault.Error {
	return fault.New(fault.Conflict, t.object+".illegal_transition").
		With("action", t.actionTerm(action)).With("status", t.statusTerm(status))
}

func (r Row[S]) after(status S) S {
	if r.To == "" {
		return status
	}
	return r.To
}
