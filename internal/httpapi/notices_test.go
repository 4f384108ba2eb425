package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/httpapi"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

// edge is a house behind the HTTP edge; a person's token is their id.
type edge struct {
	*testkit.House
	t       *testing.T
	handler http.Handler
}

func newEdge(t *testing.T) *edge {
	t.Helper()
	k := testkit.New(t)
	h := k.NewHouse("岚")
	sets, err := ladder.Load(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := rectify.LoadRules(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	who := accounts.New(k.Store, k.Gate, k.Log, units.New(k.Store, k.Gate, k.Log))
	clocks := watches.New(k.Store, k.Gate, k.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: zone},
		func(context.Context, *ent.Tx, workday.Date, []watches.Reach) (map[watches.Reach][]ident.ID, error) {
			return nil, nil
		})
	api := httpapi.New(httpapi.Backend{Version: "test", Now: k.Store.Now, Accounts: who,
		Token: func(_ context.Context, secret string) (access.Actor, error) {
			id, err := ident.Parse(secret)
			if err != nil {
				return access.Actor{}, fault.New(fault.Unauthenticated, "unauthenticated")
			}
			return who.ActorOf(t.Context(), id, workday.MustDate("2017-03-06"))
		},
		Remember: func(ctx context.Context, r httpapi.Request) context.Context {
			return store.WithRequest(ctx, store.Request(r))
		},
		Inspections: inspections.New(k.Store, k.Gate, k.Log, clocks, numbers.New(k.Store), rules),
		Notices:     notices.New(k.Store, k.Gate, k.Log, clocks, numbers.New(k.Store), rules),
		Messages:    messages.New(k.Store, k.Gate, k.Log, messages.Settings{Box: k.Box}), Audit: timeline.NewAudit(k.Store, k.Gate)})
	return &edge{House: h, t: t, handler: api.Handler()}
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	raw    []byte
	body   map[string]any
}

func (a reply) text(name string) string { s, _ := a.body[name].(string); return s }

// call sends a request as a person; header pairs follow the body.
func (e *edge) call(who testkit.Person, method, path string, body any, header ...string) reply {
	e.t.Helper()
	var raw []byte
	if body != nil {
		raw, _ = json.Marshal(body)
	}
	r := httptest.NewRequest(method, "/api/v1"+path, bytes.NewReader(raw))
	r.Header.Set("Authorization", "Bearer "+who.ID.String())
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	e.handler.ServeHTTP(w, r)
	a := reply{status: w.Code, header: w.Header(), raw: w.Body.Bytes()}
	_ = json.Unmarshal(a.raw, &a.body)
	return a
}

// must is call with an expected status.
func (e *edge) must(status int, who testkit.Person, method, path string, body any, header ...string) reply {
	e.t.Helper()
	a := e.call(who, method, path, body, header...)
	if a.status != status {
		e.t.Fatalf("%s %s: %d, want %d: %s", method, path, a.status, status, a.raw)
	}
	return a
}

type object map[string]any

// found is an open inspection of the university with one finding.
func (e *edge) found() (inspection, finding string) {
	e.t.Helper()
	made := e.must(http.StatusCreated, e.Inspector, "POST", "/inspections", object{"title": "招生专项督查", "kind": "special", "basis": "纪要", "scope": "招生", "methods": []string{"visit"},
		"starts_on": "2017-03-06", "ends_on": "2017-03-10", "unit_ids": []string{e.University.ID.String()}, "leader_id": e.Inspector.ID.String()})
	inspection = made.text("id")
	proposed := e.must(http.StatusOK, e.Inspector, "POST", "/inspections/"+inspection+"/propose", object{}, "If-Match", made.header.Get("ETag"))
	approved := e.must(http.StatusOK, e.Leader, "POST", "/inspections/"+inspection+"/approve", nil, "If-Match", proposed.header.Get("ETag"))
	e.must(http.StatusOK, e.Inspector, "POST", "/inspections/"+inspection+"/open", nil, "If-Match", approved.header.Get("ETag"))
	recorded := e.must(http.StatusCreated, e.Inspector, "POST", "/inspections/"+inspection+"/findings", object{"unit_id": e.University.ID.String(),
		"severity": "major", "description": "招生简章未公开", "basis": "《条例》第九条"})
	return inspection, recorded.text("id")
}

func TestLine_inspectionToCloseOutOverHTTP(t *testing.T) {
	e := newEdge(t)
	inspection, finding := e.found()
	v := e.must(http.StatusCreated, e.Inspector, "POST", "/notices", object{"finding_ids": []string{finding}, "title": "限期整改通知书", "requirement": "公开"})
	at := "/notices/" + v.text("id")
	e.must(http.StatusNotFound, e.Clerk, "GET", at, nil)
	e.must(http.StatusPreconditionRequired, e.Leader, "POST", at+"/serve", object{"workdays": 15})
	e.must(http.StatusPreconditionFailed, e.Leader, "POST", at+"/serve", object{"workdays": 15}, "If-Match", `"9"`)
	served := e.must(http.StatusOK, e.Leader, "POST", at+"/serve", object{"workdays": 15}, "If-Match", v.header.Get("ETag"), "Idempotency-Key", "serve-1")
	if served.text("number") != "岚教督〔2017〕1号" || served.text("due_date") != "2017-03-27" {
		t.Fatalf("served %s", served.raw)
	}
	again := e.must(http.StatusOK, e.Leader, "POST", at+"/serve", object{"workdays": 15}, "If-Match", v.header.Get("ETag"), "Idempotency-Key", "serve-1")
	if again.text("number") != served.text("number") || again.header.Get("ETag") != served.header.Get("ETag") {
		t.Fatalf("the same request again: %s", again.raw)
	}
	v = e.must(http.StatusOK, e.Clerk, "POST", at+"/sign", nil, "If-Match", served.header.Get("ETag"))
	refused := e.must(http.StatusUnprocessableEntity, e.Clerk, "POST", at+"/reply", object{"measures": "已公开"}, "If-Match", v.header.Get("ETag"))
	if !strings.Contains(string(refused.raw), "body.evidence") {
		t.Fatalf("refused %s", refused.raw)
	}
	e.prove(v.text("reply_id"))
	v = e.must(http.StatusOK, e.Clerk, "POST", at+"/reply", object{"measures": "已公开"}, "If-Match", v.header.Get("ETag"))
	e.must(http.StatusForbidden, e.Head, "POST", at+"/close", object{"verdict": "自行核查"}, "If-Match", v.header.Get("ETag"))
	v = e.must(http.StatusOK, e.Colleague, "POST", at+"/send-back", object{"reason": "佐证不足", "due_date": "2017-04-10"}, "If-Match", v.header.Get("ETag"))
	e.prove(v.text("reply_id"))
	v = e.must(http.StatusOK, e.Clerk, "POST", at+"/reply", object{"measures": "已补充"}, "If-Match", v.header.Get("ETag"))
	v = e.must(http.StatusOK, e.Colleague, "POST", at+"/close", object{"verdict": "属实"}, "If-Match", v.header.Get("ETag"))
	if v.text("status") != "closed" {
		t.Fatalf("closed %s", v.raw)
	}
	if f := e.must(http.StatusOK, e.Clerk, "GET", "/findings/"+finding, nil); f.text("status") != "closed" {
		t.Fatalf("finding %s", f.raw)
	}
	letter := e.must(http.StatusOK, e.Clerk, "GET", at+"/document", nil)
	if !bytes.HasPrefix(letter.raw, []byte("PK")) || !strings.Contains(letter.header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("letter: %v", letter.header)
	}
	for path, items := range map[string]int{at + "/events": 7, at + "/deadlines": 2, "/findings/" + finding + "/events": 3,
		"/inspections/" + inspection + "/events": 4, "/notices?open=true": 0, "/notices?status=closed": 1, "/findings?severity=major": 1} {
		a := e.must(http.StatusOK, e.Inspector, "GET", path, nil)
		if list, _ := a.body["items"].([]any); len(list) != items {
			t.Errorf("%s has %d items, want %d: %s", path, len(list), items, a.raw)
		}
	}
}

// prove adds a piece of evidence under a reply's id.
func (e *edge) prove(reply string) {
	e.t.Helper()
	id, err := ident.Parse(reply)
	if err != nil {
		e.t.Fatal(err)
	}
	err = e.Store.Write(e.t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		return tx.Evidence.Create().SetID(e.Store.NewID()).SetAuthorityID(e.Authority).SetSubject("reply").SetSubjectID(id).SetUnitID(e.University.ID).
			SetName("截图.png").SetMediaType("image/png").SetSize(1).SetSha256("00").SetBlobKey("k").SetUploadedByID(e.Clerk.ID).
			SetCreatedAt(e.Store.Now()).Exec(ctx)
	})
	if err != nil {
		e.t.Fatal(err)
	}
}

