package watches

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/duban-gov/duban/ent/lightchange"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
)

// LightEntry is one line of the history of lights (亮灯记录).
type LightEntry struct {
	Was         ladder.Light `json:"was" enum:"grey,green,yellow,red,done" doc:"Light before" example:"green"`
	Light       ladder.Light `json:"light" enum:"grey,green,yellow,red,done" doc:"Light since" example:"yellow"`
	RuleSet     string       `json:"rule_set,omitempty" doc:"Rule set that decided" example:"duty.default"`
	RuleVersion int          `json:"rule_version,omitempty" doc:"Its version" example:"1"`
	Rule        string       `json:"rule" doc:"Light rule" example:"near"`
	Since       time.Time    `json:"since" doc:"Instant from which it holds, however late it was noticed"`
	NotedAt     time.Time    `json:"noted_at" doc:"Instant at which it was noticed"`
	Inputs      *LightInputs `json:"inputs,omitempty" doc:"Figures that decided; missing where a clock ended"`
}

// LightPage is a page of the history of lights.
type LightPage struct {
	Items []LightEntry `json:"items" doc:"Changes of the light, oldest first; before the first of them the light was that one's was"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
}

const (
	defaultPage = 50
	maxPage     = 200
)

// Lights reads the history of an object's light. The caller has checked that the object may be seen.
func (s *Service) Lights(ctx context.Context, subject ladder.Subject, id ident.ID, after string, limit int) (LightPage, error) {
	page := LightPage{Items: []LightEntry{}}
	from, limit, err := cursor(after, limit)
	if err != nil {
		return page, err
	}
	rows, err := s.store.Read().LightChange.Query().Where(lightchange.SubjectEQ(subject), lightchange.SubjectID(id), lightchange.IDGT(from)).
		Order(lightchange.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("read history of lights: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	for _, row := range rows {
		e := LightEntry{Was: row.Was, Light: row.Light, Since: row.Since.UTC(), NotedAt: row.NotedAt.UTC()}
		e.RuleSet, e.RuleVersion, e.Rule = parseRule(row.Rule)
		if len(row.Inputs) > 0 {
			var in ladder.Inputs
			if err := json.Unmarshal(row.Inputs, &in); err != nil {
				return page, fmt.Errorf("read inputs of light: %w", err)
			}
			e.Inputs = new(LightInputs)
			*e.Inputs = inputsOf(in)
		}
		page.Items = append(page.Items, e)
	}
	return page, nil
}

// cursor reads where a page begins and how long it is.
func cursor(after string, limit int) (ident.ID, int, error) {
	if limit <= 0 {
		limit = defaultPage
	}
	limit = min(limit, maxPage)
	if after == "" {
		return ident.ID{}, limit, nil
	}
	id, err := ident.Parse(after)
	if err != nil {
		return ident.ID{}, 0, fault.BadField("query.after", "cursor")
	}
	return id, limit, nil
}
