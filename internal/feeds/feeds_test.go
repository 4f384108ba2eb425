package feeds_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/accounts"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/duty"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/feeds"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/testkit"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

type rig struct {
	*testkit.House
	Feeds  *feeds.Service
	Duties *duties.Service
	task   *ent.Task
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newRig(t *testing.T) *rig {
	k := testkit.New(t)
	sets, err := ladder.Load(policies.Rules, "rules")
	must(t, err)
	w := watches.New(k.Store, k.Gate, k.Log, watches.Rules{Ladders: sets, Calendar: workday.China(), Zone: time.FixedZone("Asia/Shanghai", 8*60*60)}, nil)
	u := units.New(k.Store, k.Gate, k.Log)
	r := &rig{House: k.NewHouse("岚"), Feeds: feeds.New(k.Store, k.Gate, k.Log, w, accounts.New(k.Store, k.Gate, k.Log, u)), Duties: duties.New(k.Store, k.Gate, k.Log, w)}
	must(t, k.Store.Write(access.System(t.Context(), "test"), func(ctx context.Context, tx *ent.Tx) error {
		planID := k.Store.NewID()
		if err := tx.Plan.Create().SetID(planID).SetAuthorityID(r.Authority).SetYear(2017).SetTitle("要点").SetStatus(plan.Issued).SetIssuedAt(k.Store.Now()).SetCreatedAt(k.Store.Now()).Exec(ctx); err != nil {
			return err
		}
		r.task, err = tx.Task.Create().SetID(k.Store.NewID()).SetAuthorityID(r.Authority).SetPlanID(planID).SetPath("0001").SetKind(plan.Task).SetNumber("（一）1").
			SetTitle("推进公开; 第一批,").SetDueDate(workday.MustDate("2017-10-09")).SetLeaderID(r.Leader.ID).Save(ctx)
		if err != nil {
			return err
		}
		_, err := r.Duties.Dispatch(ctx, tx, r.task, []duties.Recipient{{UnitID: r.University.ID, UnitPath: r.University.Path, Part: duty.Lead},
			{UnitID: r.Bureau.ID, UnitPath: r.Bureau.Path, Part: duty.Support}})
		return err
	}))
	return r
}

// read reads a feed as a calendar program does: signed in as nobody.
func (r *rig) read(secret string) (string, error) {
	c, err := r.Feeds.Read(r.T.Context(), secret)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	must(r.T, c.Write(&b))
	return b.String(), nil
}

func (r *rig) make(who testkit.Person) (feeds.CalendarFeed, string) {
	r.T.Helper()
	made, err := r.Feeds.Create(r.Acting(who))
	must(r.T, err)
	return made, strings.TrimSuffix(strings.TrimPrefix(made.Path, "/due-dates/"), ".ics")
}

func TestFeed_shows_the_due_dates_of_its_owner_and_nothing_else(t *testing.T) {
	r := newRig(t)
	for _, c := range []struct {
		who    testkit.Person
		events int
	}{{r.Clerk, 1}, {r.Leader, 2}, {r.BureauHead, 1}, {r.SchoolClerk, 0}, {r.Office, 0}} {
		_, secret := r.make(c.who)
		file, err := r.read(secret)
		must(t, err)
		if n := strings.Count(file, "BEGIN:VEVENT"); n != c.events {
			t.Errorf("%s: %d events, want %d", c.who.Name, n, c.events)
		}
		if c.events > 0 && (!strings.Contains(file, "DTSTART;VALUE=DATE:20171009") || !strings.Contains(file, `SUMMARY:办理时限：（一）1 推进公开\; 第一批\,`)) {
			t.Errorf("%s: %s", c.who.Name, file)
		}
	}
	if _, err := r.read("guessed"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a guessed secret: %v", err)
	}
}

func TestFeed_keeps_the_uid_and_raises_the_sequence_with_a_change(t *testing.T) {
	r := newRig(t)
	_, secret := r.make(r.Clerk)
	first, err := r.read(secret)
	must(t, err)
	must(t, r.Store.Write(r.Acting(r.Office), func(ctx context.Context, tx *ent.Tx) error {
		_, err := r.Duties.RedateTask(ctx, tx, r.task.ID, workday.MustDate("2017-11-30"), "调整")
		return err
	}))
	second, err := r.read(secret)
	must(t, err)
	if line(first, "UID:") != line(second, "UID:") || line(first, "SEQUENCE:") != "0" || line(second, "SEQUENCE:") != "1" || line(second, "DTSTART;VALUE=DATE:") != "20171130" {
		t.Errorf("first\n%s\nthen\n%s", first, second)
	}
}

func line(file, name string) string {
	_, rest, _ := strings.Cut(file, "\r\n"+name)
	value, _, _ := strings.Cut(rest, "\r\n")
	return value
}

func TestFeed_ends_when_it_is_revoked_or_its_owner_leaves(t *testing.T) {
	r := newRig(t)
	made, secret := r.make(r.Clerk)
	_, other := r.make(r.Clerk)
	if err := r.Feeds.Revoke(r.Acting(r.Head), made.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("revoked by another: %v", err)
	}
	must(t, r.Feeds.Revoke(r.Acting(r.Clerk), made.ID))
	must(t, r.Feeds.Revoke(r.Acting(r.Clerk), made.ID))
	if _, err := r.read(secret); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a revoked feed: %v", err)
	}
	must(t, r.Store.Write(t.Context(), func(ctx context.Context, tx *ent.Tx) error {
		return tx.User.UpdateOneID(r.Clerk.ID).SetDisabledAt(r.Store.Now()).Exec(ctx)
	}))
	if _, err := r.read(other); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the feed of somebody who left: %v", err)
	}
}

func TestFeed_is_limited(t *testing.T) {
	r := newRig(t)
	_, secret := r.make(r.Clerk)
	for range 60 {
		_, err := r.read(secret)
		must(t, err)
	}
	if _, err := r.read(secret); fault.KindOf(err) != fault.Limited {
		t.Errorf("the sixty-first read: %v", err)
	}
	r.Clock.Advance(time.Hour)
	_, err := r.read(secret)
	must(t, err)
	for range 4 {
		r.make(r.Clerk)
	}
	if _, err := r.Feeds.Create(r.Acting(r.Clerk)); fault.CodeOf(err) != "feed.too_many" {
		t.Errorf("a sixth feed: %v", err)
	}
}
