package apitest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// request is one call of an operation.
type request struct {
	path   map[string]string // values of the path's parameters
	query  url.Values
	header map[string]string
	body   string // as it goes over the wire
	media  string // Content-Type; that of the operation if empty, "-" for none
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// problem is the part of a problem document that the tests look at.
type problem struct {
	Code      string         `json:"code"`
	Detail    string         `json:"detail"`
	RequestID string         `json:"request_id"`
	Params    map[string]any `json:"params"`
	Fields    []struct {
		Location, Code, Message string
	} `json:"fields"`
}

func (a *answer) value() (any, error) {
	var v any
	err := json.Unmarshal(a.body, &v)
	return v, err
}

func (a *answer) problem() problem {
	var p problem
	_ = json.Unmarshal(a.body, &p)
	return p
}

func (a *answer) ok() bool { return a.status >= 200 && a.status < 300 }

// call sends a request as somebody (nil: nobody) to the whole program and holds the answer to the contract.
func (w *world) call(t testing.TB, who *actor, o *operation, r request) *answer {
	t.Helper()
	a := w.send(who, o, r)
	for _, fault := range w.contract.holds(o, a) {
		t.Errorf("%s %s answered %d: %s\n  request %s\n  answer %s", o.method, o.path, a.status, fault, clip(r.body), clip(string(a.body)))
	}
	if a.status >= http.StatusInternalServerError {
		t.Errorf("%s %s as %s answered %d\n  request %+v\n  log %s", o.method, o.path, who, a.status, r, short(w.log.String()))
	}
	w.log.Reset()
	return a
}

func (w *world) send(who *actor, o *operation, r request) *answer {
	path := o.path
	for name, value := range r.path {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
	}
	if len(r.query) > 0 {
		path += "?" + r.query.Encode()
	}
	var body io.Reader
	if r.body != "" {
		body = strings.NewReader(r.body)
	}
	req := httptest.NewRequest(o.method, path, body)
	switch {
	case r.media != "" && r.media != "-":
		req.Header.Set("Content-Type", r.media)
	case r.media == "" && r.body != "":
		req.Header.Set("Content-Type", o.media)
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	if who != nil && who.secret != "" {
		req.AddCookie(&http.Cookie{Name: "duban", Value: who.secret})
	}
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, req)
	return &answer{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
}

func clip(s string) string {
	if len(s) > 600 {
		return s[:600] + "…"
	}
	return s
}

// short is what a log says of a fault: its message, or where it panicked.
func short(log string) string {
	lines := strings.Split(strings.ReplaceAll(log, "\\n", "\n"), "\n")
	var kept []string
	for _, line := range lines {
		if strings.Contains(line, "duban/internal/") && !strings.Contains(line, "httpapi/middleware") || strings.Contains(line, "level=ERROR") {
			kept = append(kept, clip(line))
		}
	}
	return strings.Join(kept[:min(len(kept), 8)], "\n      ")
}
