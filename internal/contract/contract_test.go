package contract_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/duban-gov/duban/internal/contract"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/words"
	"github.com/duban-gov/duban/internal/workday"
)

var today = workday.MustDate("2017-10-09")

func TestMissing(t *testing.T) {
	photo := contract.Proof{Kind: "现场照片"}
	old := contract.Proof{Kind: "现场照片", Expires: workday.MustDate("2017-10-08")}
	lastDay := contract.Proof{Kind: "现场照片", Expires: today}
	link := contract.Proof{Kind: "公开页面", Link: true}
	photos := contract.CompletionContract{Counts: []contract.EvidenceNeed{{Kind: "现场照片", N: 2}}}
	articles := []contract.Target{{Metric: "信息", Op: ">=", Value: 1200, Unit: "条"}}
	for name, c := range map[string]struct {
		contract contract.CompletionContract
		facts    contract.Facts
		want     []string
	}{
		"an_empty_contract_asks_for_nothing":        {contract.CompletionContract{}, contract.Facts{}, nil},
		"too_few_pieces":                            {contract.CompletionContract{Evidence: 2}, contract.Facts{Evidence: []contract.Proof{photo}}, []string{"evidence"}},
		"enough_pieces_of_any_kind":                 {contract.CompletionContract{Evidence: 2}, contract.Facts{Evidence: []contract.Proof{photo, link}}, nil},
		"a_kind_that_is_not_there":                  {contract.CompletionContract{EvidenceKinds: []string{"会议纪要"}}, contract.Facts{Evidence: []contract.Proof{photo}}, []string{"kind"}},
		"too_few_of_a_kind":                         {photos, contract.Facts{Evidence: []contract.Proof{photo, link}}, []string{"kind"}},
		"expired_evidence_does_not_count":           {photos, contract.Facts{Evidence: []contract.Proof{photo, old}}, []string{"kind"}},
		"evidence_counts_on_its_last_day":           {photos, contract.Facts{Evidence: []contract.Proof{photo, lastDay}}, nil},
		"a_file_is_not_published":                   {contract.CompletionContract{Published: true}, contract.Facts{Evidence: []contract.Proof{photo}}, []string{"published"}},
		"a_link_is":                                 {contract.CompletionContract{Published: true}, contract.Facts{Evidence: []contract.Proof{link}}, nil},
		"a_figure_that_was_not_reported":            {contract.CompletionContract{Figures: true}, contract.Facts{Targets: articles}, []string{"figure"}},
		"a_figure_below_its_target":                 {contract.CompletionContract{Figures: true}, contract.Facts{Targets: articles, Figures: map[string]float64{"信息": 1199}}, []string{"figure"}},
		"a_figure_that_meets_it":                    {contract.CompletionContract{Figures: true}, contract.Facts{Targets: articles, Figures: map[string]float64{"信息": 1200}}, nil},
		"targets_do_not_bind_unless_they_are_asked": {contract.CompletionContract{}, contract.Facts{Targets: articles}, nil},
		"open_shares_bind_always":                   {contract.CompletionContract{}, contract.Facts{Open: 2}, []string{"shares"}},
	} {
		t.Run(name, func(t *testing.T) {
			c.facts.Today = today
			got := contract.Missing(c.contract, c.facts)
			if len(got) != len(c.want) {
				t.Fatalf("got %+v, want %v", got, c.want)
			}
			for i, gap := range got {
				if string(gap.Check) != c.want[i] {
					t.Errorf("gap %d is %s, want %s", i, gap.Check, c.want[i])
				}
			}
			if refused := contract.Incomplete(got); (refused == nil) != (len(got) == 0) {
				t.Errorf("refusal %v for %d gaps", refused, len(got))
			}
		})
	}
}

