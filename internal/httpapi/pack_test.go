package httpapi

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/duban-gov/duban/internal/fault"
)

func TestPack_packs_an_answer_for_who_reads_gzip_and_never_a_problem(t *testing.T) {
	mux := http.NewServeMux()
	a := &API{huma: humago.New(mux, huma.DefaultConfig("packing", "1"))}
	rows := strings.Repeat("台账", 4000)
	route(a, Op{ID: "list-much", Method: http.MethodGet, Path: "/much", Permission: Public, Packs: true},
		func(context.Context, *struct{}) (*plain[string], error) { return &plain[string]{rows}, nil })
	huma.Register(a.huma, huma.Operation{OperationID: "refuse", Method: http.MethodGet, Path: Prefix + "/refused", Middlewares: huma.Middlewares{a.pack}},
		func(context.Context, *struct{}) (*plain[string], error) {
			return nil, huma.Error404NotFound(fault.Missing("duty").Code)
		})
	for _, c := range []struct {
		path, accept string
		packed       bool
	}{{"/much", "br, gzip", true}, {"/much", "", false}, {"/much", "gzip;q=0", false}, {"/refused", "gzip", false}} {
		r := httptest.NewRequest(http.MethodGet, Prefix+c.path, nil)
		r.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		answer := w.Result()
		if packed := answer.Header.Get("Content-Encoding") == "gzip"; packed != c.packed || answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Fatalf("%s with %q: packed %v, headers %v", c.path, c.accept, packed, answer.Header)
		}
		body := io.Reader(answer.Body)
		if c.packed {
			if w.Body.Len() > len(rows)/10 {
				t.Errorf("%d bytes were sent for %d", w.Body.Len(), len(rows))
			}
			var err error
			if body, err = gzip.NewReader(answer.Body); err != nil {
				t.Fatal(err)
			}
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if c.path == "/much" && !strings.Contains(string(text), rows) {
			t.Errorf("%s with %q: %d bytes of another text", c.path, c.accept, len(text))
		}
	}
}
