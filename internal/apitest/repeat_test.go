package apitest

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestRepeat: every create under an Idempotency-Key can be sent again. It gets the same answer (without a secret, which is
// shown once) and changes nothing again; the same key with another body is a conflict.
func TestRepeat(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		op := w.contract.ops[id]
		if !op.takes("header", "Idempotency-Key") {
			continue
		}
		t.Run(id, func(t *testing.T) {
			defer w.restore()
			c, ok := w.willing(o, op)
			if !ok {
				t.Fatal("nobody may do it")
			}
			r := w.good(t, op, c.on)
			r.header["Idempotency-Key"] = "k-" + id
			first := w.call(t, c.who, op, r)
			if !first.ok() {
				t.Fatalf("answered %d %s", first.status, clip(string(first.body)))
			}
			events := w.count("events")
			second := w.call(t, c.who, op, r)
			if second.status != first.status || plain(t, op, second) != plain(t, op, first) {
				t.Errorf("sent again: %d %s\n  first: %d %s", second.status, clip(string(second.body)), first.status, clip(string(first.body)))
			}
			if now := w.count("events"); now != events {
				t.Errorf("sent again, it wrote %d events more", now-events)
			}
			if r.body == "" {
				return
			}
			other := r.with(func(r *request) { r.body = strings.Replace(r.body, "\r\n\r\n", "\r\n\r\n#", 1) + " " })
			if a := w.call(t, c.who, op, other); a.status != http.StatusConflict || a.problem().Code != "idempotency.mismatch" {
				t.Errorf("with another body: %d %s", a.status, clip(string(a.body)))
			}
		})
	}
}

// shownOnce are the members of answers that are shown once besides "secret". The address of a calendar feed is the key that opens
// it: only its hash is kept, so a repeated request gets the feed without its address, and makes no second one.
var shownOnce = map[string]string{"create-calendar-feed": "path"}

// plain is an answer without what is shown once.
func plain(t *testing.T, op *operation, a *answer) string {
	t.Helper()
	if len(a.body) == 0 {
		return ""
	}
	value, err := a.value()
	if err != nil {
		t.Fatal(err)
	}
	if m, ok := value.(map[string]any); ok {
		delete(m, shownOnce[op.id])
	}
	raw, err := json.Marshal(withoutSecrets(value))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func withoutSecrets(value any) any {
	if m, ok := value.(map[string]any); ok {
		delete(m, "secret")
		for key := range m {
			m[key] = withoutSecrets(m[key])
		}
	}
	return value
}
