package apitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// marker stands in every rejected value: no answer may repeat it, for it could have been a password.
const marker = "Zx9-never-echoed"

// spoilt is one way of making a good request bad.
type spoilt struct {
	name string
	r    request
	want []int // the statuses that are right; nil is any refusal
}

// willing is somebody who may do an operation, on an object where it is allowed.
func (w *world) willing(o *oracle, op *operation) (cell, bool) {
	for _, c := range w.cells(o, op) {
		if c.want.status == op.success() && (c.who != nil || op.permission == "public") {
			return c, true
		}
	}
	for _, c := range w.cells(o, op) { // those that only a secret opens
		if c.want.status != 401 && c.want.status != 403 || op.permission == "public" {
			return c, true
		}
	}
	return cell{}, false
}

// TestBadInput spoils a good request of every operation in every way that a lenient reader would let through: each is refused
// with the right status and a code, no answer repeats the rejected value, and nothing is written.
func TestBadInput(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	sent := 0
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		op := w.contract.ops[id]
		t.Run(id, func(t *testing.T) {
			c, ok := w.willing(o, op)
			if !ok {
				t.Fatal("nobody may do it")
			}
			for _, s := range w.spoil(t, op, w.good(t, op, c.on)) {
				if a := w.call(t, c.who, op, s.r); !s.refused(a) {
					t.Errorf("%s: answered %d, want %v\n  request %s %s\n  answer %s", s.name, a.status, s.want, s.r.query.Encode(), clip(s.r.body), clip(string(a.body)))
				} else if strings.Contains(string(a.body), marker) && !strings.HasPrefix(s.name, "path") { // the path is told as it came
					t.Errorf("%s: the answer repeats the rejected value: %s", s.name, clip(string(a.body)))
				}
				sent++
			}
		})
	}
	t.Logf("%d bad requests", sent)
	for _, table := range w.differing() {
		if table != "login_tries" && table != "events" { // wrong passwords are counted and logged
			t.Errorf("bad requests left traces in %s", table)
		}
	}
}

func (s spoilt) refused(a *answer) bool {
	if s.want == nil {
		return a.status >= 400 && a.status < 500 && a.problem().Code != ""
	}
	return slices.Contains(s.want, a.status) && a.problem().Code != ""
}

// spoil lists the bad forms of a good request.
func (w *world) spoil(t *testing.T, op *operation, good request) []spoilt {
	unprocessable := []int{http.StatusUnprocessableEntity}
	all := []spoilt{
		{"unknown query parameter", good.with(func(r *request) { r.query.Set("no_such", "1") }), unprocessable},
		{"NUL in the query", good.with(func(r *request) { r.query.Set("name", "a\x00"+marker) }), unprocessable},
		{"right-to-left override in the query", good.with(func(r *request) { r.query.Set("name", "a\u202e"+marker) }), unprocessable},
	}
	if len(op.params) > 0 {
		all = append(all, w.spoilParams(op, good)...)
	}
	if op.takes("header", "If-Match") {
		all = append(all,
			spoilt{"no If-Match", good.with(func(r *request) { delete(r.header, "If-Match") }), []int{http.StatusPreconditionRequired}},
			spoilt{"an old If-Match", good.with(func(r *request) { r.header["If-Match"] = `"9999"` }), []int{http.StatusPreconditionFailed}},
			spoilt{"an If-Match that is no number", good.with(func(r *request) { r.header["If-Match"] = `"` + marker + `"` }), unprocessable},
			spoilt{"a huge If-Match", good.with(func(r *request) { r.header["If-Match"] = `"99999999999999999999999"` }), unprocessable})
	}
	switch op.media {
	case "application/json":
		all = append(all, w.spoilDocument(t, op, good)...)
		all = append(all, w.spoilFields(t, op, good)...)
	case "multipart/form-data":
		all = append(all, spoilForm(good)...)
		for _, field := range []string{"title", "number"} {
			if _, text := at(op.body, "properties")[field]; text {
				hidden := "--b0undary\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\na\u202e" + marker + "\r\n"
				all = append(all, spoilt{"right-to-left override in " + field, good.with(func(r *request) { r.body = hidden + r.body }), unprocessable})
			}
		}
	}
	return all
}

