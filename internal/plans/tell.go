package plans

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/timeline"
)

// tell writes one message to each head and clerk of the units that got duties, whatever their number.
func (s *Service) tell(ctx context.Context, client *ent.Client, row *ent.Plan, all []share) ([]timeline.Note, error) {
	got := map[ident.ID]int{}
	for _, p := range all {
		for _, r := range p.to {
			got[r.UnitID]++
		}
	}
	return s.tellCounts(ctx, client, got, "plan.issued", map[string]any{"plan": row.Title, "sign_by": s.watches.SignTerm(row.AuthorityID, s.today()).String()})
}

// tellCounts makes the notes to the people of units with the number "n" of duties that concern them. People with the same
// number share a note.
func (s *Service) tellCounts(ctx context.Context, client *ent.Client, got map[ident.ID]int, template string, params map[string]any) ([]timeline.Note, error) {
	people, err := s.peopleOf(ctx, client, got)
	if err != nil {
		return nil, err
	}
	count := map[ident.ID]int{} // of a person, who may hold posts in several units
	for unit, ids := range people {
		for _, id := range ids {
			count[id] += got[unit]
		}
	}
	byCount := map[int][]ident.ID{}
	for id, n := range count {
		byCount[n] = append(byCount[n], id)
	}
	notes := make([]timeline.Note, 0, len(byCount))
	for _, n := range slices.Sorted(maps.Keys(byCount)) {
		slices.SortFunc(byCount[n], ident.ID.Compare)
		own := maps.Clone(params)
		own["n"] = n
		notes = append(notes, timeline.Note{To: byCount[n], Template: template, Params: own})
	}
	return notes, nil
}

// peopleOf lists the heads and clerks of units today, each once for a unit.
func (s *Service) peopleOf(ctx context.Context, client *ent.Client, unitIDs map[ident.ID]int) (map[ident.ID][]ident.ID, error) {
	ids := make([]ident.ID, 0, len(unitIDs))
	for id := range unitIDs {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, ident.ID.Compare)
	today := s.today()
	people := make(map[ident.ID][]ident.ID, len(ids))
	for part := range slices.Chunk(ids, 1000) {
		rows, err := client.Post.Query().Where(entpost.UnitIDIn(part...), entpost.RoleIn(post.UnitHead, post.UnitClerk), entpost.ValidFromLTE(today),
			entpost.ValidToGTE(today), entpost.HasUserWith(user.DisabledAtIsNil())).Order(entpost.ByID()).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read people of units: %w", err)
		}
		for _, r := range rows {
			if !slices.Contains(people[r.UnitID], r.UserID) {
				people[r.UnitID] = append(people[r.UnitID], r.UserID)
			}
		}
	}
	return people, nil
}
