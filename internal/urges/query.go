package urges

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	enturge "github.com/duban-gov/duban/ent/urge"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
)

// SentUrgeQuery narrows a list of urges; what is left zero does not narrow.
type SentUrgeQuery struct {
	Sent       bool     // only those that the caller sent
	Waiting    bool     // only those that wait for a reply of the caller's units
	SubjectID  ident.ID // only those on this duty or notice
	Unanswered int      // only those without a reply for so many natural days, while their object is open
	After      string
	Limit      int
}

// SentUrgePage is a page of urges.
type SentUrgePage struct {
	Items []SentUrge `json:"items" doc:"Urges, newest first"`
	Next  string     `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Get shows one urge with its readers.
func (s *Service) Get(ctx context.Context, id ident.ID) (SentUrge, error) {
	row, err := s.find(ctx, id)
	if err != nil {
		return SentUrge{}, err
	}
	views, err := s.views(ctx, []*urgeRow{row})
	if err != nil {
		return SentUrge{}, err
	}
	return views[0], nil
}

const maxPage = 200

// List lists urges across duties and notices that the caller may see, newest first.
func (s *Service) List(ctx context.Context, in SentUrgeQuery) (SentUrgePage, error) {
	page := SentUrgePage{Items: []SentUrge{}}
	filter, err := s.gate.May(ctx, access.UrgeRead)
	if err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	waits := in.Waiting || in.Unanswered > 0
	query := s.store.Read().Urge.Query().Where(enturge.AuthorityID(actor.AuthorityID), visible(filter, waits))
	if in.Sent {
		query.Where(enturge.UrgedByID(actor.ID))
	}
	if in.Waiting {
		query.Where(enturge.UnitIDIn(unitsOf(actor)...))
	}
	if !in.SubjectID.IsZero() {
		query.Where(enturge.SubjectIn(ladder.OnDuty, ladder.OnAcceptance, ladder.OnNotice), enturge.SubjectID(in.SubjectID))
	}
	if waits {
		query.Where(enturge.RepliedAtIsNil())
	}
	if in.Unanswered > 0 {
		query.Where(enturge.CreatedAtLTE(s.store.Now().AddDate(0, 0, -in.Unanswered)))
	}
	if in.After != "" {
		last, err := ident.Parse(in.After)
		if err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
		query.Where(enturge.IDLT(last))
	}
	limit := 50
	if in.Limit > 0 {
		limit = min(in.Limit, maxPage)
	}
	rows, err := query.Order(enturge.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list urges: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	page.Items, err = s.views(ctx, rows)
	return page, err
}

// unitsOf lists the units of the actor's posts.
func unitsOf(actor access.Actor) []ident.ID {
	ids := make([]ident.ID, len(actor.Posts))
	for i, p := range actor.Posts {
		ids[i] = p.UnitID
	}
	return once(ids)
}
