package notices_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// serious is a signed notice over a serious finding, which wants a plan and a check on the spot.
func (s *scene) serious(t *testing.T) notices.Notice {
	t.Helper()
	f, err := s.inspections.Record(s.Acting(s.Inspector), s.inspection.ID, inspections.RecordFindingInput{UnitID: s.University.ID,
		Severity: rectify.Serious, Description: "上报清单与实际不符", Basis: "《条例》第十条"})
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.service.Draft(s.Acting(s.Inspector), notices.DraftNoticeInput{FindingIDs: []ident.ID{f.ID}, Title: "限期整改通知书", Requirement: "重新梳理"})
	if err == nil {
		v, err = s.service.Serve(s.Acting(s.Leader), v.ID, v.Version, notices.ServeNoticeInput{Workdays: 15})
	}
	if err == nil {
		v, err = s.service.Sign(s.Acting(s.Clerk), v.ID, v.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var plan = notices.PlanNoticeInput{Measures: "逐项核对", Responsible: "办公室主任", FinishBy: workday.MustDate("2017-03-20")}

func TestPlan_comesBeforeTheReport(t *testing.T) {
	s := newScene(t)
	v := s.serious(t)
	// five working days after Monday 2017-03-06
	if !v.PlanWanted || !v.SiteCheckWanted || v.PlanDueDate.String() != "2017-03-13" || v.ObjectUntil.String() != "2017-04-05" {
		t.Fatalf("signed %+v", v)
	}
	s.prove(t, v.ReplyID)
	_, err := s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已梳理"})
	wantCode(t, err, "notice.plan_first")
	_, err = s.service.AcceptPlan(s.Acting(s.Inspector), v.ID, v.Version, notices.AcceptPlanNoticeInput{})
	wantCode(t, err, "notice.no_plan")
	if v, err = s.service.Plan(s.Acting(s.Clerk), v.ID, v.Version, plan); err != nil || v.PlanStatus != rectify.ReplySubmitted || v.Replies[0].Stage != rectify.StagePlan {
		t.Fatalf("planned %+v, %v", v, err)
	}
	_, err = s.service.Plan(s.Acting(s.Clerk), v.ID, v.Version, plan)
	wantCode(t, err, "notice.plan_waits")
	first := v.PlanID
	v, err = s.service.ReturnPlan(s.Acting(s.Inspector), v.ID, v.Version, notices.ReturnPlanNoticeInput{Reason: "没有时间表"})
	if err != nil || v.PlanStatus != rectify.ReplySentBack || v.PlanID == first {
		t.Fatalf("returned %+v, %v", v, err)
	}
	if v, err = s.service.Plan(s.Acting(s.Clerk), v.ID, v.Version, plan); err != nil || v.Replies[1].Round != 2 {
		t.Fatalf("planned again %+v, %v", v.Replies, err)
	}
	if v, err = s.service.AcceptPlan(s.Acting(s.Inspector), v.ID, v.Version, notices.AcceptPlanNoticeInput{Opinion: "同意"}); err != nil {
		t.Fatal(err)
	}
	v, err = s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已梳理"})
	if err != nil || v.Status != rectify.NoticeReplied || v.Replies[2].Stage != rectify.StageReport || v.Replies[2].Round != 1 {
		t.Fatalf("replied %+v, %v", v, err)
	}
	t.Run("and_is_closed_only_after_a_check_that_conforms", func(t *testing.T) {
		_, err := s.service.Close(s.Acting(s.Colleague), v.ID, v.Version, notices.CloseNoticeInput{})
		wantCode(t, err, "notice.site_check_first")
		check := notices.CheckNoticeInput{Outcome: rectify.Partly, Note: "尚缺两项"}
		if v, err = s.service.Check(s.Acting(s.Colleague), v.ID, v.Version, check); err != nil || len(v.SiteChecks) != 1 || v.SiteChecks[0].CheckedOn.IsZero() {
			t.Fatalf("checked %+v, %v", v.SiteChecks, err)
		}
		_, err = s.service.Close(s.Acting(s.Colleague), v.ID, v.Version, notices.CloseNoticeInput{})
		wantCode(t, err, "notice.site_check_first")
		check.Outcome, check.Note = rectify.Conforms, "已补齐"
		if v, err = s.service.Check(s.Acting(s.Colleague), v.ID, v.Version, check); err != nil {
			t.Fatal(err)
		}
		if v, err = s.service.Close(s.Acting(s.Colleague), v.ID, v.Version, notices.CloseNoticeInput{Verdict: "属实"}); err != nil || v.Status != rectify.NoticeClosed {
			t.Fatalf("closed %+v, %v", v, err)
		}
	})
	t.Run("a_check_cannot_lie_ahead", func(t *testing.T) {
		_, err := s.service.Check(s.Acting(s.Colleague), v.ID, v.Version, notices.CheckNoticeInput{CheckedOn: workday.MustDate("2017-03-07"),
			Outcome: rectify.Unchecked, Note: "x"})
		wantField(t, err, "body.checked_on", "notice.check_ahead")
		wantField(t, err, "body.outcome", "one_of")
	})
}

func TestFail_draftsASecondNotice(t *testing.T) {
	s := newScene(t)
	v := s.brought(t, rectify.NoticeReplied, 2)
	first, err := s.service.Fail(s.Acting(s.Colleague), v.ID, v.Version, notices.FailNoticeInput{Reason: "整改不到位", Title: "再次限期整改通知书"})
	if err != nil || first.Status != rectify.NoticeFailed || first.Next == nil || len(first.Findings) != 0 || first.Replies[0].Status != rectify.ReplySentBack {
		t.Fatalf("failed %+v, %v", first, err)
	}
	second, err := s.service.Get(s.Acting(s.Inspector), first.Next.ID)
	if err != nil || second.Status != rectify.NoticeDraft || second.Previous == nil || second.Previous.Number != first.Number || len(second.Findings) != 2 {
		t.Fatalf("second %+v, %v", second, err)
	}
	t.Run("the_unit_sees_it_only_once_it_is_served", func(t *testing.T) {
		seen, err := s.service.Get(s.Acting(s.Clerk), first.ID)
		if err != nil || seen.Next != nil {
			t.Fatalf("seen %+v, %v", seen.Next, err)
		}
		if second, err = s.service.Serve(s.Acting(s.Leader), second.ID, second.Version, notices.ServeNoticeInput{Workdays: 5}); err != nil {
			t.Fatal(err)
		}
		if seen, err = s.service.Get(s.Acting(s.Clerk), first.ID); err != nil || seen.Next == nil || seen.Next.Number != second.Number {
			t.Fatalf("seen %+v, %v", seen.Next, err)
		}
	})
	t.Run("a_notice_that_is_not_overdue_has_not_failed", func(t *testing.T) {
		v := s.brought(t, rectify.NoticeSigned, 1)
		_, err := s.service.Fail(s.Acting(s.Colleague), v.ID, v.Version, notices.FailNoticeInput{Reason: "未报"})
		wantCode(t, err, "notice.not_overdue")
		s.Clock.Advance(v.DueDate.AddDays(1).Start(s.clocks.Rules().Zone).Sub(s.Store.Now()))
		if v, err = s.service.Fail(s.Acting(s.Colleague), v.ID, v.Version, notices.FailNoticeInput{Reason: "未报"}); err != nil || v.Status != rectify.NoticeFailed {
			t.Fatalf("overdue %+v, %v", v, err)
		}
	})
	t.Run("the_funnel_counts_how_far_they_came", func(t *testing.T) {
		f, err := s.service.Funnel(s.Acting(s.Office), 2017)
		if err != nil || f.Served != 3 || f.Signed != 2 || f.Failed != 2 || f.Closed != 0 || f.Overdue != 1 {
			t.Fatalf("funnel %+v, %v", f, err)
		}
		other, err := s.service.Funnel(s.Acting(s.BureauHead), 2017)
		if err != nil || other.Served != 0 {
			t.Fatalf("another unit's funnel %+v, %v", other, err)
		}
	})
}

func TestNotice_showsWhatItsFindingsRepeat(t *testing.T) {
	s := newScene(t)
	old := s.brought(t, rectify.NoticeClosed, 1)
	f := s.finding(t, s.University)
	if _, err := s.inspections.Link(s.Acting(s.Colleague), f.ID, f.Version, inspections.LinkFindingInput{EarlierID: old.Findings[0].ID, Repeats: true}); err != nil {
		t.Fatal(err)
	}
	v, err := s.service.Draft(s.Acting(s.Inspector), notices.DraftNoticeInput{FindingIDs: []ident.ID{f.ID}, Title: "通知书", Requirement: "整改"})
	if err != nil || len(v.Findings[0].Repeats) != 1 || v.Findings[0].Repeats[0].Number != old.Number {
		t.Fatalf("drafted %+v, %v", v.Findings, err)
	}
}
