package apitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
)

// looks are the kinds of objects that can be listed and looked at one by one; by is a query that asks for one state, where a
// list shows only some states without it.
var looks = map[string]struct{ list, get, by string }{
	"duty":       {"list-duties", "get-duty", "status"},
	"notice":     {"list-notices", "get-notice", ""},
	"finding":    {"list-findings", "get-finding", ""},
	"inspection": {"list-inspections", "get-inspection", ""},
	"plan":       {"list-plans", "get-plan", ""},
	"user":       {"list-users", "get-user", ""},
	"post":       {"list-posts", "get-post", ""},
	"unit":       {"list-units", "get-unit", ""},
	"roster":     {"list-rosters", "get-roster", ""},
}

// TestLists: a list never shows what a single look would refuse, and the reverse, for everybody.
func TestLists(t *testing.T) {
	w := newWorld(t)
	for kind, look := range looks {
		t.Run(kind+"_lists_and_single_looks_agree", func(t *testing.T) {
			list, get := w.contract.ops[look.list], w.contract.ops[look.get]
			for _, who := range w.actors {
				for _, on := range w.objects {
					if on.kind != kind {
						continue
					}
					r := request{query: map[string][]string{"limit": {"200"}}}
					if look.by != "" {
						r.query.Set(look.by, on.state)
					}
					a := w.call(t, who, list, r)
					listed := a.ok() && slices.Contains(ids(t, a), on.id.String())
					single := w.call(t, who, get, request{path: map[string]string{"id": on.id.String()}})
					if listed != single.ok() {
						t.Errorf("%s, %s: listed %v, yet a single look answers %d", who, on, listed, single.status)
					}
				}
			}
		})
	}
}

// TestPages: every list that has pages shows the same objects in the same order, whether in pages of two or in one.
func TestPages(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		op := w.contract.ops[id]
		if op.method != "GET" || !op.takes("query", "after") || !op.takes("query", "limit") {
			continue
		}
		t.Run(id, func(t *testing.T) {
			c, ok := w.willing(o, op)
			if !ok {
				t.Fatal("nobody may do it")
			}
			whole := w.walk(t, c, 200)
			if small := w.walk(t, c, 2); !slices.Equal(small, whole) {
				t.Errorf("in pages of two %v, in one %v", small, whole)
			}
			if again := w.walk(t, c, 200); !slices.Equal(again, whole) {
				t.Errorf("the order is not stable: %v, then %v", whole, again)
			}
			sorted := slices.Sorted(slices.Values(whole))
			if len(slices.Compact(sorted)) != len(whole) {
				t.Errorf("something is listed twice: %v", whole)
			}
		})
	}
}

// walk reads all pages of a list, as the items' own JSON.
func (w *world) walk(t *testing.T, c cell, limit int) []string {
	t.Helper()
	all := []string{}
	r := w.good(t, c.op, c.on)
	r.query.Set("limit", fmt.Sprint(limit))
	for range 500 {
		a := w.call(t, c.who, c.op, r)
		if !a.ok() {
			t.Fatalf("a page after %q answers %d %s", r.query.Get("after"), a.status, a.body)
		}
		items, next := page(t, a)
		if len(items) > limit {
			t.Fatalf("%d items on a page of %d", len(items), limit)
		}
		all = append(all, items...)
		if next == "" {
			return all
		}
		r.query.Set("after", next)
	}
	t.Fatal("the list does not end")
	return nil
}

// page reads the items and the cursor of one page.
func page(t *testing.T, a *answer) (items []string, next string) {
	t.Helper()
	var p struct {
		Items []json.RawMessage `json:"items"`
		Next  string            `json:"next"`
	}
	if err := json.Unmarshal(a.body, &p); err != nil {
		t.Fatal(err)
	}
	for _, item := range p.Items {
		items = append(items, string(item))
	}
	return items, p.Next
}

func ids(t *testing.T, a *answer) []string {
	t.Helper()
	items, _ := page(t, a)
	all := make([]string, len(items))
	for i, item := range items {
		var o struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal([]byte(item), &o); err != nil {
			t.Fatal(err)
		}
		all[i] = o.ID
	}
	return all
}
