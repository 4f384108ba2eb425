package apitest

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// oddTexts are texts that are allowed and that careless code stumbles over.
var oddTexts = []string{"", " ", "'", `" OR 1=1 --`, "%", "_", "%_%", `\`, "0", "-1", "null", "=1+1", "＝1+1", "{}", "<b>x</b>", "𠮷野家", "é", "e\u0301", "👩‍👩‍👧", "İ", "ß",
	"\t", "\r\n", "第一行\n第二行", "督办", "2017-02-29", "2017-12-31", "9999-12-31", "0001-01-01", "2017-13-01", "0000000000000", "7zzzzzzzzzzzz", "https://example.gov.cn/a?b=c#d"}

// TestGeneratedInput sends every operation what its schema allows, and a little more: whatever the answer, it is documented,
// well-formed and no failure of the program. The call itself holds the answer to the contract.
func TestGeneratedInput(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	was := checks.Value.String()
	_ = flag.Set("rapid.checks", drawn)
	t.Cleanup(func() { _ = flag.Set("rapid.checks", was) })
	w, o := newWorld(t), readOracle(t)
	ids := slices.Sorted(maps.Values(w.names))
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		op := w.contract.ops[id]
		if slices.Contains(slow, id) {
			continue
		}
		t.Run(id, func(t *testing.T) {
			c, ok := w.willing(o, op)
			if !ok {
				t.Fatal("nobody may do it")
			}
			good := w.good(t, op, c.on)
			rapid.Check(t, func(rt *rapid.T) {
				g := generator{rt, w.contract, ids}
				r := good.with(func(*request) {})
				g.params(op, &r)
				if op.media == "application/json" {
					raw, err := json.Marshal(g.value(op.body, "body", 0))
					if err != nil {
						rt.Fatal(err)
					}
					r.body = string(raw)
				}
				a := w.send(c.who, op, r)
				if a.ok() && op.method != "GET" {
					w.restore()
				}
				if faults := w.contract.holds(op, a); len(faults) > 0 || a.status >= 500 {
					rt.Fatalf("answered %d: %v\n  request %s %s\n  answer %s\n  log %s", a.status, faults, r.query.Encode(), r.body, clip(string(a.body)), short(w.log.String()))
				}
				w.log.Reset()
			})
		})
	}
}

// slow are operations that hash a password at each call; the bad inputs of TestBadInput are enough for them.
var slow = []string{"sign-in", "change-password", "set-password", "enrol-second-factor", "remove-second-factor"}

// generator draws values by their schema.
type generator struct {
	*rapid.T
	contract *contract
	ids      []string // of objects that are there
}

// params draws the query, one parameter in two.
func (g generator) params(op *operation, r *request) {
	for _, p := range op.params {
		name, _ := p["name"].(string)
		required, _ := p["required"].(bool)
		if p["in"] != "query" || !required && !rapid.Bool().Draw(g.T, "give "+name) {
			continue
		}
		r.query.Set(name, strings.ReplaceAll(fmt.Sprint(g.value(at(p, "schema"), name, 0)), "\x00", ""))
	}
}

// value draws a value that the schema allows; texts and numbers are often at their limits.
func (g generator) value(schema map[string]any, name string, depth int) any {
	schema = g.contract.resolve(schema)
	if enum := list(schema["enum"]); len(enum) > 0 {
		return rapid.SampledFrom(enum).Draw(g.T, name)
	}
	types := typesOf(schema)
	switch {
	case len(types) == 0:
		return rapid.SampledFrom([]any{nil, true, 1.5, "x", []any{}, map[string]any{"信息": 12}}).Draw(g.T, name)
	case slices.Contains(types, "object"):
		return g.object(schema, name, depth)
	case slices.Contains(types, "array"):
		items := []any{}
		for i := range rapid.IntRange(0, 3).Draw(g.T, name+" items") {
			items = append(items, g.value(at(schema, "items"), fmt.Sprintf("%s[%d]", name, i), depth+1))
		}
		return items
	case slices.Contains(types, "integer"), slices.Contains(types, "number"):
		return g.number(schema, name)
	case slices.Contains(types, "boolean"):
		return rapid.Bool().Draw(g.T, name)
	}
	return g.text(schema, name)
}

func (g generator) object(schema map[string]any, name string, depth int) any {
	made := map[string]any{}
	required := list(schema["required"])
	properties := at(schema, "properties")
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		if slices.Contains(required, any(key)) || depth < 4 && rapid.Bool().Draw(g.T, "give "+name+"."+key) {
			made[key] = g.value(properties[key].(map[string]any), name+"."+key, depth+1)
		}
	}
	return made
}

func (g generator) number(schema map[string]any, name string) any {
	low, high := float64(math.MinInt32), float64(math.MaxInt32)
	if n, ok := number(schema["minimum"]); ok {
		low = n
	}
	if n, ok := number(schema["maximum"]); ok {
		high = n
	} else if rapid.IntRange(0, 4).Draw(g.T, name+" extreme") == 0 {
		return json.Number("9223372036854775807")
	}
	return int64(rapid.SampledFrom([]float64{low, high, max(low, 0), max(low, min(high, 7))}).Draw(g.T, name))
}

func (g generator) text(schema map[string]any, name string) string {
	if strings.HasSuffix(name, "_id") || strings.Contains(name, "_ids[") || rapid.IntRange(0, 9).Draw(g.T, name+" as id") == 0 {
		return rapid.SampledFrom(g.ids).Draw(g.T, name)
	}
	if examples := list(schema["examples"]); len(examples) > 0 && rapid.Bool().Draw(g.T, name+" as shown") {
		return fmt.Sprint(examples[0])
	}
	text := rapid.SampledFrom(oddTexts).Draw(g.T, name)
	if high, ok := number(schema["maxLength"]); ok && rapid.IntRange(0, 4).Draw(g.T, name+" long") == 0 {
		text = strings.Repeat("长", int(high))
	}
	return text
}
