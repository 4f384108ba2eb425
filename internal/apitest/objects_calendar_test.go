package apitest

import (
	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/calendars"
)

// fillCalendar makes a notice proposed to the calendar in every state that lasts; the one that waits comes last, so that it is made
// upon the calendar in force.
func (w *world) fillCalendar() {
	w.T.Helper()
	s := w.app.Calendars
	for _, to := range []almanac.Status{almanac.Refused, almanac.Withdrawn, almanac.Applied, almanac.Proposed} {
		notice := "local\n校庆 2017-03-07" // moves days to sign
		if to == almanac.Applied {
			notice = "2030\n元旦 01-01..01-03" // moves nothing
		}
		p, err := s.Propose(w.as("office.home"), calendars.ProposeCalendarInput{Title: "节假日安排", Notice: notice})
		w.must(err)
		switch to {
		case almanac.Refused:
			_, err = s.Refuse(w.as("leader.home"), p.ID, p.Version, calendars.RefuseCalendarInput{Reason: "与原文不符"})
		case almanac.Withdrawn:
			_, err = s.Withdraw(w.as("office.home"), p.ID, p.Version)
		case almanac.Applied:
			_, err = s.Approve(w.as("leader.home"), p.ID, p.Version)
		case almanac.Proposed, almanac.Approved:
		}
		w.must(err)
		w.add("calendar", string(to), "calendar_versions", p.ID, w.home.University, "requester", "office.home")
	}
}
