package messages_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net/http"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/messages"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/words"
)

func decoded(m *netmail.Message) io.Reader {
	switch strings.ToLower(m.Header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		return quotedprintable.NewReader(m.Body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, m.Body)
	}
	return m.Body
}

// scene is a house whose messages also go out by mail.
type scene struct {
	*testkit.House
	log     *timeline.Log
	office  *postOffice
	service *messages.Service
}

func newScene(t *testing.T) *scene {
	t.Helper()
	k := testkit.New(t)
	s := &scene{House: k.NewHouse("岚"), log: timeline.New(k.Store, true), office: newPostOffice(t)}
	s.service = messages.New(k.Store, k.Gate, s.log, s.settings())
	return s
}

func (s *scene) settings() messages.Settings {
	return messages.Settings{Mail: messages.Mail{Host: "127.0.0.1", Port: s.office.port(), From: "duban@lan.example.gov.cn", TLS: "none"},
		Box: s.Box, AllowPrivate: true, Tries: 3}
}

// happen appends an event that tells people; the number tells the messages apart.
func (s *scene) happen(t *testing.T, ctx context.Context, n int, to ...testkit.Person) {
	t.Helper()
	var ids []ident.ID
	for _, p := range to {
		ids = append(ids, p.ID)
	}
	err := s.Store.Write(ctx, func(ctx context.Context, tx *ent.Tx) error {
		_, err := s.log.Append(ctx, tx, timeline.Entry{AuthorityID: s.Authority, Subject: "notice", SubjectID: ident.FromInt(int64(n + 1)),
			UnitID: s.University.ID, Action: "serve", Tell: []timeline.Note{{To: ids, Template: "notice.signed",
				Params: map[string]any{"number": fmt.Sprintf("〔2017〕%d号", n), "title": "通知"}}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *scene) deliver(t *testing.T) messages.Delivery {
	t.Helper()
	done, err := s.service.Deliver(access.System(t.Context(), "messages"), 100)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func (s *scene) rows(t *testing.T, channel message.Channel) []*ent.Message {
	t.Helper()
	rows, err := s.Store.Read().Message.Query().Where(message.ChannelEQ(channel)).Order(message.ByID()).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func messageID(id ident.ID) string { return "<" + id.String() + "@lan.example.gov.cn>" }

func TestDeliver_mailsInTheReadersLanguageUnderTheRowsID(t *testing.T) {
	s := newScene(t)
	err := s.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		return tx.User.UpdateOneID(s.Head.ID).SetLanguage("en").Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	s.happen(t, s.Acting(s.Leader), 7, s.Clerk, s.Head, s.Clerk)
	if done := s.deliver(t); done != (messages.Delivery{Sent: 2}) {
		t.Fatalf("round %+v", done)
	}
	rows, mails := s.rows(t, message.ChannelMail), s.office.all()
	if len(rows) != 2 || len(mails) != 2 {
		t.Fatalf("%d rows, %d mails", len(rows), len(mails))
	}
	want := map[ident.ID]string{s.Clerk.ID: "〔2017〕7号 已签收", s.Head.ID: "〔2017〕7号 has been signed for"}
	for i, row := range rows {
		if row.Status != message.StatusSent || mails[i].ID != messageID(row.ID) || mails[i].Title != want[row.RecipientID] {
			t.Fatalf("row %s %s has mail %+v", row.ID, row.Status, mails[i])
		}
		if !strings.HasPrefix(mails[i].To, row.RecipientID.String()) || !strings.Contains(mails[i].Body, "〔2017〕7号") {
			t.Fatalf("mail %+v", mails[i])
		}
	}
	if done := s.deliver(t); done != (messages.Delivery{}) {
		t.Fatalf("a second round did %+v", done)
	}
}

func TestDeliver_groupsWhatOneCheckCausedForAPerson(t *testing.T) {
	s := newScene(t)
	check := access.System(t.Context(), "deadlines")
	for n := range 5 {
		s.happen(t, check, n, s.Clerk, s.Head)
	}
	s.happen(t, s.Acting(s.Leader), 9, s.Clerk)                               // by a person: a mail of its own
	done, err := s.service.Deliver(access.System(t.Context(), "messages"), 3) // the limit cuts through both digests
	if err != nil {
		t.Fatal(err)
	}
	rest := s.deliver(t)
	if done.Sent+rest.Sent != 11 {
		t.Fatalf("rounds %+v and %+v", done, rest)
	}
	mails := s.office.all()
	if len(mails) != 3 {
		t.Fatalf("%d mails: %+v", len(mails), mails)
	}
	digests := 0
	for _, m := range mails {
		if m.Title == "5 条督办提醒" {
			digests++
			for n := range 5 {
				if !strings.Contains(m.Body, fmt.Sprintf("%d. 〔2017〕%d号 已签收", n+1, n)) {
					t.Errorf("the digest misses message %d:\n%s", n, m.Body)
				}
			}
		}
	}
	if digests != 2 {
		t.Fatalf("%d digests in %+v", digests, mails)
	}
}

func TestDeliver_diedBetweenSendingAndMarkingSendsTheSameIDAgain(t *testing.T) {
	s := newScene(t)
	check := access.System(t.Context(), "deadlines")
	s.happen(t, s.Acting(s.Leader), 1, s.Head)
	s.happen(t, check, 2, s.Clerk)
	s.happen(t, check, 3, s.Clerk)
	if err := s.service.SendAndDie(t.Context(), 100); err != nil {
		t.Fatal(err)
	}
	s.happen(t, check, 4, s.Clerk) // comes after the digest was sent: it must not slip into the same id
	if done := s.deliver(t); done.Sent != 1 {
		t.Fatalf("while the lease runs: %+v", done)
	}
	s.Clock.Advance(5*time.Minute + time.Millisecond)
	if done := s.deliver(t); done.Sent != 3 {
		t.Fatalf("after the lease: %+v", done)
	}
	bodies := map[string][]string{}
	for _, m := range s.office.all() {
		bodies[m.ID] = append(bodies[m.ID], m.Body)
	}
	if len(bodies) != 3 {
		t.Fatalf("%d different ids", len(bodies))
	}
	twice := 0
	for id, sent := range bodies {
		if len(sent) == 2 {
			twice++
			if sent[0] != sent[1] {
				t.Errorf("%s says first\n%s\nthen\n%s", id, sent[0], sent[1])
			}
		}
	}
	if twice != 2 {
		t.Fatalf("%d messages were sent twice, want 2", twice)
	}
}

func TestDeliver_backsOffAndGivesUp(t *testing.T) {
	s := newScene(t)
	s.happen(t, s.Acting(s.Leader), 1, s.Head)
	s.office.refusing("451 try later")
	for try := 1; try <= 3; try++ {
		done := s.deliver(t)
		row := s.rows(t, message.ChannelMail)[0]
		if row.Attempts != try || row.LastError == "" {
			t.Fatalf("try %d: row %+v", try, row)
		}
		if try == 3 {
			if done.Failed != 1 || row.Status != message.StatusFailed {
				t.Fatalf("the last try: %+v, %s", done, row.Status)
			}
			break
		}
		if done.Retried != 1 || !row.NextTryAt.Equal(s.Store.Now().Add(messages.Backoff(try))) {
			t.Fatalf("try %d: %+v, next at %s", try, done, row.NextTryAt)
		}
		s.Clock.Advance(messages.Backoff(try) - time.Millisecond)
		if done := s.deliver(t); done != (messages.Delivery{}) {
			t.Fatalf("before its time: %+v", done)
		}
		s.Clock.Advance(time.Millisecond)
	}
}

func TestDeliver_refusedForGoodIsNotTriedAgain(t *testing.T) {
	s := newScene(t)
	s.happen(t, s.Acting(s.Leader), 1, s.Head)
	s.office.refusing("550 no such user")
	if done := s.deliver(t); done.Failed != 1 {
		t.Fatalf("round %+v", done)
	}
}

func TestDeliver_aServerThatIsDownDelaysOnly(t *testing.T) {
	s := newScene(t)
	settings := s.settings()
	closed := newPostOffice(t)
	_ = closed.listener.Close()
	settings.Mail.Port = closed.port()
	down := messages.New(s.Store, s.Gate, s.log, settings)
	s.happen(t, s.Acting(s.Leader), 1, s.Head)
	done, err := down.Deliver(access.System(t.Context(), "messages"), 10)
	if err != nil || done.Retried != 1 {
		t.Fatalf("round %+v, %v", done, err)
	}
	s.Clock.Advance(time.Minute)
	if done := s.deliver(t); done.Sent != 1 {
		t.Fatalf("round %+v", done)
	}
}

func TestDeliver_manyWorkersSendEachMessageOnce(t *testing.T) {
	s := newScene(t)
	const n = 40
	for i := range n {
		s.happen(t, s.Acting(s.Leader), i, s.Head)
	}
	second := s.Kit.Second()
	workers := []*messages.Service{s.service, messages.New(second, s.Gate, timeline.New(second, true), s.settings())}
	var wait sync.WaitGroup
	for i := range 4 {
		wait.Go(func() {
			for {
				done, err := workers[i%2].Deliver(access.System(t.Context(), "messages"), 5)
				if err != nil {
					t.Error(err)
					return
				}
				if done == (messages.Delivery{}) {
					return
				}
			}
		})
	}
	wait.Wait()
	s.deliver(t)
	ids := map[string]int{}
	for _, m := range s.office.all() {
		ids[m.ID]++
	}
	if len(ids) != n {
		t.Fatalf("%d different mails, want %d", len(ids), n)
	}
	for id, times := range ids {
		if times != 1 {
			t.Errorf("%s was sent %d times", id, times)
		}
	}
}

func TestDeliver_manyWorkersNeverSplitADigest(t *testing.T) {
	s := newScene(t)
	check := access.System(t.Context(), "deadlines")
	const n = 30
	for i := range n {
		s.happen(t, check, i, s.Head, s.Clerk)
	}
	if err := s.service.SendAndDie(t.Context(), 7); err != nil { // leaves digests to be tried again
		t.Fatal(err)
	}
	for i := range n {
		s.happen(t, check, n+i, s.Head, s.Clerk)
	}
	s.Clock.Advance(6 * time.Minute)
	second := s.Kit.Second()
	var wait sync.WaitGroup
	for i := range 4 {
		worker := messages.New([]*store.Store{s.Store, second}[i%2], s.Gate, s.log, s.settings())
		wait.Go(func() {
			for range 10 {
				if _, err := worker.Deliver(access.System(t.Context(), "messages"), 3); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	s.deliver(t)
	bodies := map[string]string{} // by id: a mail sent again must say the same
	for _, m := range s.office.all() {
		if before, again := bodies[m.ID]; again && before != m.Body {
			t.Errorf("%s says first\n%s\nthen\n%s", m.ID, before, m.Body)
		}
		bodies[m.ID] = m.Body
	}
	lines := 0
	for _, body := range bodies {
		lines += strings.Count(body, "已签收")
	}
	if lines != 4*n {
		t.Fatalf("%d messages in %d mails, want %d", lines, len(bodies), 4*n)
	}
	for _, row := range s.rows(t, message.ChannelMail) {
		if row.Status != message.StatusSent {
			t.Fatalf("message %s is %s", row.ID, row.Status)
		}
	}
}

func TestDeliver_stoppedGivesBackWhatItDidNotTry(t *testing.T) {
	s := newScene(t)
	ctx, stop := context.WithCancel(access.System(t.Context(), "messages"))
	r := newReceiver(t, func(http.ResponseWriter, *http.Request) { stop() }, answer(http.StatusOK)) // the program stops during the first call
	s.hook(t, r.URL)
	for n := range 3 {
		s.happen(t, s.Acting(s.Leader), n)
	}
	if _, err := s.service.Deliver(ctx, 10); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if done := s.deliver(t); done.Sent != 2 {
		t.Fatalf("at once: %+v", done)
	}
	s.Clock.Advance(6 * time.Minute)
	if done := s.deliver(t); done.Sent != 1 {
		t.Fatalf("after the lease: %+v", done)
	}
	calls := r.got()
	if len(calls) != 4 || calls[3].id != calls[0].id {
		t.Fatalf("calls %+v", calls)
	}
}

func TestDeliver_isTheProgramsOwnWork(t *testing.T) {
	s := newScene(t)
	_, err := s.service.Deliver(s.Acting(s.SystemAdmin), 1)
	wantCode(t, err, "forbidden")
}

func TestBackoff_doublesUpToSixHours(t *testing.T) {
	for tries, want := range map[int]time.Duration{1: time.Minute, 2: 2 * time.Minute, 5: 16 * time.Minute, 9: 256 * time.Minute, 10: 6 * time.Hour, 1000: 6 * time.Hour} {
		if got := messages.Backoff(tries); got != want {
			t.Errorf("after %d tries %s, want %s", tries, got, want)
		}
	}
}

func TestInbox(t *testing.T) {
	s := newScene(t)
	for n := range 3 {
		s.happen(t, s.Acting(s.Leader), n, s.Clerk, s.Head)
	}
	ctx := s.Acting(s.Clerk)
	page, err := s.service.Inbox(ctx, messages.InboxFilter{Limit: 2})
	if err != nil || len(page.Items) != 2 || page.Next == "" || page.Items[0].Title != "〔2017〕2号 已签收" {
		t.Fatalf("first page %+v, %v", page, err)
	}
	rest, err := s.service.Inbox(ctx, messages.InboxFilter{After: page.Next})
	if err != nil || len(rest.Items) != 1 || rest.Next != "" {
		t.Fatalf("second page %+v, %v", rest, err)
	}
	t.Run("speaks_the_readers_language", func(t *testing.T) {
		page, err := s.service.Inbox(words.With(ctx, words.En), messages.InboxFilter{Limit: 1})
		if err != nil || page.Items[0].Title != "〔2017〕2号 has been signed for" {
			t.Fatalf("page %+v, %v", page, err)
		}
	})
	t.Run("marks_one_read_and_keeps_the_first_instant", func(t *testing.T) {
		first, err := s.service.MarkRead(ctx, page.Items[0].ID)
		if err != nil || first.ReadAt.IsZero() {
			t.Fatalf("marked %+v, %v", first, err)
		}
		s.Clock.Advance(time.Hour)
		again, err := s.service.MarkRead(ctx, page.Items[0].ID)
		if err != nil || !again.ReadAt.Equal(first.ReadAt) {
			t.Fatalf("marked again %+v, %v", again, err)
		}
		if n, err := s.service.Unread(ctx); err != nil || n != (messages.UnreadMessages{Count: 2}) {
			t.Fatalf("unread %+v, %v", n, err)
		}
	})
	t.Run("marks_all_up_to_one", func(t *testing.T) {
		if n, err := s.service.MarkAllRead(ctx, rest.Items[0].ID); err != nil || n != 1 {
			t.Fatalf("marked %d, %v", n, err)
		}
		if n, err := s.service.MarkAllRead(ctx, ident.ID{}); err != nil || n != 1 {
			t.Fatalf("marked %d, %v", n, err)
		}
		unread, err := s.service.Inbox(ctx, messages.InboxFilter{Unread: true})
		if err != nil || len(unread.Items) != 0 {
			t.Fatalf("unread %+v, %v", unread, err)
		}
	})
	t.Run("is_ones_own", func(t *testing.T) {
		_, err := s.service.MarkRead(s.Acting(s.Head), page.Items[0].ID)
		wantCode(t, err, "not_found")
		others, err := s.service.Inbox(s.Acting(s.Head), messages.InboxFilter{Unread: true})
		if err != nil || len(others.Items) != 3 {
			t.Fatalf("the head's inbox has %d, %v", len(others.Items), err)
		}
	})
	t.Run("e-mail_rows_are_not_in_it", func(t *testing.T) {
		_, err := s.service.MarkRead(ctx, s.rows(t, message.ChannelMail)[0].ID)
		wantCode(t, err, "not_found")
	})
	t.Run("a_bad_cursor_is_named", func(t *testing.T) {
		_, err := s.service.Inbox(ctx, messages.InboxFilter{After: "nonsense"})
		f := fault.As(err)
		if f == nil || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Code == "cursor" }) {
			t.Fatalf("got %v", err)
		}
	})
}
