package units

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/duban-gov/duban/ent/roster"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/workday"
)

// GetRoster is one roster.
func (s *Service) GetRoster(ctx context.Context, id ident.ID) (Roster, error) {
	filter, err := s.gate.May(ctx, access.RosterRead)
	if err != nil {
		return Roster{}, err
	}
	r, err := seenRoster(ctx, s.store.Read().Roster, filter, id)
	if err != nil {
		return Roster{}, err
	}
	actor, err := access.From(ctx)
	return s.rosterView(actor, r), err
}

// Rosters is one page of the authority's rosters.
func (s *Service) Rosters(ctx context.Context, after string, limit int) (RosterPage, error) {
	filter, err := s.gate.May(ctx, access.RosterRead)
	if err != nil {
		return RosterPage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return RosterPage{}, err
	}
	q := s.store.Read().Roster.Query().Where(filter.Predicate(rosterColumns))
	if after != "" {
		raw, err := base64.RawURLEncoding.DecodeString(after)
		id, bad := ident.Parse(string(raw))
		if err != nil || bad != nil {
			return RosterPage{}, fault.BadField("query.after", "cursor")
		}
		q.Where(roster.IDGT(id))
	}
	limit = min(max(limit, 1), maxPage)
	rows, err := q.Order(roster.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return RosterPage{}, fmt.Errorf("list rosters: %w", err)
	}
	page := RosterPage{Items: []Roster{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = base64.RawURLEncoding.EncodeToString([]byte(rows[limit-1].ID.String()))
	}
	for _, r := range rows {
		page.Items = append(page.Items, s.rosterView(actor, r))
	}
	return page, nil
}

// RosterUnits is one page of the members of a roster on a day.
type RosterUnits struct {
	On    workday.Date `json:"on" doc:"The day" example:"2017-03-06"`
	Items []UnitRef    `json:"items" doc:"Units of the roster on that day, in the order of the tree"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// MembersOf is one page of the members of a roster that the caller may see; the day is today unless given.
func (s *Service) MembersOf(ctx context.Context, id ident.ID, on workday.Date, after string, limit int) (RosterUnits, error) {
	filter, err := s.gate.May(ctx, access.RosterRead)
	if err != nil {
		return RosterUnits{}, err
	}
	client := s.store.Read()
	r, err := seenRoster(ctx, client.Roster, filter, id)
	if err != nil {
		return RosterUnits{}, err
	}
	if on.IsZero() {
		if on, err = s.today(ctx, client, r.AuthorityID); err != nil {
			return RosterUnits{}, err
		}
	}
	q, err := members(ctx, client, r, on)
	if err != nil {
		return RosterUnits{}, err
	}
	if after != "" {
		path, err := readPath(after)
		if err != nil {
			return RosterUnits{}, err
		}
		q.Where(entunit.PathGT(path))
	}
	limit = min(max(limit, 1), maxPage)
	rows, err := q.Order(entunit.ByPath()).Limit(limit + 1).All(ctx)
	if err != nil {
		return RosterUnits{}, fmt.Errorf("read units of roster: %w", err)
	}
	page := RosterUnits{On: on, Items: []UnitRef{}}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = pathCursor(rows[limit-1].Path)
	}
	page.Items = refs(rows)
	return page, nil
}
