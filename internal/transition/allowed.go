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

// Allowed lists the actions of an existing object (or, in the state "", those that create one) in the order of the table. A
// forbidden action is listed with its reason. Actions done only by way of another object are left out. What the input has to
// bring is not asked for yet, so Given and New are ignored.
func (t *Table[S]) Allowed(f Facts[S]) []Allowed {
	list := make([]Allowed, 0, len(t.actions))
	for _, action := range t.actions {
		if !t.offered(action, f.Status == "") {
			continue
		}
		row, ok := t.Row(action, f.Status)
		if !ok {
			list = append(list, Allowed{Action: action, Permission: t.permission(action), Reason: t.illegal(action, f.Status)})
			continue
		}
		if row.Via != "" {
			continue
		}
		reason := t.refuse(row, f)
		list = append(list, Allowed{Action: action, Permission: row.Permission, Enabled: reason == nil, Reason: reason, Needs: row.Needs})
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
