package watches_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/ent/step"
	"github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/ent/watch"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

// due is the first working day after the National Day week of 2017; seven working days before it is 22 September.
const due = "2017-10-09"

// start begins n clocks on duties, all due on one day.
func (r *rig) start(n int, signBy string) []ident.ID {
	r.T.Helper()
	clock := watches.Clock{Subject: ladder.OnDuty, AuthorityID: r.authority(), Start: workday.MustDate("2017-03-06"), Due: workday.MustDate(due)}
	if signBy != "" {
		clock.SignBy = workday.MustDate(signBy)
	}
	ids := make([]ident.ID, n)
	holders := make([]watches.Holder, n)
	for i := range ids {
		ids[i] = r.Store.NewID()
		holders[i] = watches.Holder{SubjectID: ids[i], UnitID: r.Store.NewID(), UnitPath: unit.Segment(1) + unit.Segment(i+2)}
	}
	r.write(func(ctx context.Context, tx *ent.Tx) error { return r.Watches.Start(ctx, tx, clock, holders) })
	return ids
}

func (r *rig) authority() ident.ID { return ident.FromInt(4711) }

func (r *rig) job() context.Context { return access.System(r.T.Context(), "deadlines") }

func (r *rig) check(w *watches.Service) watches.Checked {
	r.T.Helper()
	checked, err := w.Check(r.job(), 0)
	must(r.T, err)
	return checked
}

// steps lists what is on record for an object, in the order planned.
func (r *rig) steps(id ident.ID) []string {
	r.T.Helper()
	rows, err := r.Store.Read().Step.Query().Where(step.SubjectID(id)).Order(step.ByPlannedAt(), step.ByID()).All(r.T.Context())
	must(r.T, err)
	var names []string
	for _, row := range rows {
		names = append(names, fmt.Sprintf("%s.%s@%d", row.Subject, row.RuleStep, row.DueRevision))
	}
	return names
}

func (r *rig) count(of func(*ent.Client) (int, error)) int {
	r.T.Helper()
	n, err := of(r.Store.Read())
	must(r.T, err)
	return n
}

// people gives the rig a person whom every step on a unit reaches.
func (r *rig) people() {
	r.Person = r.Store.NewID()
	r.Watches = watches.New(r.Store, r.Gate, r.Log, r.rules(), r.one)
}

func TestCheck_takes_every_step_of_the_ladder_once_with_its_planned_instant(t *testing.T) {
	r := newRig(t)
	r.people()
	id := r.start(1, "")[0]
	for day := workday.MustDate("2017-09-20"); !day.After(workday.MustDate("2017-10-20")); day = day.AddDays(1) {
		r.Clock.Set(day.Start(shanghai).Add(8 * time.Hour))
		r.check(r.Watches)
		r.check(r.Watches) // again: nothing
	}
	want := "[duty.remind_7@1 duty.remind_3@1 duty.remind_1@1 duty.due@1 duty.urge_1@1 duty.escalate_5@1]"
	if got := fmt.Sprint(r.steps(id)); got != want {
		t.Errorf("steps %s, want %s", got, want)
	}
	row, err := r.Store.Read().Step.Query().Where(step.RuleStep("urge_1")).Only(t.Context())
	must(t, err)
	if planned := workday.MustDate("2017-10-10").Start(shanghai); !row.PlannedAt.Equal(planned) || !row.TakenAt.Equal(planned.Add(8*time.Hour)) {
		t.Errorf("urge planned %s taken %s", row.PlannedAt, row.TakenAt)
	}
	if n := r.count(func(c *ent.Client) (int, error) { return c.Event.Query().Where(event.SubjectID(id)).Count(t.Context()) }); n != 6 {
		t.Errorf("%d events for 6 steps", n)
	}
	if n := r.count(func(c *ent.Client) (int, error) { return c.Urge.Query().Where(urge.SubjectID(id)).Count(t.Context()) }); n != 2 {
		t.Errorf("%d urges, want those of urge_1 and escalate_5", n)
	}
	w, err := r.Store.Read().Watch.Query().Where(watch.ID(id)).Only(t.Context())
	must(t, err)
	if w.Light != ladder.Red || !w.LightSince.Equal(workday.MustDate(due).End(shanghai)) {
		t.Errorf("light %s since %s, want red since the end of the due date", w.Light, w.LightSince)
	}
}

func TestCheck_on_two_servers_at_once_takes_each_step_once(t *testing.T) {
	r := newRig(t)
	r.people()
	r.start(2500, "")
	r.at("2017-09-22", 8)
	second := r.Second()
	other := watches.New(second, r.Gate, timeline.New(second, false), r.rules(), r.one)
	var all sync.WaitGroup
	failed := make(chan error, 4)
	for _, w := range []*watches.Service{r.Watches, other, r.Watches, other} {
		all.Go(func() {
			_, err := w.Check(r.job(), 0)
			failed <- err
		})
	}
	all.Wait()
	for range 4 {
		must(t, <-failed)
	}
	r.check(r.Watches)
	for name, n := range map[string]int{
		"steps":    r.count(func(c *ent.Client) (int, error) { return c.Step.Query().Count(t.Context()) }),
		"events":   r.count(func(c *ent.Client) (int, error) { return c.Event.Query().Count(t.Context()) }),
		"messages": r.count(func(c *ent.Client) (int, error) { return c.Message.Query().Count(t.Context()) }),
	} {
		if n != 2500 {
			t.Errorf("%d %s for 2500 due steps", n, name)
		}
	}
}

