package watches

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/store"
)

// LightCount is how the clocks of one unit stand.
type LightCount struct {
	UnitID   ident.ID `json:"unit_id" doc:"Unit that owes"`
	UnitName string   `json:"unit_name" doc:"Its name" example:"政策法规处"`
	Grey     int      `json:"grey" doc:"Not started, without a due date, or withdrawn" example:"3"`
	Green    int      `json:"green" doc:"On time" example:"12"`
	Yellow   int      `json:"yellow" doc:"Near or behind" example:"2"`
	Red      int      `json:"red" doc:"Overdue or far behind" example:"1"`
	Done     int      `json:"done" doc:"Closed" example:"20"`
}

// LightCounts is a page of units with their lights.
type LightCounts struct {
	Items []LightCount `json:"items" doc:"Units that hold anything, in the order of their ids"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// LightQuery narrows the counts; what is zero does not narrow.
type LightQuery struct {
	Subject ladder.Subject
	UnitID  ident.ID
	After   string
	Limit   int
}

// CountLights counts the lights of duties and notices by unit within the caller's scope, a page of units from an index.
func (s *Service) CountLights(ctx context.Context, in LightQuery) (LightCounts, error) {
	page := LightCounts{Items: []LightCount{}}
	reach, err := s.gate.May(ctx, access.CounterRead)
	if err != nil {
		return page, err
	}
	from, limit, err := cursor(in.After, in.Limit)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Unit.Query().Where(entunit.IDGT(from), predicate.Unit(reach.Predicate(access.Columns{
		Authority: entunit.FieldAuthorityID, Unit: entunit.FieldID, Path: entunit.FieldPath})))
	if !in.UnitID.IsZero() {
		query.Where(entunit.ID(in.UnitID))
	}
	rows, err := query.Order(entunit.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("read units: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	counts, err := s.countLights(ctx, rows, in.Subject)
	if err != nil {
		return page, err
	}
	for _, row := range rows {
		if c := counts[row.ID]; c != nil {
			page.Items = append(page.Items, *c)
		}
	}
	return page, nil
}

// countLights counts the clocks of a page of units; a unit that holds none is left out.
func (s *Service) countLights(ctx context.Context, units []*ent.Unit, subject ladder.Subject) (map[ident.ID]*LightCount, error) {
	counts := make(map[ident.ID]*LightCount)
	if len(units) == 0 {
		return counts, nil
	}
	ids, names := make([]ident.ID, len(units)), make(map[ident.ID]string, len(units))
	for i, u := range units {
		ids[i], names[u.ID] = u.ID, u.Name
	}
	text, args := "SELECT unit_id, light, COUNT(*) FROM watches WHERE ", []any{}
	if subject != "" {
		text, args = text+"subject = $1 AND ", append(args, string(subject))
	}
	list, more := store.In(s.store, len(args)+1, ids)
	err := store.Each(ctx, s.store.DB(), text+"unit_id IN "+list+" GROUP BY unit_id, light", append(args, more...), func(scan func(...any) error) error {
		var id ident.ID
		var light ladder.Light
		n := 0
		if err := scan(&id, &light, &n); err != nil {
			return err
		}
		if counts[id] == nil {
			counts[id] = &LightCount{UnitID: id, UnitName: names[id]}
		}
		*counts[id].of(light) += n
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count lights: %w", err)
	}
	return counts, nil
}

// of is the counter of a light.
func (c *LightCount) of(light ladder.Light) *int {
	switch light {
	case ladder.Green:
		return &c.Green
	case ladder.Yellow:
		return &c.Yellow
	case ladder.Red:
		return &c.Red
	case ladder.Done:
		return &c.Done
	case ladder.Grey:
	}
	return &c.Grey
}
