package rectify

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// ruleKey is one key of the file by its path, and how its value is read: what was expected, if it is not that.
type ruleKey struct {
	path     string
	read     func(n *yaml.Node) (expected string)
	optional bool
}

// ruleLeaves are the values of a file by the path of their keys.
type ruleLeaves struct {
	file  string
	nodes map[string]*yaml.Node
}

// flatten takes a YAML file apart into its values.
func flatten(file string, raw []byte) (*ruleLeaves, []fault.Field) {
	l := &ruleLeaves{file: file, nodes: make(map[string]*yaml.Node)}
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(raw)).Decode(&doc); err != nil {
		return l, []fault.Field{{Location: file, Code: "rules.syntax", Params: fault.Params{"detail": err.Error()}}}
	}
	return l, l.walk("", doc.Content[0])
}

func (l *ruleLeaves) walk(at string, n *yaml.Node) (faults []fault.Field) {
	if n.Kind != yaml.MappingNode {
		l.nodes[at] = n
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		here := strings.TrimPrefix(at+"."+n.Content[i].Value, ".")
		if _, twice := l.nodes[here]; twice {
			faults = append(faults, l.fault(n.Content[i], here, "rules.twice", fault.Params{"value": n.Content[i].Value}))
			continue
		}
		faults = append(faults, l.walk(here, n.Content[i+1])...)
	}
	return faults
}

func (l *ruleLeaves) fault(n *yaml.Node, at, code string, params fault.Params) fault.Field {
	where := l.file
	if n != nil {
		where += ":" + strconv.Itoa(n.Line)
	}
	return fault.Field{Location: strings.TrimSpace(where + " " + at), Code: code, Params: params}
}

// take reads one key.
func (l *ruleLeaves) take(k ruleKey) []fault.Field {
	n, there := l.nodes[k.path]
	switch {
	case !there && k.optional:
		return nil
	case !there:
		return []fault.Field{l.fault(nil, k.path, "rules.missing_key", nil)}
	}
	delete(l.nodes, k.path)
	if expected := k.read(n); expected != "" {
		return []fault.Field{l.fault(n, k.path, "rules.wrong_value", fault.Params{"value": n.Value, "expected": expected})}
	}
	return nil
}

// left are the keys that nobody read.
func (l *ruleLeaves) left() (faults []fault.Field) {
	for at, n := range l.nodes {
		faults = append(faults, l.fault(n, at, "rules.unknown_key", fault.Params{"expected": "docs/inspection.md"}))
	}
	slices.SortFunc(faults, func(a, b fault.Field) int { return strings.Compare(a.Location, b.Location) })
	return faults
}

func whole(into *int, low, high int) func(*yaml.Node) string {
	return func(n *yaml.Node) string {
		v, err := strconv.Atoi(n.Value)
		if n.Tag != "!!int" || err != nil || v < low || v > high {
			return fmt.Sprintf("%d…%d", low, high)
		}
		*into = v
		return ""
	}
}

var ruleName = regexp.MustCompile(`^[a-z0-9_.]{1,40}$`)

func word(into *string) func(*yaml.Node) string {
	return func(n *yaml.Node) string {
		if !ruleName.MatchString(n.Value) {
			return "a-z 0-9 _ . (1–40)"
		}
		*into = n.Value
		return ""
	}
}

// text reads a short text that a document number may hold.
func text(into *string) func(*yaml.Node) string {
	return func(n *yaml.Node) string {
		if n.Value == "" || len([]rune(n.Value)) > 8 || strings.ContainsAny(n.Value, "〔〕 \t\n") {
			return "1–8"
		}
		*into = n.Value
		return ""
	}
}

func oneOf[T ~string](into *T, values []string) func(*yaml.Node) string {
	return func(n *yaml.Node) string {
		if !slices.Contains(values, n.Value) {
			return strings.Join(values, ", ")
		}
		*into = T(n.Value)
		return ""
	}
}

// period reads {n, unit, roll}.
func period(at string, into *workday.Period, units []string) []ruleKey {
	return []ruleKey{
		{at + ".n", whole(&into.N, 1, 3650), false}, {at + ".unit", oneOf(&into.Unit, units), false},
		{at + ".roll", func(n *yaml.Node) string {
			if n.Tag != "!!bool" || n.Decode(&into.Roll) != nil {
				return "true, false"
			}
			return ""
		}, true},
	}
}
