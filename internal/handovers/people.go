package handovers

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/units"
)

// HandOverPerson is somebody who may stand in a part of a list.
type HandOverPerson struct {
	UserID   ident.ID  `json:"user_id" doc:"Who"`
	UserName string    `json:"user_name" doc:"Name" example:"张伟"`
	UnitName string    `json:"unit_name" doc:"Unit of the post" example:"政策法规处"`
	Role     post.Role `json:"role" enum:"unit_head,unit_clerk,leader" doc:"Role of the post" example:"unit_clerk"`
}

// HandOverPeople is who may stand in which part of a list of a unit.
type HandOverPeople struct {
	Givers    []HandOverPerson `json:"givers" doc:"Who holds a post in the unit, or held one within the last year"`
	Takers    []HandOverPerson `json:"takers" doc:"Who is head or clerk of the unit, or will be"`
	Witnesses []HandOverPerson `json:"witnesses" doc:"Who heads the unit or one above it, and leaders"`
}

// recent is for how many days somebody who left is still offered as the one who hands over.
const recent = 366

// most are offered of each part.
const most = 500

// People lists who may stand in which part of a list of a unit, for those who may draw one there.
func (s *Service) People(ctx context.Context, unitID ident.ID) (HandOverPeople, error) {
	people := HandOverPeople{Givers: []HandOverPerson{}, Takers: []HandOverPerson{}, Witnesses: []HandOverPerson{}}
	reach, err := s.gate.May(ctx, access.HandOverDraw)
	if err != nil {
		return people, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return people, err
	}
	client, today := s.store.Read(), s.watches.Today()
	found, err := units.Valid(ctx, client, actor.AuthorityID, []ident.ID{unitID}, today, "query.unit_id")
	if err != nil {
		return people, err
	}
	facts := access.Facts{AuthorityID: actor.AuthorityID, UnitID: unitID, Path: found[0].Path}
	if actor.InUnit(unitID) { // who may hand over their own work has to find the successor
		facts.OwnerID = actor.ID
	}
	if !reach.Covers(facts) {
		return people, access.Refused(access.HandOverDraw, "relation")
	}
	there := func() *ent.PostQuery {
		return client.Post.Query().Where(entpost.AuthorityID(actor.AuthorityID), entpost.Delegated(false)).WithUser().WithUnit().Order(entpost.ByID()).Limit(most)
	}
	open := entpost.HasUserWith(user.DisabledAtIsNil())
	for _, part := range []struct {
		into  *[]HandOverPerson
		query *ent.PostQuery
	}{
		{&people.Givers, there().Where(entpost.UnitID(unitID), entpost.RoleIn(held...), entpost.ValidFromLTE(today), entpost.ValidToGTE(today.AddDays(-recent)))},
		{&people.Takers, there().Where(entpost.UnitID(unitID), entpost.RoleIn(held...), entpost.ValidToGTE(today), open)},
		{&people.Witnesses, there().Where(entpost.RoleIn(post.UnitHead, post.Leader), entpost.ValidFromLTE(today), entpost.ValidToGTE(today), open,
			entpost.HasUnitWith(entunit.PathIn(unit.Ancestors(found[0].Path)...)))},
	} {
		rows, err := part.query.All(ctx)
		if err != nil {
			return people, fmt.Errorf("list people of a hand-over: %w", err)
		}
		for _, r := range rows {
			*part.into = append(*part.into, HandOverPerson{UserID: r.UserID, UserName: r.Edges.User.Name, UnitName: r.Edges.Unit.Name, Role: r.Role})
		}
	}
	return people, nil
}
