package notices_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

func (s *scene) findingStatus(t *testing.T, id ident.ID) rectify.FindingStatus {
	t.Helper()
	f, err := s.inspections.GetFinding(s.Acting(s.Inspector), id)
	if err != nil {
		t.Fatal(err)
	}
	return f.Status
}

func TestNotice_fromDraftToCloseOut(t *testing.T) {
	s := newScene(t)
	v := s.brought(t, rectify.NoticeServed, 2)
	if v.Number != "岚教督〔2017〕1号" || v.DueDate != workday.MustDate("2017-03-27") || v.OriginalDueDate != v.DueDate ||
		v.SignDueDate != workday.MustDate("2017-03-08") || v.Light != ladder.Green || v.Overdue {
		t.Fatalf("served %+v", v)
	}
	if got := s.findingStatus(t, v.Findings[0].ID); got != rectify.FindingOrdered {
		t.Fatalf("the finding is %s", got)
	}
	if got := s.told(t, s.Head); !slices.Contains(got, "notice.served") {
		t.Fatalf("the unit's head was told %v", got)
	}
	v, err := s.service.Sign(s.Acting(s.Clerk), v.ID, v.Version)
	if err != nil || v.ReplyID.IsZero() {
		t.Fatalf("signed %+v, %v", v, err)
	}
	_, err = s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已整改"})
	wantField(t, err, "body.evidence", "required")
	s.prove(t, v.ReplyID)
	v, err = s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已整改", Result: "公开"})
	if err != nil || len(v.Replies) != 1 || v.Replies[0].Evidence != 1 || v.Replies[0].Status != rectify.ReplySubmitted {
		t.Fatalf("replied %+v, %v", v, err)
	}
	v, err = s.service.Close(s.Acting(s.Inspector), v.ID, v.Version, notices.CloseNoticeInput{Verdict: "属实"})
	if err != nil || v.Status != rectify.NoticeClosed || v.Replies[0].Status != rectify.ReplyAccepted || v.Light != ladder.Done || v.ReopenUntil != workday.MustDate("2017-06-04") {
		t.Fatalf("closed %+v, %v", v, err)
	}
	for _, f := range v.Findings {
		if f.Status != rectify.FindingClosed {
			t.Fatalf("finding is %s", f.Status)
		}
	}
	page, err := s.service.Timeline(s.Acting(s.Clerk), v.ID, "", 50)
	if got := acts(page.Items); err != nil || !slices.Equal(got, []string{"draft", "serve", "sign", "reply", "close"}) {
		t.Fatalf("history %v, %v", got, err)
	}
	page, err = s.inspections.FindingTimeline(s.Acting(s.Clerk), v.Findings[0].ID, "", 50)
	if got := acts(page.Items); err != nil || !slices.Equal(got, []string{"record", "order", "close"}) {
		t.Fatalf("history of the finding %v, %v", got, err)
	}
}

func acts(events []timeline.Event) []string {
	list := make([]string, len(events))
	for i, e := range events {
		list[i] = e.Action
	}
	return list
}

