package vitals_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/evidence"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/files"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/vitals"
)

const gib = 1 << 30

// office is a house with a service over runs and disks that the test sets.
type office struct {
	*testkit.House
	vitals *vitals.Service
	runs   []vitals.Run
	rooms  map[string]files.Space
}

func newOffice(t *testing.T) *office {
	k := testkit.New(t)
	o := &office{House: k.NewHouse("yl"), rooms: map[string]files.Space{
		"files": {Free: 60 * gib, Total: 100 * gib, Device: 1}, "base": {Free: 60 * gib, Total: 100 * gib, Device: 1}}}
	o.vitals = vitals.New(k.Store, k.Gate, vitals.Settings{Version: "1", Server: "here/1", Mail: true, DataDir: "files", DatabaseAt: "base",
		Runs: func() []vitals.Run { return o.runs }, Space: func(dir string) (files.Space, error) { return o.rooms[dir], nil }})
	return o
}

func (o *office) state() vitals.SystemState {
	o.T.Helper()
	state, err := o.vitals.State(o.Acting(o.SystemAdmin))
	if err != nil {
		o.T.Fatal(err)
	}
	return state
}

func (o *office) write(fn func(ctx context.Context, tx *ent.Tx) error) {
	o.T.Helper()
	if err := o.Store.Write(o.T.Context(), fn); err != nil {
		o.T.Fatal(err)
	}
}

