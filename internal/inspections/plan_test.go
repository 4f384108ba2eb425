package inspections_test

import (
	"context"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

// changed is the plan of the scene as an input that changes it.
func (s *scene) changed(with func(*inspections.EditInspectionInput)) inspections.EditInspectionInput {
	p := s.plan()
	in := inspections.EditInspectionInput{Title: p.Title, Kind: p.Kind, Basis: p.Basis, Scope: p.Scope, Methods: p.Methods, Method: p.Method, Items: p.Items,
		StartsOn: p.StartsOn, EndsOn: p.EndsOn, UnitIDs: p.UnitIDs}
	with(&in)
	return in
}

func TestApprove_locksTheScope(t *testing.T) {
	s := newScene(t)
	plan := s.plan()
	plan.UnitIDs = []ident.ID{s.University.ID, s.Bureau.ID}
	v := s.approved(t, plan)
	if v.Number != "岚教督查〔2017〕1号" || v.Revision != 1 || v.ApprovedByID != s.Leader.ID {
		t.Fatalf("approved %+v", v)
	}
	_, err := s.service.Edit(s.Acting(s.Inspector), v.ID, v.Version, s.changed(func(in *inspections.EditInspectionInput) { in.Scope = "更多内容" }))
	wantCode(t, err, "inspection.illegal_transition")
	for name, with := range map[string]func(*inspections.EditInspectionInput){
		"no_wider_scope":    func(in *inspections.EditInspectionInput) { in.Scope = "更多内容" },
		"no_further_object": func(in *inspections.EditInspectionInput) { in.UnitIDs = []ident.ID{s.University.ID, s.School.ID} },
		"no_further_matter": func(in *inspections.EditInspectionInput) { in.Matters = []string{"招生信息公开", "收费"} },
		"no_longer_stay":    func(in *inspections.EditInspectionInput) { in.EndsOn = workday.MustDate("2017-03-25") },
	} {
		t.Run(name, func(t *testing.T) {
			in := inspections.AmendInspectionInput{EditInspectionInput: s.changed(with), Reason: "扩大"}
			_, err := s.service.Amend(s.Acting(s.Leader), v.ID, v.Version, in)
			wantCode(t, err, "inspection.scope_locked")
		})
	}
	t.Run("a_narrower_plan_is_a_new_version", func(t *testing.T) {
		in := inspections.AmendInspectionInput{EditInspectionInput: s.changed(func(*inspections.EditInspectionInput) {}), Reason: "市局另行安排"}
		got, err := s.service.Amend(s.Acting(s.Leader), v.ID, v.Version, in)
		if err != nil || got.Revision != 2 || len(got.Units) != 1 {
			t.Fatalf("amended %+v, %v", got, err)
		}
		list, err := s.service.Versions(s.Acting(s.Office), v.ID)
		if err != nil || len(list.Items) != 2 || len(list.Items[0].Units) != 2 || len(list.Items[1].Units) != 1 || list.Items[1].Reason != "市局另行安排" {
			t.Fatalf("versions %+v, %v", list, err)
		}
	})
}

func TestApprove_isNotDoneByTheProposer(t *testing.T) {
	s := newScene(t)
	v, err := s.service.Create(s.Acting(s.Inspector), s.plan())
	if err != nil {
		t.Fatal(err)
	}
	// a leader who is an inspector too proposes and would approve
	both := s.As(s.Leader.Authority, s.Leader.ID, s.Leader.Name, s.Leader.Post, s.Inspector.Post)
	if v, err = s.service.Propose(both, v.ID, v.Version, inspections.ProposeInspectionInput{}); err != nil {
		t.Fatal(err)
	}
	_, err = s.service.Approve(both, v.ID, v.Version)
	wantCode(t, err, "separation.proposer")
	_, err = s.service.Approve(s.Acting(s.Inspector), v.ID, v.Version)
	wantCode(t, err, "forbidden")
	_, err = s.service.SendBack(both, v.ID, v.Version, inspections.SendBackInspectionInput{Reason: "再议"})
	wantCode(t, err, "separation.proposer")
}

func TestPropose_answersDuplicates(t *testing.T) {
	s := newScene(t)
	first := s.opened(t)
	in := s.plan()
	in.Title, in.Matters = "高校信息公开检查", []string{"高校招生信息公开情况", "后勤"}
	v, err := s.service.Create(s.Acting(s.Inspector), in)
	if err != nil || len(v.Overlaps) != 1 || !v.Overlaps[0].Duplicate || v.Overlaps[0].InspectionID != first.ID {
		t.Fatalf("the warning names %+v, %v", v.Overlaps, err)
	}
	_, err = s.service.Propose(s.Acting(s.Inspector), v.ID, v.Version, inspections.ProposeInspectionInput{})
	wantCode(t, err, "inspection.duplicate")
	if got := fault.As(err).Params["title"]; got != first.Title {
		t.Fatalf("the refusal names %v", got)
	}
	v, err = s.service.Propose(s.Acting(s.Inspector), v.ID, v.Version, inspections.ProposeInspectionInput{
		Duplicates: []inspections.AnswerDuplicate{{InspectionID: first.ID, Reason: "合并进点"}}})
	if err != nil || v.Overlaps[0].Answer != "合并进点" {
		t.Fatalf("answered %+v, %v", v.Overlaps, err)
	}
	t.Run("another_matter_is_no_duplicate", func(t *testing.T) {
		in := s.plan()
		in.Title, in.Matters = "食堂卫生检查", []string{"食堂卫生"}
		v, err := s.service.Create(s.Acting(s.Inspector), in)
		if err == nil {
			v, err = s.service.Propose(s.Acting(s.Inspector), v.ID, v.Version, inspections.ProposeInspectionInput{})
		}
		if err != nil || v.Overlaps[0].Duplicate {
			t.Fatalf("proposed %+v, %v", v.Overlaps, err)
		}
	})
}

func TestTeam_withdrawsFromOnesOwnUnit(t *testing.T) {
	s := newScene(t)
	t.Run("a_post_in_the_unit_is_refused", func(t *testing.T) {
		in := s.plan()
		in.MemberIDs = []ident.ID{s.Head.ID}
		_, err := s.service.Create(s.Acting(s.Inspector), in)
		wantCode(t, err, "inspection.recusal")
	})
	t.Run("so_is_one_below_it", func(t *testing.T) {
		in := s.plan()
		in.MemberIDs = []ident.ID{s.SchoolClerk.ID}
		_, err := s.service.Create(s.Acting(s.Inspector), in)
		wantCode(t, err, "inspection.recusal")
	})
	t.Run("a_former_one_is_flagged", func(t *testing.T) {
		s.hold(t, s.Colleague, s.University, "2012-01-01", "2016-06-30")
		in := s.plan()
		in.MemberIDs = []ident.ID{s.Colleague.ID}
		v, err := s.service.Create(s.Acting(s.Inspector), in)
		if err != nil || v.Team[1].Tie != "former" || v.Team[1].TieUnit != s.University.Name {
			t.Fatalf("team %+v, %v", v.Team, err)
		}
	})
	t.Run("one_taken_up_after_the_approval_stops_the_opening", func(t *testing.T) {
		in := s.plan()
		in.StartsOn, in.EndsOn = workday.MustDate("2017-04-17"), workday.MustDate("2017-04-18")
		v := s.approved(t, in)
		s.hold(t, s.Inspector, s.School, "2017-03-01", "")
		_, err := s.service.Open(s.Acting(s.Inspector), v.ID, v.Version)
		wantCode(t, err, "inspection.recusal")
	})
}

// hold gives a person one more post.
func (s *scene) hold(t *testing.T, who testkit.Person, in testkit.Place, from, to string) {
	t.Helper()
	until, _ := workday.ParseDate(to)
	err := s.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		return tx.Post.Create().SetID(s.Store.NewID()).SetAuthorityID(s.Authority).SetUserID(who.ID).SetUnitID(in.ID).SetRole(post.UnitClerk).
			SetValidFrom(workday.MustDate(from)).SetValidTo(until).SetCreatedAt(s.Store.Now()).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBurden_countsInspectionsAndDays(t *testing.T) {
	s := newScene(t)
	v := s.opened(t) // 2017-03-20 to 24
	second := s.plan()
	second.Title, second.Matters, second.StartsOn, second.EndsOn = "跨季督查", []string{"收费"}, workday.MustDate("2017-03-30"), workday.MustDate("2017-04-10")
	s.approved(t, second)
	b, err := s.service.Burden(s.Acting(s.Office), s.University.ID, 2017)
	if err != nil || b.Inspections != 2 || b.Days != 5+12 || b.Quarters[0].Days != 5+2 || b.Quarters[1].Days != 10 || b.Quarters[1].Inspections != 0 || b.Over {
		t.Fatalf("burden %+v, %v", b, err)
	}
	third := s.plan()
	third.Title, third.StartsOn, third.EndsOn = "第三次", workday.MustDate("2017-04-11"), workday.MustDate("2017-04-11")
	draft, err := s.service.Create(s.Acting(s.Inspector), third)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.service.Burdens(s.Acting(s.Office), draft.ID)
	if err != nil || len(all.Items) != 1 || all.Items[0].Inspections != 3 || all.Items[0].Quarters[1].Days != 11 || !all.Items[0].Over {
		t.Fatalf("with the draft %+v, %v", all, err)
	}
	_, err = s.service.Burden(s.Acting(s.Office), v.ID, 2017)
	wantCode(t, err, "not_found")
}

func TestCancel_voidsTheNumber(t *testing.T) {
	s := newScene(t)
	v := s.approved(t, s.plan())
	if _, err := s.service.Cancel(s.Acting(s.Leader), v.ID, v.Version, inspections.CancelInspectionInput{Reason: "并入大督查"}); err != nil {
		t.Fatal(err)
	}
	next := s.approved(t, s.plan())
	r, err := s.service.Register(s.Acting(s.Office), numbers.Inspection, 2017)
	if err != nil || next.Number != "岚教督查〔2017〕2号" || r.Last != 2 || len(r.Voided) != 1 || r.Voided[0].Reason != "并入大督查" {
		t.Fatalf("%s, register %+v, %v", next.Number, r, err)
	}
}

func TestGovernmentSupervision_needsADesignation(t *testing.T) {
	s := newScene(t)
	in := s.plan()
	in.Supervision = rectify.ByGovernment
	_, err := s.service.Create(s.Acting(s.Inspector), in)
	wantField(t, err, "body.designation", "inspection.no_designation")
}
