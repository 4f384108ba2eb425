package rectify_test

import (
	"testing"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/rectify"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/transition/transitiontest"
	"github.com/duban-gov/duban/internal/workday"
)

func notice(status rectify.NoticeStatus, relations tr.Relation, c tr.Circumstances) tr.Facts[rectify.NoticeStatus] {
	return tr.Facts[rectify.NoticeStatus]{Status: status, Relations: relations, Given: transitiontest.Everything, Circumstances: c}
}

func TestReopenNotice(t *testing.T) {
	cases := []struct {
		name   string
		today  string
		window int
		want   string
	}{
		{"on_the_day_of_close_out", "2017-05-20", 30, ""},
		{"on_the_last_day_of_the_window", "2017-06-19", 30, ""},
		{"a_day_later_needs_a_new_notice", "2017-06-20", 30, "notice.rebound_over"},
		{"without_a_window_never", "2017-05-20", 0, "notice.rebound_over"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			around := transitiontest.Good
			around.Today, around.Window = workday.MustDate(c.today), c.window
			got, err := rectify.NoticeTable.Apply(notice(rectify.NoticeClosed, 0, around), rectify.ReopenNotice)
			switch {
			case c.want == "" && (err != nil || got != rectify.NoticeSigned):
				t.Errorf("got %s, %v", got, err)
			case c.want != "" && fault.CodeOf(err) != c.want:
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestDeadlineOfNotice_does_not_lie_in_the_past(t *testing.T) {
	past := transitiontest.Good
	past.New = past.Today.AddDays(-1)
	for action, from := range map[tr.Action]rectify.NoticeStatus{
		rectify.ServeNotice: rectify.NoticeDraft, rectify.SendBackNotice: rectify.NoticeReplied, rectify.ReopenNotice: rectify.NoticeClosed,
	} {
		_, err := rectify.NoticeTable.Apply(notice(from, 0, past), action)
		if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != "due_date.past" {
			t.Errorf("%s: %v", action, err)
		}
	}
}

func TestSendBackNotice_keeps_the_deadline_when_none_is_named(t *testing.T) {
	keep := transitiontest.Good
	keep.New = workday.Date{}
	facts := notice(rectify.NoticeReplied, 0, keep)
	facts.Given = tr.Reason
	if got, err := rectify.NoticeTable.Apply(facts, rectify.SendBackNotice); got != rectify.NoticeSigned || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
}

// TestNoticeCarriesItsParts walks a notice through its life with one finding and its replies; every part follows.
func TestNoticeCarriesItsParts(t *testing.T) {
	const unit = tr.Holder | tr.Replier
	n, f, r := rectify.NoticeDraft, rectify.FindingOpen, rectify.ReplyStatus("")
	steps := []struct {
		action  tr.Action
		who     tr.Relation
		notice  rectify.NoticeStatus
		finding rectify.FindingStatus // "" where the finding does not move
		reply   rectify.ReplyStatus   // "" where the reply does not move
	}{
		{rectify.ServeNotice, 0, rectify.NoticeServed, rectify.FindingOrdered, ""},
		{rectify.SignNotice, unit, rectify.NoticeSigned, "", ""},
		{rectify.ReplyNotice, unit, rectify.NoticeReplied, "", rectify.ReplySubmitted},
		{rectify.SendBackNotice, 0, rectify.NoticeSigned, "", rectify.ReplySentBack},
		{rectify.ReplyNotice, unit, rectify.NoticeReplied, "", rectify.ReplySubmitted},
		{rectify.CloseNotice, 0, rectify.NoticeClosed, rectify.FindingClosed, rectify.ReplyAccepted},
		{rectify.ReopenNotice, 0, rectify.NoticeSigned, rectify.FindingOrdered, ""},
		{rectify.VoidNotice, 0, rectify.NoticeVoided, rectify.FindingOpen, ""},
	}
	for _, s := range steps {
		if s.action == rectify.ReplyNotice {
			r = ""
		}
		via := "notice." + string(s.action)
		next, err := rectify.NoticeTable.Apply(notice(n, s.who, transitiontest.Good), s.action)
		n = must(t, via, next, err)
		if s.finding != "" {
			next, err := rectify.FindingTable.Along(tr.Facts[rectify.FindingStatus]{Status: f, Relations: s.who, Given: transitiontest.Everything}, via)
			f = must(t, via, next, err)
		}
		if s.reply != "" {
			next, err := rectify.ReplyTable.Along(tr.Facts[rectify.ReplyStatus]{Status: r, Relations: s.who, Given: transitiontest.Everything}, via)
			r = must(t, via, next, err)
		}
		if n != s.notice || s.finding != "" && f != s.finding || s.reply != "" && r != s.reply {
			t.Errorf("after %s: notice %s, finding %s, reply %s", s.action, n, f, r)
		}
	}
}

func must[S any](t *testing.T, what string, s S, err error) S {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	return s
}

// around is an objection filed by the unit on a day, of a period that ends on 2017-06-30.
func around(today string) tr.Facts[rectify.ObjectionStatus] {
	return tr.Facts[rectify.ObjectionStatus]{Relations: tr.Holder, Given: tr.Text,
		Circumstances: tr.Circumstances{Today: workday.MustDate(today), Until: workday.MustDate("2017-06-30")}}
}

func TestNoticeHolds(t *testing.T) {
	for hold, c := range map[tr.Hold]struct {
		from   rectify.NoticeStatus
		who    tr.Relation
		action tr.Action
		code   string
	}{
		rectify.PlanMissing:   {rectify.NoticeSigned, tr.Holder, rectify.ReplyNotice, "notice.plan_first"},
		rectify.PlanWaits:     {rectify.NoticeSigned, tr.Holder, rectify.PlanNotice, "notice.plan_waits"},
		rectify.NoPlanWaits:   {rectify.NoticeSigned, 0, rectify.AcceptPlanNotice, "notice.no_plan"},
		rectify.SiteUnchecked: {rectify.NoticeReplied, 0, rectify.CloseNotice, "notice.site_check_first"},
		rectify.NotOverdue:    {rectify.NoticeSigned, 0, rectify.FailNotice, "notice.not_overdue"},
	} {
		t.Run(c.code, func(t *testing.T) {
			held := transitiontest.Good
			held.Holds = hold
			if _, err := rectify.NoticeTable.Apply(notice(c.from, c.who, held), c.action); fault.CodeOf(err) != c.code {
				t.Errorf("got %v", err)
			}
			if _, err := rectify.NoticeTable.Apply(notice(c.from, c.who, transitiontest.Good), c.action); err != nil {
				t.Errorf("without the hold: %v", err)
			}
		})
	}
}
