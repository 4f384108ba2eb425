package apitest

import (
	"context"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/inspections"
	"github.com/duban-gov/duban/internal/notices"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/urges"
	"github.com/duban-gov/duban/internal/workday"
)

// inspection registers an inspection of the university, led by one inspector of two, and brings it to a state.
func (w *world) inspection(to rectify.InspectionStatus) ident.ID {
	w.T.Helper()
	s, lead := w.app.Inspections, w.as("inspector.home")
	v, err := s.Create(lead, inspections.CreateInspectionInput{Title: "招生专项督查", Kind: rectify.Special, Basis: "会议纪要", Scope: "招生信息公开",
		Methods: []rectify.Method{rectify.Visit}, Items: []rectify.CheckItem{{Text: "招生简章公开"}}, Matters: []string{"第" + string(to) + "项"},
		StartsOn: workday.MustDate("2017-03-06"), EndsOn: workday.MustDate("2017-03-10"), UnitIDs: []ident.ID{w.home.University.ID},
		StaffInspectionInput: inspections.StaffInspectionInput{LeaderID: w.actor("inspector.home").id}})
	for err == nil && v.Status != to {
		switch v.Status {
		case rectify.InspectionDraft:
			if to == rectify.InspectionCancelled {
				v, err = s.Cancel(lead, v.ID, v.Version, inspections.CancelInspectionInput{Reason: "并入大督查"})
				break
			}
			var in inspections.ProposeInspectionInput
			for _, o := range v.Overlaps {
				in.Duplicates = append(in.Duplicates, inspections.AnswerDuplicate{InspectionID: o.InspectionID, Reason: "合并进点"})
			}
			v, err = s.Propose(lead, v.ID, v.Version, in)
		case rectify.InspectionProposed:
			v, err = s.Approve(w.as("leader.home"), v.ID, v.Version)
		case rectify.InspectionApproved:
			v, err = s.Open(lead, v.ID, v.Version)
		case rectify.InspectionOpen:
			v, err = s.Finish(lead, v.ID, v.Version)
		case rectify.InspectionFinished:
			v, err = s.Conclude(lead, v.ID, v.Version, inspections.ConcludeInspectionInput{Conclusion: "总体较好"})
		}
	}
	w.must(err)
	if atWork(to) {
		w.join(v.ID, "inspector.both")
	}
	return v.ID
}

// atWork reports whether an inspection has begun: until then nobody of the unit could be on its team.
func atWork(s rectify.InspectionStatus) bool {
	return s == rectify.InspectionOpen || s == rectify.InspectionFinished || s == rectify.InspectionConcluded
}

// join puts somebody on a team who got a post in the inspected unit afterwards: naming them would be refused.
func (w *world) join(inspection ident.ID, who string) {
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.InspectionMember.Create().SetID(w.Store.NewID()).SetAuthorityID(w.home.Authority).SetInspectionID(inspection).
			SetUserID(w.actor(who).id).Exec(ctx)
	})
}

// proposedBy says who asked for the approval of an inspection: one who is a leader now.
func (w *world) proposedBy(inspection ident.ID, who string) {
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE inspections SET proposed_by_id = $1 WHERE id = $2", w.actor(who).id, inspection)
		return err
	})
}

// fillInspections makes inspections in every state; the open one yields the findings of the notices.
func (w *world) fillInspections() {
	for _, to := range rectify.InspectionTable.Statuses() {
		id := w.inspection(to)
		w.names["inspection."+string(to)] = id.String()
		held := []string{"team", "inspector.home", "proposer", "leader.was"}
		if atWork(to) {
			held = append(held, "team", "inspector.both")
		}
		w.add("inspection", string(to), "inspections", id, w.home.University, held...)
		if to != rectify.InspectionDraft {
			w.proposedBy(id, "leader.was")
		}
	}
	w.fillConclusions()
}

// fillConclusions makes conclusions that were delivered to the university, received and revoked.
func (w *world) fillConclusions() {
	for _, to := range rectify.ConclusionTable.Statuses() {
		inspection := w.inspection(rectify.InspectionConcluded)
		page, err := w.app.Inspections.Conclusions(w.as("office.home"), inspections.ConclusionFilter{InspectionID: inspection})
		w.must(err)
		c := page.Items[0]
		if to != rectify.ConclusionDelivered {
			c, err = w.app.Inspections.Receive(w.as("unit_head.own"), c.ID, c.Version)
			w.must(err)
		}
		if to == rectify.ConclusionRevoked {
			w.decide(w.objectTo(rectify.ToConclusion, c.ID), rectify.ObjectionRevoked)
		}
		w.names["conclusion."+string(to)] = c.ID.String()
		w.add("conclusion", string(to), "conclusions", c.ID, w.home.University)
	}
}

// finding records a fault of the university.
func (w *world) finding() inspections.Finding {
	w.T.Helper()
	open, err := ident.Parse(w.names["inspection.open"])
	w.must(err)
	f, err := w.app.Inspections.Record(w.as("inspector.home"), open, inspections.RecordFindingInput{UnitID: w.home.University.ID,
		Severity: rectify.Major, Description: "招生简章未公开", Basis: "《条例》第九条", Requirement: "限期公开"})
	w.must(err)
	return f
}

