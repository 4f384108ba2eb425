package messages_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/store"
)

// call is one request that a receiver got.
type call struct {
	id, timestamp, signature string
	body                     []byte
}

// receiver is a webhook's other end; it answers with what its script says, the last line over and over.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	calls  []call
	script []http.HandlerFunc
}

func newReceiver(t *testing.T, script ...http.HandlerFunc) *receiver {
	t.Helper()
	r := &receiver{script: script}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		r.mu.Lock()
		n := min(len(r.calls), len(r.script)-1)
		r.calls = append(r.calls, call{q.Header.Get(messages.HeaderID), q.Header.Get(messages.HeaderTimestamp), q.Header.Get(messages.HeaderSignature), body})
		r.mu.Unlock()
		r.script[n](w, q)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) got() []call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]call{}, r.calls...)
}

func answer(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

func (s *scene) hook(t *testing.T, url string, topics ...string) messages.Webhook {
	t.Helper()
	v, err := s.service.CreateWebhook(s.Acting(s.SystemAdmin), messages.CreateWebhookInput{URL: url, Topics: topics})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWebhook_getsASignedBodyUnderAStableID(t *testing.T) {
	s := newScene(t)
	r := newReceiver(t, answer(http.StatusInternalServerError), answer(http.StatusNoContent))
	hook := s.hook(t, r.URL, "notice.serve")
	other := newReceiver(t, answer(http.StatusOK))
	s.hook(t, other.URL, "duty.close")
	s.happen(t, s.Acting(s.Leader), 7) // tells nobody, but the webhook
	if done := s.deliver(t); done != (messages.Delivery{Retried: 1}) {
		t.Fatalf("first round %+v", done)
	}
	s.Clock.Advance(time.Minute)
	if done := s.deliver(t); done != (messages.Delivery{Sent: 1}) {
		t.Fatalf("second round %+v", done)
	}
	calls := r.got()
	row := s.rows(t, message.ChannelWebhook)[0]
	if len(calls) != 2 || calls[0].id != row.ID.String() || calls[1].id != calls[0].id || calls[1].timestamp == calls[0].timestamp {
		t.Fatalf("calls %+v", calls)
	}
	for _, c := range calls {
		if c.signature != messages.Sign(hook.Secret, c.timestamp, c.body) || c.signature == messages.Sign("another", c.timestamp, c.body) {
			t.Fatalf("signature %s", c.signature)
		}
	}
	var body map[string]any
	if err := json.Unmarshal(calls[0].body, &body); err != nil || body["id"] != row.ID.String() || body["topic"] != "notice.serve" ||
		body["title"] != "〔2017〕7号 已签收" || body["subject"] != "notice" {
		t.Fatalf("body %s, %v", calls[0].body, err)
	}
	if len(other.got()) != 0 {
		t.Fatal("a topic that was not asked for was sent")
	}
}

func TestSign_isHMACOfTimestampPointBody(t *testing.T) {
	// printf '%s' '1488762000.{"id":"1"}' | openssl dgst -sha256 -hmac whsec_key
	const want = "v1=1c1fe6d4d0c9cfb24aa14ca7b1f048c1833d6b66ff6ab59f90ed79d7a6e58b98"
	if got := messages.Sign("whsec_key", "1488762000", []byte(`{"id":"1"}`)); got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
}

func TestWebhook_outcomes(t *testing.T) {
	target := newReceiver(t, answer(http.StatusOK))
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   messages.Delivery
	}{
		"a_redirect_is_not_followed": {func(w http.ResponseWriter, q *http.Request) {
			http.Redirect(w, q, target.URL, http.StatusTemporaryRedirect)
		},
			messages.Delivery{Retried: 1}},
		"gone_is_given_up":        {answer(http.StatusGone), messages.Delivery{Failed: 1}},
		"not_found_may_come_back": {answer(http.StatusNotFound), messages.Delivery{Retried: 1}},
		"an_endless_answer_is_cut": {func(w http.ResponseWriter, q *http.Request) {
			block := make([]byte, 64<<10)
			for q.Context().Err() == nil {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
		}, messages.Delivery{Sent: 1}},
		"a_closed_connection_is_tried_again": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, _ := w.(http.Hijacker).Hijack()
			_ = conn.Close()
		}, messages.Delivery{Retried: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.hook(t, newReceiver(t, c.answer).URL)
			s.happen(t, s.Acting(s.Leader), 1)
			if done := s.deliver(t); done != c.want {
				t.Fatalf("round %+v, want %+v; %s", done, c.want, s.rows(t, message.ChannelWebhook)[0].LastError)
			}
		})
	}
	if len(target.got()) != 0 {
		t.Fatal("the redirect was followed")
	}
}

