package inspections

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/unit"
)

// tie is a post that somebody of a team has or had in an inspected unit or below it.
type tie struct {
	user, unit ident.ID
	name       string // of the inspected unit
	now        bool   // the post is held today; otherwise it ended within the years of the rule
}

// withdrawn refuses a team of which somebody has a post in an inspected unit or below it: they have to withdraw (回避).
func (s *Service) withdrawn(ctx context.Context, tx *ent.Tx, team, units []ident.ID) error {
	ties, err := s.ties(ctx, tx.Client(), team, units)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(ties, func(t tie) bool { return t.now })
	if i < 0 {
		return nil
	}
	names, err := userNames(ctx, tx.Client(), []ident.ID{ties[i].user})
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "inspection.recusal").With("name", names[ties[i].user]).With("unit", ties[i].name).With("user_id", ties[i].user.String())
}

// ties lists how the people of a team are tied to the inspected units, by posts of today or of the last years.
func (s *Service) ties(ctx context.Context, client *ent.Client, team, units []ident.ID) ([]tie, error) {
	if len(team) == 0 || len(units) == 0 {
		return nil, nil
	}
	today := s.clocks.Today()
	since := today.AddMonths(-12 * s.rules.Former)
	posts, err := client.Post.Query().Where(entpost.UserIDIn(team...), entpost.ValidFromLTE(today), entpost.ValidToGTE(since)).Order(entpost.ByID()).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read posts of team: %w", err)
	}
	places := slices.Clone(units)
	for _, p := range posts {
		places = append(places, p.UnitID)
	}
	rows, err := client.Unit.Query().Where(entunit.IDIn(unique(places)...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read units of posts: %w", err)
	}
	known := make(map[ident.ID]*ent.Unit, len(rows))
	for _, r := range rows {
		known[r.ID] = r
	}
	var ties []tie
	for _, p := range posts {
		for _, id := range units {
			if known[id] != nil && known[p.UnitID] != nil && unit.Within(known[id].Path, known[p.UnitID].Path) {
				ties = append(ties, tie{user: p.UserID, unit: id, name: known[id].Name, now: p.ValidTo.IsZero() || !p.ValidTo.Before(today)})
			}
		}
	}
	return ties, nil
}
