package transition

import "strings"

// Term is a parameter of a message that is itself a word of the field: a status, an action, a relation. On the wire it is its
// value ("accept"); in a message it is the text of its key ("action.duty.accept": 签收).
type Term struct{ key, value string }

// WordKey is the key of the text in the language files.
func (t Term) WordKey() string { return t.key }

// String is the bare value.
func (t Term) String() string { return t.value }

// MarshalText implements encoding.TextMarshaler with the bare value.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.value), nil }

// Terms is a list of terms; it prints its values separated by commas.
type Terms []Term

// WordKeys are the keys of the texts in the language files.
func (ts Terms) WordKeys() []string {
	keys := make([]string, len(ts))
	for i, t := range ts {
		keys[i] = t.key
	}
	return keys
}

// String is the bare values, separated by commas.
func (ts Terms) String() string {
	values := make([]string, len(ts))
	for i, t := range ts {
		values[i] = t.value
	}
	return strings.Join(values, ", ")
}

func (t *Table[S]) actionTerm(a Action) Term { return Term{ActionKey(t.object, a), string(a)} }

func (t *Table[S]) statusTerm(s S) Term {
	if s == "" {
		return Term{"status.new", "new"}
	}
	return Term{StatusKey(t.object, string(s)), string(s)}
}

// terms lists the actions that a state allows to somebody.
func (t *Table[S]) terms(status S) Terms {
	list := Terms{}
	for _, action := range t.actions {
		if row, ok := t.Row(action, status); ok && row.Via == "" {
			list = append(list, t.actionTerm(action))
		}
	}
	return list
}

// ActionKey is the key of an action's name in the language files.
func ActionKey(object string, a Action) string { return "action." + object + "." + string(a) }

// StatusKey is the key of a status's name in the language files.
func StatusKey(object, status string) string { return "status." + object + "." + status }
