package ladder

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/workday"
)

// Limits of a rule file; a ladder beyond them is a mistake.
const (
	maxLights  = 20
	maxSteps   = 40
	maxOffset  = 1_000
	maxVersion = 1_000_000
)

// timeUnits are the units of an offset: a ladder's day must not depend on the length of a month.
var timeUnits = []string{string(workday.ByDay), string(workday.ByWorkday)}

// Parse reads one rule file. Errors: input.invalid with every fault: file and line, the key's path, what stands there and
// what was expected.
func Parse(file string, raw []byte) (RuleSet, error) {
	r := &reader{file: file}
	root := r.document(raw)
	if root == nil {
		return RuleSet{}, fault.BadFields(r.faults...)
	}
	set := r.ruleSet(root)
	if len(r.faults) > 0 {
		return RuleSet{}, fault.BadFields(r.faults...)
	}
	return set, nil
}

// document is the root of the one document of a file; nil, with a fault, if the file is not that.
func (r *reader) document(raw []byte) *yaml.Node {
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	var doc, more yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		r.fail(nil, "", "rules.syntax", fault.Params{"detail": err.Error()})
		return nil
	}
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		r.fail(&more, "", "rules.second_document", nil)
		return nil
	}
	return doc.Content[0]
}

func (r *reader) ruleSet(n *yaml.Node) RuleSet {
	var set RuleSet
	ids := make(map[string]bool)
	r.mapping("", n, keys{
		"id":         {true, r.name(&set.ID)},
		"version":    {true, r.whole(&set.Version, 1, maxVersion)},
		"subject":    {true, oneOf(r, &set.Subject, set.Subject.Values())},
		"trajectory": {false, oneOf(r, &set.Plan, timeUnits)},
		"period":     {false, func(at string, n *yaml.Node) { set.Period = r.period(at, n) }},
		"lights": {true, func(at string, n *yaml.Node) {
			r.list(maxLights, func(at string, n *yaml.Node) { set.Lights = append(set.Lights, r.light(at, n, ids)) })(at, n)
			r.fallback(n, set.Lights)
		}},
		"steps": {true, r.list(maxSteps, func(at string, n *yaml.Node) {
			set.Steps = append(set.Steps, r.stepRule(at, n, ids))
		})},
	})
	return set
}

// fallback holds that the last light, and only the last, has no condition: so every state has one, and every rule is reached.
func (r *reader) fallback(n *yaml.Node, lights []LightRule) {
	for i, light := range lights {
		last, free := i == len(lights)-1, len(light.When) == 0
		at := fmt.Sprintf("lights[%d]", i)
		switch {
		case last && !free:
			r.fail(n.Content[i], at, "rules.no_fallback", fault.Params{"value": light.ID})
		case free && !last:
			r.fail(n.Content[i], at, "rules.unreachable", fault.Params{"value": light.ID})
		}
	}
}

// unique reads an id that stands once among the lights and steps of a set.
func (r *reader) unique(into *string, ids map[string]bool) func(string, *yaml.Node) {
	return func(at string, n *yaml.Node) {
		r.name(into)(at, n)
		switch {
		case *into == RuleClosed:
			r.fail(n, at, "rules.reserved", fault.Params{"value": *into})
		case *into != "" && ids[*into]:
			r.fail(n, at, "rules.twice", fault.Params{"value": *into})
		}
		ids[*into] = true
	}
}

func (r *reader) light(at string, n *yaml.Node, ids map[string]bool) LightRule {
	var rule LightRule
	r.mapping(at, n, keys{
		"id":    {true, r.unique(&rule.ID, ids)},
		"light": {true, oneOf(r, &rule.Light, []string{string(Grey), string(Green), string(Yellow), string(Red)})},
		"when":  {false, func(at string, n *yaml.Node) { rule.When = r.when(at, n) }},
	})
	return rule
}

func (r *reader) stepRule(at string, n *yaml.Node, ids map[string]bool) StepRule {
	var rule StepRule
	r.mapping(at, n, keys{
		"id":   {true, r.unique(&rule.ID, ids)},
		"kind": {true, oneOf(r, &rule.Kind, rule.Kind.Values())},
		"at":   {true, func(at string, n *yaml.Node) { rule.At = r.offset(at, n) }},
		"to": {true, r.list(len(Recipient("").Values()), func(at string, n *yaml.Node) {
			var to Recipient
			oneOf(r, &to, to.Values())(at, n)
			rule.To = append(rule.To, to)
		})},
		"colour":       {false, oneOf(r, &rule.Colour, rule.Colour.Values())},
		"reply_within": {false, func(at string, n *yaml.Node) { rule.ReplyWithin = r.period(at, n) }},
	})
	switch {
	case rule.Kind == Letter && rule.Colour == "":
		r.fail(n, join(at, "colour"), "rules.missing_key", nil)
	case rule.Kind != Letter && rule.Colour != "":
		r.fail(n, join(at, "colour"), "rules.colour", fault.Params{"value": string(rule.Kind)})
	}
	return rule
}

func (r *reader) offset(at string, n *yaml.Node) Offset {
	var o Offset
	r.mapping(at, n, keys{
		"offset": {true, r.whole(&o.N, -maxOffset, maxOffset)},
		"unit":   {true, oneOf(r, &o.Unit, timeUnits)},
	})
	return o
}

func (r *reader) period(at string, n *yaml.Node) *workday.Period {
	var p workday.Period
	r.mapping(at, n, keys{
		"n":    {true, r.whole(&p.N, 1, maxOffset)},
		"unit": {true, oneOf(r, &p.Unit, p.Unit.Values())},
		"roll": {false, r.truth(&p.Roll)},
	})
	return &p
}

// when reads the conditions of a light: all of them must hold.
func (r *reader) when(at string, n *yaml.Node) []Condition {
	var all []Condition
	add := func(kind ConditionKind, read func(k *Condition, at string, n *yaml.Node)) key {
		return key{read: func(at string, n *yaml.Node) {
			k := Condition{Kind: kind}
			read(&k, at, n)
			all = append(all, k)
		}}
	}
	r.mapping(at, n, keys{
		"dated":      add(Dated, func(k *Condition, at string, n *yaml.Node) { r.truth(&k.Want)(at, n) }),
		"started":    add(Started, func(k *Condition, at string, n *yaml.Node) { r.truth(&k.Want)(at, n) }),
		"from":       add(From, func(k *Condition, at string, n *yaml.Node) { k.At = r.offset(at, n) }),
		"share_left": add(ShareLeft, func(k *Condition, at string, n *yaml.Node) { r.whole(&k.N, 0, 100)(at, n) }),
		"yellows":    add(Yellows, func(k *Condition, at string, n *yaml.Node) { r.whole(&k.N, 1, maxOffset)(at, n) }),
		"behind":     add(Behind, r.behind),
	})
	return all
}

func (r *reader) behind(k *Condition, at string, n *yaml.Node) {
	measure := "points"
	r.mapping(at, n, keys{
		"more_than": {true, r.whole(&k.N, 0, 100)},
		"up_to":     {false, r.whole(&k.UpTo, 1, 100)},
		"in":        {false, oneOf(r, &measure, []string{"points", "share"})},
	})
	k.Relative = measure == "share"
	if k.UpTo != 0 && k.UpTo <= k.N {
		r.wrong(n, at, "more_than < up_to")
	}
}
