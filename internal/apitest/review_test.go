package apitest

import (
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/objections"
	"github.com/duban-gov/duban/internal/rectify"
	"github.com/duban-gov/duban/internal/workday"
)

// on moves the clock to nine in the morning of a day.
func (w *world) on(day string) {
	w.T.Helper()
	zone := w.app.Watches.Rules().Zone
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 09:00", zone)
	w.must(err)
	w.Clock.Set(at)
}

// check lets the clocks do what is due.
func (w *world) check() {
	w.T.Helper()
	_, err := w.app.Watches.Check(access.System(w.T.Context(), "deadlines"), 10_000)
	w.must(err)
}

// told counts the messages of a template that somebody has.
func (w *world) told(who, template string) int {
	w.T.Helper()
	var n int
	w.must(w.saved.conn.QueryRowContext(w.T.Context(), "SELECT count(*) FROM "+w.saved.main("messages")+" WHERE recipient_id = $1 AND template = $2",
		w.actor(who).id.Int(), template).Scan(&n))
	return n
}

func wants(t *testing.T, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

// received is a conclusion that the university has signed for on a day.
func (w *world) received(day string) ident.ID {
	w.T.Helper()
	w.on(day)
	c, err := w.app.Inspections.GetConclusion(w.as("unit_head.own"), w.object("conclusion", "delivered").id)
	w.must(err)
	c, err = w.app.Inspections.Receive(w.as("unit_head.own"), c.ID, c.Version)
	w.must(err)
	return c.ID
}

func TestObjection_periods(t *testing.T) {
	w := newWorld(t)
	s, head := w.app.Objections, w.as("unit_head.own")
	file := func(id ident.ID) (objections.Objection, error) {
		return s.File(head, objections.FileObjectionInput{Subject: rectify.ToConclusion, SubjectID: id, Grounds: "与事实不符"})
	}
	t.Run("before_the_receipt_there_is_nothing_to_object_to", func(t *testing.T) {
		_, err := file(w.object("conclusion", "delivered").id)
		wants(t, err, "objection.not_received")
	})
	t.Run("the_last_day_that_falls_on_a_holiday_rolls_to_the_next_working_day_and_counts", func(t *testing.T) {
		defer w.restore()
		id := w.received("2017-03-31") // 30 days end on Sunday 04-30; 05-01 is a holiday
		w.on("2017-05-02")
		o, err := file(id)
		w.must(err)
		// 30 days end on Thursday 06-01
		if o.Until.String() != "2017-05-02" || o.DecideBy.String() != "2017-06-01" || o.ReceivedOn.String() != "2017-03-31" || o.Rule != "inspection.default@1" {
			t.Errorf("filed %+v", o)
		}
	})
	t.Run("a_day_later_it_is_late", func(t *testing.T) {
		defer w.restore()
		id := w.received("2017-03-31")
		w.on("2017-05-03")
		_, err := file(id)
		wants(t, err, "objection.late")
	})
	t.Run("what_was_revoked_is_not_objected_to", func(t *testing.T) {
		w.on("2017-03-06")
		_, err := file(w.object("conclusion", "revoked").id)
		wants(t, err, "objection.moot")
	})
}

func TestObjection_clock(t *testing.T) {
	w := newWorld(t)
	s, head := w.app.Objections, w.as("unit_head.own")
	n := w.notice(rectify.NoticeSigned)
	o := w.objectTo(rectify.ToNotice, n.ID)
	if o.DecideBy.String() != "2017-04-05" || o.Light != ladder.Green || o.Overdue || w.told("office.home", "objection.filed") == 0 {
		t.Fatalf("filed %+v", o)
	}
	w.on("2017-04-01") // make-up Saturday; 04-02 to 04-04 are off: two working days are left
	w.check()
	o, err := s.Get(head, o.ID)
	w.must(err)
	if o.Light != ladder.Yellow || o.LightRule != "objection.default@1:near" || w.told("leader.home", "watch.objection.remind") == 0 {
		t.Errorf("near the end %s by %s", o.Light, o.LightRule)
	}
	if w.told("unit_head.own", "watch.objection.remind") != 0 {
		t.Error("the unit is reminded of what others have to decide")
	}
	t.Run("what_is_objected_to_stays_in_force_meanwhile", func(t *testing.T) {
		v, err := w.app.Notices.Get(head, n.ID)
		w.must(err)
		if v.Status != rectify.NoticeSigned || v.DueDate.String() != "2017-03-31" || !v.Overdue || v.Light != ladder.Red {
			t.Errorf("the notice is %s, due %s, %s", v.Status, v.DueDate, v.Light)
		}
	})
	for _, day := range []string{"2017-04-05", "2017-04-06"} {
		w.on(day)
		w.check()
	}
	if o, err = s.Get(head, o.ID); err != nil || !o.Overdue || o.Light != ladder.Red || w.told("leader.home", "watch.objection.escalate") == 0 {
		t.Errorf("overdue %+v, %v", o, err)
	}
	o, err = s.Uphold(w.as("leader.was"), o.ID, o.Version, objections.DecideObjectionInput{Opinion: "维持原通知"})
	w.must(err)
	if o.Status != rectify.ObjectionUpheld || o.Overdue || o.Light != ladder.Done || w.told("unit_head.own", "objection.decided") != 1+w.decided() {
		t.Errorf("decided %+v", o)
	}
	escalated := w.told("leader.home", "watch.objection.escalate")
	w.on("2017-05-08")
	w.check()
	if now := w.told("leader.home", "watch.objection.escalate"); now != escalated {
		t.Errorf("the clock of a decided objection told %d times more", now-escalated)
	}
}

// decided counts the objections of the world that were decided before the test.
func (w *world) decided() int {
	n := 1 // the revoked conclusion's
	for _, o := range w.objects {
		if o.kind == "objection" && o.state != "filed" && o.state != "retracted" {
			n++
		}
	}
	return n
}

func TestObjection_panel(t *testing.T) {
	w := newWorld(t)
	s := w.app.Objections
	o, err := s.Get(w.as("leader.was"), w.object("objection", "filed").id)
	w.must(err)
	in := objections.DecideObjectionInput{Opinion: "维持"}
	for name, c := range map[string]struct {
		who   string
		with  []ident.ID
		named string
		took  rectify.Took
	}{
		"who_approved_the_inspection":     {"leader.home", nil, "leader.home", rectify.TookApproved},
		"who_belongs_to_the_unit":         {"leader.both", nil, "leader.both", rectify.TookApplied},
		"who_recorded_the_finding_beside": {"leader.was", []ident.ID{w.actor("inspector.home").id}, "inspector.home", rectify.TookFound},
		"somebody_of_the_unit_beside":     {"leader.was", []ident.ID{w.actor("unit_clerk.own").id}, "unit_clerk.own", rectify.TookApplied},
		"who_served_it_beside_another":    {"leader.was", []ident.ID{w.actor("leader.advised").id, w.actor("leader.home").id}, "leader.home", rectify.TookApproved},
		"nobody_of_another_authority_may": {"leader.was", []ident.ID{w.actor("leader.away").id}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := in
			in.DeciderIDs = c.with
			_, err := s.Uphold(w.as(c.who), o.ID, o.Version, in)
			if c.named == "" {
				wants(t, err, "input.invalid")
				return
			}
			wants(t, err, "separation.took")
			f := fault.As(err)
			if f.Params["user_id"] != w.actor(c.named).id.String() || f.Params["took"] != c.took {
				t.Errorf("names %v, %v", f.Params["user_id"], f.Params["took"])
			}
		})
	}
	t.Run("those_who_decide_see_beforehand_who_had_a_part_and_the_unit_does_not", func(t *testing.T) {
		if len(o.Parts) == 0 {
			t.Error("no parts are shown")
		}
		v, err := s.Get(w.as("unit_head.own"), o.ID)
		w.must(err)
		if len(v.Parts) != 0 {
			t.Errorf("the unit sees %v", v.Parts)
		}
	})
	t.Run("a_panel_without_a_part_decides_and_is_named", func(t *testing.T) {
		in := in
		in.DeciderIDs = []ident.ID{w.actor("leader.advised").id, w.actor("leader.was").id}
		o, err := s.Uphold(w.as("leader.was"), o.ID, o.Version, in)
		w.must(err)
		if len(o.DeciderIDs) != 2 || o.DeciderIDs[0] != w.actor("leader.was").id || o.Number == "" {
			t.Errorf("decided %+v", o)
		}
		_, err = s.Revoke(w.as("leader.was"), o.ID, o.Version, in)
		wants(t, err, "objection.illegal_transition")
	})
}

