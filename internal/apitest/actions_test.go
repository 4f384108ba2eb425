package apitest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// actionOf names the act of a state table that an operation does, where it is not the first word of the operation's name. Recording a
// finding is left out: whom it excludes depends on the unit that the input names.
var actionOf = map[string]string{
	"create-report": "report", "request-extension": "extend", "update-report": "save",
	"send-back-duty": "send_back", "send-back-share": "send_back", "hand-in-share": "hand_in", "send-back-report": "send_back", "send-back-notice": "send_back", "send-back-inspection": "send_back", "save-inspection-checks": "check", "accept-plan-notice": "accept_plan", "return-plan-notice": "return_plan",
}

// readers are the operations that show an object with what the caller may do with it.
var readers = map[string]string{"duty": "get-duty", "report": "get-report", "extension": "get-extension", "share": "get-share", "notice": "get-notice",
	"finding": "get-finding", "inspection": "get-inspection", "plan": "get-plan", "matter": "get-matter", "instruction": "get-instruction", "proceeding": "get-proceeding", "hand-over": "get-hand-over", "conclusion": "get-conclusion"}

// TestAllowedActions: what a view offers is what the API then does, for everybody in every state. The page shows its buttons by
// it.
func TestAllowedActions(t *testing.T) {
	w, o := newWorld(t), readOracle(t)
	for kind, reader := range readers {
		t.Run(kind, func(t *testing.T) {
			met := map[string]bool{}
			for _, on := range w.objects {
				if on.kind != kind {
					continue
				}
				for _, who := range w.actors {
					a := w.call(t, who, w.contract.ops[reader], request{path: map[string]string{"id": on.id.String()}})
					if !a.ok() {
						continue
					}
					w.compareOffers(t, o, who, on, offers(t, a), met)
				}
			}
			if len(met) == 0 {
				t.Error("no offer was compared")
			}
		})
	}
}

// compareOffers compares what a view offers with what the oracle wants of the operation that does it.
func (w *world) compareOffers(t *testing.T, o *oracle, who *actor, on *object, offered map[string]bool, met map[string]bool) {
	t.Helper()
	for _, id := range slices.Sorted(maps.Keys(w.contract.ops)) {
		rules := o.rules(id)
		action := actOf(id, on.kind)
		if len(rules) == 0 || rules[0].kind.name != on.kind || action == "" {
			continue
		}
		enabled, known := offered[action]
		want := o.expect(rules, who, on, 200).status == 200
		if known {
			met[action] = true
		}
		if enabled != want {
			t.Errorf("%s on %s: %s is offered as %v, yet may be done: %v", who, on, action, enabled, want)
		}
	}
}

// actOf is the act of an operation on a kind of object; "" if it is none of its state table.
func actOf(op, kind string) string {
	if act, ok := actionOf[op]; ok {
		return act
	}
	act, object, _ := strings.Cut(op, "-")
	if object != kind || slices.Contains([]string{"get", "list", "lint", "copy", "draft", "register", "give", "propose", "export", "follow", "unfollow", "file"}, act) {
		return ""
	}
	return act
}

func offers(t *testing.T, a *answer) map[string]bool {
	t.Helper()
	var view struct {
		Actions []struct {
			Action  string `json:"action"`
			Enabled bool   `json:"enabled"`
			Code    string `json:"code"`
			Reason  string `json:"reason"`
		} `json:"allowed_actions"`
	}
	if err := json.Unmarshal(a.body, &view); err != nil {
		t.Fatal(err)
	}
	offered := map[string]bool{}
	for _, act := range view.Actions {
		offered[act.Action] = act.Enabled
		if !act.Enabled && (act.Code == "" || act.Reason == "") {
			t.Errorf("%s is refused without a reason: %s", act.Action, clip(string(a.body)))
		}
	}
	return offered
}