func TestWebhook_neverCallsPrivateAddresses(t *testing.T) {
	s := newScene(t)
	r := newReceiver(t, answer(http.StatusOK))
	hook := s.hook(t, r.URL) // made while the settings allowed it
	settings := s.settings()
	settings.AllowPrivate = false
	strict := messages.New(s.Store, s.Gate, s.log, settings)
	trial, err := strict.TestWebhook(s.Acting(s.SystemAdmin), hook.ID)
	if err != nil || trial.OK || !strings.Contains(trial.Error, "not a public one") {
		t.Fatalf("trial %+v, %v", trial, err)
	}
	if len(r.got()) != 0 {
		t.Fatal("it was called")
	}
	for _, url := range []string{"http://localhost/", "http://127.0.0.1:9/", "http://[::1]/", "http://10.1.2.3/", "https://169.254.169.254/latest",
		"http://[::ffff:10.0.0.1]/", "http://x.localhost./"} {
		_, err := strict.CreateWebhook(s.Acting(s.SystemAdmin), messages.CreateWebhookInput{URL: url})
		if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != "webhook.private_address" {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"8.8.8.8": true, "2400:3200::1": true, "127.0.0.1": false, "10.0.0.1": false, "172.16.0.1": false, "192.168.1.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "ff02::1": false, "::ffff:127.0.0.1": false,
		"::ffff:8.8.8.8": true, "64:ff9b::a00:1": false, "2002:7f00:1::": false, "::7f00:1": false,
	} {
		if got := messages.Public(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestWebhook_management(t *testing.T) {
	s := newScene(t)
	r := newReceiver(t, answer(http.StatusOK))
	admin := s.Acting(s.SystemAdmin)
	v := s.hook(t, r.URL)
	t.Run("the_secret_is_shown_once", func(t *testing.T) {
		list, err := s.service.Webhooks(admin)
		if err != nil || len(list.Items) != 1 || list.Items[0].Secret != "" || len(v.Secret) < 40 {
			t.Fatalf("list %+v, %v; created with %q", list, err, v.Secret)
		}
		events, err := s.log.Of(admin, "webhook", v.ID, ident.ID{}, 10)
		if err != nil || len(events) != 1 || strings.Contains(string(events[0].After), v.Secret) {
			t.Fatalf("history %+v, %v", events, err)
		}
		row, err := s.Store.Read().Webhook.Get(t.Context(), v.ID)
		if err != nil || strings.Contains(row.Secret, v.Secret) || strings.Contains(row.Secret, "whsec_") {
			t.Errorf("kept in clear: %v", err)
		}
	})
	t.Run("the_same_request_makes_one", func(t *testing.T) {
		ctx := store.WithRequest(admin, store.Request{User: s.SystemAdmin.ID, Key: "k", Operation: "create-webhook", Hash: []byte{1}})
		in := messages.CreateWebhookInput{URL: "https://oa.example.gov.cn/hook"}
		first, err := s.service.CreateWebhook(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.service.CreateWebhook(ctx, in)
		if err != nil || again.ID != first.ID || again.Secret != first.Secret {
			t.Fatalf("again %+v, %v", again, err)
		}
	})
	t.Run("a_test_call_reaches_it", func(t *testing.T) {
		trial, err := s.service.TestWebhook(admin, v.ID)
		if err != nil || !trial.OK {
			t.Fatalf("trial %+v, %v", trial, err)
		}
	})
	t.Run("others_may_not", func(t *testing.T) {
		_, err := s.service.Webhooks(s.Acting(s.Leader))
		wantCode(t, err, "forbidden")
		foreign := s.Kit.NewHouse("邻")
		_, err = s.service.TestWebhook(s.Acting(foreign.SystemAdmin), v.ID)
		wantCode(t, err, "not_found")
		_, err = s.service.EnableWebhook(s.Acting(foreign.SystemAdmin), v.ID, v.Version, false)
		wantCode(t, err, "not_found")
	})
	t.Run("off_means_off", func(t *testing.T) {
		before := len(r.got())
		s.happen(t, s.Acting(s.Leader), 1)
		off, err := s.service.EnableWebhook(admin, v.ID, v.Version, false)
		if err != nil || off.Enabled {
			t.Fatalf("off %+v, %v", off, err)
		}
		_, err = s.service.EnableWebhook(admin, v.ID, v.Version, true)
		wantCode(t, err, "stale")
		s.happen(t, s.Acting(s.Leader), 2)
		s.deliver(t)
		if len(r.got()) != before {
			t.Fatal("it was called")
		}
	})
	t.Run("bad_input_is_named", func(t *testing.T) {
		for url, code := range map[string]string{"ftp://a.example/": "webhook.url", "https://u:p@a.example/": "webhook.url", "https:///x": "webhook.url",
			"https://a.example/#x": "webhook.url", ":": "webhook.url"} {
			_, err := s.service.CreateWebhook(admin, messages.CreateWebhookInput{URL: url})
			if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != code {
				t.Errorf("%s: %v", url, err)
			}
		}
		_, err := s.service.CreateWebhook(admin, messages.CreateWebhookInput{URL: "https://a.example/", Topics: []string{"notice.serve", "all"}})
		if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Location != "body.topics[1]" {
			t.Errorf("topics: %v", err)
		}
	})
}
