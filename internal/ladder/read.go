package ladder

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/duban-gov/duban/internal/fault"
)

// reader takes a YAML tree apart and collects every fault with its line and key. It knows no key by itself: each mapping is read
// with a table of the keys that it may have, so an unknown one is refused everywhere.
type reader struct {
	file   string
	faults []fault.Field
}

// keys is what a mapping may hold: how each value is read, and whether it must be there.
type keys map[string]key

type key struct {
	must bool
	read func(at string, n *yaml.Node)
}

func (r *reader) fail(n *yaml.Node, at, code string, params fault.Params) {
	line := 1
	if n != nil {
		line = max(n.Line, 1)
	}
	where := r.file + ":" + strconv.Itoa(line)
	if at != "" {
		where += " " + at
	}
	r.faults = append(r.faults, fault.Field{Location: where, Code: code, Params: params})
}

func (r *reader) wrong(n *yaml.Node, at, expected string) {
	r.fail(n, at, "rules.wrong_value", fault.Params{"value": shown(n), "expected": expected})
}

// shown is a value as a message names it, cut so that a long text does not fill it.
func shown(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "{…}"
	case yaml.SequenceNode:
		return "[…]"
	default:
	}
	if runes := []rune(n.Value); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return n.Value
}

// mapping reads the keys of a mapping; at is its place in the file, as a path of keys.
func (r *reader) mapping(at string, n *yaml.Node, known keys) {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, at, "{"+strings.Join(known.names(), ", ")+"}")
		return
	}
	seen := make(map[string]bool, len(known))
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		here := join(at, name.Value)
		k, ok := known[name.Value]
		switch {
		case !ok:
			r.fail(name, here, "rules.unknown_key", fault.Params{"expected": strings.Join(known.names(), ", ")})
		case seen[name.Value]:
			r.fail(name, here, "rules.twice", fault.Params{"value": name.Value})
		default:
			k.read(here, value)
		}
		seen[name.Value] = true
	}
	for _, name := range known.names() {
		if known[name].must && !seen[name] {
			r.fail(n, join(at, name), "rules.missing_key", nil)
		}
	}
}

func (k keys) names() []string {
	names := make([]string, 0, len(k))
	for name := range k {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// list reads each item of a sequence of at most limit items.
func (r *reader) list(limit int, item func(at string, n *yaml.Node)) func(string, *yaml.Node) {
	return func(at string, n *yaml.Node) {
		if n.Kind != yaml.SequenceNode || len(n.Content) == 0 || len(n.Content) > limit {
			r.wrong(n, at, fmt.Sprintf("[…] 1–%d", limit))
			return
		}
		for i, child := range n.Content {
			item(fmt.Sprintf("%s[%d]", at, i), child)
		}
	}
}

// whole reads an integer from low to high.
func (r *reader) whole(into *int, low, high int) func(string, *yaml.Node) {
	return func(at string, n *yaml.Node) {
		v, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || err != nil || v < low || v > high {
			r.wrong(n, at, fmt.Sprintf("%d…%d", low, high))
			return
		}
		*into = v
	}
}

func (r *reader) truth(into *bool) func(string, *yaml.Node) {
	return func(at string, n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" || n.Decode(into) != nil {
			r.wrong(n, at, "true, false")
		}
	}
}

// name reads an identifier: what is recorded in the database and shown as a rule's name.
func (r *reader) name(into *string) func(string, *yaml.Node) {
	return func(at string, n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || !isName(n.Value) {
			r.wrong(n, at, "a-z 0-9 _ . (1–40)")
			return
		}
		*into = n.Value
	}
}

func isName(s string) bool {
	for _, c := range s {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.') {
			return false
		}
	}
	return s != "" && len(s) <= 40
}

// oneOf reads one of the values of an enumeration.
func oneOf[T ~string](r *reader, into *T, allowed []string) func(string, *yaml.Node) {
	return func(at string, n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || !slices.Contains(allowed, n.Value) {
			r.wrong(n, at, strings.Join(allowed, ", "))
			return
		}
		*into = T(n.Value)
	}
}
