package watches_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/lightchange"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
	"github.com/duban-gov/duban/policies"
)

// offered puts a rule file that is shipped as an offer in the place of the ladder of duties.
func (r *rig) offered(name string) {
	r.T.Helper()
	raw, err := policies.Rules.ReadFile("rules/" + name)
	must(r.T, err)
	set, err := ladder.Parse(name, raw)
	must(r.T, err)
	r.sets = ladder.Sets{ladder.OnDuty: set, ladder.OnAcceptance: r.sets[ladder.OnAcceptance], ladder.OnNotice: r.sets[ladder.OnNotice]}
	r.people()
}

// lights is the history of an object's light: each with its day, rule and what it was before.
func (r *rig) lights(id ident.ID) string {
	r.T.Helper()
	rows, err := r.Store.Read().LightChange.Query().Where(lightchange.SubjectID(id)).Order(lightchange.ByID()).All(r.T.Context())
	must(r.T, err)
	words := make([]string, len(rows))
	for i, row := range rows {
		rule := row.Rule[strings.LastIndexByte(row.Rule, ':')+1:]
		words[i] = fmt.Sprintf("%s %s→%s %s", workday.DateOf(row.Since, shanghai), row.Was, row.Light, rule)
	}
	return strings.Join(words, ", ")
}

func TestLights_after_a_downtime_every_turn_keeps_its_own_instant(t *testing.T) {
	r := newRig(t)
	r.people()
	id := r.start(1, "")[0]
	r.check(r.Watches)
	r.at("2018-02-01", 8)
	r.check(r.Watches)
	if got, want := r.lights(id), "2017-10-02 green→yellow near, 2017-10-10 yellow→red overdue"; got != want {
		t.Errorf("history %q, want %q", got, want)
	}
	page, err := r.Watches.Lights(t.Context(), ladder.OnDuty, id, "", 1)
	must(t, err)
	if len(page.Items) != 1 || page.Next == "" || page.Items[0].RuleSet != "duty.default" || page.Items[0].RuleVersion != 1 || page.Items[0].Inputs == nil ||
		page.Items[0].Inputs.DaysLeft != 7 || page.Items[0].NotedAt.Before(page.Items[0].Since) {
		t.Errorf("first page %+v", page)
	}
	r.write(func(ctx context.Context, tx *ent.Tx) error { return r.Watches.Stop(ctx, tx, ladder.OnDuty, id) })
	if got := r.lights(id); !strings.HasSuffix(got, "2018-02-01 red→done closed") {
		t.Errorf("history %q does not end with the close-out", got)
	}
}

// TestLights_by_the_gap_to_the_plan: a duty from 6 March to 9 October with a milestone on 30 June; half of the work is planned by then.
func TestLights_by_the_gap_to_the_plan(t *testing.T) {
	r := newRig(t)
	r.offered("offer-duty-trajectory.yaml")
	r.Watches.Plan(ladder.OnDuty, func(_ context.Context, _ store.Queryer, ids []ident.ID) (map[ident.ID][]workday.Date, error) {
		found := make(map[ident.ID][]workday.Date)
		for _, id := range ids {
			found[id] = []workday.Date{workday.MustDate("2017-06-30")}
		}
		return found, nil
	})
	r.check(r.Watches)
	id := r.start(1, "")[0]
	r.write(func(ctx context.Context, tx *ent.Tx) error { return r.Watches.Progress(ctx, tx, ladder.OnDuty, id, 0) }) // no change: nothing
	days := []string{"2017-03-23", "2017-03-24", "2017-03-27", "2017-05-24"}
	for _, day := range days {
		r.at(day, 8)
		r.check(r.Watches)
	}
	r.write(func(ctx context.Context, tx *ent.Tx) error {
		return r.Watches.Progress(ctx, tx, ladder.OnDuty, id, 4500)
	})
	why, err := r.Watches.Why(t.Context(), ladder.OnDuty, id)
	must(t, err)
	if why.Light != ladder.Green || why.Rule != "on_schedule" || why.Inputs.Percent != 4500 || why.Inputs.Planned < 3000 || why.Inputs.Planned > 4000 || why.NextLight != ladder.Yellow {
		t.Errorf("after a report of 45 %%: %+v", why)
	}
	got := r.lights(id)
	for _, want := range []string{"green→yellow behind", "yellow→red far_behind", "2017-05-24 red→green on_schedule"} {
		if !strings.Contains(got, want) {
			t.Errorf("history %q lacks %q", got, want)
		}
	}
}

