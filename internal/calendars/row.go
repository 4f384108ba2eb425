package calendars

import (
	"context"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/almanac"
	tr "github.com/duban-gov/duban/internal/transition"
	"github.com/duban-gov/duban/internal/workday"
)

func (s *Service) view(ctx context.Context, actor access.Actor, r *ent.CalendarVersion) CalendarProposal {
	notices, err := workday.ParseNotices(r.Notice)
	if err != nil {
		notices = nil // it was read before it was kept
	}
	allowed := almanac.Table.Allowed(tr.Facts[almanac.Status]{Status: r.Status, Relations: relation(actor, r)})
	return CalendarProposal{ID: r.ID, Status: r.Status, Title: r.Title, Notice: r.Notice, Base: r.Base, Name: r.Name, Years: years(notices),
		ProposedByID: r.ProposedByID, ProposedAt: r.ProposedAt.UTC(), DecidedByID: r.DecidedByID, DecidedAt: r.DecidedAt.UTC(), Reason: r.Reason,
		Moved: r.Moved, AppliedAt: r.AppliedAt.UTC(), Version: r.Version,
		AllowedActions: s.gate.Actions(ctx, access.Facts{AuthorityID: r.AuthorityID}, allowed)}
}

func years(notices []workday.Notice) []int {
	all := []int{}
	for _, n := range notices {
		if n.Year != 0 {
			all = append(all, n.Year)
		}
	}
	return all
}

func changes(base, next workday.Calendar) []CalendarChange {
	all := []CalendarChange{}
	for _, c := range base.Changes(next) {
		all = append(all, CalendarChange{Date: c.Date, Name: c.Name, Was: c.Was, Is: c.Is})
	}
	return all
}