// messages writes n messages of an authority that were made and due at an instant.
func (o *office) messages(authority ident.ID, n int, channel message.Channel, status message.Status, at time.Time, failure string) {
	o.T.Helper()
	o.write(func(ctx context.Context, tx *ent.Tx) error {
		for range n {
			err := tx.Message.Create().SetID(o.Store.NewID()).SetAuthorityID(authority).SetEventID(o.Store.NewID()).SetRecipientID(o.Clerk.ID).SetChannel(channel).
				SetTemplate("notice.served").SetSubject("notice").SetSubjectID(o.Store.NewID()).SetStatus(status).SetNextTryAt(at).SetCreatedAt(at).SetLastError(failure).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// upload writes evidence of an authority with a size; none is a link.
func (o *office) upload(authority ident.ID, size int) {
	o.T.Helper()
	o.write(func(ctx context.Context, tx *ent.Tx) error {
		key := ""
		if size > 0 {
			key = "ab"
		}
		return tx.Evidence.Create().SetID(o.Store.NewID()).SetAuthorityID(authority).SetSubject(evidence.SubjectDuty).SetSubjectID(o.Store.NewID()).SetUnitID(o.School.ID).
			SetName("公开目录.pdf").SetMediaType("application/pdf").SetSize(size).SetSha256("ab").SetBlobKey(key).SetUploadedByID(o.Clerk.ID).SetCreatedAt(o.Store.Now()).Exec(ctx)
	})
}

// minutely is a job that comes every minute and ran at an instant.
func minutely(name string, began time.Time) vitals.Run {
	return vitals.Run{Name: name, When: "* * * * *", Lease: 5 * time.Minute, Began: began, Ended: began.Add(40 * time.Millisecond),
		Next: func(after time.Time) time.Time { return after.Truncate(time.Minute).Add(time.Minute) }}
}

func TestState_is_the_system_administrators_alone(t *testing.T) {
	o := newOffice(t)
	for _, p := range []testkit.Person{o.Leader, o.Office, o.SecurityAdmin, o.AuditAdmin, o.Clerk, o.Nobody} {
		if _, err := o.vitals.State(o.Acting(p)); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s got %v", p.Name, err)
		}
	}
}

func TestState_of_a_sound_installation_is_good(t *testing.T) {
	o := newOffice(t)
	o.runs = []vitals.Run{minutely("deadlines", o.Store.Now().Add(-20*time.Second))}
	state := o.state()
	if len(state.Database.Warnings) == 0 && state.Condition != vitals.Good || state.Database.Schema != state.Database.Newest || state.Database.Bytes < 4096 || state.Database.Version == "" {
		t.Errorf("got %+v", state)
	}
	job := state.Jobs[0]
	if job.TookMs != 40 || job.Late || job.Running || job.Server != "here/1" || !job.NextAt.After(state.Now) {
		t.Errorf("job %+v", job)
	}
	if len(state.Storage.Disks) != 1 || len(state.Storage.Disks[0].Holds) != 2 {
		t.Errorf("one file system stands as %+v", state.Storage.Disks)
	}
}

func TestState_tells_what_is_wrong_with_jobs(t *testing.T) {
	o := newOffice(t)
	now := o.Store.Now()
	late, failing, at, never := minutely("late", now.Add(-17*time.Minute)), minutely("failing", now), minutely("at_work", now.Add(-20*time.Minute)), minutely("never", time.Time{})
	failing.Failing, failing.FailedAt, failing.Failure = true, now, "disk full"
	at.Ended = time.Time{}
	o.runs = []vitals.Run{late, failing, at, never}
	state := o.state()
	for i, want := range []struct {
		condition     vitals.Condition
		late, running bool
	}{{vitals.Warn, true, false}, {vitals.Bad, false, false}, {vitals.Good, false, true}, {vitals.Good, false, false}} {
		if got := state.Jobs[i]; got.Condition != want.condition || got.Late != want.late || got.Running != want.running {
			t.Errorf("%s: %+v", o.runs[i].Name, got)
		}
	}
	if state.Condition != vitals.Bad || state.Jobs[1].Failure != "disk full" {
		t.Errorf("whole %s, failure %q", state.Condition, state.Jobs[1].Failure)
	}
	o.Clock.Advance(20 * time.Minute)
	if got := o.state().Jobs[3]; !got.Late || !got.LastAt.IsZero() {
		t.Errorf("a job that never ran is not missed: %+v", got)
	}
}

func TestState_names_the_server_that_leads_a_job(t *testing.T) {
	o := newOffice(t)
	run := minutely("digest", time.Time{})
	run.Alone = true
	o.runs = []vitals.Run{run}
	if led, err := o.Store.Lead(t.Context(), "job.digest", "there/2", 5*time.Minute); err != nil || !led {
		t.Fatal(led, err)
	}
	job := o.state().Jobs[0]
	if !job.Elsewhere || job.Server != "there/2" || job.LastAt.Sub(o.Store.Now()).Abs() > 2*time.Second {
		t.Errorf("got %+v at %s", job, o.Store.Now())
	}
}

func TestState_counts_what_waits_and_what_failed_lately(t *testing.T) {
	o := newOffice(t)
	now, other := o.Store.Now(), o.NewHouse("hw").Authority
	o.messages(o.Authority, 2, message.ChannelMail, message.StatusPending, now.Add(-16*time.Minute), "")
	o.messages(o.Authority, 1, message.ChannelMail, message.StatusFailed, now.Add(-8*24*time.Hour), "old")
	o.messages(o.Authority, 1, message.ChannelWebhook, message.StatusFailed, now.Add(-2*time.Hour), "502")
	o.messages(o.Authority, 1, message.ChannelWebhook, message.StatusFailed, now.Add(-time.Hour), "503")
	o.messages(other, 3, message.ChannelMail, message.StatusPending, now.Add(-48*time.Hour), "")
	mail, hook := o.state().Queue.Channels[0], o.state().Queue.Channels[1]
	if mail.Waiting != 2 || !mail.OldestAt.Equal(now.Add(-16*time.Minute)) || mail.Failed != 0 || mail.Condition != vitals.Warn {
		t.Errorf("mail %+v", mail)
	}
	if hook.Waiting != 0 || hook.Failed != 2 || hook.Failure != "503" || hook.Condition != vitals.Warn {
		t.Errorf("webhook %+v", hook)
	}
	o.messages(o.Authority, 1, message.ChannelMail, message.StatusPending, now.Add(-25*time.Hour), "")
	if mail := o.state().Queue.Channels[0]; mail.Condition != vitals.Bad {
		t.Errorf("a day's wait is %+v", mail)
	}
}

func TestState_counts_uploads_once_each(t *testing.T) {
	o := newOffice(t)
	other := o.NewHouse("hw").Authority
	want := int64(0)
	check := func(when string) {
		t.Helper()
		if got := o.state().Storage; got.Files != want || got.Bytes != want*1000 || got.Counting {
			t.Errorf("%s: %+v, want %d files", when, got, want)
		}
	}
	check("empty")
	for range 3 {
		o.upload(o.Authority, 1000)
		o.upload(o.Authority, 0)
		o.upload(other, 7)
		want++
		check("fresh")
		o.Clock.Advance(7 * time.Minute)
		check("later")
	}
	o.Clock.Advance(-time.Hour)
	check("after the clock went back")
	o.Clock.Advance(3 * time.Hour)
	check("much later")
}

func TestState_judges_disks(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		free, total int64
		want        vitals.Condition
	}{{60 * gib, 100 * gib, vitals.Good}, {9 * gib, 100 * gib, vitals.Warn}, {4 * gib, 20 * gib, vitals.Warn}, {2 * gib, 100 * gib, vitals.Bad}, {gib - 1, 4 * gib, vitals.Bad}} {
		o.rooms["base"] = files.Space{Free: c.free, Total: c.total, Device: 2}
		state := o.state()
		if got := state.Storage.Disks[1]; got.Condition != c.want || len(state.Database.Warnings) == 0 && state.Condition != c.want {
			t.Errorf("%d of %d GiB: %+v", c.free/gib, c.total/gib, got)
		}
	}
}

func TestState_takes_as_many_statements_for_many_rows(t *testing.T) {
	if os.Getenv("TEST_POSTGRES_URL") != "" {
		t.Skip("statements are counted on SQLite")
	}
	o := newOffice(t)
	ask := func() int64 { before := o.Store.Statements(); o.state(); return o.Store.Statements() - before }
	few := ask()
	o.messages(o.Authority, 300, message.ChannelMail, message.StatusPending, o.Store.Now(), "")
	for range 50 {
		o.upload(o.Authority, 10)
	}
	if many := ask(); many != few || many > 7 {
		t.Errorf("%d statements with little, %d with much, want at most 7", few, many)
	}
}
