package transition

import (
	"fmt"
	"strings"
)

// Mermaid prints the table as a state diagram. Word gives the text of a key of the language files, so that a diagram names
// states and actions as people do. Actions that leave the state as it is stand in a note beside it.
func (t *Table[S]) Mermaid(word func(key string) string) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, s := range t.Statuses() {
		fmt.Fprintf(&b, "    %s: %s (%s)\n", s, word(StatusKey(t.object, string(s))), s)
	}
	for _, row := range t.rows {
		for _, from := range row.From {
			t.arrow(&b, row, from, word)
		}
	}
	for _, s := range t.Statuses() {
		t.note(&b, s, word)
	}
	for _, s := range t.final {
		fmt.Fprintf(&b, "    %s --> [*]\n", s)
	}
	return b.String()
}

func (t *Table[S]) arrow(b *strings.Builder, row Row[S], from S, word func(string) string) {
	if row.To == "" {
		return
	}
	start := string(from)
	if from == "" {
		start = "[*]"
	}
	label := word(ActionKey(t.object, row.Action)) + " " + string(row.Action)
	if row.Via != "" {
		label += " (" + row.Via + ")"
	}
	fmt.Fprintf(b, "    %s --> %s: %s\n", start, row.To, label)
}

func (t *Table[S]) note(b *strings.Builder, s S, word func(string) string) {
	var stay []string
	for _, action := range t.actions {
		if row, ok := t.Row(action, s); ok && row.To == "" {
			stay = append(stay, word(ActionKey(t.object, action))+" "+string(action))
		}
	}
	if len(stay) > 0 {
		fmt.Fprintf(b, "    note right of %s: %s\n", s, strings.Join(stay, ", "))
	}
}
