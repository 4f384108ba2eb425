package rectify_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

func shipped(t *testing.T) string {
	t.Helper()
	raw, err := policies.Rules.ReadFile("rules/" + rectify.RulesFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestLoadRules_reads_the_shipped_file(t *testing.T) {
	r, err := rectify.LoadRules(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	if r.Name() != "inspection.default@1" || r.Rebound != 90 || r.Apply != (workday.Period{N: 30, Unit: workday.ByDay, Roll: true}) ||
		r.PlanIn != (workday.Period{N: 5, Unit: workday.ByWorkday}) || r.Numbers.Objection != "复" {
		t.Errorf("got %+v", r)
	}
}

func TestParseRules_names_every_fault(t *testing.T) {
	for name, c := range map[string]struct{ old, new, at, code string }{
		"missing_key":        {"recusal: {former_years: 3}", "recusal: {}", "inspection.yaml recusal.former_years", "rules.missing_key"},
		"unknown_key":        {"rebound: {days: 90}", "rebound: {days: 90, weeks: 1}", "rebound.weeks", "rules.unknown_key"},
		"out_of_range":       {"rebound: {days: 90}", "rebound: {days: -1}", "rebound.days", "rules.wrong_value"},
		"text_for_a_number":  {"rebound: {days: 90}", `rebound: {days: "90"}`, "rebound.days", "rules.wrong_value"},
		"unknown_severity":   {"site_check: {from: serious}", "site_check: {from: grave}", "site_check.from", "rules.wrong_value"},
		"list_for_a_value":   {"rebound: {days: 90}", "rebound: {days: [90]}", "rebound.days", "rules.wrong_value"},
		"bounds_crossed":     {"least: 5", "least: 51", "look_back.least", "rules.wrong_value"},
		"not_yaml":           {"rebound: {days: 90}", "rebound: {days: 90", "inspection.yaml", "rules.syntax"},
		"bracket_in_number":  {"inspection: 查", "inspection: 〔查", "numbers.inspection", "rules.wrong_value"},
		"months_for_a_clock": {"decide: {n: 30, unit: day", "decide: {n: 30, unit: month", "objection.decide.unit", "rules.wrong_value"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rectify.ParseRules(rectify.RulesFile, []byte(strings.Replace(shipped(t), c.old, c.new, 1)))
			f := fault.As(err)
			if f == nil || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return strings.HasSuffix(x.Location, c.at) && x.Code == c.code }) {
				t.Fatalf("got %v", f)
			}
		})
	}
}

func TestSimilarity(t *testing.T) {
	for name, c := range map[string]struct {
		a, b      string
		low, high int
	}{
		"the_same":                {"招生简章未公开", "招生简章未公开", 100, 100},
		"punctuation_is_no_text":  {"招生简章，未公开。", "招生简章未公开", 100, 100},
		"a_longer_wording":        {"招生简章未在网上公开", "招生简章未公开", 60, 90},
		"another_matter":          {"招生简章未公开", "食堂卫生不达标", 0, 10},
		"nothing_is_like_nothing": {"", "", 0, 0},
		"one_character":           {"财", "财", 100, 100},
	} {
		t.Run(name, func(t *testing.T) {
			if got := rectify.Similarity(c.a, c.b); got < c.low || got > c.high {
				t.Errorf("got %d, want %d–%d", got, c.low, c.high)
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringOf(rapid.RuneFrom([]rune("招生简章公开，a"))).Draw(t, "a"), rapid.StringOf(rapid.RuneFrom([]rune("招生简章公开，a"))).Draw(t, "b")
		s := rectify.Similarity(a, b)
		if s != rectify.Similarity(b, a) || s < 0 || s > 100 {
			t.Fatalf("%q, %q: %d, %d", a, b, s, rectify.Similarity(b, a))
		}
	})
}

func TestDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfDistinct(rapid.StringMatching(`[a-z0-9]{1,6}`), rapid.ID).Draw(t, "keys")
		n, seed := rapid.IntRange(0, 20).Draw(t, "n"), rapid.String().Draw(t, "seed")
		drawn := rectify.Draw(keys, n, seed)
		shuffled := rapid.Permutation(keys).Draw(t, "shuffled")
		if !slices.Equal(drawn, rectify.Draw(shuffled, n, seed)) {
			t.Fatal("the order of the keys changed the draw")
		}
		if len(drawn) != min(n, len(keys)) {
			t.Fatalf("drew %d of %d, asked for %d", len(drawn), len(keys), n)
		}
		if more := rectify.Draw(keys, n+1, seed); !slices.Equal(more[:len(drawn)], drawn) {
			t.Fatal("a larger draw does not begin with the smaller")
		}
	})
	if got := rectify.Draw([]string{"a", "b", "c", "d", "e"}, 3, "2017"); !slices.Equal(got, rectify.Draw([]string{"e", "d", "c", "b", "a"}, 3, "2017")) ||
		slices.Equal(rectify.Draw([]string{"a", "b", "c", "d", "e"}, 5, "2017"), rectify.Draw([]string{"a", "b", "c", "d", "e"}, 5, "2018")) {
		t.Errorf("got %v", got)
	}
}