func TestObjection_decision(t *testing.T) {
	w := newWorld(t)
	s, leader, head := w.app.Objections, w.as("leader.was"), w.as("unit_head.own")
	t.Run("changed_gives_the_notice_another_demand_and_deadline_and_keeps_the_old_ones", func(t *testing.T) {
		n := w.notice(rectify.NoticeSigned)
		o := w.objectTo(rectify.ToNotice, n.ID)
		_, err := s.Change(leader, o.ID, o.Version, objections.DecideObjectionInput{Opinion: "期限过短"})
		wants(t, err, "input.invalid")
		o, err = s.Change(leader, o.ID, o.Version, objections.DecideObjectionInput{Opinion: "期限过短", DueDate: workday.MustDate("2017-04-28")})
		w.must(err)
		v, err := w.app.Notices.Get(head, n.ID)
		w.must(err)
		if v.Status != rectify.NoticeSigned || v.DueDate.String() != "2017-04-28" || v.OriginalDueDate.String() != "2017-03-31" || v.DueRevision != 2 ||
			v.Requirement != n.Requirement || v.Number != n.Number {
			t.Errorf("the notice is %+v", v)
		}
	})
	t.Run("revoked_voids_the_number_dismisses_the_findings_and_leaves_no_gap", func(t *testing.T) {
		n := w.notice(rectify.NoticeReplied)
		o := w.objectTo(rectify.ToNotice, n.ID)
		_, err := s.Revoke(leader, o.ID, o.Version, objections.DecideObjectionInput{Opinion: "事实不清"})
		w.must(err)
		v, err := w.app.Notices.Get(w.as("inspector.home"), n.ID)
		w.must(err)
		f, err := w.app.Inspections.GetFinding(w.as("inspector.home"), n.Findings[0].ID)
		w.must(err)
		if v.Status != rectify.NoticeVoided || v.Reason != "事实不清" || f.Status != rectify.FindingDismissed {
			t.Errorf("the notice is %s because %q, its finding %s", v.Status, v.Reason, f.Status)
		}
		last, voided, err := w.app.Numbers.Series(leader, w.home.Authority, numbers.Rectification, 2017)
		w.must(err)
		if len(voided) == 0 || voided[len(voided)-1].Reason != "事实不清" || voided[len(voided)-1].Serial != last {
			t.Errorf("the register ends with %d, voided %+v", last, voided)
		}
		w.notice(rectify.NoticeServed)
		if next, _, err := w.app.Numbers.Series(leader, w.home.Authority, numbers.Rectification, 2017); err != nil || next != last+1 {
			t.Errorf("the next number is %d after %d, %v", next, last, err)
		}
	})
	t.Run("a_notice_closed_meanwhile_stays_closed", func(t *testing.T) {
		n := w.notice(rectify.NoticeClosed)
		o := w.objectTo(rectify.ToNotice, n.ID)
		_, err := s.Revoke(leader, o.ID, o.Version, objections.DecideObjectionInput{Opinion: "事实不清"})
		w.must(err)
		v, err := w.app.Notices.Get(head, n.ID)
		w.must(err)
		if v.Status != rectify.NoticeClosed {
			t.Errorf("the notice is %s", v.Status)
		}
	})
	t.Run("a_changed_conclusion_says_something_else", func(t *testing.T) {
		o := w.objectTo(rectify.ToConclusion, w.object("conclusion", "received").id)
		_, err := s.Change(leader, o.ID, o.Version, objections.DecideObjectionInput{Opinion: "部分属实", Content: "简章已公开，收费项目未公示"})
		w.must(err)
		c, err := w.app.Inspections.GetConclusion(head, w.object("conclusion", "received").id)
		w.must(err)
		if c.Content != "简章已公开，收费项目未公示" || c.Status != rectify.ConclusionReceived {
			t.Errorf("the conclusion is %+v", c)
		}
	})
}

func TestObjection_once(t *testing.T) {
	w := newWorld(t)
	s, head := w.app.Objections, w.as("unit_head.own")
	n := w.notice(rectify.NoticeSigned)
	in := objections.FileObjectionInput{Subject: rectify.ToNotice, SubjectID: n.ID, Grounds: "与事实不符"}
	t.Run("of_filings_at_one_time_one_is_taken", func(t *testing.T) {
		errs := make([]error, 6)
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() { _, errs[i] = s.File(head, in) })
		}
		group.Wait()
		taken := 0
		for _, err := range errs {
			if err == nil {
				taken++
			} else if fault.CodeOf(err) != "objection.twice" {
				t.Error(err)
			}
		}
		if taken != 1 {
			t.Errorf("%d were taken", taken)
		}
	})
	t.Run("after_a_retraction_it_may_be_filed_anew", func(t *testing.T) {
		page, err := s.List(head, objections.ObjectionFilter{Subject: rectify.ToNotice, SubjectID: n.ID})
		w.must(err)
		_, err = s.Retract(head, page.Items[0].ID, page.Items[0].Version)
		w.must(err)
		_, err = s.File(head, in)
		w.must(err)
	})
}
