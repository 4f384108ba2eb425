package notices_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/step"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/workday"
)

func TestEvidence_isAddedByTheUnitWhileAReplyIsAwaited(t *testing.T) {
	s := newScene(t)
	proofs := evidence.New(s.Store, s.Gate, s.Log, files.In(t.TempDir()), 1<<20, time.UTC)
	s.service.TakeEvidence(proofs)
	s.inspections.TakeEvidence(proofs)
	v := s.brought(t, rectify.NoticeSigned, 1)
	add := func(who testkit.Person, subject string, id ident.ID) error {
		_, err := proofs.AddLink(s.Acting(who), evidence.AddLinkInput{Subject: subject, SubjectID: id, Name: "公示页面", URL: "https://lan.example.gov.cn/1"})
		return err
	}
	if err := add(s.Clerk, evidence.OnReply, v.ReplyID); err != nil {
		t.Fatal(err)
	}
	wantCode(t, add(s.Inspector, evidence.OnReply, v.ReplyID), "evidence.locked")
	wantCode(t, add(s.BureauHead, evidence.OnReply, v.ReplyID), "not_found")
	v, err := s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已整改"})
	if err != nil || v.Replies[0].Evidence != 1 {
		t.Fatalf("replied %+v, %v", v.Replies, err)
	}
	wantCode(t, add(s.Clerk, evidence.OnReply, v.ReplyID), "evidence.locked")
	if page, err := proofs.List(s.Acting(s.Colleague), evidence.OnReply, v.ReplyID, "", 10); err != nil || len(page.Items) != 1 {
		t.Fatalf("the verifier sees %+v, %v", page, err)
	}
	t.Run("and_to_a_finding_by_the_inspection_alone", func(t *testing.T) {
		if err := add(s.Inspector, evidence.OnFinding, v.Findings[0].ID); err != nil {
			t.Fatal(err)
		}
		wantCode(t, add(s.Clerk, evidence.OnFinding, v.Findings[0].ID), "evidence.locked")
	})
}

func TestClock_takesTheLadderOnceForEachDeadline(t *testing.T) {
	s := newScene(t)
	v := s.brought(t, rectify.NoticeSigned, 1) // due on Monday 2017-03-27
	steps := func(at time.Time) []string {
		s.Clock.Set(at)
		for range 2 { // a second look finds nothing more to do
			if _, err := s.clocks.Check(access.System(t.Context(), "deadlines"), 100); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := s.Store.Read().Step.Query().Order(step.ByID()).All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		list := []string{}
		for _, r := range rows {
			list = append(list, fmt.Sprintf("%s/%d", r.RuleStep, r.DueRevision))
		}
		return list
	}
	morning := func(day string) time.Time { return workday.MustDate(day).Start(time.UTC).Add(time.Hour) } // 09:00 in Shanghai
	if got := steps(morning("2017-03-21")); len(got) != 0 {
		t.Fatalf("too early: %v", got)
	}
	if got := steps(morning("2017-03-22")); !slices.Equal(got, []string{"remind_3/1"}) {
		t.Fatalf("three working days before: %v", got)
	}
	if got := s.told(t, s.Clerk); !slices.Contains(got, "watch.notice.remind") {
		t.Fatalf("the clerk was told %v", got)
	}
	if got := steps(morning("2017-03-28")); !slices.Equal(got, []string{"remind_3/1", "remind_1/1", "due/1", "urge_1/1"}) {
		t.Fatalf("a day late: %v", got)
	}
	v, err := s.service.Get(s.Acting(s.Clerk), v.ID)
	if err != nil || v.Light != ladder.Red || !v.Overdue {
		t.Fatalf("late: %s, overdue %v, %v", v.Light, v.Overdue, err)
	}
	s.prove(t, v.ReplyID)
	v, err = s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已整改"})
	if err == nil {
		v, err = s.service.SendBack(s.Acting(s.Colleague), v.ID, v.Version, notices.SendBackNoticeInput{Reason: "不足", DueDate: workday.MustDate("2017-04-10")})
	}
	if err != nil || v.Light != ladder.Green || v.Overdue {
		t.Fatalf("with a new deadline: %s, overdue %v, %v", v.Light, v.Overdue, err)
	}
	if got := steps(morning("2017-04-06")); len(got) != 5 || got[4] != "remind_3/2" {
		t.Fatalf("before the new deadline: %v", got)
	}
}

func TestHandOver_givesTheSuccessorWhatIsOpen(t *testing.T) {
	s := newScene(t)
	served, closed, draft := s.brought(t, rectify.NoticeServed, 1), s.brought(t, rectify.NoticeClosed, 1), s.drafted(t, 1)
	err := s.Store.Write(s.Acting(s.SystemAdmin), func(ctx context.Context, tx *ent.Tx) error {
		return s.service.HandOver(ctx, tx, s.University.ID, s.Bureau.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.service.Get(s.Acting(s.BureauHead), served.ID)
	if err != nil || got.UnitName != s.Bureau.Name || got.DueDate != served.DueDate {
		t.Fatalf("the successor finds %+v, %v", got, err)
	}
	if _, err := s.inspections.GetFinding(s.Acting(s.BureauHead), served.Findings[0].ID); err != nil {
		t.Fatal(err)
	}
	if signed, err := s.service.Sign(s.Acting(s.BureauHead), got.ID, got.Version); err != nil || signed.Status != rectify.NoticeSigned {
		t.Fatalf("signed %+v, %v", signed, err)
	}
	clock := s.Store.Read().Watch.Query().Where(watch.ID(served.ID)).OnlyX(t.Context())
	if clock.UnitID != s.Bureau.ID || clock.UnitPath != s.Bureau.Path {
		t.Fatalf("the clock stands with %s", clock.UnitID)
	}
	if kept, err := s.service.Get(s.Acting(s.Clerk), closed.ID); err != nil || kept.UnitID != s.University.ID {
		t.Fatalf("the closed one %+v, %v", kept, err)
	}
	if moved, err := s.service.Get(s.Acting(s.Inspector), draft.ID); err != nil || moved.UnitID != s.Bureau.ID {
		t.Fatalf("the draft %+v, %v", moved, err)
	}
}
