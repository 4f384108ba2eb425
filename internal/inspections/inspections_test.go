package inspections_test

import (
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

// scene is a house with the service under test.
type scene struct {
	*testkit.House
	service *inspections.Service
}

func newScene(t *testing.T) *scene {
	k := testkit.New(t)
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	sets, err := ladder.Load(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := rectify.LoadRules(policies.Rules, "rules")
	if err != nil {
		t.Fatal(err)
	}
	clocks := watches.New(k.Store, k.Gate, k.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: zone}, nil)
	return &scene{House: k.NewHouse("岚"), service: inspections.New(k.Store, k.Gate, k.Log, clocks, numbers.New(k.Store), rules)}
}

func (s *scene) plan() inspections.CreateInspectionInput {
	return inspections.CreateInspectionInput{Title: "招生专项督查", Kind: rectify.Special, Basis: "厅长办公会议纪要", Scope: "招生信息公开",
		Methods: []rectify.Method{rectify.Material}, Method: "查阅资料",
		Items: []rectify.CheckItem{{Text: "招生简章公开", Basis: "《条例》第九条"}, {Text: "收费公示"}}, StartsOn: workday.MustDate("2017-03-20"), EndsOn: workday.MustDate("2017-03-24"),
		UnitIDs:              []ident.ID{s.University.ID},
		StaffInspectionInput: inspections.StaffInspectionInput{LeaderID: s.Inspector.ID}}
}

// approved is an inspection that the first inspector leads and proposed, and that the leader approved.
func (s *scene) approved(t *testing.T, in inspections.CreateInspectionInput) inspections.Inspection {
	t.Helper()
	v, err := s.service.Create(s.Acting(s.Inspector), in)
	if err == nil {
		v, err = s.service.Propose(s.Acting(s.Inspector), v.ID, v.Version, inspections.ProposeInspectionInput{})
	}
	if err == nil {
		v, err = s.service.Approve(s.Acting(s.Leader), v.ID, v.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// opened is an inspection that the first inspector leads and opened.
func (s *scene) opened(t *testing.T) inspections.Inspection {
	t.Helper()
	v := s.approved(t, s.plan())
	v, err := s.service.Open(s.Acting(s.Inspector), v.ID, v.Version)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (s *scene) fault() inspections.RecordFindingInput {
	return inspections.RecordFindingInput{UnitID: s.University.ID, Severity: rectify.Major, Description: "招生简章未公开", Basis: "《条例》第九条", Requirement: "限期公开"}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func wantField(t *testing.T, err error, location, code string) {
	t.Helper()
	f := fault.As(err)
	if f == nil || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Location == location && x.Code == code }) {
		t.Fatalf("got %v, want %s at %s", err, code, location)
	}
}

func enabled(actions []access.AllowedAction) []string {
	list := []string{}
	for _, a := range actions {
		if a.Enabled {
			list = append(list, a.Action)
		}
	}
	return list
}

func TestInspection_fromPlanToConclusion(t *testing.T) {
	s := newScene(t)
	ctx := s.Acting(s.Inspector)
	v := s.opened(t)
	if got := enabled(v.AllowedActions); !slices.Equal(got, []string{"staff", "check", "record_finding", "finish"}) {
		t.Fatalf("the team leader of an open inspection may %v", got)
	}
	found, err := s.service.Record(ctx, v.ID, s.fault())
	if err != nil || found.Status != rectify.FindingOpen || found.UnitName != s.University.Name {
		t.Fatalf("recorded %+v, %v", found, err)
	}
	v, err = s.service.Finish(ctx, v.ID, v.Version)
	if err != nil || v.Status != rectify.InspectionFinished || v.FinishedAt.IsZero() {
		t.Fatalf("finished %+v, %v", v, err)
	}
	v, err = s.service.Conclude(ctx, v.ID, v.Version, inspections.ConcludeInspectionInput{Conclusion: "总体良好，存在一个问题。"})
	if err != nil || v.Status != rectify.InspectionConcluded || v.Conclusion == "" || v.ConcludedAt.IsZero() {
		t.Fatalf("concluded %+v, %v", v, err)
	}
	_, err = s.service.Record(ctx, v.ID, s.fault())
	wantCode(t, err, "inspection.illegal_transition")
	page, err := s.service.Timeline(ctx, v.ID, "", 10)
	var acts []string
	for _, e := range page.Items {
		acts = append(acts, e.Action)
	}
	if err != nil || !slices.Equal(acts, []string{"create", "propose", "approve", "open", "finish", "conclude"}) {
		t.Fatalf("the history tells %v, %v", acts, err)
	}
}

func TestCreate_refusesAFaultyPlan(t *testing.T) {
	s := newScene(t)
	ctx := s.Acting(s.Inspector)
	foreign := s.Kit.NewHouse("邻")
	for name, c := range map[string]struct {
		spoil          func(*inspections.CreateInspectionInput)
		location, code string
	}{
		"without_title":               {func(in *inspections.CreateInspectionInput) { in.Title = " " }, "body.title", "required"},
		"without_basis":               {func(in *inspections.CreateInspectionInput) { in.Basis = "" }, "body.basis", "required"},
		"without_scope":               {func(in *inspections.CreateInspectionInput) { in.Scope = "" }, "body.scope", "required"},
		"of_no_form":                  {func(in *inspections.CreateInspectionInput) { in.Kind = "party" }, "body.kind", "one_of"},
		"without_dates":               {func(in *inspections.CreateInspectionInput) { in.StartsOn = workday.Date{} }, "body.starts_on", "required"},
		"that_ends_before_it_starts":  {func(in *inspections.CreateInspectionInput) { in.EndsOn = workday.MustDate("2017-03-19") }, "body.ends_on", "inspection.ends_before_start"},
		"without_units":               {func(in *inspections.CreateInspectionInput) { in.UnitIDs = nil }, "body.unit_ids", "required"},
		"of_another_authoritys_unit":  {func(in *inspections.CreateInspectionInput) { in.UnitIDs = []ident.ID{foreign.University.ID} }, "body.unit_ids", "inspection.unknown_unit"},
		"with_a_stranger_on_the_team": {func(in *inspections.CreateInspectionInput) { in.MemberIDs = []ident.ID{foreign.Inspector.ID} }, "body.member_ids", "inspection.unknown_user"},
		"with_members_but_no_leader": {func(in *inspections.CreateInspectionInput) {
			in.LeaderID, in.MemberIDs = ident.ID{}, []ident.ID{s.Colleague.ID}
		}, "body.leader_id", "required"},
		"for_an_unknown_plan": {func(in *inspections.CreateInspectionInput) { in.PlanID = ident.FromInt(12345) }, "body.plan_id", "inspection.unknown_plan"},
	} {
		t.Run(name, func(t *testing.T) {
			in := s.plan()
			c.spoil(&in)
			_, err := s.service.Create(ctx, in)
			wantField(t, err, c.location, c.code)
		})
	}
	if n := s.Store.Read().Inspection.Query().CountX(t.Context()); n != 0 {
		t.Fatalf("%d inspections were left", n)
	}
}

func TestPropose_needsALeader(t *testing.T) {
	s := newScene(t)
	in := s.plan()
	in.StaffInspectionInput = inspections.StaffInspectionInput{}
	v, err := s.service.Create(s.Acting(s.Office), in)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.service.Propose(s.Acting(s.Office), v.ID, v.Version, inspections.ProposeInspectionInput{})
	wantCode(t, err, "inspection.no_leader")
	v, err = s.service.Staff(s.Acting(s.Inspector), v.ID, v.Version,
		inspections.StaffInspectionInput{LeaderID: s.Colleague.ID, MemberIDs: []ident.ID{s.Inspector.ID, s.Colleague.ID}})
	if err != nil || len(v.Team) != 2 || !v.Team[0].Leads || v.Team[0].UserID != s.Colleague.ID {
		t.Fatalf("team %+v, %v", v.Team, err)
	}
	if v, err = s.service.Propose(s.Acting(s.Office), v.ID, v.Version, inspections.ProposeInspectionInput{}); err != nil || v.Status != rectify.InspectionProposed {
		t.Fatalf("proposed %+v, %v", v, err)
	}
}

func TestOverlaps_warnOfDuplicateSupervision(t *testing.T) {
	s := newScene(t)
	ctx := s.Acting(s.Inspector)
	first := s.opened(t)
	create := func(from, to string, units ...ident.ID) inspections.Inspection {
		in := s.plan()
		in.Title, in.StartsOn, in.EndsOn, in.UnitIDs = "另一督查", workday.MustDate(from), workday.MustDate(to), units
		v, err := s.service.Create(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	t.Run("on_a_common_day", func(t *testing.T) {
		v := create("2017-03-24", "2017-03-28", s.Bureau.ID, s.University.ID)
		if len(v.Overlaps) != 1 || v.Overlaps[0].InspectionID != first.ID || v.Overlaps[0].UnitName != s.University.Name {
			t.Fatalf("overlaps %+v", v.Overlaps)
		}
		again, err := s.service.Get(ctx, first.ID)
		if err != nil || len(again.Overlaps) != 1 || again.Overlaps[0].InspectionID != v.ID {
			t.Fatalf("the first one's overlaps %+v, %v", again.Overlaps, err)
		}
	})
	t.Run("not_on_the_day_after", func(t *testing.T) {
		if v := create("2017-03-29", "2017-03-30", s.University.ID); len(v.Overlaps) != 0 {
			t.Fatalf("overlaps %+v", v.Overlaps)
		}
	})
	t.Run("not_for_another_unit", func(t *testing.T) {
		if v := create("2017-03-20", "2017-03-21", s.Bureau.ID); len(v.Overlaps) != 0 {
			t.Fatalf("overlaps %+v", v.Overlaps)
		}
	})
}

func TestRecord(t *testing.T) {
	s := newScene(t)
	v := s.opened(t)
	t.Run("below_an_inspected_unit_is_in_scope", func(t *testing.T) {
		in := s.fault()
		in.UnitID = s.School.ID
		if _, err := s.service.Record(s.Acting(s.Inspector), v.ID, in); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("another_unit_is_outside_the_scope", func(t *testing.T) {
		in := s.fault()
		in.UnitID = s.Bureau.ID
		_, err := s.service.Record(s.Acting(s.Inspector), v.ID, in)
		wantField(t, err, "body.unit_id", "finding.outside_scope")
	})
	t.Run("an_inspector_who_is_not_on_the_team_is_refused", func(t *testing.T) {
		_, err := s.service.Record(s.Acting(s.Colleague), v.ID, s.fault())
		wantCode(t, err, "relation.team")
	})
	t.Run("the_unit_itself_is_refused", func(t *testing.T) {
		_, err := s.service.Record(s.Acting(s.Head), v.ID, s.fault())
		wantCode(t, err, "forbidden")
	})
	t.Run("another_authority_finds_nothing", func(t *testing.T) {
		foreign := s.Kit.NewHouse("邻")
		_, err := s.service.Record(s.Acting(foreign.Inspector), v.ID, s.fault())
		wantCode(t, err, "not_found")
		_, err = s.service.Get(s.Acting(foreign.Leader), v.ID)
		wantCode(t, err, "not_found")
	})
	t.Run("a_foreign_duty_is_unknown", func(t *testing.T) {
		in := s.fault()
		in.DutyID = ident.FromInt(99)
		_, err := s.service.Record(s.Acting(s.Inspector), v.ID, in)
		wantField(t, err, "body.duty_id", "finding.unknown_duty")
	})
	t.Run("every_fault_is_listed", func(t *testing.T) {
		_, err := s.service.Record(s.Acting(s.Inspector), v.ID, inspections.RecordFindingInput{})
		wantField(t, err, "body.unit_id", "required")
		wantField(t, err, "body.severity", "one_of")
		wantField(t, err, "body.basis", "required")
	})
}

func TestDismiss(t *testing.T) {
	s := newScene(t)
	v := s.opened(t)
	found, err := s.service.Record(s.Acting(s.Inspector), v.ID, s.fault())
	if err != nil {
		t.Fatal(err)
	}
	t.Run("needs_a_reason", func(t *testing.T) {
		_, err := s.service.Dismiss(s.Acting(s.Colleague), found.ID, found.Version, inspections.DismissFindingInput{})
		wantField(t, err, "body.reason", "required")
	})
	t.Run("needs_the_version", func(t *testing.T) {
		_, err := s.service.Dismiss(s.Acting(s.Colleague), found.ID, 0, inspections.DismissFindingInput{Reason: "不属实"})
		wantCode(t, err, "missing_precondition")
		_, err = s.service.Dismiss(s.Acting(s.Colleague), found.ID, found.Version+1, inspections.DismissFindingInput{Reason: "不属实"})
		wantCode(t, err, "stale")
	})
	t.Run("ends_the_finding_with_its_reason", func(t *testing.T) {
		got, err := s.service.Dismiss(s.Acting(s.Colleague), found.ID, found.Version, inspections.DismissFindingInput{Reason: "不属实"})
		if err != nil || got.Status != rectify.FindingDismissed || got.Reason != "不属实" {
			t.Fatalf("got %+v, %v", got, err)
		}
		_, err = s.service.Dismiss(s.Acting(s.Colleague), found.ID, got.Version, inspections.DismissFindingInput{Reason: "再次"})
		wantCode(t, err, "finding.illegal_transition")
	})
}

func TestLists_showWhatASingleLookShows(t *testing.T) {
	s := newScene(t)
	v := s.opened(t)
	for range 3 {
		if _, err := s.service.Record(s.Acting(s.Inspector), v.ID, s.fault()); err != nil {
			t.Fatal(err)
		}
	}
	in := s.fault()
	in.UnitID = s.School.ID
	inSchool, err := s.service.Record(s.Acting(s.Inspector), v.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		who  testkit.Person
		want int
	}{
		"the_inspector_sees_all":              {s.Inspector, 4},
		"the_head_sees_the_subtree":           {s.Head, 4},
		"the_clerk_sees_the_unit":             {s.Clerk, 3},
		"the_clerk_below_sees_the_own_school": {s.SchoolClerk, 1},
		"another_bureau_sees_nothing":         {s.BureauHead, 0},
	} {
		t.Run(name, func(t *testing.T) {
			page, err := s.service.ListFindings(s.Acting(c.who), inspections.FindingFilter{})
			if err != nil || len(page.Items) != c.want {
				t.Fatalf("%d findings, %v; want %d", len(page.Items), err, c.want)
			}
			for _, f := range page.Items {
				if _, err := s.service.GetFinding(s.Acting(c.who), f.ID); err != nil {
					t.Fatalf("a single look: %v", err)
				}
			}
		})
	}
	_, err = s.service.GetFinding(s.Acting(s.Clerk), inSchool.ID)
	wantCode(t, err, "not_found")
	t.Run("pages_join_without_gap", func(t *testing.T) {
		var ids []ident.ID
		after := ""
		for {
			page, err := s.service.ListFindings(s.Acting(s.Inspector), inspections.FindingFilter{InspectionID: v.ID, After: after, Limit: 3})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range page.Items {
				ids = append(ids, f.ID)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if len(ids) != 4 || !slices.IsSortedFunc(ids, func(a, b ident.ID) int { return b.Compare(a) }) {
			t.Fatalf("pages gave %v", ids)
		}
	})
	t.Run("a_bad_cursor_is_named", func(t *testing.T) {
		_, err := s.service.List(s.Acting(s.Inspector), inspections.InspectionFilter{After: "x"})
		wantField(t, err, "query.after", "cursor")
	})
	t.Run("inspections_filter_by_unit", func(t *testing.T) {
		page, err := s.service.List(s.Acting(s.Leader), inspections.InspectionFilter{UnitID: s.University.ID, Status: rectify.InspectionOpen})
		if err != nil || len(page.Items) != 1 {
			t.Fatalf("%d inspections, %v", len(page.Items), err)
		}
		page, err = s.service.List(s.Acting(s.Leader), inspections.InspectionFilter{UnitID: s.Bureau.ID})
		if err != nil || len(page.Items) != 0 {
			t.Fatalf("%d inspections of the bureau, %v", len(page.Items), err)
		}
	})
	t.Run("administrators_touch_no_business_data", func(t *testing.T) {
		_, err := s.service.List(s.Acting(s.SystemAdmin), inspections.InspectionFilter{})
		wantCode(t, err, "forbidden")
	})
}
