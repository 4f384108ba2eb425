package calendars_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/duechange"
	"github.com/duban-gov/duban/ent/event"
	"github.com/duban-gov/duban/ent/step"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/calendars"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/plan"
	"github.com/duban-gov/duban/internal/watches"
	"github.com/duban-gov/duban/internal/workday"
)

func TestPreview_lists_every_date_and_step_that_would_move_and_saves_nothing(t *testing.T) {
	s := newScene(t)
	s.dispatch(3, "2027-01-11")
	before := s.number("SELECT count(*) FROM events")
	items := s.all(newYear, 0)
	var got []string
	for _, m := range items[:len(items)/3] {
		got = append(got, line(m))
	}
	// Two working days after Thursday 31 December: 1 and 4 January if Friday is worked, 4 and 5 if it is not. Three working days
	// before Monday 11 January: Wednesday 6; with Saturday 9 worked, Thursday 7. Seven before it: the day of issue, either way.
	want := []string{"sign  2027-01-04>2027-01-05",
		"step duty.remind_3 2027-01-06>2027-01-07", "step duty.remind_1 2027-01-08>2027-01-09",
		"step acceptance.remind_1 2027-01-01>2027-01-04", "step acceptance.due 2027-01-04>2027-01-05", "step acceptance.urge_1 2027-01-05>2027-01-06",
		"step acceptance.escalate_3 2027-01-07>2027-01-08"}
	if !slices.Equal(got, want) {
		t.Errorf("would move:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if items[0].Title != "招生信息公开" || items[0].Unit != s.University.Name {
		t.Errorf("called %q of %q", items[0].Title, items[0].Unit)
	}
	if paged := s.all(newYear, 1); len(paged) != len(items) {
		t.Errorf("%d lines page by page, %d at once", len(paged), len(items))
	}
	if after := s.number("SELECT count(*) FROM events"); after != before || s.number("SELECT count(*) FROM calendar_versions") != 0 {
		t.Error("asking left a trace")
	}
}

func TestApprove_moves_each_date_once_and_the_past_keeps_its_calendar(t *testing.T) {
	s := newScene(t)
	ids := s.dispatch(4, "2027-01-20")
	signed, err := s.app.Duties.Get(s.Acting(s.Clerk), ids[0])
	must(t, err)
	_, err = s.app.Duties.Accept(s.Acting(s.Clerk), signed.ID, signed.Version)
	must(t, err)
	s.at("2027-01-04")
	late := s.dispatch(1, "2027-02-10") // of this day, by the provisional calendar: 6 January, as by the notice
	p := s.propose(newYear)
	_, err = s.app.Calendars.Approve(s.Acting(s.Office), p.ID, p.Version)
	wantCode(t, err, "separation.requester")
	done, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version)
	must(t, err)
	if done.Status != almanac.Applied || done.Moved != 3 {
		t.Fatalf("%s with %d dates moved, want 3", done.Status, done.Moved)
	}
	for i, id := range ids {
		d := s.app.Store.Read().Duty.GetX(t.Context(), id)
		w := s.app.Store.Read().Watch.GetX(t.Context(), id)
		lines := s.app.Store.Read().DueChange.Query().Where(duechange.SubjectID(id)).AllX(t.Context())
		events := s.app.Store.Read().Event.Query().Where(event.SubjectID(id), event.Action("calendar.move")).CountX(t.Context())
		if i == 0 {
			if d.AcceptDueDate != workday.MustDate("2027-01-04") || len(lines)+events > 0 {
				t.Errorf("what was signed for moved to %s", d.AcceptDueDate)
			}
			continue
		}
		if d.AcceptDueDate != workday.MustDate("2027-01-05") || w.SignDueDate != d.AcceptDueDate || len(lines) != 1 || events != 1 {
			t.Fatalf("duty %s, clock %s, %d lines, %d events", d.AcceptDueDate, w.SignDueDate, len(lines), events)
		}
		if l := lines[0]; l.Subject != ladder.OnAcceptance || l.OldDate != workday.MustDate("2027-01-04") || l.Origin != "2026-12-31 2workday @"+done.Name ||
			w.SignOrigin != l.Origin || l.ChangedByID != s.Leader.ID {
			t.Errorf("the ledger says %+v", l)
		}
	}
	if w := s.app.Store.Read().Watch.GetX(t.Context(), late[0]); w.SignDueDate != workday.MustDate("2027-01-06") || !strings.HasSuffix(w.SignOrigin, "@"+p.Base) {
		t.Errorf("a date that stays is %s by %q", w.SignDueDate, w.SignOrigin)
	}
	must(t, s.app.Calendars.Finish(access.System(t.Context(), "calendar")))
	if n := s.number("SELECT count(*) FROM due_changes"); n != 3 {
		t.Errorf("%d lines of the ledger after a second look, want 3", n)
	}
}

