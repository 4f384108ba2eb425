package apitest

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEdge holds what is true of every operation alike, whatever it does.
func TestEdge(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	t.Run("another_site_cannot_act_in_a_browser", func(t *testing.T) {
		for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
			op := w.contract.ops[id]
			c, ok := w.willing(o, op)
			if op.method == http.MethodGet || !ok {
				continue
			}
			for _, header := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}} {
				r := w.good(t, op, c.on)
				maps.Copy(r.header, header)
				if a := w.call(t, c.who, op, r); a.status != http.StatusForbidden || a.problem().Code != "cross_origin" {
					t.Errorf("%s with %v: answered %d %s", id, header, a.status, clip(string(a.body)))
				}
			}
		}
	})
	t.Run("a_version_is_also_the_etag", func(t *testing.T) {
		seen := 0
		for kind, reader := range readers {
			for _, on := range w.objects {
				if on.kind != kind {
					continue
				}
				a := w.call(t, w.actor("office.home"), w.contract.ops[reader], request{path: map[string]string{"id": on.id.String()}})
				if want := strconv.Quote(strconv.Itoa(w.version(on))); a.ok() && a.header.Get("ETag") != want {
					t.Errorf("%s: ETag %s, version %s", on, a.header.Get("ETag"), want)
				}
				seen++
			}
		}
		if seen < 20 {
			t.Errorf("only %d objects were read", seen)
		}
	})
	t.Run("answers_are_not_kept_sniffed_or_framed", func(t *testing.T) {
		for _, id := range []string{"get-duty", "list-users", "sign-in", "get-health"} {
			c, _ := w.willing(o, w.contract.ops[id])
			a := w.call(t, c.who, c.op, w.good(t, c.op, c.on))
			for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
				if a.header.Get(name) != want {
					t.Errorf("%s: %s is %q", id, name, a.header.Get(name))
				}
			}
			if !strings.Contains(a.header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
				t.Errorf("%s may be framed", id)
			}
		}
	})
	for name, c := range map[string]struct {
		method, path string
		want         int
	}{
		"an_unknown_path_is_a_problem":         {"GET", "/api/v1/no-such", http.StatusNotFound},
		"another_method_is_a_problem":          {"PUT", "/api/v1/duties", http.StatusMethodNotAllowed},
		"trace_is_not_served":                  {"TRACE", "/api/v1/duties", http.StatusMethodNotAllowed},
		"the_documents_of_huma_are_not_served": {"GET", "/docs", http.StatusNotFound},
		"profiling_is_not_public":              {"GET", "/debug/pprof/", http.StatusNotFound},
		"metrics_are_not_public":               {"GET", "/metrics", http.StatusNotFound},
		"a_path_that_climbs_leads_nowhere":     {"GET", "/api/v1/duties/../../metrics", http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest(c.method, c.path, nil)
			request.Header.Set("X-HTTP-Method-Override", "GET")
			recorder := httptest.NewRecorder()
			w.handler.ServeHTTP(recorder, request)
			if recorder.Code != c.want && !(recorder.Code >= 300 && recorder.Code < 400 && strings.Contains(c.path, "..")) {
				t.Errorf("answered %d %s", recorder.Code, clip(recorder.Body.String()))
			}
		})
	}
}
