package httpapi_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/app"
	"github.com/duban-gov/duban/internal/config"
	"github.com/duban-gov/duban/internal/testkit"
)

const password = "four quiet lanterns over water"

// site is the whole program behind a test server.
type site struct {
	t      *testing.T
	server *httptest.Server
	app    *app.App
	clock  *testkit.Clock
}

func newSite(t *testing.T) *site {
	t.Helper()
	k := testkit.New(t)
	settings := config.Default()
	settings.DatabaseURL, settings.DataDir, settings.Secure = k.URL, t.TempDir(), false
	a, err := app.Build(t.Context(), settings, app.Options{Now: k.Clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.Handler())
	t.Cleanup(func() { server.Close(); _ = a.Close() })
	return &site{t: t, server: server, app: a, clock: k.Clock}
}

// browser is one caller with its own cookies.
type browser struct {
	*site
	http.Client
	token string
}

func (s *site) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{site: s, Client: http.Client{Jar: jar}}
}

// response is what came back.
type response struct {
	status int
	header http.Header
	body   map[string]any
	raw    []byte
}

// call sends a request; headers come as pairs.
func (b *browser) call(method, path string, body any, headers ...string) response {
	b.t.Helper()
	var payload io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		payload = bytes.NewReader(raw)
		headers = append(headers, "Content-Type", "application/json")
	}
	return b.send(method, path, payload, headers...)
}

func (b *browser) send(method, path string, payload io.Reader, headers ...string) response {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.server.URL+"/api/v1"+path, payload)
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if b.token != "" {
		r.Header.Set("Authorization", "Bearer "+b.token)
	}
	resp, err := b.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	out := response{status: resp.StatusCode, header: resp.Header, raw: raw}
	if strings.Contains(resp.Header.Get("Content-Type"), "json") {
		if err := json.Unmarshal(raw, &out.body); err != nil {
			b.t.Fatalf("%s %s answered %q", method, path, raw)
		}
	}
	return out
}

// want fails unless the answer has the status.
func (b *browser) want(a response, status int) response {
	b.t.Helper()
	if a.status != status {
		b.t.Fatalf("got %d %s, want %d", a.status, a.raw, status)
	}
	return a
}

