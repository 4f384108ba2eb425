package apitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// cell is one question of the matrix.
type cell struct {
	op   *operation
	who  *actor
	on   *object // nil: the operation has no object
	want verdict
}

// cells lists every question that an operation raises: each actor on each object of its kind, in each state.
func (w *world) cells(o *oracle, op *operation) []cell {
	rules := o.rules(op.id)
	if len(rules) == 0 {
		return nil
	}
	objects := []*object{nil}
	if len(rules[0].states) > 0 {
		objects = objects[:0]
		for _, on := range w.objects {
			if on.kind == rules[0].kind.name {
				objects = append(objects, on)
			}
		}
	}
	var all []cell
	for _, on := range objects {
		for _, who := range append([]*actor{nil}, w.actors...) {
			all = append(all, cell{op, who, on, o.expect(rules, who, on, op.success())})
		}
	}
	return all
}

// ask sends a cell's request. An allowed change is taken back afterwards, so that every cell sees the same world.
func (w *world) ask(t testing.TB, c cell) *answer {
	t.Helper()
	a := w.call(t, c.who, c.op, w.good(t, c.op, c.on))
	if a.ok() && c.op.method != "GET" || c.counted() {
		w.restore()
	}
	return a
}

// unknown is what somebody is told of an id that nobody has, if the cell's object is one that they do not see: the two must not
// differ, or the answer betrays that it is there.
func (w *world) unknown(t testing.TB, c cell, asked map[*actor]string) string {
	t.Helper()
	if !c.want.unseen {
		return ""
	}
	if asked[c.who] == "" {
		nothing := *c.on
		r := w.good(t, c.op, c.on)
		nothing.id = w.Store.NewID()
		for key, value := range r.path {
			r.path[key] = strings.ReplaceAll(value, c.on.id.String(), nothing.id.String())
		}
		for key := range r.query {
			r.query.Set(key, strings.ReplaceAll(r.query.Get(key), c.on.id.String(), nothing.id.String()))
		}
		r.body = strings.ReplaceAll(r.body, c.on.id.String(), nothing.id.String())
		asked[c.who] = told(w.call(t, c.who, c.op, r))
	}
	return asked[c.who]
}

// told is what an answer says, without what is new in every answer.
func told(a *answer) string {
	p := a.problem()
	return fmt.Sprint(a.status, " ", p.Code, " ", p.Detail, " ", p.Params, " ", p.Fields)
}

// counted reports whether a refusal leaves a trace on purpose: a wrong password is counted, and logged.
func (c cell) counted() bool { return slices.Contains(slow, c.op.id) && c.op.id != "set-password" }

// perRow are the operations that answer for each row of the request: 200 says that the call may be made, and nothing of its rows.
// What is not there, or not the caller's to do, is a row that says so; TestBulk compares every row with the oracle.
var perRow = []string{"send-urges", "preview-urges", "act-on-duties"}

// leaving are the operations that leave out what is not there for the caller: 200 with nothing in it.
var leaving = []string{"preview-outlooks"}

// empty reports whether an answer lists nothing.
func empty(a *answer) bool {
	var body struct{ Items []json.RawMessage }
	return json.Unmarshal(a.body, &body) == nil && body.Items != nil && len(body.Items) == 0
}

// refusedRows reports whether an answer for each row refuses every one of them, as not there or not the caller's to do.
func refusedRows(a *answer) bool {
	var body struct {
		Items []struct {
			Done, Sent bool
			Code       string
		}
	}
	if json.Unmarshal(a.body, &body) != nil || len(body.Items) == 0 {
		return false
	}
	for _, row := range body.Items {
		if row.Done || row.Sent || row.Code != "not_found" && row.Code != "forbidden" {
			return false
		}
	}
	return true
}

// meets says how an answer departs from what the oracle wants; "" if it does not.
func (c cell) meets(a *answer) string {
	p := a.problem()
	inBody := !strings.Contains(c.op.path, "{id}") // an object that the body names and that is not there is bad input
	foreign := c.who != nil && strings.HasSuffix(c.who.name, ".away") && c.on == nil && strings.Contains(goods[c.op.id].body+goods[c.op.id].query, "$")
	switch {
	case foreign && c.want.status < 300: // what the input names is of another authority, so it is not there
		if a.status == 404 || a.status == 422 {
			return ""
		}
		if a.ok() && slices.Contains(leaving, c.op.id) && empty(a) {
			return ""
		}
		if a.ok() && slices.Contains(perRow, c.op.id) && refusedRows(a) {
			return ""
		}
	case c.want.unseen && a.status == 404: // also without the permission
		return ""
	case inBody && c.on != nil && c.want.unseen && a.status == 422:
		return ""
	case a.status == c.want.status && strings.HasPrefix(p.Code, c.want.code):
		if a.status == 403 && (p.Params["permission"] == nil || p.Params["relation"] == nil) {
			return "the refusal names no permission or relation: " + clip(string(a.body))
		}
		return ""
	}
	return clip(string(a.body))
}

// TestMatrix asks every operation as every role in every relation on every state, and compares with the oracle.
func TestMatrix(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	asked := 0
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		op := w.contract.ops[id]
		t.Run(id, func(t *testing.T) {
			events, blind := w.count("events"), map[*actor]string{}
			for i, c := range w.cells(o, op) {
				if t.Failed() {
					return // the first fault of an operation says enough
				}
				if c.want.status >= 400 && i%refusedAsked != 0 {
					continue
				}
				a := w.ask(t, c)
				asked++
				if wrong := c.meets(a); wrong != "" {
					t.Errorf("%s on %v: want %v, have %d %s", c.who, c.on, c.want, a.status, wrong)
				}
				if unknown := w.unknown(t, c, blind); unknown != "" && unknown != told(a) {
					t.Errorf("%s on %v, which they do not see: %s, yet an unknown id gets %s", c.who, c.on, told(a), unknown)
				}
				now := w.count("events")
				if !a.ok() && now != events && !c.counted() {
					t.Errorf("%s on %v: refused with %d, yet %d events were written", c.who, c.on, a.status, now-events)
				}
				events = now
			}
		})
	}
	t.Logf("%d cells", asked)
	for _, table := range w.differing() {
		t.Errorf("refused requests left traces in %s", table)
	}
}

// TestOracle/api_and_oracle_name_the_same_operations: nothing is served that the oracle does not speak of, and the reverse.
func TestOracle(t *testing.T) {
	c, o := readContract(t), readOracle(t)
	t.Run("api_and_oracle_name_the_same_operations", func(t *testing.T) {
		for id := range c.ops {
			if len(o.rules(id)) == 0 {
				t.Errorf("%s has no line in %s", id, oracleFile)
			}
		}
		for _, r := range o.rows {
			if c.ops[r.op] == nil {
				t.Errorf("%s speaks of %s, which the API does not serve", oracleFile, r.op)
			}
		}
	})
}

func (w *world) count(table string) int {
	var n int
	w.must(w.saved.conn.QueryRowContext(w.T.Context(), "SELECT count(*) FROM "+w.saved.main(table)).Scan(&n))
	return n
}
