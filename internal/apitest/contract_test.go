package apitest

import (
	"fmt"
	"mime"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/duban-gov/duban/internal/app"
)

// contract is the OpenAPI document as the tests read it: plain YAML, with a small validator of their own, so that a fault of
// the library that prints it does not hide itself.
type contract struct {
	schemas map[string]any
	ops     map[string]*operation
}

// operation is one operation of the document.
type operation struct {
	id, method, path, permission string
	raw                          map[string]any
	params                       []map[string]any
	media                        string         // of the request's body; "" if there is none
	body                         map[string]any // schema of the request's body
	required                     bool           // whether there must be a body
	answers                      map[string]map[string]any
}

// readContract reads the document that the code prints; TestContract holds the committed file against the same.
func readContract(t testing.TB) *contract {
	t.Helper()
	raw, err := app.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	c := &contract{schemas: at(doc, "components", "schemas"), ops: map[string]*operation{}}
	for path, item := range at(doc, "paths") {
		for method, op := range item.(map[string]any) {
			o := readOperation(strings.ToUpper(method), path, op.(map[string]any))
			c.ops[o.id] = o
		}
	}
	for id, permission := range variants {
		base, _, _ := strings.Cut(id, "/")
		o := *c.ops[base]
		o.id, o.permission = id, permission
		c.ops[id] = &o
	}
	return c
}

// variants are operations that ask for another permission besides their own if the input says more. In the oracle and among the
// requests they stand as OPERATION/VARIANT with lines of their own.
var variants = map[string]string{"save-view/shared": "view.share"}

func readOperation(method, path string, raw map[string]any) *operation {
	o := &operation{method: method, path: path, raw: raw, answers: map[string]map[string]any{}}
	o.id, _ = raw["operationId"].(string)
	o.permission, _ = raw["x-permission"].(string)
	for _, p := range list(raw["parameters"]) {
		o.params = append(o.params, p.(map[string]any))
	}
	for media, content := range at(raw, "requestBody", "content") {
		o.media, o.body = media, at(content, "schema")
		o.required, _ = at(raw, "requestBody")["required"].(bool)
	}
	for status, answer := range at(raw, "responses") {
		o.answers[status] = answer.(map[string]any)
	}
	return o
}

// success is the one status of success that an operation documents.
func (o *operation) success() int {
	for status := range o.answers {
		if strings.HasPrefix(status, "2") {
			var n int
			_, _ = fmt.Sscan(status, &n)
			return n
		}
	}
	return 0
}

// takes reports whether the operation has a parameter.
func (o *operation) takes(in, name string) bool {
	return slices.ContainsFunc(o.params, func(p map[string]any) bool { return p["in"] == in && p["name"] == name })
}

// holds says how an answer departs from the document; nothing if it keeps to it.
func (c *contract) holds(o *operation, a *answer) []string {
	documented, ok := o.answers[fmt.Sprint(a.status)]
	if !ok {
		return []string{fmt.Sprintf("status %d is not documented", a.status)}
	}
	content := at(documented, "content")
	if len(content) == 0 {
		if len(a.body) > 0 {
			return []string{"there is a body where none is documented"}
		}
		return nil
	}
	media, _, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if err != nil {
		return []string{"the media type cannot be read: " + err.Error()}
	}
	schema, ok := content[media]
	if !ok {
		schema, ok = content["*/*"]
	}
	if !ok {
		return []string{fmt.Sprintf("media type %s is not documented", media)}
	}
	faults := c.headers(documented, a)
	if media != "application/json" && media != "application/problem+json" {
		return faults
	}
	value, err := a.value()
	if err != nil {
		return append(faults, "the body is not JSON: "+err.Error())
	}
	return append(faults, c.check(at(schema, "schema"), value, "body")...)
}

// headers says which documented headers an answer lacks.
func (c *contract) headers(documented map[string]any, a *answer) []string {
	var faults []string
	for name := range at(documented, "headers") {
		if a.header.Get(name) == "" {
			faults = append(faults, "header "+name+" is missing")
		}
	}
	return faults
}

// at walks into nested maps; what is not there is an empty map.
func at(value any, keys ...string) map[string]any {
	for _, key := range keys {
		m, _ := value.(map[string]any)
		value = m[key]
	}
	m, _ := value.(map[string]any)
	return m
}

func list(value any) []any {
	l, _ := value.([]any)
	return l
}
