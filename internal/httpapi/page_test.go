package httpapi

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func built() fstest.MapFS {
	return fstest.MapFS{
		"index.html":             {Data: []byte(`<!doctype html><meta property="csp-nonce" nonce="__NONCE__"><script nonce="__NONCE__"></script>`)},
		"assets/main-1a2b.js":    {Data: []byte("plain")},
		"assets/main-1a2b.js.gz": {Data: []byte("packed")},
		".keep":                  {},
	}
}

func open(t *testing.T, files fstest.MapFS, method, target string, header map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	b := Backend{Version: "1"}
	if files != nil {
		b.Page = files
	}
	r := httptest.NewRequest(method, target, nil)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	New(b).Handler().ServeHTTP(w, r)
	return w
}

var html = map[string]string{"Accept": "text/html,*/*;q=0.8"}

func TestPage(t *testing.T) {
	nonce := regexp.MustCompile(`'nonce-([\w-]{22})'`)
	t.Run("every address of the page gets the index with a nonce of its own", func(t *testing.T) {
		seen := map[string]bool{}
		for _, target := range []string{"/", "/ledger", "/duties/0d3k2m9q7x4vb", "/index.html"} {
			w := open(t, built(), http.MethodGet, target, html)
			found := nonce.FindStringSubmatch(w.Header().Get("Content-Security-Policy"))
			if w.Code != http.StatusOK || found == nil || seen[found[1]] {
				t.Fatalf("%s: %d, policy %q", target, w.Code, w.Header().Get("Content-Security-Policy"))
			}
			seen[found[1]] = true
			if strings.Count(w.Body.String(), `nonce="`+found[1]+`"`) != 2 || w.Header().Get("Cache-Control") != "no-cache" {
				t.Errorf("%s: %s", target, w.Body)
			}
		}
	})
	t.Run("assets are immutable and packed for those who read gzip", func(t *testing.T) {
		for accept, want := range map[string]string{"gzip, br": "packed", "": "plain", "gzip;q=0": "plain"} {
			w := open(t, built(), http.MethodGet, "/assets/main-1a2b.js", map[string]string{"Accept-Encoding": accept})
			if w.Body.String() != want || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
				t.Errorf("%q: %q, %v", accept, w.Body, w.Header())
			}
		}
	})
	t.Run("what is not the page's is a problem document", func(t *testing.T) {
		for _, c := range []struct {
			method, target string
			header         map[string]string
			status         int
		}{
			{http.MethodGet, "/assets/gone.js", html, http.StatusNotFound},
			{http.MethodGet, "/ledger", map[string]string{"Accept": "application/json"}, http.StatusNotFound},
			{http.MethodGet, "/api/v1/nothing", html, http.StatusNotFound},
			{http.MethodGet, "/.keep", nil, http.StatusNotFound},
			{http.MethodGet, "/.vite/manifest.json", nil, http.StatusNotFound},
			{http.MethodPost, "/", html, http.StatusNotFound},
		} {
			w := open(t, built(), c.method, c.target, c.header)
			if w.Code != c.status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s: %d %s", c.method, c.target, w.Code, w.Body)
			}
		}
	})
	t.Run("an unbuilt page says so", func(t *testing.T) {
		for _, files := range []fstest.MapFS{nil, {".keep": {}}} {
			w := open(t, files, http.MethodGet, "/", html)
			if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "scripts/web") {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		}
	})
	t.Run("the contract is served for the reference page", func(t *testing.T) {
		w := open(t, nil, http.MethodGet, contractPath, nil)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"openapi":"3.1.0"`) {
			t.Errorf("%d %.100s", w.Code, w.Body)
		}
	})
}