// notice brings a notice over one finding to a state. Its reply counts as written by one who is now an inspector.
func (w *world) notice(to rectify.NoticeStatus) notices.Notice {
	w.T.Helper()
	s := w.app.Notices
	v, err := s.Draft(w.as("inspector.home"), notices.DraftNoticeInput{FindingIDs: []ident.ID{w.finding().ID}, Title: "限期整改通知书",
		Requirement: "全面自查并公开", LeaderID: w.home.Leader.ID, DueDate: workday.MustDate("2017-03-31")})
	w.must(err)
	for v.Status != to {
		switch v.Status {
		case rectify.NoticeDraft:
			if to == rectify.NoticeVoided {
				v, err = s.Void(w.as("inspector.home"), v.ID, v.Version, notices.VoidNoticeInput{Reason: "文号有误"})
				break
			}
			v, err = s.Serve(w.as("leader.home"), v.ID, v.Version, notices.ServeNoticeInput{})
		case rectify.NoticeServed:
			v, err = s.Sign(w.as("unit_clerk.own"), v.ID, v.Version)
		case rectify.NoticeSigned:
			w.prove(v.ReplyID)
			v, err = s.Reply(w.as("unit_clerk.own"), v.ID, v.Version, notices.ReplyNoticeInput{Measures: "已公开招生简章", Result: "整改到位"})
		case rectify.NoticeReplied:
			if to == rectify.NoticeFailed {
				v, err = s.Fail(w.as("inspector.home"), v.ID, v.Version, notices.FailNoticeInput{Reason: "整改不到位"})
				break
			}
			v, err = s.Close(w.as("inspector.home"), v.ID, v.Version, notices.CloseNoticeInput{Verdict: "属实"})
		}
		w.must(err)
	}
	if to == rectify.NoticeReplied {
		w.write(func(ctx context.Context, tx *ent.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE replies SET author_id = $1 WHERE id = $2", w.actor("inspector.was").id, v.ReplyID)
			return err
		})
	}
	if to == rectify.NoticeSigned {
		w.prove(v.ReplyID)
	}
	return v
}

// planned is a notice whose plan waits to be judged; it counts as written by one who is now an inspector.
func (w *world) planned() notices.Notice {
	w.T.Helper()
	v := w.notice(rectify.NoticeSigned)
	v, err := w.app.Notices.Plan(w.as("unit_clerk.own"), v.ID, v.Version, notices.PlanNoticeInput{Measures: "逐项核对", Responsible: "招生处处长",
		FinishBy: workday.MustDate("2017-03-24")})
	w.must(err)
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE replies SET author_id = $1 WHERE id = $2", w.actor("inspector.was").id, v.PlanID)
		if err == nil {
			_, err = tx.ExecContext(ctx, "UPDATE notices SET plan_wanted = $1 WHERE id = $2", true, v.ID)
		}
		return err
	})
	return v
}

// prove lays a piece of evidence under a reply; the row is written directly, since files have tests of their own.
func (w *world) prove(replyID ident.ID) {
	w.T.Helper()
	w.write(func(ctx context.Context, tx *ent.Tx) error {
		return tx.Evidence.Create().SetID(w.Store.NewID()).SetAuthorityID(w.home.Authority).SetSubject("reply").SetSubjectID(replyID).
			SetUnitID(w.home.University.ID).SetName("公示截图.png").SetMediaType("image/png").SetSize(10).SetSha256("00").SetBlobKey("k").
			SetUploadedByID(w.home.Clerk.ID).SetCreatedAt(w.Store.Now()).Exec(ctx)
	})
}

// urgedNotice makes a notice that was urged and waits for an answer.
func (w *world) urgedNotice() {
	w.T.Helper()
	v := w.notice(rectify.NoticeSigned)
	_, err := w.app.Notices.Urge(w.as("office.home"), v.ID, v.Version, notices.UrgeNoticeInput{Content: "请抓紧整改"})
	w.must(err)
	page, err := w.app.Urges.List(w.as("office.home"), urges.SentUrgeQuery{SubjectID: v.ID})
	w.must(err)
	w.add("urge", "notice", "urges", page.Items[0].ID, w.home.University)
}

// fillNotices makes notices and findings in every state. The unit sees neither drafts nor what was voided before service.
func (w *world) fillNotices() {
	w.names["finding.first"] = w.finding().ID.String()
	for _, to := range rectify.NoticeTable.Statuses() {
		v := w.notice(to)
		w.add("notice", string(to), "notices", v.ID, w.home.University, "replier", "inspector.was")
		switch to {
		case rectify.NoticeSigned:
			w.add("finding", "ordered", "findings", v.Findings[0].ID, w.home.University)
		case rectify.NoticeClosed:
			w.add("finding", "closed", "findings", v.Findings[0].ID, w.home.University)
		}
	}
	w.urgedNotice()
	w.add("notice", "signed.planned", "notices", w.planned().ID, w.home.University, "replier", "inspector.was")
	w.add("finding", "open", "findings", w.finding().ID, w.home.University)
	f := w.finding()
	_, err := w.app.Inspections.Dismiss(w.as("inspector.home"), f.ID, f.Version, inspections.DismissFindingInput{Reason: "已自行改正"})
	w.must(err)
	w.add("finding", "dismissed", "findings", f.ID, w.home.University)
	w.names["finding.open"] = w.object("finding", "open").id.String()
}
