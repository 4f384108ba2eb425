package apitest

import (
	"testing"
	"time"

	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/urges"
	"github.com/duban-gov/duban/internal/workday"
)

func TestUrges(t *testing.T) {
	w := newWorld(t)
	office, clerk := w.as("office.home"), w.as("unit_clerk.own")
	s := w.app.Urges
	send := func(ids []ident.ID, reason string) urges.UrgeResults {
		t.Helper()
		out, err := s.Send(office, urges.SendUrgesInput{SelectUrgesInput: urges.SelectUrgesInput{DutyIDs: ids}, Content: "请报送进展", Reason: reason})
		w.must(err)
		return out
	}
	active, other, closed := w.duty(duty.Active), w.duty(duty.Active), w.object("duty", "closed").id
	t.Run("each_row_has_its_result", func(t *testing.T) {
		out := send([]ident.ID{active, closed, w.Store.NewID()}, "")
		if out.Sent != 1 || out.Refused != 2 || !out.Items[0].Sent || out.Items[1].Code != "duty.illegal_transition" || out.Items[2].Code != "not_found" {
			t.Errorf("got %+v", out)
		}
	})
	t.Run("within_the_cool_down_only_what_was_urged_needs_a_reason", func(t *testing.T) {
		out := send([]ident.ID{active, other}, "")
		if out.Sent != 1 || out.Items[0].Code != "urge.cool_down" || out.Items[0].Reason == "" {
			t.Errorf("got %+v", out)
		}
		if out = send([]ident.ID{active, other}, "厅领导今日过问"); out.Sent != 2 {
			t.Errorf("with a reason: %+v", out)
		}
	})
	t.Run("the_preview_names_people_last_urge_and_answer_and_writes_nothing", func(t *testing.T) {
		page, err := s.List(office, urges.SentUrgeQuery{SubjectID: active})
		w.must(err)
		_, err = s.Reply(clerk, page.Items[0].ID, page.Items[0].Version, duties.ReplyUrgeInput{Text: "周五报送"})
		w.must(err)
		before := w.count("events")
		p, err := s.Preview(office, urges.SelectUrgesInput{DutyIDs: []ident.ID{active, closed}})
		w.must(err)
		row := p.Items[0]
		if p.Soon != 1 || !row.NeedsReason || row.LastReply != "周五报送" || len(row.Recipients) != p.People || p.People < 2 || !row.Possible || p.Items[1].Possible {
			t.Errorf("got %+v", p)
		}
		if w.count("events") != before {
			t.Error("the preview wrote events")
		}
	})
	t.Run("the_outlook_has_the_last_urge_with_its_answer_and_the_next_step", func(t *testing.T) {
		out, err := s.Outlooks(office, []ident.ID{active, closed, w.Store.NewID()})
		w.must(err)
		found := map[ident.ID]urges.Outlook{}
		for _, o := range out.Items {
			found[o.DutyID] = o
		}
		open, ended := found[active], found[closed]
		if len(found) != 2 || open.LastUrge == nil || open.LastUrge.Reply != "周五报送" || open.LastUrge.ByName == "" || !open.LastUrge.ReadAt.IsZero() {
			t.Errorf("got %+v", out)
		}
		if open.NextStep == nil || open.NextStep.Step == "" || open.NextStep.On.Before(workday.DateOf(w.Store.Now(), time.UTC)) || ended.NextStep != nil {
			t.Errorf("next steps %+v and %+v", open.NextStep, ended.NextStep)
		}
		if out, err = s.Outlooks(clerk, []ident.ID{other}); err != nil || len(out.Items) != 1 {
			t.Errorf("to the unit %+v, %v", out, err)
		}
		if _, err = s.Outlooks(office, nil); fault.CodeOf(err) != "input.invalid" {
			t.Errorf("of nothing: %v", err)
		}
	})
	t.Run("who_reads_the_message_has_read_the_urge", func(t *testing.T) {
		w.Clock.Advance(time.Minute)
		inbox, err := w.app.Messages.Inbox(clerk, messages.InboxFilter{Limit: 200})
		w.must(err)
		page, err := s.List(office, urges.SentUrgeQuery{Sent: true, SubjectID: other})
		w.must(err)
		u := page.Items[0]
		for _, m := range inbox.Items {
			if m.Template == "duty.urged" && m.SubjectID == other {
				_, err = w.app.Messages.MarkRead(clerk, m.ID)
				w.must(err)
			}
		}
		u, err = s.Get(office, u.ID)
		w.must(err)
		outlook, err := s.Outlooks(office, []ident.ID{other})
		w.must(err)
		if !outlook.Items[0].LastUrge.ReadAt.Equal(w.Store.Now()) {
			t.Errorf("the outlook does not know that it was read: %+v", outlook.Items[0].LastUrge)
		}
		read := 0
		for _, r := range u.Recipients {
			if !r.ReadAt.IsZero() {
				read++
				if r.UserID != w.actor("unit_clerk.own").id || !r.ReadAt.Equal(w.Store.Now()) {
					t.Errorf("read by %+v", r)
				}
			}
		}
		if read != 1 || len(u.Recipients) < 2 {
			t.Errorf("readers %+v", u.Recipients)
		}
	})
	t.Run("lists_what_waits_and_what_was_never_answered", func(t *testing.T) {
		waiting, err := s.List(clerk, urges.SentUrgeQuery{Waiting: true})
		w.must(err)
		if len(waiting.Items) == 0 {
			t.Fatal("nothing waits")
		}
		for _, u := range waiting.Items {
			if !u.RepliedAt.IsZero() || !u.CanReply {
				t.Errorf("waits: %+v", u)
			}
		}
		late, err := s.List(office, urges.SentUrgeQuery{Unanswered: 3})
		w.must(err)
		if len(late.Items) != 0 {
			t.Errorf("after no time %d are unanswered for three days", len(late.Items))
		}
		w.Clock.Advance(4 * 24 * time.Hour)
		if late, err = s.List(office, urges.SentUrgeQuery{Unanswered: 3}); err != nil || len(late.Items) == 0 {
			t.Errorf("after four days: %+v, %v", late, err)
		}
		for _, u := range late.Items {
			if u.SubjectID == closed || !u.RepliedAt.IsZero() {
				t.Errorf("is unanswered: %+v", u)
			}
		}
	})
	t.Run("sent_again_under_its_key_it_urges_only_what_was_not_urged", func(t *testing.T) {
		fresh := w.duty(duty.Assigned)
		once := store.WithRequest(office, store.Request{User: w.actor("office.home").id, Key: "bulk-1", Operation: "send-urges", Hash: []byte("x")})
		in := urges.SendUrgesInput{SelectUrgesInput: urges.SelectUrgesInput{DutyIDs: []ident.ID{fresh}}, Content: "请签收"}
		for range 2 {
			out, err := s.Send(once, in)
			if err != nil || out.Sent != 1 {
				t.Fatalf("got %+v, %v", out, err)
			}
		}
		page, err := s.List(office, urges.SentUrgeQuery{SubjectID: fresh})
		if err != nil || len(page.Items) != 1 {
			t.Errorf("urged %d times, %v", len(page.Items), err)
		}
	})
	t.Run("nothing_or_too_much_is_bad_input", func(t *testing.T) {
		for _, ids := range [][]ident.ID{nil, manyIDs(w, 201)} {
			_, err := s.Send(office, urges.SendUrgesInput{SelectUrgesInput: urges.SelectUrgesInput{DutyIDs: ids}, Content: "请报送"})
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%d ids: %v", len(ids), err)
			}
		}
	})
}

func manyIDs(w *world, n int) []ident.ID {
	ids := make([]ident.ID, n)
	for i := range ids {
		ids[i] = w.Store.NewID()
	}
	return ids
}
