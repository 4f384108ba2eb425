package apitest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/plans"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

// looks are the kinds of objects that can be listed and looked at one by one; by is a query that asks for one state, where a
// list shows only some states without it.
var looks = map[string]struct{ list, get, by string }{
	"duty":        {"list-duties", "get-duty", "status"},
	"notice":      {"list-notices", "get-notice", ""},
	"finding":     {"list-findings", "get-finding", ""},
	"inspection":  {"list-inspections", "get-inspection", ""},
	"plan":        {"list-plans", "get-plan", ""},
	"user":        {"list-users", "get-user", ""},
	"post":        {"list-posts", "get-post", ""},
	"calendar":    {"list-calendar-proposals", "get-calendar-proposal", ""},
	"unit":        {"list-units", "get-unit", ""},
	"roster":      {"list-rosters", "get-roster", ""},
	"matter":      {"list-matters", "get-matter", ""},
	"instruction": {"list-instructions", "get-instruction", ""},
	"proceeding":  {"list-proceedings", "get-proceeding", ""},
	"conclusion":  {"list-conclusions", "get-conclusion", ""},
	"objection":   {"list-objections", "get-objection", ""},
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
						state, _, _ := strings.Cut(on.state, ":") // after the colon stands what the state does not tell
						r.query.Set(look.by, state)
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
	w.crowd()
	w.crowdSeeing()
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		op := w.contract.ops[id]
		if op.method != "GET" || !op.takes("query", "after") || !op.takes("query", "limit") {
			continue
		}
		t.Run(id, func(t *testing.T) {
			c, whole := w.longest(t, o, op)
			if len(whole) < 3 {
				t.Fatalf("the world has only %d to list: two pages prove nothing", len(whole))
			}
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

// crowd adds to the world what fills the lists that belong to one object or person.
func (w *world) crowd() {
	w.T.Helper()
	w.crowdLights()
	w.crowdObjections()
	w.crowdDelegations()
	s, clerk, office := w.app.Duties, w.as("unit_clerk.own"), w.as("office.home")
	id, draft, progress := w.object("duty", "active").id, w.object("plan", "draft").id, 5000
	for i := range 4 {
		_, err := w.app.Evidence.AddLink(clerk, evidence.AddLinkInput{Subject: evidence.OnDuty, SubjectID: id, Name: "公开页面", URL: fmt.Sprint("https://www.example.gov.cn/", i)})
		w.must(err)
		_, err = s.SaveReport(clerk, id, duties.SaveReportInput{Kind: "progress", Narrative: fmt.Sprint("第", i, "次")})
		w.must(err)
		_, err = s.Urge(office, id, duties.UrgeDutyInput{Content: fmt.Sprint("第", i, "次催办"), Reason: "再次催办"})
		w.must(err)
		e, err := s.RequestExtension(clerk, id, duties.RequestExtensionInput{DueDate: workday.MustDate("2017-12-29"), Reason: "流标", Progress: &progress})
		w.must(err)
		_, err = s.WithdrawExtension(clerk, e.ID, e.Version)
		w.must(err)
		_, err = w.app.Units.CreateRoster(office, units.SaveRosterInput{Name: fmt.Sprint("名册", i), Kinds: []unit.Kind{unit.School}})
		w.must(err)
		_, err = w.app.Units.Create(w.as("system_admin.home"), units.CreateUnitInput{ParentID: w.home.Department.ID, Name: fmt.Sprint("第", i, "大学"), Kind: unit.University})
		w.must(err)
		task, err := w.app.Plans.AddTask(office, draft, plans.AddTaskInput{Title: fmt.Sprint("新任务", i), Kind: plan.Task})
		w.must(err)
		first, err := ident.Parse(w.names["task.draft.1"])
		w.must(err)
		_, err = w.app.Plans.Link(office, draft, plans.LinkTasksInput{BeforeID: first, AfterID: task.ID})
		w.must(err)
		w.session(w.actor("unit_clerk.own"), fmt.Sprint("browser", i))
		w.token(w.actor("unit_clerk.own"), fmt.Sprint("token", i), "duty.read")
	}
	w.crowdReports()
}

// longest is the allowed cell of a list that shows most, with what it shows.
func (w *world) longest(t *testing.T, o *oracle, op *operation) (cell, []string) {
	t.Helper()
	var best cell
	var most []string
	for _, c := range w.cells(o, op) {
		if c.want.status != op.success() || c.who == nil || strings.HasSuffix(c.who.name, ".away") {
			continue
		}
		if all := w.walk(t, c, 200); len(all) > len(most) {
			best, most = c, all
		}
	}
	return best, most
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