func TestCreateInspection_isRepeatable(t *testing.T) {
	e := newEdge(t)
	body := object{"title": "督查", "kind": "routine", "basis": "纪要", "scope": "内容", "starts_on": "2017-03-06", "ends_on": "2017-03-10",
		"unit_ids": []string{e.Bureau.ID.String()}}
	first := e.must(http.StatusCreated, e.Office, "POST", "/inspections", body, "Idempotency-Key", "one")
	again := e.must(http.StatusCreated, e.Office, "POST", "/inspections", body, "Idempotency-Key", "one")
	if first.text("id") != again.text("id") {
		t.Fatalf("two inspections: %s and %s", first.text("id"), again.text("id"))
	}
	body["title"] = "另一督查"
	e.must(http.StatusConflict, e.Office, "POST", "/inspections", body, "Idempotency-Key", "one")
	body["kind"] = "party"
	e.must(http.StatusUnprocessableEntity, e.Office, "POST", "/inspections", body)
}

func TestAuditLog_isForTheAuditAdministratorAlone(t *testing.T) {
	e := newEdge(t)
	inspection, _ := e.found()
	e.must(http.StatusForbidden, e.Leader, "GET", "/events", nil)
	e.must(http.StatusForbidden, e.SystemAdmin, "GET", "/events", nil)
	page := e.must(http.StatusOK, e.AuditAdmin, "GET", "/events?subject=inspection&subject_id="+inspection+"&actor_id="+e.Inspector.ID.String()+
		"&from=2017-03-06T00:00:00%2B08:00&to=2017-03-07T00:00:00%2B08:00&limit=1", nil)
	items, _ := page.body["items"].([]any)
	if len(items) != 1 || page.text("next") == "" {
		t.Fatalf("page %s", page.raw)
	}
	if strings.Contains(string(page.raw), "招生") {
		t.Fatalf("business data in the audit log: %s", page.raw)
	}
	if none := e.must(http.StatusOK, e.AuditAdmin, "GET", "/events?to=2017-03-05T00:00:00Z", nil); len(none.body["items"].([]any)) != 0 {
		t.Fatalf("before anything happened: %s", none.raw)
	}
	foreign := e.Kit.NewHouse("邻")
	if other := e.must(http.StatusOK, foreign.AuditAdmin, "GET", "/events", nil); len(other.body["items"].([]any)) != 0 {
		t.Fatalf("another authority's log: %s", other.raw)
	}
	e.must(http.StatusForbidden, e.AuditAdmin, "GET", "/inspections/"+inspection, nil)
}