func TestApprove_leaves_a_day_to_sign_that_has_passed(t *testing.T) {
	s := newScene(t)
	s.dispatch(2, "2027-01-20")
	s.at("2027-01-05") // the old day to sign, 4 January, has ended
	if moves := s.all(newYear, 0); slices.ContainsFunc(moves, func(m calendars.CalendarMove) bool { return m.What == watches.SignDate }) {
		t.Errorf("a day that has passed would move: %v", moves)
	}
	p := s.propose(newYear)
	done, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version)
	must(t, err)
	if done.Moved != 0 || s.number("SELECT count(*) FROM watches WHERE sign_due_date = $1", workday.MustDate("2027-01-04")) != 2 {
		t.Errorf("%d dates of the past moved", done.Moved)
	}
}

// TestFinish_goes_on_after_a_crash lets the writing of the second batch fail, as a crash between two commits would, and wants
// each date moved once in the end.
func TestFinish_goes_on_after_a_crash(t *testing.T) {
	s := newScene(t)
	s.dispatch(1200, "2027-01-20")
	p := s.propose(newYear)
	move, batches := s.app.Calendars.Movers[ladder.OnDuty], 0
	s.app.Calendars.Movers[ladder.OnDuty] = func(ctx context.Context, tx *ent.Tx, moved []watches.Moved) error {
		if batches++; batches > 1 {
			return errors.New("the power went")
		}
		return move(ctx, tx, moved)
	}
	if _, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version); err == nil {
		t.Fatal("it did not fail")
	}
	if n := s.number("SELECT count(*) FROM due_changes"); n != 500 {
		t.Fatalf("%d dates moved before the crash", n)
	}
	again := s.open(t)
	must(t, again.Calendars.Finish(access.System(t.Context(), "calendar")))
	got, err := again.Calendars.Get(s.Acting(s.Leader), p.ID)
	must(t, err)
	if got.Status != almanac.Applied || got.Moved != 1200 {
		t.Errorf("%s with %d moved", got.Status, got.Moved)
	}
	for what, text := range map[string]string{
		"lines":  "SELECT count(DISTINCT subject_id) FROM due_changes WHERE subject = 'acceptance'",
		"events": "SELECT count(*) FROM events WHERE action = 'calendar.move'",
		"duties": "SELECT count(*) FROM duties d JOIN watches w ON w.id = d.id WHERE d.accept_due_date = '2027-01-05' AND w.sign_due_date = '2027-01-05'",
	} {
		if n := s.number(text); n != 1200 {
			t.Errorf("%d %s, want 1200", n, what)
		}
	}
}

// TestForecast_is_what_happens holds what the preview says of the ladders against the steps taken after the approval.
func TestForecast_is_what_happens(t *testing.T) {
	s := newScene(t)
	ids := append(s.dispatch(2, "2027-01-11"), s.dispatch(2, "2027-01-25")...)
	want := make(map[ident.ID]map[string]string)
	for _, m := range s.all(newYear, 0) {
		if want[m.SubjectID] == nil {
			want[m.SubjectID] = make(map[string]string)
		}
		if m.What == watches.StepDay {
			want[m.SubjectID][m.Step] = m.New.String()
		}
	}
	p := s.propose(newYear)
	_, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version)
	must(t, err)
	for day := workday.MustDate("2026-12-31"); day.Before(workday.MustDate("2027-02-10")); day = day.AddDays(1) {
		s.at(day.String())
		_, err := s.app.Watches.Check(access.System(t.Context(), "deadlines"), 0)
		must(t, err)
	}
	next, err := workday.China().With(mustRead(t, newYear)...)
	must(t, err)
	for _, id := range ids {
		for _, taken := range s.app.Store.Read().Step.Query().Where(step.SubjectID(id)).AllX(t.Context()) {
			name := string(taken.Subject) + "." + taken.RuleStep
			on := workday.DateOf(taken.PlannedAt, time.FixedZone("CST", 8*3600)).String()
			if day, said := want[id][name]; said && day != on {
				t.Errorf("%s was foretold for %s and planned for %s", name, day, on)
			}
			delete(want[id], name)
			if taken.Calendar != next.Version {
				t.Errorf("%s was planned by calendar %s, in force is %s", name, taken.Calendar, next.Version)
			}
		}
		for name, day := range want[id] {
			t.Errorf("%s was foretold for %s and never taken", name, day)
		}
	}
}

func mustRead(t *testing.T, text string) []workday.Notice {
	t.Helper()
	notices, err := workday.ReadNotices(text)
	must(t, err)
	return notices
}

