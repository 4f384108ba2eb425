package matters

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	entmatter "github.com/duban-gov/duban/ent/matter"
	"github.com/duban-gov/duban/ent/predicate"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/numbers"
	"github.com/duban-gov/duban/internal/supervise"
	"github.com/duban-gov/duban/internal/timeline"
)

// MatterQuery narrows a list of matters; what is left zero does not narrow.
type MatterQuery struct {
	Status supervise.MatterStatus
	Source supervise.Source
	Open   bool // only those that are neither refused, closed nor withdrawn
	TaskID ident.ID
	After  string
	Limit  int
}

const maxPage = 200

func pageSize(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, maxPage)
}

// Get shows one matter.
func (s *Service) Get(ctx context.Context, id ident.ID) (Matter, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return Matter{}, err
	}
	return s.view(ctx, s.store.Read(), row)
}

// List lists the matters that the caller may see, newest first.
func (s *Service) List(ctx context.Context, in MatterQuery) (MatterPage, error) {
	page := MatterPage{Items: []Matter{}}
	see, err := s.gate.May(ctx, access.MatterRead)
	if err != nil {
		return page, err
	}
	query := s.store.Read().Matter.Query().Where(predicate.Matter(see.Predicate(columns)))
	if in.Status != "" {
		query.Where(entmatter.StatusEQ(in.Status))
	}
	if in.Source != "" {
		query.Where(entmatter.SourceEQ(in.Source))
	}
	if in.Open {
		query.Where(entmatter.Open(true))
	}
	if !in.TaskID.IsZero() {
		query.Where(entmatter.TaskID(in.TaskID))
	}
	if in.After != "" {
		last, err := ident.Parse(in.After)
		if err != nil {
			return page, fault.BadField("query.after", "cursor")
		}
		query.Where(entmatter.IDLT(last))
	}
	limit := pageSize(in.Limit)
	rows, err := query.Order(entmatter.ByID(sql.OrderDesc())).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list matters: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = rows[limit-1].ID.String()
	}
	page.Items, err = s.views(ctx, s.store.Read(), rows)
	return page, err
}

// Timeline is the history of a matter, oldest first.
func (s *Service) Timeline(ctx context.Context, id ident.ID, after string, limit int) (timeline.EventPage, error) {
	row, err := s.find(ctx, s.store.Read(), id)
	if err != nil {
		return timeline.EventPage{}, err
	}
	read, err := s.gate.May(ctx, access.EventRead)
	if err != nil {
		return timeline.EventPage{}, err
	}
	if !read.Covers(facts(row)) {
		return timeline.EventPage{}, access.Refused(access.EventRead, "relation")
	}
	return s.log.Page(ctx, subject, id, after, limit)
}

// MatterNumbers is the register of one year's numbers: every number from 1 to last was used, once.
type MatterNumbers struct {
	Year   int                  `json:"year" doc:"Year of the series" example:"2017"`
	Last   int                  `json:"last" doc:"Last number taken; 0 if none" example:"12"`
	Voided []VoidedMatterNumber `json:"voided" doc:"Numbers that are void; they stay used"`
}

// VoidedMatterNumber is a number whose matter was withdrawn.
type VoidedMatterNumber struct {
	Serial int    `json:"serial" doc:"Number within the year" example:"3"`
	Reason string `json:"reason" doc:"Why it is void" example:"与督办事项 2 号重复"`
}

// Numbers is the register of a year.
func (s *Service) Numbers(ctx context.Context, year int) (MatterNumbers, error) {
	out := MatterNumbers{Year: year, Voided: []VoidedMatterNumber{}}
	if _, err := s.gate.May(ctx, access.MatterRead); err != nil {
		return out, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return out, err
	}
	var voided []numbers.Voided
	if out.Last, voided, err = s.numbers.Series(ctx, actor.AuthorityID, numbered, year); err != nil {
		return out, err
	}
	for _, v := range voided {
		out.Voided = append(out.Voided, VoidedMatterNumber{Serial: v.Serial, Reason: v.Reason})
	}
	return out, nil
}