func TestFigure_comparators(t *testing.T) {
	for name, c := range map[string]struct {
		target contract.Target
		have   float64
		met    bool
	}{
		"more_than_is_strict":     {contract.Target{Op: ">", Value: 10, Unit: "次"}, 10, false},
		"at_most":                 {contract.Target{Op: "<=", Value: 10, Unit: "次"}, 10, true},
		"below_is_strict":         {contract.Target{Op: "<", Value: 10, Unit: "次"}, 10, false},
		"exactly":                 {contract.Target{Op: "=", Value: 10, Unit: "次"}, 10, true},
		"about_takes_a_tenth":     {contract.Target{Op: "~", Value: 100, Unit: "次"}, 90, true},
		"about_takes_no_more":     {contract.Target{Op: "~", Value: 100, Unit: "次"}, 89, false},
		"a_range_holds_its_ends":  {contract.Target{Op: "range", Value: 3, To: 5, Unit: "次"}, 5, true},
		"a_range_ends":            {contract.Target{Op: "range", Value: 3, To: 5, Unit: "次"}, 5.5, false},
		"no_comparator_never_met": {contract.Target{Op: "≈≈", Value: 3, Unit: "次"}, 3, false},
	} {
		t.Run(name, func(t *testing.T) {
			facts := contract.Facts{Today: today, Targets: []contract.Target{c.target}, Figures: map[string]float64{"次": c.have}}
			if gaps := contract.Missing(contract.CompletionContract{Figures: true}, facts); (len(gaps) == 0) != c.met {
				t.Errorf("got %+v", gaps)
			}
		})
	}
}

// TestMissing_more_evidence_never_opens_a_gap holds that handing in more can only help, and that time can only hurt.
func TestMissing_more_evidence_never_opens_a_gap(t *testing.T) {
	proof := rapid.Custom(func(t *rapid.T) contract.Proof {
		p := contract.Proof{Kind: rapid.SampledFrom([]string{"照片", "纪要", ""}).Draw(t, "kind"), Link: rapid.Bool().Draw(t, "link")}
		if rapid.Bool().Draw(t, "expires") {
			p.Expires = today.AddDays(rapid.IntRange(-3, 3).Draw(t, "days"))
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		c := contract.CompletionContract{Evidence: rapid.IntRange(0, 4).Draw(t, "n"), Published: rapid.Bool().Draw(t, "published"),
			EvidenceKinds: []string{"照片"}, Counts: []contract.EvidenceNeed{{Kind: "纪要", N: rapid.IntRange(1, 3).Draw(t, "of kind")}}}
		f := contract.Facts{Today: today, Evidence: rapid.SliceOfN(proof, 0, 6).Draw(t, "evidence")}
		before := len(contract.Missing(c, f))
		later := f
		later.Today = today.AddDays(rapid.IntRange(0, 5).Draw(t, "later"))
		if got := len(contract.Missing(c, later)); got < before {
			t.Fatalf("time closed a gap: %d, then %d", before, got)
		}
		f.Evidence = append(f.Evidence, proof.Draw(t, "one more"))
		if got := len(contract.Missing(c, f)); got > before {
			t.Fatalf("more evidence opened a gap: %d, then %d", before, got)
		}
	})
}

func TestValidate_lists_every_fault(t *testing.T) {
	c := contract.CompletionContract{Evidence: 101, EvidenceKinds: []string{" ", "照片"}, Counts: []contract.EvidenceNeed{{Kind: "照片", N: 0}},
		Figures: true, Verifier: post.Leader, CloseOut: "unknown"}.Clean()
	want := []string{"contract.number", "contract.kind_name", "contract.kind_twice", "contract.number", "contract.no_target", "contract.verifier", "contract.close_out"}
	got := c.Validate("body.contract", []string{"standard"}, 0)
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i, f := range got {
		if f.Code != want[i] {
			t.Errorf("fault %d is %s, want %s", i, f.Code, want[i])
		}
	}
	good := contract.CompletionContract{Evidence: 1, Figures: true, Verifier: post.Inspector, CloseOut: "standard"}
	if faults := good.Validate("body.contract", []string{"standard"}, 1); len(faults) > 0 {
		t.Errorf("a good contract has faults: %v", faults)
	}
}

func TestIncomplete_has_a_text_for_every_gap(t *testing.T) {
	gaps := []contract.Gap{{Check: contract.CheckFigure, Subject: "信息", Unknown: true}, {Check: contract.CheckKind, Subject: "照片", Expired: 1}}
	for _, check := range contract.Check("").Values() {
		gaps = append(gaps, contract.Gap{Check: contract.Check(check), Want: 1})
	}
	e := contract.Incomplete(gaps)
	if e.Kind != fault.Conflict || len(e.Fields) != len(gaps) {
		t.Fatalf("got %v", e)
	}
	for _, f := range e.Fields {
		if !words.Has("field." + f.Code) {
			t.Errorf("no text for %s", f.Code)
		}
	}
}
