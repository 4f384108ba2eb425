package handover_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
	"github.com/duban-gov/duban/internal/workday"
)

func TestTable(t *testing.T) {
	transitiontest.Laws(t, handover.Table)
	transitiontest.Golden(t, "testdata/hand_over.golden", transitiontest.Matrix(handover.Table))
	transitiontest.Diagram(t, handover.Table, "hand_over")
}

// worked is the example of docs/hand-over.md.
func worked() (handover.Head, []handover.Row) {
	id := func(text string) ident.ID {
		i, err := ident.Parse(text)
		if err != nil {
			panic(err)
		}
		return i
	}
	return handover.Head{UnitID: id("0000000000011"), Role: "unit_clerk", Giver: id("0000000000021"), Taker: id("0000000000022"),
			DrawnAt: time.Date(2017, 6, 1, 1, 30, 0, 0, time.UTC)},
		[]handover.Row{
			{Kind: handover.Duty, ObjectID: id("0000000000031"), DutyID: id("0000000000031"), Number: "（一）1", Title: "编制主动公开目录", Original: workday.MustDate("2017-09-29"),
				Due: workday.MustDate("2017-10-31"), Light: "green", Status: "active"},
			{Kind: handover.Urge, ObjectID: id("0000000000041"), DutyID: id("0000000000031"), Title: "请于周五前报送", Status: "open"},
		}
}

func TestText_is_that_of_the_docs(t *testing.T) {
	h, rows := worked()
	want := "hand-over\t1\t0000000000011\tunit_clerk\t0000000000021\t0000000000022\t-\t2017-06-01T01:30:00.000Z\n" +
		"1\tduty\t0000000000031\t0000000000031\t（一）1\t编制主动公开目录\t2017-09-29\t2017-10-31\tgreen\tactive\n" +
		"2\turge\t0000000000041\t0000000000031\t-\t请于周五前报送\t-\t-\t-\topen\n"
	if got := handover.Text(h, rows); got != want {
		t.Errorf("text is\n%q, want\n%q", got, want)
	}
	if got := handover.Hash(h, rows); got != "5f996ebec5335cdbecd99577a6adf750be2d08369786f1966e75e1fc6f4c917d" {
		t.Errorf("hash is %s", got)
	}
}

// TestHash_differs_for_whatever_differs: no two lists that differ in anything have one text, whatever characters their titles hold.
func TestHash_differs_for_whatever_differs(t *testing.T) {
	row := rapid.Custom(func(t *rapid.T) handover.Row {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("甲\t\n\\tn-")), 0, 4, -1)
		return handover.Row{Kind: rapid.SampledFrom(handover.Kinds).Draw(t, "kind"), ObjectID: ident.FromInt(rapid.Int64Range(1, 3).Draw(t, "id")),
			Number: word.Draw(t, "number"), Title: "x" + word.Draw(t, "title"), Due: workday.MustDate("2017-03-06").AddDays(rapid.IntRange(0, 2).Draw(t, "due")), Status: "active"}
	})
	h, _ := worked()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOfN(row, 0, 3).Draw(t, "a"), rapid.SliceOfN(row, 0, 3).Draw(t, "b")
		same := len(a) == len(b)
		for i := range min(len(a), len(b)) {
			x, y := a[i], b[i]
			if x.Number == "-" {
				x.Number = "" // "-" is how what is missing is written
			}
			if y.Number == "-" {
				y.Number = ""
			}
			same = same && x == y
		}
		if same != (handover.Text(h, a) == handover.Text(h, b)) || same != (handover.Hash(h, a) == handover.Hash(h, b)) {
			t.Fatalf("%q and %q", handover.Text(h, a), handover.Text(h, b))
		}
		if lines := strings.Count(handover.Text(h, a), "\n"); lines != 1+len(a) {
			t.Fatalf("%d lines for %d rows", lines, len(a))
		}
	})
}

func TestCompare(t *testing.T) {
	_, list := worked()
	turned, moved := append([]handover.Row{}, list...), append([]handover.Row{}, list...)
	turned[0].Light, turned[0].Status = "yellow", "review"
	moved[0].Due = workday.MustDate("2017-11-30")
	for name, c := range map[string]struct {
		now                 []handover.Row
		added, ended, moves int
	}{
		"same":                              {list, 0, 0, 0},
		"light_and_state_leave_it_valid":    {turned, 0, 0, 0},
		"moved_due_date":                    {moved, 0, 0, 1},
		"ended":                             {list[:1], 0, 1, 0},
		"added":                             {append(append([]handover.Row{}, list...), handover.Row{Kind: handover.Notice, ObjectID: ident.FromInt(9)}), 1, 0, 0},
		"another_report_of_another_duty":    {append(append([]handover.Row{}, list...), handover.Row{Kind: handover.Urge, ObjectID: list[1].ObjectID, DutyID: ident.FromInt(9)}), 1, 0, 0},
		"nothing_open_any_more_ends_it_all": {nil, 0, 2, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := handover.Compare(list, c.now)
			if len(got.Added) != c.added || len(got.Ended) != c.ended || len(got.Moved) != c.moves || got.None() != (c.added+c.ended+c.moves == 0) {
				t.Errorf("changes %+v", got)
			}
		})
	}
}

func TestPersons_are_different_people(t *testing.T) {
	for name, c := range map[string]struct {
		p  handover.Persons[int]
		ok bool
	}{
		"three":                 {handover.Persons[int]{Giver: 1, Taker: 2, Witness: 3}, true},
		"without_a_witness":     {handover.Persons[int]{Giver: 1, Taker: 2}, true},
		"giver_takes":           {handover.Persons[int]{Giver: 1, Taker: 1, Witness: 3}, false},
		"giver_witnesses":       {handover.Persons[int]{Giver: 1, Taker: 2, Witness: 1}, false},
		"who_takes_witnesses":   {handover.Persons[int]{Giver: 1, Taker: 2, Witness: 2}, false},
		"one_person_everywhere": {handover.Persons[int]{Giver: 1, Taker: 1, Witness: 1}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.p.Check(); (err == nil) != c.ok {
				t.Errorf("got %v", err)
			}
		})
	}
}
