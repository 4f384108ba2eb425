package timeline

import (
	"context"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
)

const (
	defaultPage = 50
	maxPage     = 200
)

// EventPage is one page of a history, oldest first.
type EventPage struct {
	Items []Event `json:"items" doc:"Events, oldest first"`
	Next  string  `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Page is Of in pages. The caller has checked that the object may be seen.
func (l *Log) Page(ctx context.Context, subject string, id ident.ID, after string, limit int) (EventPage, error) {
	from, err := cursor(after)
	if err != nil {
		return EventPage{}, err
	}
	limit = pageSize(limit)
	page := EventPage{}
	if page.Items, err = l.Of(ctx, subject, id, from, limit+1); err != nil {
		return EventPage{}, err
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		page.Next = page.Items[limit-1].ID.String()
	}
	return page, nil
}

func pageSize(limit int) int {
	if limit <= 0 {
		return defaultPage
	}
	return min(limit, maxPage)
}

func cursor(text string) (ident.ID, error) {
	if text == "" {
		return ident.ID{}, nil
	}
	id, err := ident.Parse(text)
	if err != nil {
		return ident.ID{}, fault.BadField("query.after", "cursor")
	}
	return id, nil
}
