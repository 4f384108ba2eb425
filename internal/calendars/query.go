package calendars

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/ent/calendarversion"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/almanac"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/workday"
)

// Years that a calendar shows.
const (
	firstYear = 2000
	finalYear = 2100
)

// Year is a year of the caller's calendar.
func (s *Service) Year(ctx context.Context, year int) (CalendarYear, error) {
	actor, err := s.reader(ctx)
	if err != nil {
		return CalendarYear{}, err
	}
	if year < firstYear || year > finalYear {
		return CalendarYear{}, fault.BadFields(fault.Field{Location: "path.year", Code: "calendar.year", Params: fault.Params{"value": year}})
	}
	c := s.watches.Calendar(actor.AuthorityID)
	first, last := workday.NewDate(year, 1, 1), workday.NewDate(year, 12, 31)
	view := CalendarYear{Year: year, Version: c.Version, Provisional: c.Provisional(first), Sources: []string{}, DaysOff: []CalendarDay{},
		MakeUpDays: []CalendarDay{}, Workdays: c.WorkdaysBetween(first.AddDays(-1), last)}
	for _, n := range c.Notices() {
		if n.Year == year {
			view.Sources = append(view.Sources, n.Sources...)
		}
	}
	for d := first; !d.After(last); d = d.AddDays(1) {
		named, _, ok := c.Fact(d)
		switch day := (CalendarDay{Date: d, Name: named.Name}); {
		case ok && !named.Work:
			view.DaysOff = append(view.DaysOff, day)
		case ok && d.Weekend():
			view.MakeUpDays = append(view.MakeUpDays, day)
		}
	}
	return view, nil
}

// reader is the actor, if they may read the calendar.
func (s *Service) reader(ctx context.Context) (access.Actor, error) {
	if _, err := s.gate.May(ctx, access.CalendarRead); err != nil {
		return access.Actor{}, err
	}
	return access.From(ctx)
}

// Get is one proposal.
func (s *Service) Get(ctx context.Context, id ident.ID) (CalendarProposal, error) {
	row, err := s.visible(ctx, s.store.Read(), id)
	if err != nil {
		return CalendarProposal{}, err
	}
	actor, err := access.From(ctx)
	return s.view(ctx, actor, row), err
}

const maxPage = 200

// List pages through the proposals, the newest first.
func (s *Service) List(ctx context.Context, after string, limit int) (CalendarProposalPage, error) {
	see, err := s.gate.May(ctx, access.CalendarRead)
	if err != nil {
		return CalendarProposalPage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return CalendarProposalPage{}, err
	}
	query := s.store.Read().CalendarVersion.Query().Where(predicate.CalendarVersion(see.Predicate(columns)))
	if after != "" {
		last, err := ident.Parse(after)
		if err != nil {
			return CalendarProposalPage{}, fault.BadField("query.after", "cursor")
		}
		query.Where(calendarversion.IDLT(last))
	}
	limit = pageSize(limit)
	rows, err := query.Order(calendarversion.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return CalendarProposalPage{}, fmt.Errorf("list calendar versions: %w", err)
	}
	page := CalendarProposalPage{Items: []CalendarProposal{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, s.view(ctx, actor, r))
	}
	return page, nil
}

func pageSize(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, maxPage)
}

// Moves pages through what a proposal that nobody has decided on would move now.
func (s *Service) Moves(ctx context.Context, id ident.ID, after string, limit int) (CalendarMovePage, error) {
	if _, err := s.gate.May(ctx, access.CalendarApprove); err != nil { // it names duties of the whole authority
		return CalendarMovePage{}, err
	}
	row, err := s.visible(ctx, s.store.Read(), id)
	if err != nil {
		return CalendarMovePage{}, err
	}
	if row.Status != almanac.Proposed {
		return CalendarMovePage{}, fault.New(fault.Conflict, "calendar.decided")
	}
	next, _, err := s.with(ctx, s.store.DB(), row.AuthorityID, row.Notice)
	if err != nil {
		return CalendarMovePage{}, err
	}
	return s.moves(ctx, row.AuthorityID, next, after, limit)
}

// Timeline is the history of a proposal, oldest first.
func (s *Service) Timeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, err := s.visible(ctx, s.store.Read(), id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	read, err := s.gate.May(ctx, access.EventRead)
	if err != nil {
		return timeline.EventPage{}, err
	}
	if !read.Covers(access.Facts{AuthorityID: row.AuthorityID}) {
		return timeline.EventPage{}, access.Refused(access.EventRead, "relation")
	}
	return s.log.Page(ctx, subject, id, after, limit)
}
