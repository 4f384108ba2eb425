package httpapi

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/duban-gov/duban/internal/words"
)

// page serves the built page: index.html for every address that a person opens, hashed assets as they are.
type page struct {
	files    fs.FS
	index    []byte // index.html with __NONCE__ where each answer puts its own; nil when the page is not built
	contract func() ([]byte, error)
}

// nonceMark stands in index.html where the nonce of the answer goes.
const nonceMark = "__NONCE__"

// contractPath is where the reference page finds the API's description.
const contractPath = "/reference/openapi.json"

// newPage reads the built page. No files, or none built, is a page that says so.
func newPage(files fs.FS, contract func() ([]byte, error)) *page {
	p := &page{files: files, contract: sync.OnceValues(contract)}
	if files != nil {
		p.index, _ = fs.ReadFile(files, "index.html") // missing: not built
	}
	return p
}

// page lays the built page over the operations: all outside of the API that a browser gets is the page's.
func (a *API) page(next http.Handler) http.Handler {
	p := newPage(a.Page, func() ([]byte, error) { return json.Marshal(a.huma.OpenAPI()) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if !reads || r.URL.Path == "/api" || strings.HasPrefix(r.URL.Path, "/api/") || !p.serve(w, r) {
			next.ServeHTTP(w, r)
		}
	})
}

// serve answers with a file or the index and reports whether there was one.
func (p *page) serve(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path == contractPath {
		return p.serveContract(w, r)
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if name != "" && name != "index.html" && p.files != nil && p.serveFile(w, r, name) {
		return true
	}
	if strings.HasPrefix(name, "assets/") || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		return false
	}
	p.serveIndex(w, r)
	return true
}

// serveIndex answers with the page and a policy that lets only its own scripts and styles run.
func (p *page) serveIndex(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-cache")
	if p.index == nil {
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "<!doctype html><meta charset=utf-8><title>duban</title><p>"+words.Text(words.From(r.Context()), "page.not_built", nil))
		return
	}
	nonce := newNonce()
	header.Set("Content-Security-Policy", policy(nonce))
	_, _ = w.Write(bytes.ReplaceAll(p.index, []byte(nonceMark), []byte(nonce)))
}

// newNonce is a fresh value of 128 bits.
func newNonce() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// policy is the content security policy of the page: nothing from other hosts, no inline style or script without the nonce.
func policy(nonce string) string {
	return "default-src 'self'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self' 'nonce-" + nonce + "'; " +
		"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; " +
		"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
}

// serveFile answers with a built file, compressed where the client can read that, and reports whether there is one.
func (p *page) serveFile(w http.ResponseWriter, r *http.Request, name string) bool {
	if !fs.ValidPath(name) || strings.HasSuffix(name, ".gz") || strings.Contains("/"+name, "/.") {
		return false
	}
	body, err := fs.ReadFile(p.files, name)
	if err != nil {
		return false
	}
	header := w.Header()
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		header.Set("Content-Type", kind)
	}
	header.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") { // the name holds the hash of the content
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	header.Add("Vary", "Accept-Encoding")
	if packed, err := fs.ReadFile(p.files, name+".gz"); err == nil && acceptsGzip(r.Header.Get("Accept-Encoding")) {
		header.Set("Content-Encoding", "gzip")
		body = packed
	}
	_, _ = w.Write(body)
	return true
}

// acceptsGzip reports whether the client reads gzip: it is named and not refused with q=0.
func acceptsGzip(accepted string) bool {
	for _, part := range strings.Split(accepted, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" || name == "*" {
			return strings.ReplaceAll(weight, " ", "") != "q=0"
		}
	}
	return false
}

// serveContract answers with the API's description for the reference page.
func (p *page) serveContract(w http.ResponseWriter, _ *http.Request) bool {
	body, err := p.contract()
	if err != nil {
		return false
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(body)
	return true
}
