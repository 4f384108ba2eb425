package apitest

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestLanguages: every refusal that the matrix meets has a text in each language, and it is the language asked for.
func TestLanguages(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	said := map[string]map[string]string{} // code → language → text
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		op := w.contract.ops[id]
		met := map[int]bool{}
		for _, c := range w.cells(o, op) {
			if c.want.status < 400 || met[c.want.status] || c.counted() {
				continue
			}
			met[c.want.status] = true
			for _, lang := range []string{"zh-CN", "zh-TW", "en"} {
				r := w.good(t, op, c.on)
				r.header["Accept-Language"] = lang
				p := w.call(t, c.who, op, r).problem()
				if said[p.Code] == nil {
					said[p.Code] = map[string]string{}
				}
				said[p.Code][lang] = p.Detail
				if p.Detail == "" || strings.Contains(p.Detail, "fault.") || strings.ContainsAny(p.Detail, "{}") {
					t.Errorf("%s in %s: %q is no text", p.Code, lang, p.Detail)
				}
				own := p.Detail
				if name, ok := p.Params["name"].(string); ok {
					own = strings.ReplaceAll(own, name, "") // what people are called is the same in every language
				}
				if strings.HasPrefix(lang, "zh") != strings.ContainsFunc(own, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
					t.Errorf("%s in %s: %q is in another language", p.Code, lang, p.Detail)
				}
			}
		}
	}
	if len(said) < 6 {
		t.Errorf("only the codes %v were met", slices.Sorted(maps.Keys(said)))
	}
	for code, texts := range said {
		if texts["zh-CN"] == texts["zh-TW"] && hasSimplified(texts["zh-CN"]) {
			t.Errorf("%s says the same in both scripts: %q", code, texts["zh-CN"])
		}
	}
}

// hasSimplified reports whether a text holds one of some characters that differ in the traditional script.
func hasSimplified(s string) bool {
	return strings.ContainsAny(s, "没请这个时后关门会为从动进还开权限缺务单报责认证") && !strings.ContainsAny(s, "沒請")
}

// TestSecrets: what was rejected as a password stands neither in the answer nor in the log.
func TestSecrets(t *testing.T) {
	w := newWorld(t)
	own := w.actor("unit_clerk.own")
	const secret = "hunter2-Correct-Horse"
	for name, c := range map[string]struct {
		op   string
		who  *actor
		body string
	}{
		"a_wrong_password":               {"sign-in", nil, `{"login":"unit_clerk.own2","password":"` + secret + `"}`},
		"a_password_of_the_wrong_type":   {"sign-in", nil, `{"login":"unit_clerk.own2","password":["` + secret + `"]}`},
		"a_password_in_an_unknown_field": {"sign-in", nil, `{"login":"unit_clerk.own2","passwort":"` + secret + `"}`},
		"a_password_that_is_too_long":    {"set-password", nil, `{"secret":"x","password":"` + strings.Repeat(secret, 20) + `"}`},
		"a_link_that_opens_nothing":      {"set-password", nil, `{"secret":"` + secret + `","password":"four quiet lanterns over water"}`},
		"a_wrong_present_password":       {"change-password", own, `{"current":"` + secret + `","new":"four quiet lanterns over water"}`},
		"a_new_password_that_is_weak":    {"change-password", own, `{"current":"` + secret + `","new":"` + secret[:7] + `"}`},
		"a_password_in_broken_json":      {"sign-in", nil, `{"login":"x","password":"` + secret},
	} {
		t.Run(name, func(t *testing.T) {
			a := w.send(c.who, w.contract.ops[c.op], request{body: c.body})
			if a.status < 400 || a.status >= 500 {
				t.Errorf("answered %d", a.status)
			}
			if bytes.Contains(a.body, []byte("hunter2")) || strings.Contains(w.log.String(), "hunter2") {
				t.Errorf("the secret is told: %s\n%s", a.body, w.log)
			}
			w.log.Reset()
		})
	}
}

// TestTokens: a token gives what it carries and no more, whatever its owner may.
func TestTokens(t *testing.T) {
	w := newWorld(t)
	duty := w.object("duty", "assigned")
	ask := func(op string) *answer {
		o := w.contract.ops[op]
		r := w.good(t, o, duty)
		r.header["Authorization"] = "Bearer a-token-of-the-clerk"
		return w.call(t, nil, o, r)
	}
	t.Run("it_reads_what_it_carries", func(t *testing.T) {
		if a := ask("get-duty"); a.status != http.StatusOK {
			t.Errorf("answered %d %s", a.status, a.body)
		}
	})
	for _, op := range []string{"accept-duty", "list-tokens", "list-messages", "list-units"} {
		t.Run("it_does_not_reach_"+op, func(t *testing.T) {
			if a := ask(op); a.status != http.StatusForbidden {
				t.Errorf("answered %d %s", a.status, a.body)
			}
		})
	}
	for _, op := range []string{"list-sessions", "change-password"} {
		t.Run("it_is_no_sign_in_for_"+op, func(t *testing.T) {
			if a := ask(op); a.ok() {
				t.Errorf("answered %d %s", a.status, a.body)
			}
		})
	}
	t.Run("a_wrong_one_is_nobody", func(t *testing.T) {
		o := w.contract.ops["get-me"]
		if a := w.call(t, nil, o, request{header: map[string]string{"Authorization": "Bearer dbn_no-such-token"}}); a.status != http.StatusUnauthorized {
			t.Errorf("answered %d", a.status)
		}
	})
}