func TestLights_by_repetition_turn_red_the_second_time(t *testing.T) {
	r := newRig(t)
	r.offered("offer-duty-repetition.yaml")
	id := r.start(1, "")[0]
	r.at("2017-10-02", 8)
	r.check(r.Watches) // the first yellow
	r.write(func(ctx context.Context, tx *ent.Tx) error {
		_, err := r.Watches.Move(ctx, tx, ladder.OnDuty, id, watches.Due{Date: workday.MustDate("2017-11-30"), Reason: "流标"})
		return err
	})
	r.at("2017-11-23", 8)
	r.check(r.Watches)
	want := "2017-10-02 green→yellow near, 2017-10-02 yellow→green on_time, 2017-11-23 green→yellow near, 2017-11-23 yellow→red again"
	if got := r.lights(id); got != want {
		t.Errorf("history %q\nwant    %q", got, want)
	}
}

func TestLetters_of_three_colours_are_numbered_and_criticism_is_handed_on_once(t *testing.T) {
	r := newRig(t)
	r.offered("offer-duty-colours.yaml")
	var proposed []watches.Taken
	r.Watches.On(ladder.Criticise, func(_ context.Context, _ *ent.Tx, taken []watches.Taken) error {
		proposed = append(proposed, taken...)
		return nil
	})
	ids := r.start(2, "")
	for day := workday.MustDate("2017-09-20"); !day.After(workday.MustDate("2017-11-03")); day = day.AddDays(1) {
		r.Clock.Set(day.Start(shanghai).Add(8 * 3600e9))
		r.check(r.Watches)
		r.check(r.Watches)
	}
	rows, err := r.Store.Read().Letter.Query().All(t.Context())
	must(t, err)
	got := map[string]bool{}
	for _, l := range rows {
		got[fmt.Sprintf("%s %d %v", l.Colour, l.Serial, l.SubjectID == ids[0] || l.SubjectID == ids[1])] = true
	}
	for _, want := range []string{"blue 1 true", "blue 2 true", "orange 3 true", "orange 4 true", "red 5 true", "red 6 true"} {
		if !got[want] || len(rows) != 6 {
			t.Errorf("%d letters %v, want %s among six", len(rows), got, want)
		}
	}
	if len(proposed) != 2 || proposed[0].Step != "criticise_15" || proposed[0].Rule != "duty.colours@1" || proposed[0].SubjectID == proposed[1].SubjectID {
		t.Errorf("handed on for criticism: %+v", proposed)
	}
	n := r.count(func(c *ent.Client) (int, error) {
		return c.Message.Query().Where(message.Template("watch.duty.letter.orange")).Count(t.Context())
	})
	if n != 2 {
		t.Errorf("%d messages of the orange letters, want 2", n)
	}
}

func TestClock_back_stops_decisions_on_deadlines_and_reading_goes_on(t *testing.T) {
	r := newRig(t)
	id := r.start(1, "")[0]
	r.at("2017-09-22", 8)
	r.check(r.Watches)
	r.at("2017-09-22", 6)
	restarted := watches.New(r.Store, r.Gate, r.Log, r.rules(), nil) // a server that starts now has made no check yet
	must(t, restarted.LookAtClock(t.Context()))
	err := r.Store.Write(r.job(), func(ctx context.Context, tx *ent.Tx) error {
		_, err := restarted.Move(ctx, tx, ladder.OnDuty, id, watches.Due{Date: workday.MustDate("2017-11-30")})
		return err
	})
	if fault.CodeOf(err) != "watch.clock_back" {
		t.Errorf("a date is moved: %v", err)
	}
	if err := r.Store.Write(r.job(), func(ctx context.Context, tx *ent.Tx) error { return restarted.Stop(ctx, tx, ladder.OnDuty, id) }); fault.CodeOf(err) != "watch.clock_back" {
		t.Errorf("a clock is stopped: %v", err)
	}
	state, err := restarted.Clock(r.job())
	must(t, err)
	if !state.Back || state.Seconds != 7200 || state.Checked.IsZero() {
		t.Errorf("the alarm says %+v", state)
	}
	if why, err := restarted.Why(t.Context(), ladder.OnDuty, id); err != nil || why.Light != ladder.Green {
		t.Errorf("reading stops: %+v %v", why, err)
	}
	r.at("2017-09-22", 9)
	must(t, restarted.LookAtClock(t.Context()))
	if err := restarted.TimeHolds(); err != nil {
		t.Errorf("the alarm stays on: %v", err)
	}
}
