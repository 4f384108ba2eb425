package simulation

import (
	"fmt"

	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/evidence"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// find records a fault of the university or the bureau.
func (w *world) find() error {
	unit := w.University
	if w.r.IntN(3) == 0 {
		unit = w.Bureau
	}
	f, err := w.app.Inspections.Record(w.Acting(w.Inspector), w.inspection, inspections.RecordFindingInput{UnitID: unit.ID, Severity: rectify.Major,
		Description: "未公开", Basis: "《条例》第九条"})
	if err == nil {
		w.findings = append(w.findings, f.ID)
	}
	return err
}

// serve drafts a notice on an open finding and serves it, by so many working days or by a date; some are voided.
func (w *world) serve() error {
	ctx := w.Acting(w.Inspector)
	id, ok := w.any(w.findings)
	if !ok {
		return nil
	}
	n, err := w.app.Notices.Draft(ctx, notices.DraftNoticeInput{FindingIDs: []ident.ID{id}, Title: "整改通知书", Requirement: "限期公开", LeaderID: w.Leader.ID})
	if err != nil {
		return err
	}
	in := notices.ServeNoticeInput{Workdays: 1 + w.r.IntN(25)}
	if w.r.IntN(3) == 0 {
		in = notices.ServeNoticeInput{DueDate: w.today().AddDays(1 + w.r.IntN(30))}
	}
	w.notices = append(w.notices, n.ID)
	if n, err = w.app.Notices.Serve(ctx, n.ID, n.Version, in); err != nil || w.r.IntN(6) > 0 {
		return err
	}
	_, err = w.app.Notices.Void(ctx, n.ID, n.Version, notices.VoidNoticeInput{Reason: "文号有误"})
	return err
}

// answerNotice takes a notice one act on.
func (w *world) answerNotice() error {
	id, ok := w.any(w.notices)
	if !ok {
		return nil
	}
	n, err := w.app.Notices.Get(w.Acting(w.Office), id)
	if err != nil {
		return fmt.Errorf("get notice: %v", err) //nolint:errorlint // no legal refusal: the office sees every notice
	}
	unit := w.Acting(w.clerk)
	if n.UnitID == w.Bureau.ID {
		unit = w.Acting(w.BureauHead)
	}
	check := w.Acting(w.Colleague)
	switch n.Status {
	case rectify.NoticeServed:
		_, err = w.app.Notices.Sign(unit, id, n.Version)
	case rectify.NoticeSigned:
		if _, err = w.app.Evidence.AddLink(unit, evidence.AddLinkInput{Subject: evidence.OnReply, SubjectID: n.ReplyID, Name: "公开页面", URL: "https://www.example.gov.cn/1"}); err == nil {
			_, err = w.app.Notices.Reply(unit, id, n.Version, notices.ReplyNoticeInput{Measures: "已公开"})
		}
	case rectify.NoticeReplied:
		if w.r.IntN(3) > 0 {
			_, err = w.app.Notices.Close(check, id, n.Version, notices.CloseNoticeInput{Verdict: "属实"})
		} else {
			_, err = w.app.Notices.SendBack(check, id, n.Version, notices.SendBackNoticeInput{Reason: "缺截图", DueDate: w.today().AddDays(w.r.IntN(20))})
		}
	case rectify.NoticeClosed:
		_, err = w.app.Notices.Reopen(check, id, n.Version, notices.ReopenNoticeInput{Reason: "反弹", DueDate: w.today().AddDays(5 + w.r.IntN(20))})
	case rectify.NoticeDraft, rectify.NoticeVoided:
	}
	return err
}

// calendar proposes that some days of the coming weeks be off or worked, and most often somebody approves.
func (w *world) calendar() error {
	text := "local\n"
	changes := make(map[workday.Date]bool)
	for range 1 + w.r.IntN(3) {
		day := w.today().AddDays(w.r.IntN(25))
		if _, have := changes[day]; have {
			continue
		}
		work := !w.truth.works(day)
		changes[day] = work
		mark := ""
		if work {
			mark = "+ "
		}
		text += "调整 " + mark + day.String() + "\n"
	}
	p, err := w.app.Calendars.Propose(w.Acting(w.Office), calendars.ProposeCalendarInput{Title: "临时调整", Notice: text})
	if err != nil {
		return err
	}
	w.truth.propose(p.Name, changes)
	before, err := w.signDates()
	if err != nil {
		return err
	}
	if w.r.IntN(5) == 0 {
		_, err = w.app.Calendars.Refuse(w.Acting(w.Leader), p.ID, p.Version, calendars.RefuseCalendarInput{Reason: "与原文不符"})
		return err
	}
	done, err := w.app.Calendars.Approve(w.Acting(w.Leader), p.ID, p.Version)
	if err != nil {
		return err
	}
	if done.Status != almanac.Applied {
		return fmt.Errorf("approved, and %s", done.Status)
	}
	w.calendars.Add(1)
	w.moved.Add(int64(done.Moved))
	if err := w.learn(); err != nil {
		return err
	}
	return w.signDatesMoved(before)
}
