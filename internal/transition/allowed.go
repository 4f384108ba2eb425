package transition

import (
	"slices"

	"github.com/duban-gov/duban/internal/fault"
)

// Allowed says of one action whether it may be done now, and if not, why. The feature still has to meet it with the actor's
// permissions.
type Allowed struct {
	Action     Action
	Permission string       // what the gate has to grant besides
	Enabled    bool         // state, relations and circumstances allow it
	Reason     *fault.Error // why not; nil when enabled
	Needs      Need         // what the input will have to bring
}

// offer is one action as Allowed lists it in a state. What does not depend on the facts is made once with the table.
type offer struct {
	action  Action
	row     int          // index of the row; -1 where the state has none
	illegal *fault.Error // why not, where there is no row
}

// offersIn lists what Allowed has to look at in a state.
func (t *Table[S]) offersIn(status S) []offer {
	var offers []offer
	for _, action := range t.actions {
		if !t.offered(action, status == "") {
			continue
		}
		i, ok := t.index[key[S]{action, status}]
		switch {
		case !ok:
			offers = append(offers, offer{action, -1, t.illegal(action, status)})
		case t.rows[i].Via == "":
			offers = append(offers, offer{action, i, nil})
		}
	}
	return offers
}

// Allowed lists the actions of an existing object (or, in the state "", those that create one) in the order of the table. A
// forbidden action is listed with its reason. Actions done only by way of another object are left out. What the input has to
// bring is not asked for yet, so Given and New are ignored.
func (t *Table[S]) Allowed(f Facts[S]) []Allowed {
	offers, known := t.offers[f.Status]
	if !known {
		offers = t.offersIn(f.Status)
	}
	list := make([]Allowed, len(offers))
	for i, o := range offers {
		if o.row < 0 {
			list[i] = Allowed{Action: o.action, Permission: t.permission(o.action), Reason: o.illegal}
			continue
		}
		row := &t.rows[o.row]
		reason := t.refuse(*row, f)
		list[i] = Allowed{Action: o.action, Permission: row.Permission, Enabled: reason == nil, Reason: reason, Needs: row.Needs}
	}
	return list
}

// offered reports whether an action is ever done directly to an object that exists, or to create one.
func (t *Table[S]) offered(action Action, creates bool) bool {
	for _, row := range t.rows {
		if row.Action != action || row.Via != "" {
			continue
		}
		if slices.ContainsFunc(row.From, func(s S) bool { return (s == "") == creates }) {
			return true
		}
	}
	return false
}

func (t *Table[S]) permission(action Action) string {
	for _, row := range t.rows {
		if row.Action == action {
			return row.Permission
		}
	}
	return t.object + "." + string(action)
}