func TestDraft(t *testing.T) {
	s := newScene(t)
	first, second := s.finding(t, s.University), s.finding(t, s.Bureau)
	draft := func(ids ...ident.ID) error {
		_, err := s.service.Draft(s.Acting(s.Inspector), notices.DraftNoticeInput{FindingIDs: ids, Title: "通知", Requirement: "整改"})
		return err
	}
	t.Run("findings_of_two_units_are_refused", func(t *testing.T) {
		wantField(t, draft(first.ID, second.ID), "body.finding_ids", "notice.several_units")
	})
	t.Run("unknown_findings_are_refused", func(t *testing.T) {
		wantField(t, draft(first.ID, ident.FromInt(5)), "body.finding_ids", "notice.unknown_finding")
	})
	t.Run("a_finding_is_taken_once", func(t *testing.T) {
		if err := draft(first.ID); err != nil {
			t.Fatal(err)
		}
		wantCode(t, draft(first.ID), "notice.finding_taken")
		f, err := s.inspections.GetFinding(s.Acting(s.Inspector), first.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.inspections.Dismiss(s.Acting(s.Inspector), f.ID, f.Version, inspections.DismissFindingInput{Reason: "不属实"})
		wantCode(t, err, "finding.in_notice")
	})
	t.Run("a_unit_drafts_nothing", func(t *testing.T) {
		_, err := s.service.Draft(s.Acting(s.Head), notices.DraftNoticeInput{FindingIDs: []ident.ID{second.ID}, Title: "通知", Requirement: "整改"})
		wantCode(t, err, "forbidden")
	})
	t.Run("editing_changes_what_it_takes", func(t *testing.T) {
		v := s.drafted(t, 2)
		keep, drop := v.Findings[0].ID, v.Findings[1].ID
		v, err := s.service.Edit(s.Acting(s.Colleague), v.ID, v.Version, notices.DraftNoticeInput{FindingIDs: []ident.ID{keep}, Title: "改名", Requirement: "整改"})
		if err != nil || len(v.Findings) != 1 || v.Title != "改名" {
			t.Fatalf("edited %+v, %v", v, err)
		}
		if err := draft(drop); err != nil {
			t.Fatalf("the finding let go of: %v", err)
		}
	})
}

func TestVerification_isNeverByThoseWhoRectify(t *testing.T) {
	s := newScene(t)
	v := s.brought(t, rectify.NoticeReplied, 1)
	t.Run("the_unit_has_no_permission", func(t *testing.T) {
		_, err := s.service.Close(s.Acting(s.Head), v.ID, v.Version, notices.CloseNoticeInput{})
		wantCode(t, err, "forbidden")
	})
	t.Run("an_inspector_with_a_post_in_the_unit_is_refused_by_the_table", func(t *testing.T) {
		both := s.As(s.Authority, s.Colleague.ID, s.Colleague.Name, s.Colleague.Post, s.Clerk.Post)
		_, err := s.service.Close(both, v.ID, v.Version, notices.CloseNoticeInput{})
		wantCode(t, err, "separation.holder")
	})
	t.Run("whoever_wrote_the_reply_is_refused_even_after_changing_post", func(t *testing.T) {
		moved := s.As(s.Authority, s.Clerk.ID, s.Clerk.Name, s.Colleague.Post)
		_, err := s.service.Close(moved, v.ID, v.Version, notices.CloseNoticeInput{})
		wantCode(t, err, "separation.replier")
		got, err := s.service.Get(moved, v.ID)
		if err != nil || slices.Contains(enabled(got.AllowedActions), "close") {
			t.Fatalf("offered %v, %v", enabled(got.AllowedActions), err)
		}
	})
	t.Run("another_unit_finds_nothing", func(t *testing.T) {
		_, err := s.service.Get(s.Acting(s.BureauHead), v.ID)
		wantCode(t, err, "not_found")
	})
}

func TestSendBack(t *testing.T) {
	s := newScene(t)
	v := s.brought(t, rectify.NoticeReplied, 1)
	first := v.ReplyID
	v, err := s.service.SendBack(s.Acting(s.Colleague), v.ID, v.Version,
		notices.SendBackNoticeInput{Reason: "佐证不足", DueDate: workday.MustDate("2017-04-10")})
	if err != nil || v.Status != rectify.NoticeSigned || v.DueRevision != 2 || v.DueDate != workday.MustDate("2017-04-10") ||
		v.OriginalDueDate != workday.MustDate("2017-03-27") || v.Replies[0].Verdict != "佐证不足" || v.ReplyID == first {
		t.Fatalf("sent back %+v, %v", v, err)
	}
	ledger, err := s.service.Deadlines(s.Acting(s.Clerk), v.ID)
	if err != nil || len(ledger.Items) != 2 || ledger.Items[0].NewDate != v.OriginalDueDate || ledger.Items[1].NewDate != v.DueDate || ledger.Items[1].Reason != "佐证不足" {
		t.Fatalf("ledger %+v, %v", ledger, err)
	}
	clock := s.Store.Read().Watch.Query().Where(watch.ID(v.ID)).OnlyX(t.Context())
	if clock.DueRevision != 2 || clock.DueDate != v.DueDate {
		t.Fatalf("the clock runs to %s, revision %d", clock.DueDate, clock.DueRevision)
	}
	_, err = s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "再次整改"})
	wantField(t, err, "body.evidence", "required") // that of the first round does not count again
	s.prove(t, v.ReplyID)
	v, err = s.service.Reply(s.Acting(s.Head), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "再次整改"})
	if err != nil || len(v.Replies) != 2 || v.Replies[1].Round != 2 {
		t.Fatalf("replied %+v, %v", v, err)
	}
}

