package apitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"
)

// bulkActs are the acts on duties in bulk: the operation on one duty that each stands for, and what it needs besides the rows.
var bulkActs = map[string]struct{ op, with string }{
	"accept":    {"accept-duty", ""},
	"return":    {"return-duty", `,"reason":"非我单位职责"`},
	"insist":    {"insist-duty", `,"reason":"维持"`},
	"reassign":  {"reassign-duty", `,"reason":"职责调整","unit_id":"$unit.bureau"`},
	"cancel":    {"cancel-duty", `,"reason":"任务取消"`},
	"instruct":  {"instruct-duty", `,"reason":"请抓紧办理"`},
	"close":     {"close-duty", `,"close_reason":"done"`},
	"send_back": {"send-back-duty", `,"reason":"材料不全"`},
	"reopen":    {"reopen-duty", `,"reason":"问题反弹"`},
}

// TestBulk: an act on many duties does to each row what the operation on that one duty would, by the same oracle: whoever may not
// do it one by one may not do it in bulk, though the answer of the whole is 200.
func TestBulk(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	bulk := w.contract.ops["act-on-duties"]
	done := 0
	for _, action := range slices.Sorted(maps.Keys(bulkActs)) {
		t.Run(action, func(t *testing.T) {
			act := bulkActs[action]
			single := w.contract.ops[act.op]
			if single == nil {
				t.Fatalf("%s stands for %s, which is not served", action, act.op)
			}
			for _, c := range w.cells(o, single) {
				if c.who == nil || len(c.who.posts) == 0 || len(o.rules(bulk.id)) == 0 {
					continue
				}
				if whole := o.expect(o.rules(bulk.id), c.who, nil, http.StatusOK); whole.status != http.StatusOK {
					continue
				}
				body := fmt.Sprintf(`{"action":"%s","rows":[{"id":"%s","version":%d}]%s}`, action, c.on.id, w.version(c.on), w.fillIn(t, act.with))
				a := w.call(t, c.who, bulk, request{body: body})
				row := onlyRow(t, a)
				if wrong := row.departs(c.want); wrong != "" {
					t.Fatalf("%s on %s: %s, want %v as one by one: %s", c.who, c.on, wrong, c.want, clip(string(a.body)))
				}
				if row.Done {
					done++
					w.restore()
				}
			}
		})
	}
	if done < len(bulkActs) {
		t.Errorf("only %d acts were done", done)
	}
	for _, table := range w.differing() {
		t.Errorf("refused rows left traces in %s", table)
	}
}

type bulkRow struct {
	Done bool
	Code string
}

func onlyRow(t *testing.T, a *answer) bulkRow {
	t.Helper()
	var body struct {
		Items []bulkRow
		Done  int
	}
	if err := json.Unmarshal(a.body, &body); err != nil || a.status != http.StatusOK || len(body.Items) != 1 {
		t.Fatalf("answered %d %s", a.status, clip(string(a.body)))
	}
	if (body.Done == 1) != body.Items[0].Done {
		t.Fatalf("the sum is not that of the rows: %s", clip(string(a.body)))
	}
	return body.Items[0]
}

// departs says how a row differs from what the single operation has to answer; "" if it does not.
func (r bulkRow) departs(want verdict) string {
	switch {
	case want.status < 300 && !r.Done:
		return "refused"
	case want.status >= 300 && r.Done:
		return "done"
	case want.status == http.StatusForbidden && !want.unseen && r.Code != "forbidden" && r.Code != want.code:
		return "refused with " + r.Code
	case want.status == http.StatusNotFound && r.Code != "not_found":
		return "refused with " + r.Code
	}
	return ""
}