// setUp uses the set-up link and signs the three administrators in.
func (s *site) setUp() (system, security, audit *browser, root string) {
	s.t.Helper()
	secret, err := s.app.Accounts.FirstStart(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	guest := s.browser()
	if need := guest.want(guest.call("GET", "/set-up", nil), 200); need.body["needed"] != true {
		s.t.Fatalf("an empty installation says %s", need.raw)
	}
	person := func(login string) map[string]any { return map[string]any{"login": login, "name": "管理员" + login} }
	done := guest.want(guest.call("POST", "/set-up", map[string]any{"secret": secret, "authority": map[string]any{"name": "云岭省教育厅"},
		"system_admin": person("xt"), "security_admin": person("bm"), "audit_admin": person("sj")}), 201)
	var answer accounts.SetUp
	if err := json.Unmarshal(done.raw, &answer); err != nil {
		s.t.Fatal(err)
	}
	var all []*browser
	for _, admin := range answer.Admins {
		guest.want(guest.call("POST", "/password", map[string]any{"secret": admin.Link.Secret, "password": password}), 204)
		all = append(all, s.signIn(admin.User.Login))
	}
	return all[0], all[1], all[2], answer.Authority.RootUnitID.String()
}

func (s *site) signIn(login string) *browser {
	s.t.Helper()
	b := s.browser()
	b.want(b.call("POST", "/session", map[string]any{"login": login, "password": password}), 201)
	return b
}

// hire makes a user with a password and a post and signs in.
func (s *site) hire(system, security *browser, login, unit, role string) (*browser, string) {
	s.t.Helper()
	made := system.want(system.call("POST", "/users", map[string]any{"login": login, "name": "用户" + login}), 201)
	id := made.body["user"].(map[string]any)["id"].(string)
	secret := made.body["link"].(map[string]any)["secret"]
	system.want(system.call("POST", "/password", map[string]any{"secret": secret, "password": password}), 204)
	security.want(security.call("POST", "/posts", map[string]any{"user_id": id, "unit_id": unit, "role": role, "reason": "任职"}), 201)
	return s.signIn(login), id
}

func TestSetUp_to_first_post_over_http(t *testing.T) {
	s := newSite(t)
	system, security, audit, root := s.setUp()
	me := security.want(security.call("GET", "/session", nil), 200)
	if me.body["today"] != "2017-03-06" || len(me.body["posts"].([]any)) != 1 {
		t.Errorf("me is %s", me.raw)
	}
	unit := system.want(system.call("POST", "/units", map[string]any{"parent_id": root, "kind": "division", "name": "政策法规处", "aliases": []string{"法规处"}}), 201)
	if unit.header.Get("ETag") != `"1"` {
		t.Errorf("ETag is %q", unit.header.Get("ETag"))
	}
	id := unit.body["id"].(string)
	head, headID := s.hire(system, security, "zhang.wei", id, "unit_head")
	found := head.want(head.call("GET", "/units/resolve?name=法规处", nil), 200)
	if items := found.body["items"].([]any); len(items) != 1 || items[0].(map[string]any)["exact"] != true {
		t.Errorf("resolved to %s", found.raw)
	}
	t.Run("rename_needs_the_version", func(t *testing.T) {
		body := map[string]any{"name": "政策法规与改革处", "reason": "机构改革"}
		system.want(system.call("POST", "/units/"+id+"/rename", body), 428)
		system.want(system.call("POST", "/units/"+id+"/rename", body, "If-Match", `"7"`), 412)
		renamed := system.want(system.call("POST", "/units/"+id+"/rename", body, "If-Match", `"1"`), 200)
		if renamed.header.Get("ETag") != `"2"` || renamed.body["name"] != "政策法规与改革处" {
			t.Errorf("renamed to %s", renamed.raw)
		}
	})
	t.Run("refusal_names_permission_and_relation", func(t *testing.T) {
		a := head.want(head.call("POST", "/units", map[string]any{"parent_id": root, "kind": "division", "name": "人事处"}), 403)
		if p := a.body["params"].(map[string]any); p["permission"] != "unit.manage" || p["relation"] != "post" {
			t.Errorf("refused with %s", a.raw)
		}
	})
	t.Run("explain_and_who", func(t *testing.T) {
		query := "?permission=duty.accept&subject=unit&subject_id=" + id
		why := audit.want(audit.call("GET", "/access/explain"+query+"&user_id="+headID, nil), 200)
		if why.body["explanation"].(map[string]any)["allowed"] != true {
			t.Errorf("explained %s", why.raw)
		}
		who := audit.want(audit.call("GET", "/access/who"+query, nil), 200)
		if items := who.body["items"].([]any); len(items) != 1 || items[0].(map[string]any)["user_id"] != headID {
			t.Errorf("who %s", who.raw)
		}
		head.want(head.call("GET", "/access/who"+query, nil), 403)
	})
	t.Run("second_administrator_post_conflicts", func(t *testing.T) {
		a := security.want(security.call("POST", "/posts", map[string]any{"user_id": headID, "unit_id": root, "role": "audit_admin", "reason": "x"}), 409)
		if a.body["code"] != "post.excluded" || !strings.Contains(a.body["detail"].(string), "安全审计员") {
			t.Errorf("refused with %s", a.raw)
		}
	})
	t.Run("password_is_not_echoed", func(t *testing.T) {
		a := head.want(head.call("POST", "/session/password", map[string]any{"current": password, "new": "passwordpassword"}), 422)
		if strings.Contains(string(a.raw), "passwordpassword") {
			t.Errorf("echoed %s", a.raw)
		}
	})
	t.Run("disabled_user_is_out_at_once", func(t *testing.T) {
		u := system.want(system.call("GET", "/users/"+headID, nil), 200)
		system.want(system.call("POST", "/users/"+headID+"/disable", map[string]any{"reason": "调离"}, "If-Match", u.header.Get("ETag")), 200)
		head.want(head.call("GET", "/session", nil), 401)
	})
}

func TestSignIn_over_http(t *testing.T) {
	s := newSite(t)
	system, _, _, _ := s.setUp()
	guest := s.browser()
	in := guest.want(guest.call("POST", "/session", map[string]any{"login": "xt", "password": password}, "Accept-Language", "en"), 201)
	cookie := in.header.Get("Set-Cookie")
	for _, part := range []string{"duban=", "HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("cookie %q lacks %s", cookie, part)
		}
	}
	guest.want(guest.call("GET", "/session", nil), 200)
	out := guest.want(guest.call("DELETE", "/session", nil), 204)
	if !strings.Contains(out.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("sign-out sets %q", out.header.Get("Set-Cookie"))
	}
	guest.want(guest.call("GET", "/session", nil), 401)
	t.Run("secure_site_binds_the_cookie_to_the_host", func(t *testing.T) {
		settings := s.app.Config
		settings.Secure = true
		secure, err := app.Build(t.Context(), settings, app.Options{Now: s.clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		defer secure.Close()
		server := httptest.NewServer(secure.Handler())
		defer server.Close()
		b := (&site{t: t, server: server, app: secure, clock: s.clock}).browser()
		in := b.want(b.call("POST", "/session", map[string]any{"login": "xt", "password": password}), 201)
		cookie := in.header.Get("Set-Cookie")
		if !strings.HasPrefix(cookie, "__Host-duban=") || !strings.Contains(cookie, "Secure") {
			t.Errorf("cookie is %q", cookie)
		}
	})
	t.Run("guessing_waits", func(t *testing.T) {
		wrong := map[string]any{"login": "bm", "password": "wrong"}
		var last response
		for range 6 {
			last = guest.call("POST", "/session", wrong, "Accept-Language", "en")
		}
		guest.want(last, 429)
		if last.header.Get("Retry-After") != "2" || last.body["code"] != "limited" {
			t.Errorf("answer %v %s", last.header, last.raw)
		}
	})
	t.Run("cross_site_sign_in_is_refused", func(t *testing.T) {
		a := guest.call("POST", "/session", map[string]any{"login": "xt", "password": password}, "Sec-Fetch-Site", "cross-site")
		guest.want(a, 403)
	})
	t.Run("token_carries_what_it_says", func(t *testing.T) {
		made := system.want(system.call("POST", "/tokens", map[string]any{"name": "OA", "permissions": []string{"unit.read"}, "expires_at": "2017-04-01T00:00:00Z"}, "Idempotency-Key", "t1"), 201)
		again := system.want(system.call("POST", "/tokens", map[string]any{"name": "OA", "permissions": []string{"unit.read"}, "expires_at": "2017-04-01T00:00:00Z"}, "Idempotency-Key", "t1"), 201)
		if again.body["id"] != made.body["id"] || again.body["secret"] != nil {
			t.Errorf("repeated: %s", again.raw)
		}
		robot := s.browser()
		robot.token = made.body["secret"].(string)
		robot.want(robot.call("GET", "/units", nil), 200)
		robot.want(robot.call("GET", "/users", nil), 403)
		system.want(system.call("DELETE", "/tokens/"+made.body["id"].(string), nil), 204)
		robot.want(robot.call("GET", "/units", nil), 401)
	})
	t.Run("sessions_are_listed_and_ended", func(t *testing.T) {
		other := s.signIn("xt")
		page := system.want(system.call("GET", "/sessions", nil), 200)
		for _, item := range page.body["items"].([]any) {
			if session := item.(map[string]any); session["current"] == false {
				system.want(system.call("DELETE", "/sessions/"+session["id"].(string), nil), 204)
			}
		}
		system.want(system.call("GET", "/session", nil), 200)
		other.want(other.call("GET", "/session", nil), 401)
	})
}

func TestUnitTables_over_http(t *testing.T) {
	s := newSite(t)
	system, security, _, root := s.setUp()
	office, _ := s.hire(system, security, "office", root, "office")
	upload := func(query, file string) response {
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		part, err := w.CreateFormFile("file", "单位.csv")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(part, file)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return office.send("POST", "/units/import"+query, &form, "Content-Type", w.FormDataContentType(), "Accept-Language", "zh-CN")
	}
	const head = "编码,名称,类别,上级编码\n"
	bad := office.want(upload("?dry_run=true", head+"D1,,处室,\nD2,审计处,科室,\n"), 422)
	if bad.body["code"] != "sheet.invalid" || !strings.Contains(string(bad.raw), "line 3 column C") || !strings.Contains(string(bad.raw), "“科室”不是单位类别") {
		t.Errorf("answer %s", bad.raw)
	}
	good := office.want(upload("", head+"D1,政策法规处,处室,\nD2,审计处,处室,\n"), 200)
	if good.body["created"] != 2.0 {
		t.Errorf("answer %s", good.raw)
	}
	for format, media := range map[string]string{"csv": "text/csv", "xlsx": "application/vnd.openxml"} {
		file := office.want(office.call("GET", "/units/export?format="+format, nil, "Accept-Language", "zh-CN"), 200)
		if !strings.HasPrefix(file.header.Get("Content-Type"), media) || !strings.Contains(file.header.Get("Content-Disposition"), "filename*=utf-8''%E5%8D%95%E4%BD%8D."+format) {
			t.Errorf("%s came with %v", format, file.header)
		}
		if back := office.want(upload("", string(file.raw)), 200); back.body["unchanged"] != 2.0 {
			t.Errorf("%s came back as %s", format, back.raw)
		}
	}
	roster := office.want(office.call("POST", "/rosters", map[string]any{"name": "各处室", "kinds": []string{"division"}}), 201)
	members := office.want(office.call("GET", "/rosters/"+roster.body["id"].(string)+"/units?on=2017-03-06", nil), 200)
	if len(members.body["items"].([]any)) != 2 {
		t.Errorf("members %s", members.raw)
	}
	page := office.want(office.call("GET", "/units?limit=2", nil), 200)
	rest := office.want(office.call("GET", "/units?limit=2&after="+page.body["next"].(string), nil), 200)
	if len(page.body["items"].([]any)) != 2 || len(rest.body["items"].([]any)) != 1 || rest.body["next"] != "" {
		t.Errorf("pages %s %s", page.raw, rest.raw)
	}
}