func TestCheck_on_another_server_uses_the_calendar_in_force(t *testing.T) {
	s := newScene(t)
	other := s.open(t)
	p := s.propose(newYear)
	_, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version)
	must(t, err)
	if got := other.Watches.SignTerm(s.Authority, workday.MustDate("2026-12-31")); got != workday.MustDate("2027-01-04") {
		t.Fatalf("it knows already: %s", got)
	}
	_, err = other.Watches.Check(access.System(t.Context(), "deadlines"), 0)
	must(t, err)
	if got := other.Watches.SignTerm(s.Authority, workday.MustDate("2026-12-31")); got != workday.MustDate("2027-01-05") {
		t.Errorf("after a check it still signs by %s", got)
	}
}

// TestDueDate_reckoned_in_working_days_moves_with_a_new_revision takes a task that is due fifteen working days after its document.
func TestDueDate_reckoned_in_working_days_moves_with_a_new_revision(t *testing.T) {
	s := newScene(t)
	from := workday.MustDate("2026-12-31")
	task := &ent.Task{ID: s.Store.NewID(), AuthorityID: s.Authority, PlanID: s.plan, StartDate: from, DeadlineKind: plan.Relative,
		DeadlinePhrase: "自印发之日起15个工作日内", DueDate: workday.China().AddWorkdays(from, 15)}
	id := s.give(task, 1)[0]
	p := s.propose("2027\n元旦 01-01..01-03")
	_, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version)
	must(t, err)
	d, w := s.app.Store.Read().Duty.GetX(t.Context(), id), s.app.Store.Read().Watch.GetX(t.Context(), id)
	next := s.app.Watches.Calendar(s.Authority)
	want := next.AddWorkdays(from, 15)
	if want == task.DueDate {
		t.Fatal("the notice moves nothing: the test shows nothing")
	}
	if d.DueDate != want || d.DueRevision != 2 || d.OriginalDueDate != task.DueDate || w.DueDate != want || w.DueRevision != 2 {
		t.Errorf("duty due %s in revision %d (first %s), clock %s in %d, want %s", d.DueDate, d.DueRevision, d.OriginalDueDate, w.DueDate, w.DueRevision, want)
	}
	if got := s.app.Store.Read().Task.GetX(t.Context(), task.ID).DueDate; got != want {
		t.Errorf("the task is due %s", got)
	}
}

func TestYear_of_2017(t *testing.T) {
	s := newScene(t)
	y, err := s.app.Calendars.Year(s.Acting(s.Clerk), 2017)
	must(t, err)
	if y.Provisional || y.Workdays != 249 || len(y.MakeUpDays) != 5 || y.MakeUpDays[0].Date != workday.MustDate("2017-01-22") || len(y.Sources) != 1 {
		t.Errorf("2017 is %+v", y)
	}
	if y, err = s.app.Calendars.Year(s.Acting(s.Clerk), 2027); err != nil || !y.Provisional {
		t.Errorf("2027 is settled: %+v %v", y, err)
	}
}

func TestPropose_refuses(t *testing.T) {
	s := newScene(t)
	in := func(notice string) calendars.ProposeCalendarInput {
		return calendars.ProposeCalendarInput{Title: "通知", Notice: notice}
	}
	_, err := s.app.Calendars.Propose(s.Acting(s.Clerk), in(newYear))
	wantCode(t, err, "forbidden")
	_, err = s.app.Calendars.Propose(s.Acting(s.Office), in("2017\n元旦 01-01..01-02"))
	wantCode(t, err, "calendar.nothing_new")
	p := s.propose(newYear)
	_, err = s.app.Calendars.Refuse(s.Acting(s.Leader), p.ID, p.Version, calendars.RefuseCalendarInput{Reason: " "})
	if err == nil {
		t.Error("refused without a reason")
	}
	_, err = s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version+1)
	wantCode(t, err, "stale")
	_, err = s.app.Calendars.Withdraw(s.Acting(s.Leader), p.ID, p.Version)
	if err == nil {
		t.Error("somebody else withdrew it")
	}
	withdrawn, err := s.app.Calendars.Withdraw(s.Acting(s.Office), p.ID, p.Version)
	must(t, err)
	if withdrawn.Status != almanac.Withdrawn || s.app.Watches.Calendar(s.Authority).Version != workday.China().Version {
		t.Errorf("withdrawn as %s", withdrawn.Status)
	}
	other := s.NewHouse("川")
	_, err = s.app.Calendars.Get(other.Acting(other.Office), p.ID)
	wantCode(t, err, "not_found")
}

func TestApprove_refuses_what_was_made_upon_another_calendar(t *testing.T) {
	s := newScene(t)
	first, second := s.propose(newYear), s.propose("2027\n元旦 01-01..01-02")
	_, err := s.app.Calendars.Approve(s.Acting(s.Leader), first.ID, first.Version)
	must(t, err)
	_, err = s.app.Calendars.Approve(s.Acting(s.Leader), second.ID, second.Version)
	wantCode(t, err, "calendar.base_changed")
}