func TestSampleSize(t *testing.T) {
	r := rectify.LookBackRules{Percent: 20, Least: 5, Most: 50}
	for population, want := range map[int]int{0: 0, 3: 3, 10: 5, 26: 6, 100: 20, 1000: 50} {
		if got := r.SampleSize(population); got != want {
			t.Errorf("of %d: got %d, want %d", population, got, want)
		}
	}
}

func TestLocked(t *testing.T) {
	a, b := ident.FromInt(1), ident.FromInt(2)
	plan := rectify.Scheme{Title: "招生专项督查", Kind: rectify.Special, Scope: "招生", Matters: []string{"信息公开", "收费"}, UnitIDs: []ident.ID{a, b},
		StartsOn: workday.MustDate("2017-03-20"), EndsOn: workday.MustDate("2017-03-24")}
	for name, c := range map[string]struct {
		change func(*rectify.Scheme)
		want   string
	}{
		"narrower_is_allowed":         {func(s *rectify.Scheme) { s.UnitIDs, s.Matters = s.UnitIDs[:1], s.Matters[:1] }, ""},
		"later_is_allowed":            {func(s *rectify.Scheme) { s.StartsOn, s.EndsOn = s.StartsOn.AddDays(7), s.EndsOn.AddDays(7) }, ""},
		"another_method_is_allowed":   {func(s *rectify.Scheme) { s.Methods = []rectify.Method{rectify.Visit} }, ""},
		"another_object_is_refused":   {func(s *rectify.Scheme) { s.UnitIDs = []ident.ID{ident.FromInt(3)} }, "units"},
		"another_matter_is_refused":   {func(s *rectify.Scheme) { s.Matters = []string{"信息公开", "食堂"} }, "matters"},
		"longer_is_refused":           {func(s *rectify.Scheme) { s.EndsOn = s.EndsOn.AddDays(1) }, "days"},
		"wider_scope_is_refused":      {func(s *rectify.Scheme) { s.Scope = "招生和收费" }, "scope"},
		"every_part_is_named":         {func(s *rectify.Scheme) { s.Scope, s.Kind = "", rectify.Routine }, "kind, scope"},
		"a_new_check_item_is_refused": {func(s *rectify.Scheme) { s.Items = []rectify.CheckItem{{Text: "x"}} }, "items"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := plan
			c.change(&changed)
			err := rectify.Locked(plan, changed)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want != "" && (err == nil || err.Params["what"].(rectify.ScopeParts).String() != c.want):
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestThreshold(t *testing.T) {
	for severity, want := range map[rectify.Severity]bool{rectify.Minor: false, rectify.Major: true, rectify.Serious: true} {
		if got := rectify.Threshold(rectify.Major).Reached(severity); got != want {
			t.Errorf("%s reaches major: %v", severity, got)
		}
		if rectify.Never.Reached(severity) {
			t.Errorf("%s reaches never", severity)
		}
	}
}

func TestObjection_is_in_time_up_to_the_last_day(t *testing.T) {
	for today, want := range map[string]string{"2017-06-01": "", "2017-06-30": "", "2017-07-01": "objection.late"} {
		var facts = around(today)
		_, err := rectify.ObjectionTable.Apply(facts, rectify.FileObjection)
		if got := fault.CodeOf(err); want != got && !(want == "" && err == nil) {
			t.Errorf("%s: %v", today, err)
		}
	}
}
