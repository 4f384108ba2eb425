package plans_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/httpapi"
	"github.com/duban-gov/duban/internal/sample"
	"github.com/duban-gov/duban/internal/store"
)

// edge is the HTTP edge over a house; the token "office" acts for the supervision office, "clerk" for a clerk.
type edge struct {
	t *testing.T
	*httptest.Server
}

func (h *house) serve(t *testing.T) *edge {
	actors := map[string]context.Context{"office": h.office(), "clerk": h.clerk("D04")}
	api := httpapi.New(httpapi.Backend{Now: h.Store.Now, Plans: h.plans,
		Token: func(_ context.Context, secret string) (access.Actor, error) { return access.From(actors[secret]) },
		Remember: func(ctx context.Context, r httpapi.Request) context.Context {
			return store.WithRequest(ctx, store.Request(r))
		}})
	server := httptest.NewServer(api.Handler())
	t.Cleanup(server.Close)
	return &edge{t, server}
}

// call sends a request and decodes the answer; it fails unless the status is the one wanted.
func (e *edge) call(want int, method, path string, body io.Reader, headers ...string) map[string]any {
	e.t.Helper()
	r, err := http.NewRequestWithContext(e.t.Context(), method, e.URL+"/api/v1"+path, body)
	must(e.t, err)
	r.Header.Set("Authorization", "Bearer office")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := e.Client().Do(r)
	must(e.t, err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	must(e.t, err)
	if resp.StatusCode != want {
		e.t.Fatalf("%s %s: got %d %s, want %d", method, path, resp.StatusCode, raw, want)
	}
	answer := map[string]any{"etag": resp.Header.Get("ETag")}
	if len(raw) > 0 {
		must(e.t, json.Unmarshal(raw, &answer))
	}
	return answer
}

func (e *edge) post(want int, path string, body any, headers ...string) map[string]any {
	e.t.Helper()
	raw, err := json.Marshal(body)
	must(e.t, err)
	return e.call(want, http.MethodPost, path, bytes.NewReader(raw), append(headers, "Content-Type", "application/json")...)
}

// form is a multipart body with one file.
func form(t *testing.T, name string, raw []byte, fields ...string) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		must(t, w.WriteField(fields[i], fields[i+1]))
	}
	part, err := w.CreateFormFile("file", name)
	must(t, err)
	_, err = part.Write(raw)
	must(t, err)
	must(t, w.Close())
	return &b, w.FormDataContentType()
}

func TestHTTP_walks_a_document_to_an_issued_plan(t *testing.T) {
	h := newHouse(t)
	e := h.serve(t)
	body, media := form(t, "要点.docx", sample.PlanDOCX(), "year", "2017")
	made := e.call(http.StatusCreated, http.MethodPost, "/plans/import", body, "Content-Type", media, "Idempotency-Key", "first")
	body, media = form(t, "要点.docx", sample.PlanDOCX(), "year", "2017")
	again := e.call(http.StatusCreated, http.MethodPost, "/plans/import", body, "Content-Type", media, "Idempotency-Key", "first")
	id := made["plan"].(map[string]any)["id"].(string)
	if again["plan"].(map[string]any)["id"] != id {
		t.Errorf("the repeated upload made another plan")
	}
	plan := "/plans/" + id
	asked := e.call(http.StatusOK, http.MethodGet, plan+"/questions?open=true", nil)["items"].([]any)
	if len(asked) != 1 {
		t.Fatalf("questions: %v", asked)
	}
	q := asked[0].(map[string]any)
	suggested := q["suggestions"].([]any)[0].(map[string]any)
	e.post(http.StatusUnprocessableEntity, "/questions/"+q["id"].(string)+"/answer", map[string]any{"nobody": true, "unit_id": suggested["unit_id"]})
	e.post(http.StatusOK, "/questions/"+q["id"].(string)+"/answer", map[string]any{"unit_id": suggested["unit_id"]})
	now := e.call(http.StatusOK, http.MethodGet, plan, nil)["etag"].(string)
	e.post(http.StatusPreconditionRequired, plan+"/issue", map[string]any{})
	refused := e.post(http.StatusConflict, plan+"/issue", map[string]any{}, "If-Match", now)
	if refused["code"] != "plan.warnings_open" {
		t.Fatalf("refused: %v", refused)
	}
	keys := []string{}
	for _, f := range refused["fields"].([]any) {
		keys = append(keys, f.(map[string]any)["location"].(string))
	}
	preview := e.call(http.StatusOK, http.MethodGet, plan+"/issue", nil)
	issued := e.post(http.StatusOK, plan+"/issue", map[string]any{"acknowledge": keys}, "If-Match", now)
	if issued["status"] != "issued" || issued["duties"] != preview["duties"] {
		t.Errorf("issued: %v, preview %v", issued["duties"], preview["duties"])
	}
	seen := e.call(http.StatusOK, http.MethodGet, plan+"/tasks?limit=200", nil, "Authorization", "Bearer clerk")
	if len(seen["items"].([]any)) != int(made["tasks"].(float64)) {
		t.Errorf("%d tasks, want %v", len(seen["items"].([]any)), made["tasks"])
	}
	e.call(http.StatusForbidden, http.MethodGet, plan+"/issue", nil, "Authorization", "Bearer clerk")
}

func TestHTTP_edits_a_draft_under_its_version(t *testing.T) {
	h := newHouse(t)
	e := h.serve(t)
	made := h.importSample(t)
	task := h.task(t, made.Plan.ID, "编制主动公开目录")
	path := "/tasks/" + task.ID.String()
	patch := func(want int, version string) map[string]any {
		return e.call(want, http.MethodPatch, path, bytes.NewReader([]byte(`{"due_date":"2017-07-31"}`)), "Content-Type", "application/json", "If-Match", version)
	}
	got := patch(http.StatusOK, `"1"`)
	if got["deadline"].(map[string]any)["due"] != "2017-07-31" || got["etag"] != `"2"` {
		t.Errorf("edited: %v", got)
	}
	patch(http.StatusPreconditionFailed, `"1"`)
	e.call(http.StatusNoContent, http.MethodDelete, path, nil, "If-Match", `"2"`)
	e.call(http.StatusNotFound, http.MethodGet, path, nil)
	etag := e.call(http.StatusOK, http.MethodGet, "/plans/"+made.Plan.ID.String(), nil)["etag"].(string)
	e.call(http.StatusOK, http.MethodPost, "/plans/"+made.Plan.ID.String()+"/undo", nil, "If-Match", etag)
	e.call(http.StatusOK, http.MethodGet, path, nil)
}
