package digests_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/digests"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/testkit/desk"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var shanghai = time.FixedZone("CST", 8*3600)

// morning is a desk with a service of digests, at an hour.
type morning struct {
	*desk.Desk
	t       *testing.T
	digests *digests.Service
}

func on(d *desk.Desk, s *store.Store) *digests.Service {
	a := accounts.New(s, d.Gate, d.Log, units.New(s, d.Gate, d.Log))
	return digests.New(s, d.Gate, d.Log, d.Watches, a, d.Duties)
}

func newMorning(t *testing.T) *morning {
	t.Helper()
	d := desk.New(t)
	return &morning{d, t, on(d, d.Store)}
}

func (m *morning) at(day string, hour int) {
	m.t.Helper()
	m.Clock.Set(workday.MustDate(day).Start(shanghai).Add(time.Duration(hour) * time.Hour))
	_, err := m.Reports.Check(access.System(m.t.Context(), "reports"))
	must(m.t, err)
}

func (m *morning) send() digests.SentDigests {
	m.t.Helper()
	sent, err := m.digests.Send(access.System(m.t.Context(), "digest"))
	must(m.t, err)
	return sent
}

// inbox lists the digests that somebody got.
func (m *morning) inbox(p testkit.Person) []*ent.Message {
	m.t.Helper()
	rows, err := m.Store.Read().Message.Query().Where(message.RecipientID(p.ID), message.Template("digest.daily")).Order(message.ByID()).All(m.t.Context())
	must(m.t, err)
	return rows
}

func TestSend_goes_to_each_person_once_a_day_at_their_hour(t *testing.T) {
	m := newMorning(t)
	m.Assign("", nil)
	_, err := m.digests.Set(m.Acting(m.Head), digests.SetDigestInput{On: true, Hour: 9})
	must(t, err)
	_, err = m.digests.Set(m.Acting(m.BureauHead), digests.SetDigestInput{Hour: 9})
	must(t, err)
	m.at("2017-03-30", 7)
	if got := m.send(); got.People != 0 {
		t.Errorf("at seven it looked at %+v", got)
	}
	m.at("2017-03-30", 8)
	m.send()
	if n := len(m.inbox(m.Clerk)); n != 1 {
		t.Fatalf("the clerk got %d at eight", n)
	}
	if n := len(m.inbox(m.Head)); n != 0 {
		t.Errorf("the head, who wants it at nine, got %d at eight", n)
	}
	params := string(m.inbox(m.Clerk)[0].Params)
	for _, part := range []string{`"reports_due":1`, `"late":0`, `"due":0`, `"waits":0`} {
		if !strings.Contains(strings.ReplaceAll(params, " ", ""), part) {
			t.Errorf("the clerk's digest lacks %s: %s", part, params)
		}
	}
	m.at("2017-03-30", 9)
	m.send()
	m.send()
	if len(m.inbox(m.Clerk)) != 1 || len(m.inbox(m.Head)) != 1 {
		t.Error("somebody got it twice, or not at all")
	}
	if n := len(m.inbox(m.BureauHead)); n != 0 {
		t.Errorf("who wants none got %d", n)
	}
	if n := len(m.inbox(m.SystemAdmin)); n != 0 {
		t.Errorf("an administrator, who has no business, got %d", n)
	}
	m.at("2017-04-10", 12) // ten days down: only today's
	m.send()
	clerk := m.inbox(m.Clerk)
	if len(clerk) != 2 || !strings.Contains(strings.ReplaceAll(string(clerk[1].Params), " ", ""), `"reports_missing":1`) {
		t.Errorf("after the downtime the clerk has %d: %s", len(clerk), clerk[len(clerk)-1].Params)
	}
}

func TestSend_tells_nobody_of_nothing(t *testing.T) {
	m := newMorning(t)
	m.at("2017-03-07", 10)
	if got := m.send(); got.Sent != 0 || got.People == 0 {
		t.Errorf("an idle day: %+v", got)
	}
	if got := m.send(); got.People != 0 {
		t.Errorf("looked at the same people again: %+v", got)
	}
	if _, err := m.digests.Send(m.Acting(m.Office)); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the office sent digests: %v", err)
	}
}

func TestSend_of_two_servers_sends_one(t *testing.T) {
	m := newMorning(t)
	m.Assign("", nil)
	m.at("2017-03-30", 8)
	second := on(m.Desk, m.Second())
	done := make(chan error, 2)
	for _, s := range []*digests.Service{m.digests, second} {
		go func() {
			_, err := s.Send(access.System(context.Background(), "digest"))
			done <- err
		}()
	}
	must(t, <-done)
	must(t, <-done)
	if n := len(m.inbox(m.Clerk)); n != 1 {
		t.Errorf("the clerk got %d", n)
	}
}

func TestSetting(t *testing.T) {
	m := newMorning(t)
	who := m.Acting(m.Leader)
	got, err := m.digests.Setting(who)
	must(t, err)
	if !got.On || got.Hour != 8 {
		t.Errorf("at first %+v", got)
	}
	got, err = m.digests.Set(who, digests.SetDigestInput{On: false, Hour: 10})
	must(t, err)
	if got.On {
		t.Errorf("turned off as %+v", got)
	}
	if _, err = m.digests.Set(who, digests.SetDigestInput{On: true, Hour: 24}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an hour that no day has: %v", err)
	}
}
