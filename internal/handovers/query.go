package handovers

import (
	"context"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect/sql"

	enthandover "github.com/duban-gov/duban/ent/handover"
	"github.com/duban-gov/duban/ent/handoveritem"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/handover"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/timeline"
	"github.com/duban-gov/duban/internal/words"
)

// HandOverQuery narrows a list of hand-over lists; what is left zero does not narrow.
type HandOverQuery struct {
	UnitID ident.ID
	Status handover.Status
	Mine   bool // only open ones of which the caller is one of the people
	After  string
	Limit  int
}

const (
	usualPage = 50
	maxPage   = 200
)

func pageSize(limit int) int {
	if limit <= 0 {
		return usualPage
	}
	return min(limit, maxPage)
}

// List lists the hand-over lists that the caller may see, newest first.
func (s *Service) List(ctx context.Context, in HandOverQuery) (HandOverPage, error) {
	page := HandOverPage{Items: []HandOver{}}
	see, err := s.gate.May(ctx, access.HandOverRead)
	if err != nil {
		return page, err
	}
	query := s.store.Read().HandOver.Query().Where(visible(see))
	if !in.UnitID.IsZero() {
		query.Where(enthandover.UnitID(in.UnitID))
	}
	if in.Status != "" {
		query.Where(enthandover.StatusEQ(in.Status))
	}
	if in.Mine {
		query.Where(enthandover.StatusIn(handover.Drawn, handover.Given),
			enthandover.Or(enthandover.GiverID(see.UserID), enthandover.TakerID(see.UserID), enthandover.WitnessID(see.UserID)))
	}
	if in.After != "" {
		last, err := ident.Parse(in.After)
		if err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
		query.Where(enthandover.IDLT(last))
	}
	limit := pageSize(in.Limit)
	rows, err := query.Order(enthandover.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list hand-over lists: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	if len(rows) > 0 {
		page.Items, err = s.views(ctx, s.store.Read(), rows)
	}
	return page, err
}

// Get shows one list with what changed since it was drawn.
func (s *Service) Get(ctx context.Context, id ident.ID) (HandOver, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return HandOver{}, err
	}
	return s.show(ctx, s.store.Read(), row)
}

// Items is one page of the rows of a list.
func (s *Service) Items(ctx context.Context, id ident.ID, after string, limit int) (HandOverItemPage, error) {
	page := HandOverItemPage{Items: []HandOverItem{}}
	if _, err := s.find(ctx, s.store.Read(), id); err != nil {
		return page, err
	}
	from := 0
	if after != "" {
		var err error
		if from, err = strconv.Atoi(after); err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
	}
	limit = pageSize(limit)
	rows, err := s.store.Read().HandOverItem.Query().Where(handoveritem.HandOverID(id), handoveritem.OrdinalGT(from)).Order(handoveritem.ByOrdinal()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list rows: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = strconv.Itoa(rows[limit-1].Ordinal)
	}
	lang := words.From(ctx)
	for _, r := range rows {
		page.Items = append(page.Items, itemView(lang, r.Ordinal, rowOf(r)))
	}
	return page, nil
}

// Timeline is the history of a list, oldest first, for those who may read it.
func (s *Service) Timeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	read, err := s.gate.May(ctx, access.EventRead)
	if err != nil {
		return timeline.EventPage{}, err
	}
	if !read.Covers(access.Facts{AuthorityID: row.AuthorityID, UnitID: row.UnitID, Path: row.UnitPath}) {
		return timeline.EventPage{}, access.Refused(access.EventRead, "relation")
	}
	return s.log.Page(ctx, subject, id, after, limit)
}