func TestReopen(t *testing.T) {
	s := newScene(t)
	v := s.brought(t, rectify.NoticeClosed, 2)
	in := notices.ReopenNoticeInput{Reason: "问题反弹", DueDate: workday.MustDate("2017-07-03"), FindingIDs: []ident.ID{v.Findings[1].ID}}
	t.Run("needs_a_new_deadline", func(t *testing.T) {
		_, err := s.service.Reopen(s.Acting(s.Inspector), v.ID, v.Version, notices.ReopenNoticeInput{Reason: "反弹"})
		wantField(t, err, "body.due_date", "required")
	})
	t.Run("with_a_foreign_finding_is_refused", func(t *testing.T) {
		other := in
		other.FindingIDs = []ident.ID{s.finding(t, s.University).ID}
		_, err := s.service.Reopen(s.Acting(s.Inspector), v.ID, v.Version, other)
		wantField(t, err, "body.finding_ids", "notice.unknown_finding")
	})
	t.Run("after_the_window_is_refused", func(t *testing.T) {
		s.Clock.Set(time.Date(2017, 6, 4, 16, 0, 0, 0, time.UTC)) // the 91st day begins in Shanghai
		_, err := s.service.Reopen(s.Acting(s.Inspector), v.ID, v.Version, in)
		wantCode(t, err, "notice.rebound_over")
	})
	t.Run("on_the_last_day_orders_what_came_back", func(t *testing.T) {
		s.Clock.Set(time.Date(2017, 6, 4, 15, 59, 0, 0, time.UTC))
		got, err := s.service.Reopen(s.Acting(s.Inspector), v.ID, v.Version, in)
		if err != nil || got.Status != rectify.NoticeSigned || got.Reopened != 1 || got.DueRevision != 2 || !got.ClosedAt.IsZero() ||
			got.Light != ladder.Green {
			t.Fatalf("reopened %+v, %v", got, err)
		}
		if got.Findings[0].Status != rectify.FindingClosed || got.Findings[1].Status != rectify.FindingOrdered {
			t.Fatalf("findings %+v", got.Findings)
		}
	})
}

func TestVoid(t *testing.T) {
	s := newScene(t)
	t.Run("a_served_one_keeps_its_number_and_frees_its_findings", func(t *testing.T) {
		v := s.brought(t, rectify.NoticeSigned, 1)
		found := v.Findings[0].ID
		v, err := s.service.Void(s.Acting(s.Inspector), v.ID, v.Version, notices.VoidNoticeInput{Reason: "对象有误"})
		if err != nil || v.Status != rectify.NoticeVoided || v.Number == "" || v.Light != ladder.Grey {
			t.Fatalf("voided %+v, %v", v, err)
		}
		if got := s.findingStatus(t, found); got != rectify.FindingOpen {
			t.Fatalf("the finding is %s", got)
		}
		register, err := s.service.Numbers(s.Acting(s.Inspector), 2017)
		if err != nil || register.Last != 1 || len(register.Voided) != 1 || register.Voided[0].Reason != "对象有误" {
			t.Fatalf("register %+v, %v", register, err)
		}
		next := s.brought(t, rectify.NoticeServed, 1)
		if next.Number != "岚教督〔2017〕2号" {
			t.Fatalf("the next one is %s", next.Number)
		}
	})
	t.Run("a_draft_uses_no_number", func(t *testing.T) {
		v := s.drafted(t, 1)
		found := v.Findings[0].ID
		v, err := s.service.Void(s.Acting(s.Inspector), v.ID, v.Version, notices.VoidNoticeInput{Reason: "不再需要"})
		if err != nil || v.Status != rectify.NoticeVoided || v.Number != "" || s.findingStatus(t, found) != rectify.FindingOpen {
			t.Fatalf("voided %+v, %v", v, err)
		}
		register, err := s.service.Numbers(s.Acting(s.Inspector), 2017)
		if err != nil || register.Last != 2 {
			t.Fatalf("register %+v, %v", register, err)
		}
	})
	t.Run("the_register_is_not_for_units", func(t *testing.T) {
		_, err := s.service.Numbers(s.Acting(s.Head), 2017)
		wantCode(t, err, "forbidden")
	})
}