func TestWebhooks_overHTTP(t *testing.T) {
	e := newEdge(t)
	e.must(http.StatusForbidden, e.Office, "GET", "/webhooks", nil)
	e.must(http.StatusUnprocessableEntity, e.SystemAdmin, "POST", "/webhooks", object{"url": "http://127.0.0.1/x"})
	made := e.must(http.StatusCreated, e.SystemAdmin, "POST", "/webhooks", object{"url": "https://oa.example.gov.cn/x", "topics": []string{"notice.serve"}})
	if made.text("secret") == "" {
		t.Fatalf("created %s", made.raw)
	}
	if list := e.must(http.StatusOK, e.SystemAdmin, "GET", "/webhooks", nil); strings.Contains(string(list.raw), "whsec_") {
		t.Fatalf("list %s", list.raw)
	}
	off := e.must(http.StatusOK, e.SystemAdmin, "POST", "/webhooks/"+made.text("id")+"/disable", nil, "If-Match", made.header.Get("ETag"))
	e.must(http.StatusOK, e.SystemAdmin, "POST", "/webhooks/"+made.text("id")+"/enable", nil, "If-Match", off.header.Get("ETag"))
}

func TestMessages_overHTTP(t *testing.T) {
	e := newEdge(t)
	e.must(http.StatusCreated, e.Office, "POST", "/inspections", object{"title": "督查", "kind": "routine", "basis": "纪要", "scope": "内容",
		"starts_on": "2017-03-06", "ends_on": "2017-03-10", "unit_ids": []string{e.Bureau.ID.String()}, "leader_id": e.Inspector.ID.String()})
	if n := e.must(http.StatusOK, e.Inspector, "GET", "/messages/unread", nil); n.body["count"] != 1.0 {
		t.Fatalf("unread %s", n.raw)
	}
	page := e.must(http.StatusOK, e.Inspector, "GET", "/messages?unread=true", nil, "Accept-Language", "en")
	item := page.body["items"].([]any)[0].(map[string]any)
	if item["title"] != "You are on the team of the inspection “督查”" {
		t.Fatalf("message %v", item)
	}
	e.must(http.StatusNotFound, e.Clerk, "POST", "/messages/"+item["id"].(string)+"/read", nil)
	e.must(http.StatusOK, e.Inspector, "POST", "/messages/"+item["id"].(string)+"/read", nil)
	if n := e.must(http.StatusOK, e.Inspector, "POST", "/messages/read", object{}); n.body["marked"] != 0.0 {
		t.Fatalf("marked %s", n.raw)
	}
}

func TestOpenAPI_declaresThePermissionOfEveryOperation(t *testing.T) {
	api := httpapi.New(httpapi.Backend{})
	if _, err := api.OpenAPI(); err != nil {
		t.Fatal(err)
	}
	for id, permission := range api.Operations() {
		if permission == "" {
			t.Errorf("%s declares no permission", id)
		}
	}
}