// with is a copy of a request, changed.
func (r request) with(change func(*request)) request {
	c := r
	c.path, c.header = maps.Clone(r.path), maps.Clone(r.header)
	c.query = map[string][]string{}
	for key, values := range r.query {
		c.query[key] = slices.Clone(values)
	}
	change(&c)
	return c
}

// spoilParams spoils path and query parameters by their schema.
func (w *world) spoilParams(op *operation, good request) []spoilt {
	var all []spoilt
	for _, p := range op.params {
		name, _ := p["name"].(string)
		schema := w.contract.resolve(at(p, "schema"))
		for label, value := range badValues(schema) {
			if p["in"] == "query" {
				all = append(all, spoilt{fmt.Sprintf("query %s: %s", name, label), good.with(func(r *request) { r.query.Set(name, value) }), []int{http.StatusUnprocessableEntity}})
			}
			if p["in"] == "path" {
				all = append(all, spoilt{fmt.Sprintf("path %s: %s", name, label), good.with(func(r *request) { r.path[name] = value }), []int{http.StatusUnprocessableEntity, http.StatusNotFound}})
			}
		}
	}
	return all
}

// badValues lists texts that a parameter's schema forbids.
func badValues(schema map[string]any) map[string]string {
	bad := map[string]string{}
	types := typesOf(schema)
	if slices.Contains(types, "integer") {
		bad["no number"], bad["a fraction"], bad["too large for any"] = marker, "1.5", "99999999999999999999999"
		bad["10^9"], bad["negative"] = "1000000000", "-1"
		if _, bounded := number(schema["maximum"]); !bounded {
			delete(bad, "10^9")
		}
		if _, bounded := number(schema["minimum"]); !bounded {
			delete(bad, "negative")
		}
	}
	if slices.Contains(types, "boolean") {
		bad["no truth"] = marker
	}
	if len(list(schema["enum"])) > 0 {
		bad["none of the list"] = marker
	}
	if high, ok := number(schema["maxLength"]); ok {
		bad["too long"] = strings.Repeat("长", int(high)+1)
	}
	return bad
}

// spoilDocument spoils the body as a whole.
func (w *world) spoilDocument(t *testing.T, op *operation, good request) []spoilt {
	t.Helper()
	unprocessable := []int{http.StatusUnprocessableEntity}
	body := func(name, text string, want []int) spoilt {
		return spoilt{name, good.with(func(r *request) { r.body = text }), want}
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(good.body), "{"), "}")
	more := func(text string) string {
		if inner == "" {
			return "{" + text + "}"
		}
		return "{" + inner + "," + text + "}"
	}
	all := []spoilt{
		body("no JSON", `{"`+marker, unprocessable),
		body("two documents", good.body+good.body, unprocessable),
		body("an array", "["+good.body+"]", unprocessable),
		body("a text", `"`+marker+`"`, unprocessable),
		body("null", "null", unprocessable),
		body("an unknown field", more(`"no_such":"`+marker+`"`), unprocessable),
		body("a field with a hidden name", more(`"a\u202eb":"`+marker+`"`), unprocessable),
		body("broken UTF-8", more("\"note\":\"\xff\xfe\""), unprocessable),
		body("too deep", more(`"note":`+strings.Repeat("[", 5000)+strings.Repeat("]", 5000)), unprocessable),
		body("too large", more(`"note":"`+strings.Repeat("a", 1<<20)+`"`), []int{http.StatusRequestEntityTooLarge}),
		{"plain text", good.with(func(r *request) { r.media = "text/plain" }), []int{http.StatusUnsupportedMediaType}},
		{"no media type", good.with(func(r *request) { r.media = "-" }), []int{http.StatusUnsupportedMediaType}},
		{"a form", good.with(func(r *request) { r.media = "application/x-www-form-urlencoded" }), []int{http.StatusUnsupportedMediaType}},
	}
	if op.required {
		all = append(all, body("no body", "", []int{http.StatusUnprocessableEntity, http.StatusUnsupportedMediaType}))
	}
	return all
}