func TestUrge_isAnsweredByTheReply(t *testing.T) {
	s := newScene(t)
	v := s.brought(t, rectify.NoticeSigned, 1)
	v, err := s.service.Urge(s.Acting(s.Office), v.ID, v.Version, notices.UrgeNoticeInput{Content: "请抓紧", Workdays: 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.told(t, s.Clerk); !slices.Contains(got, "notice.urged") {
		t.Fatalf("the clerk was told %v", got)
	}
	s.prove(t, v.ReplyID)
	if _, err = s.service.Reply(s.Acting(s.Clerk), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已整改"}); err != nil {
		t.Fatal(err)
	}
	row := s.Store.Read().Urge.Query().OnlyX(t.Context())
	if row.ReplyDueDate != workday.MustDate("2017-03-08") || row.RepliedByID != s.Clerk.ID {
		t.Fatalf("urging %+v", row)
	}
}

func TestList_byDeadlineWithinTheScope(t *testing.T) {
	s := newScene(t)
	for _, days := range []int{20, 5, 10} {
		v := s.drafted(t, 1)
		if _, err := s.service.Serve(s.Acting(s.Leader), v.ID, v.Version, notices.ServeNoticeInput{Workdays: days}); err != nil {
			t.Fatal(err)
		}
	}
	s.drafted(t, 1)
	pages := func(who testkit.Person, f notices.NoticeFilter) []string {
		var dates []string
		f.Limit = 2
		for {
			page, err := s.service.List(s.Acting(who), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range page.Items {
				dates = append(dates, v.DueDate.String())
			}
			if f.After = page.Next; f.After == "" {
				return dates
			}
		}
	}
	want := []string{"2017-03-13", "2017-03-20", "2017-04-01"} // 1 April is a Saturday that is worked
	if got := pages(s.Clerk, notices.NoticeFilter{Open: true}); !slices.Equal(got, want) {
		t.Fatalf("the clerk sees %v, want %v", got, want)
	}
	if got := pages(s.Inspector, notices.NoticeFilter{}); !slices.Equal(got, append(want, "")) {
		t.Fatalf("the inspector sees %v", got)
	}
	if got := pages(s.Inspector, notices.NoticeFilter{DueBefore: workday.MustDate("2017-03-20")}); !slices.Equal(got, want[:2]) {
		t.Fatalf("due by then: %v", got)
	}
	if got := pages(s.BureauHead, notices.NoticeFilter{}); len(got) != 0 {
		t.Fatalf("another unit sees %v", got)
	}
	_, err := s.service.List(s.Acting(s.Clerk), notices.NoticeFilter{After: "2017-13-01.x"})
	wantField(t, err, "query.after", "cursor")
}

func TestChange_needsTheVersion(t *testing.T) {
	s := newScene(t)
	v := s.drafted(t, 1)
	_, err := s.service.Serve(s.Acting(s.Leader), v.ID, 0, notices.ServeNoticeInput{Workdays: 3})
	wantCode(t, err, "missing_precondition")
	_, err = s.service.Serve(s.Acting(s.Leader), v.ID, v.Version+1, notices.ServeNoticeInput{Workdays: 3})
	if fault.KindOf(err) != fault.Stale {
		t.Fatalf("got %v", err)
	}
}

func TestDocument_isALetterWithASlip(t *testing.T) {
	s := newScene(t)
	v := s.brought(t, rectify.NoticeServed, 2)
	doc, err := s.service.Document(s.Acting(s.Clerk), v.ID)
	if err != nil || doc.Name != "岚教督〔2017〕1号.docx" || !bytes.HasPrefix(doc.Data, []byte("PK")) {
		t.Fatalf("document %q, %d bytes, %v", doc.Name, len(doc.Data), err)
	}
	golden(t, "testdata/letter.txt", paragraphs(t, doc.Data))
	draft := s.drafted(t, 1)
	doc, err = s.service.Document(s.Acting(s.Inspector), draft.ID)
	if err != nil || doc.Name != "（草稿）.docx" {
		t.Fatalf("document of a draft %q, %v", doc.Name, err)
	}
}