func TestCheck_after_a_long_downtime_records_every_step_and_sends_one_digest(t *testing.T) {
	r := newRig(t)
	r.people()
	ids := r.start(1200, "2017-03-08")
	r.check(r.Watches)
	r.at("2018-04-10", 8) // four hundred days later
	r.check(r.Watches)
	if got := len(r.steps(ids[7])); got != 10 {
		t.Errorf("%d steps after the downtime, want 4 of acceptance and 6 of the duty: %v", got, r.steps(ids[7]))
	}
	rows, err := r.Store.Read().Message.Query().Where(message.RecipientID(r.Person)).All(t.Context())
	must(t, err)
	if len(rows) != 1 || rows[0].Template != "watch.digest" {
		t.Fatalf("%d messages, want one digest", len(rows))
	}
	if n := r.check(r.Watches).Steps; n != 0 {
		t.Errorf("%d steps taken twice", n)
	}
}

func TestCheck_refuses_while_the_clock_stands_before_what_was_seen(t *testing.T) {
	r := newRig(t)
	id := r.start(1, "")[0]
	r.at("2017-09-22", 8)
	r.check(r.Watches)
	r.at("2017-09-22", 6)
	if _, err := r.Watches.Check(r.job(), 0); fault.CodeOf(err) != "watch.clock_back" {
		t.Fatalf("got %v", err)
	}
	if r.Watches.TimeHolds() == nil {
		t.Error("health is not told that the clock went back")
	}
	r.at("2017-09-22", 8)
	r.Clock.Advance(-4 * time.Second) // within the slack
	r.check(r.Watches)
	if err := r.Watches.TimeHolds(); err != nil {
		t.Errorf("the alarm stays on: %v", err)
	}
	r.at("2027-01-01", 0) // ran ahead by mistake
	r.check(r.Watches)
	r.at("2017-09-23", 8)
	if _, err := r.Watches.Check(r.job(), 0); fault.CodeOf(err) != "watch.clock_back" {
		t.Fatalf("got %v", err)
	}
	must(t, r.Watches.ResetTime(r.job()))
	before := len(r.steps(id))
	r.check(r.Watches)
	if got := len(r.steps(id)); got != before {
		t.Errorf("%d steps after the clock was put right, want %d", got, before)
	}
}

func TestMove_begins_the_ladder_anew_and_makes_old_steps_harmless(t *testing.T) {
	r := newRig(t)
	id := r.start(1, "")[0]
	r.at("2017-09-22", 8)
	r.check(r.Watches)
	r.write(func(ctx context.Context, tx *ent.Tx) error {
		revision, err := r.Watches.Move(ctx, tx, ladder.OnDuty, id, watches.Due{Date: workday.MustDate("2017-11-30"), Reason: "流标"})
		if revision != 2 {
			t.Errorf("revision %d, want 2", revision)
		}
		return err
	})
	r.at("2017-10-20", 8)
	r.check(r.Watches)
	r.at("2017-11-22", 8)
	r.check(r.Watches)
	if got := fmt.Sprint(r.steps(id)); got != "[duty.remind_7@1 duty.remind_7@2]" {
		t.Errorf("steps %s", got)
	}
	n := r.count(func(c *ent.Client) (int, error) { return c.DueChange.Query().Count(t.Context()) })
	if n != 1 {
		t.Errorf("%d lines in the deadline ledger, want 1", n)
	}
}

func TestCheck_of_a_moved_date_leaves_out_reminders_before_the_day_it_was_set(t *testing.T) {
	r := newRig(t)
	id := r.start(1, "")[0]
	r.at("2017-10-09", 8)
	r.write(func(ctx context.Context, tx *ent.Tx) error { // two working days more: T-7 and T-3 lie in the past
		_, err := r.Watches.Move(ctx, tx, ladder.OnDuty, id, watches.Due{Date: workday.MustDate("2017-10-11"), Reason: "少量收尾"})
		return err
	})
	r.at("2017-10-10", 8)
	r.check(r.Watches)
	if got := fmt.Sprint(r.steps(id)); got != "[duty.remind_1@2]" {
		t.Errorf("steps %s, want the reminder of the day before alone", got)
	}
}

func TestSigned_and_Stop_end_their_clocks(t *testing.T) {
	r := newRig(t)
	ids := r.start(2, "2017-03-08")
	r.write(func(ctx context.Context, tx *ent.Tx) error {
		if err := r.Watches.Signed(ctx, tx, ladder.OnDuty, ids[0]); err != nil {
			return err
		}
		return r.Watches.Stop(ctx, tx, ladder.OnDuty, ids[1])
	})
	r.at("2017-03-20", 8)
	r.check(r.Watches)
	if got := len(r.steps(ids[0])) + len(r.steps(ids[1])); got != 0 {
		t.Errorf("%d steps on clocks that had ended", got)
	}
}

func TestCheck_is_refused_to_people(t *testing.T) {
	r := newRig(t)
	_, err := r.Watches.Check(r.As(r.authority(), r.Store.NewID(), "someone"), 0)
	if fault.KindOf(err) != fault.Forbidden {
		t.Errorf("got %v", err)
	}
}

func TestCheck_stops_at_its_limit(t *testing.T) {
	r := newRig(t)
	r.start(30, "")
	r.at("2017-09-22", 8)
	checked, err := r.Watches.Check(r.job(), 20)
	must(t, err)
	if checked.Looked != 20 || !checked.More {
		t.Errorf("%+v", checked)
	}
	if rest := r.check(r.Watches); rest.Steps != 10 {
		t.Errorf("%+v after the limit", rest)
	}
}