// spoilFields spoils every field of the body by its schema.
func (w *world) spoilFields(t *testing.T, op *operation, good request) []spoilt {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(good.body), &fields); err != nil {
		t.Fatalf("the good body is bad: %v", err)
	}
	schema := w.contract.resolve(op.body)
	unprocessable := []int{http.StatusUnprocessableEntity}
	var all []spoilt
	put := func(label, name string, value any) {
		changed := maps.Clone(fields)
		changed[name] = value
		raw, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, spoilt{label + " in " + name, good.with(func(r *request) { r.body = string(raw) }), unprocessable})
	}
	for _, name := range list(schema["required"]) {
		changed := maps.Clone(fields)
		delete(changed, name.(string))
		raw, _ := json.Marshal(changed)
		all = append(all, spoilt{fmt.Sprint("no ", name), good.with(func(r *request) { r.body = string(raw) }), unprocessable})
	}
	for name, property := range at(schema, "properties") {
		p := w.contract.resolve(property.(map[string]any))
		for label, value := range badJSON(p) {
			put(label, name, value)
		}
		twin := strings.ToUpper(name[:1]) + name[1:]
		put("a twin in other case", twin, marker)
		raw, _ := json.Marshal(fields[name])
		doubled := strings.TrimSuffix(good.body, "}") + `,"` + name + `":` + string(raw) + "}"
		if _, given := fields[name]; given {
			all = append(all, spoilt{"doubled " + name, good.with(func(r *request) { r.body = doubled }), unprocessable})
		}
	}
	return all
}

// badJSON lists values that a field's schema forbids.
func badJSON(p map[string]any) map[string]any {
	bad := map[string]any{}
	types := typesOf(p)
	if slices.Contains(types, "string") {
		bad["a number"], bad["an object"], bad["NUL"], bad["right-to-left override"] = 7, map[string]any{"a": marker}, marker+"\x00", "a\u202e"+marker
		if high, ok := number(p["maxLength"]); ok {
			bad["too long"] = strings.Repeat("长", int(high)+1)
		}
		if len(list(p["enum"])) > 0 {
			bad["none of the list"] = marker
		}
	}
	if slices.Contains(types, "integer") {
		bad["a text"], bad["a fraction"], bad["a huge number"] = marker, 1.5, json.Number("1e300")
		bad["beyond 64 bits"] = json.Number("99999999999999999999999")
		if high, ok := number(p["maximum"]); ok {
			bad["too much"] = high + 1
		}
		if low, ok := number(p["minimum"]); ok {
			bad["too little"] = low - 1
		}
	}
	if slices.Contains(types, "boolean") {
		bad["a text"] = marker
	}
	if slices.Contains(types, "array") {
		bad["a text"] = marker
		bad["an array of objects"] = []any{map[string]any{"no_such": marker}}
		if high, ok := number(p["maxItems"]); ok {
			bad["too many"] = make([]string, int(high)+1)
		}
	}
	return bad
}

// spoilForm spoils an upload.
func spoilForm(good request) []spoilt {
	return []spoilt{
		{"no boundary", good.with(func(r *request) { r.media = "multipart/form-data" }), nil},
		{"another boundary", good.with(func(r *request) { r.media = "multipart/form-data; boundary=other" }), nil},
		{"an empty form", good.with(func(r *request) { r.body = "--b0undary--\r\n" }), []int{http.StatusUnprocessableEntity}},
		{"an empty file", good.with(func(r *request) { r.body = form("a.txt", "") }), []int{http.StatusUnprocessableEntity}},
		{"right-to-left override in the file's name", good.with(func(r *request) { r.body = form("a\u202etxt.exe", "已经公开") }), nil},
		{"a path as the file's name", good.with(func(r *request) { r.body = form("../../etc/passwd", "已经公开") }), nil},
		{"a cut form", good.with(func(r *request) { r.body = r.body[:len(r.body)-20] }), nil},
		{"a JSON body", good.with(func(r *request) { r.body, r.media = "{}", "application/json" }), nil},
		{"too large", good.with(func(r *request) { r.body = form("a.txt", strings.Repeat("a", 65<<20)) }), []int{http.StatusRequestEntityTooLarge}},
	}
}
