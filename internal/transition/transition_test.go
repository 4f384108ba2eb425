package transition_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

type door string

const (
	open   door = "open"
	shut   door = "shut"
	bricks door = "bricks"
)

func (door) Values() []string { return []string{"open", "shut", "bricks"} }

type row = transition.Row[door]

func byDay(c transition.Circumstances) *fault.Error {
	if c.Open > 0 {
		return fault.New(fault.Conflict, "door.night")
	}
	return nil
}

var doors = transition.New("door", []door{bricks},
	row{Action: "build", From: []door{""}, To: shut},
	row{Action: "unlock", From: []door{shut}, To: open, Must: transition.Holder | transition.Author, When: byDay},
	row{Action: "knock", From: []door{open, shut}},
	row{Action: "wall_up", From: []door{open}, To: bricks, MustNot: transition.Holder, Needs: transition.Reason | transition.Date,
		Check: transition.NewDateNotPast},
	row{Action: "rot", From: []door{shut}, To: bricks, Via: "house.decay"},
	row{Action: "look", From: []door{open}, Permission: "house.look"},
)

type facts = transition.Facts[door]

func TestApply(t *testing.T) {
	all := ^transition.Need(0)
	today := transition.Circumstances{Today: workday.MustDate("2017-06-01"), New: workday.MustDate("2017-05-31")}
	cases := []struct {
		name   string
		facts  facts
		action transition.Action
		want   door
		kind   fault.Kind
		code   string
	}{
		{"creates", facts{}, "build", shut, 0, ""},
		{"moves", facts{Status: shut, Relations: transition.Holder | transition.Author}, "unlock", open, 0, ""},
		{"stays", facts{Status: open}, "knock", open, 0, ""},
		{"wrong_state_conflicts", facts{Status: open}, "unlock", open, fault.Conflict, "door.illegal_transition"},
		{"unknown_action_conflicts", facts{Status: open}, "paint", open, fault.Conflict, "door.illegal_transition"},
		{"existing_is_not_created_again", facts{Status: shut}, "build", shut, fault.Conflict, "door.illegal_transition"},
		{"missing_relation_is_forbidden", facts{Status: shut, Relations: transition.Holder}, "unlock", shut, fault.Forbidden, "relation.author"},
		{"excluded_relation_conflicts", facts{Status: open, Relations: transition.Holder, Given: all}, "wall_up", open, fault.Conflict, "separation.holder"},
		{"circumstances_conflict", facts{Status: shut, Relations: transition.Holder | transition.Author,
			Circumstances: transition.Circumstances{Open: 1}}, "unlock", shut, fault.Conflict, "door.night"},
		{"missing_input_is_invalid", facts{Status: open, Given: transition.Date}, "wall_up", open, fault.Invalid, "input.invalid"},
		{"bad_input_is_invalid", facts{Status: open, Given: all, Circumstances: today}, "wall_up", open, fault.Invalid, "input.invalid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := doors.Apply(c.facts, c.action)
			if got != c.want {
				t.Errorf("state %q, want %q", got, c.want)
			}
			if c.code == "" {
				if err != nil {
					t.Errorf("unexpected: %v", err)
				}
				return
			}
			if fault.CodeOf(err) != c.code || fault.KindOf(err) != c.kind {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestApply_names_every_missing_field(t *testing.T) {
	_, err := doors.Apply(facts{Status: open}, "wall_up")
	f := fault.As(err)
	if f == nil || len(f.Fields) != 2 {
		t.Fatalf("got %v", err)
	}
	for i, location := range []string{"body.reason", "body.due_date"} {
		if f.Fields[i].Location != location || f.Fields[i].Code != "required" {
			t.Errorf("field %d: got %v", i, f.Fields[i])
		}
	}
}

func TestIllegalTransition_says_what_is_possible(t *testing.T) {
	_, err := doors.Apply(facts{Status: shut}, "wall_up")
	f := fault.As(err)
	got, jsonErr := json.Marshal(f.Params)
	if jsonErr != nil {
		t.Fatal(jsonErr)
	}
	if allowed := fmt.Sprint(f.Params["allowed"]); allowed != "unlock, knock" {
		t.Errorf("in the log: %s", allowed)
	}
	if want := `{"action":"wall_up","allowed":["unlock","knock"],"status":"shut"}`; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAllowed_lists_the_forbidden_with_its_reason(t *testing.T) {
	got := map[transition.Action]string{}
	for _, a := range doors.Allowed(facts{Status: shut, Relations: transition.Holder}) {
		got[a.Action] = a.Permission + " "
		if a.Reason != nil {
			got[a.Action] += a.Reason.Code
		}
	}
	want := map[transition.Action]string{
		"unlock":  "door.unlock relation.author",
		"knock":   "door.knock ",
		"wall_up": "door.wall_up door.illegal_transition",
		"look":    "house.look door.illegal_transition",
	}
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
	for action, w := range want {
		if got[action] != w {
			t.Errorf("%s: got %q, want %q", action, got[action], w)
		}
	}
	created := doors.Allowed(facts{})
	if len(created) != 1 || created[0].Action != "build" || !created[0].Enabled {
		t.Errorf("to create: %v", created)
	}
}

func TestAlong(t *testing.T) {
	t.Run("does_what_the_other_action_does_along", func(t *testing.T) {
		if got, err := doors.Along(facts{Status: shut}, "house.decay"); got != bricks || err != nil {
			t.Errorf("got %s, %v", got, err)
		}
	})
	t.Run("wrong_state_conflicts", func(t *testing.T) {
		if got, err := doors.Along(facts{Status: open}, "house.decay"); got != open || fault.CodeOf(err) != "door.illegal_transition" {
			t.Errorf("got %s, %v", got, err)
		}
	})
	t.Run("unknown_action_conflicts", func(t *testing.T) {
		if _, err := doors.Along(facts{Status: shut}, "house.sale"); fault.CodeOf(err) != "door.illegal_transition" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("not_done_directly", func(t *testing.T) {
		if got, err := doors.Apply(facts{Status: shut}, "rot"); got != shut || fault.CodeOf(err) != "door.illegal_transition" {
			t.Errorf("got %s, %v", got, err)
		}
	})
}

func TestNew_refuses_a_table_that_contradicts_itself(t *testing.T) {
	cases := map[string][]row{
		"two_rows":      {{Action: "knock", From: []door{open}}, {Action: "knock", From: []door{open}, To: shut}},
		"unknown_state": {{Action: "knock", From: []door{"ajar"}}},
		"no_creation":   {{Action: "build", From: []door{""}}},
		"no_from":       {{Action: "build", To: shut}},
	}
	for name, rows := range cases {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("built")
				}
			}()
			transition.New("door", nil, rows...)
		})
	}
}

func TestRelation_prints_its_names(t *testing.T) {
	set := transition.Holder | transition.PartOfTeam | transition.Opiner.If(false) | transition.Author.If(true)
	if set.String() != "holder+author+team" || transition.Relation(0).String() != "-" {
		t.Errorf("got %s", set)
	}
	if got := (transition.Reason | transition.Evidence.If(true) | transition.Text.If(false)).String(); got != "reason+evidence" {
		t.Errorf("got %s", got)
	}
}

func TestMessage_names_words_of_the_field(t *testing.T) {
	_, err := doors.Apply(facts{Status: shut}, "")
	if !errors.Is(err, fault.New(fault.Conflict, "door.illegal_transition")) {
		t.Fatal(err)
	}
	term := transition.New("duty", nil, row{Action: "accept", From: []door{open}, MustNot: transition.Author})
	_, err = term.Apply(facts{Status: open, Relations: transition.Author}, "accept")
	got := words.Text(words.ZhCN, "fault.separation.author", fault.As(err).Params)
	if got != "填报人不能对自己填报的内容办理“签收”" {
		t.Errorf("got %s", got)
	}
}
