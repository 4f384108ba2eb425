package plans

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/timeline"
)

// tell writes one message to each head and clerk of the units that got duties, whatever their number: people whose units got
// the same number share a note.
func (s *Service) tell(ctx context.Context, client *ent.Client, row *ent.Plan, all []share) ([]timeline.Note, error) {
	got := map[ident.ID]int{}
	for _, p := range all {
		for _, r := range p.to {
			got[r.UnitID]++
		}
	}
	people, err := s.peopleOf(ctx, client, got)
	if err != nil {
		return nil, err
	}
	duties := map[ident.ID]int{} // of a person, who may hold posts in several units
	for unit, ids := range people {
		for _, id := range ids {
			duties[id] += got[unit]
		}
	}
	byCount := map[int][]ident.ID{}
	for id, n := range duties {
		byCount[n] = append(byCount[n], id)
	}
	var counts []int
	for n, ids := range byCount {
		slices.SortFunc(ids, ident.ID.Compare)
		counts = append(counts, n)
	}
	slices.Sort(counts)
	notes := make([]timeline.Note, len(counts))
	for i, n := range counts {
		notes[i] = timeline.Note{To: byCount[n], Template: "plan.issued", Params: map[string]any{"plan": row.Title, "n": n, "sign_by": s.watches.SignBy(s.today()).String()}}
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
