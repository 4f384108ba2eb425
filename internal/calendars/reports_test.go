package calendars_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/event"
	entlapse "github.com/duban-gov/duban/ent/lapse"
	"github.com/duban-gov/duban/ent/message"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/duties"
	"github.com/duban-gov/duban/internal/workday"
)

// springNotice takes the end of the first quarter off: it is made up for on Saturday 3 April.
const springNotice = "2027 https://example.org/2027\n清明节 03-31..04-02 + 04-03\n"

// TestApprove_moves_the_days_by_which_reports_are_due takes a quarter that ends on a day that the notice makes a day off.
func TestApprove_moves_the_days_by_which_reports_are_due(t *testing.T) {
	s := newScene(t)
	id := s.dispatch(1, "2027-06-30")[0]
	job := access.System(t.Context(), "reports")
	s.at("2027-01-04")
	_, err := s.app.Occurrences.Check(job)
	must(t, err)
	d, err := s.app.Duties.Get(s.Acting(s.Clerk), id)
	must(t, err)
	_, err = s.app.Duties.Accept(s.Acting(s.Clerk), id, d.Version)
	must(t, err)
	o := s.app.Store.Read().Occurrence.Query().OnlyX(t.Context())
	if o.Period != "2027-Q1" || o.DueDate != workday.MustDate("2027-03-31") {
		t.Fatalf("asked for %s by %s", o.Period, o.DueDate)
	}
	draft, err := s.app.Duties.SaveReport(s.Acting(s.Clerk), id, duties.SaveReportInput{Kind: "progress", OccurrenceID: o.ID, Narrative: "正在起草"})
	must(t, err)

	var foretold []string
	for _, limit := range []int{0, 1} {
		foretold = nil
		for _, m := range s.all(springNotice, limit) {
			if m.What == "report" {
				foretold = append(foretold, m.Subject+" "+m.Title+" "+m.Period+" "+m.Old.String()+">"+m.New.String())
			}
		}
		if want := []string{"task 招生信息公开 2027-Q1 2027-03-31>2027-04-03"}; !slices.Equal(foretold, want) {
			t.Fatalf("in pages of %d it would move %v, want %v", limit, foretold, want)
		}
	}
	p := s.propose(springNotice)
	done, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version)
	must(t, err)
	if done.Moved != 1 {
		t.Errorf("%d dates moved", done.Moved)
	}
	shanghai := time.FixedZone("CST", 8*3600)
	o = s.app.Store.Read().Occurrence.GetX(t.Context(), o.ID)
	remind := workday.MustDate("2027-03-29").Start(shanghai) // two working days before the 3rd: the 30th and the 29th
	if o.DueDate != workday.MustDate("2027-04-03") || !o.DueAt.Equal(workday.MustDate("2027-04-03").End(shanghai)) || !o.NextAt.Equal(remind) {
		t.Errorf("due %s at %s, looked at next on %s", o.DueDate, o.DueAt, o.NextAt)
	}
	if draft, err = s.app.Duties.Report(s.Acting(s.Clerk), draft.ID); err != nil || draft.DueDate != o.DueDate {
		t.Errorf("the draft says %s: %v", draft.DueDate, err)
	}
	events := s.app.Store.Read().Event.Query().Where(event.Subject("task"), event.SubjectID(o.TaskID), event.Action("calendar.move"))
	must(t, s.app.Calendars.Finish(access.System(t.Context(), "calendar")))
	if n := events.Clone().CountX(t.Context()); n != 1 {
		t.Errorf("%d events, want 1", n)
	}
	told := s.app.Store.Read().Message.Query().Where(message.Template("calendar.report_moved")).AllX(t.Context())
	if len(told) == 0 || !slices.ContainsFunc(told, func(m *ent.Message) bool { return m.RecipientID == s.Clerk.ID }) {
		t.Errorf("the clerk who owes the report is not among the %d that were told", len(told))
	}
	lapses := s.app.Store.Read().Lapse.Query().Where(entlapse.DueDate(workday.MustDate("2027-04-03")))
	for lapsed, day := range []string{"2027-04-02", "2027-04-04"} { // the new day has to end before anybody owes it
		s.at(day)
		_, err := s.app.Occurrences.Check(job)
		must(t, err)
		if n := lapses.Clone().CountX(t.Context()); n != lapsed {
			t.Errorf("%d lapses on %s, want %d", n, day, lapsed)
		}
	}
}

// TestApprove_moves_a_reminder_whose_report_stays_due takes a notice that makes a working day of the Saturday before.
func TestApprove_moves_a_reminder_whose_report_stays_due(t *testing.T) {
	s := newScene(t)
	s.dispatch(1, "2027-06-30")
	s.at("2027-01-04")
	_, err := s.app.Occurrences.Check(access.System(t.Context(), "reports"))
	must(t, err)
	shanghai := time.FixedZone("CST", 8*3600)
	reminded := func() time.Time { return s.app.Store.Read().Occurrence.Query().OnlyX(t.Context()).NextAt }
	if want := workday.MustDate("2027-03-29").Start(shanghai); !reminded().Equal(want) {
		t.Fatalf("reminded of on %s, want %s", reminded(), want)
	}
	p := s.propose("2027 https://example.org/2027\n清明节 03-29..03-30 + 03-27\n")
	done, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version)
	must(t, err)
	if want := workday.MustDate("2027-03-26").Start(shanghai); done.Moved != 0 || !reminded().Equal(want) {
		t.Errorf("%d moved, reminded of on %s, want %s", done.Moved, reminded(), want)
	}
}

// TestApprove_leaves_a_report_whose_day_has_passed lets the day end before the notice comes.
func TestApprove_leaves_a_report_whose_day_has_passed(t *testing.T) {
	s := newScene(t)
	s.dispatch(1, "2027-06-30")
	job := access.System(t.Context(), "reports")
	for _, day := range []string{"2027-01-04", "2027-04-01"} {
		s.at(day)
		_, err := s.app.Occurrences.Check(job)
		must(t, err)
	}
	p := s.propose(springNotice)
	_, err := s.app.Calendars.Approve(s.Acting(s.Leader), p.ID, p.Version)
	must(t, err)
	s.write(func(ctx context.Context, tx *ent.Tx) error {
		for _, o := range tx.Occurrence.Query().AllX(ctx) {
			if o.Period == "2027-Q1" && o.DueDate != workday.MustDate("2027-03-31") {
				t.Errorf("the past moved to %s", o.DueDate)
			}
		}
		return nil
	})
}
