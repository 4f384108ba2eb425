package accounts

import (
	"context"
	"fmt"
	"slices"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/ladder"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// Recipients lists the users whom a relation to a unit (a ladder.Recipient) names on a day, in the order of their ids. Acting officers are
// included, disabled users are not. Nobody is an empty list. client may be that of a transaction.
func (s *Service) Recipients(ctx context.Context, client *ent.Client, authorityID, unitID, leaderID ident.ID, relation string, on workday.Date) ([]ident.ID, error) {
	q := func() *ent.PostQuery {
		return client.Post.Query().Where(entpost.AuthorityID(authorityID), heldOn(on), entpost.HasUserWith(user.DisabledAtIsNil()))
	}
	switch ladder.Recipient(relation) {
	case ladder.Owner:
		ids, err := holders(ctx, q().Where(entpost.UnitID(unitID), entpost.RoleEQ(post.UnitClerk)))
		if err != nil || len(ids) > 0 {
			return ids, err
		}
		return holders(ctx, q().Where(entpost.UnitID(unitID), entpost.RoleEQ(post.UnitHead)))
	case ladder.UnitHead:
		return holders(ctx, q().Where(entpost.UnitID(unitID), entpost.RoleEQ(post.UnitHead)))
	case ladder.ActingOfficer:
		return holders(ctx, q().Where(entpost.UnitID(unitID), entpost.RoleIn(post.UnitClerk, post.UnitHead), entpost.ActingForIDNEQ(ident.ID{})))
	case ladder.SupervisingLeader:
		if leaderID.IsZero() {
			return []ident.ID{}, nil
		}
		return holders(ctx, q().Where(entpost.RoleEQ(post.Leader), entpost.Or(entpost.UserID(leaderID), entpost.ActingForID(leaderID))))
	case ladder.ParentHead:
		return parentHeads(ctx, client, q, authorityID, unitID)
	case ladder.Office:
		return holders(ctx, q().Where(entpost.RoleEQ(post.Office)))
	}
	return nil, fault.New(fault.Internal, "internal").Because(fmt.Errorf("unknown relation %q", relation))
}

// parentHeads goes up the tree from the unit above; the heads of the root are its leaders too.
func parentHeads(ctx context.Context, client *ent.Client, q func() *ent.PostQuery, authorityID, unitID ident.ID) ([]ident.ID, error) {
	u, err := client.Unit.Query().Where(entunit.ID(unitID), entunit.AuthorityID(authorityID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, fault.Missing("unit")
	}
	if err != nil {
		return nil, fmt.Errorf("read unit: %w", err)
	}
	above := unit.Ancestors(unit.Parent(u.Path))
	if len(above) == 0 {
		return []ident.ID{}, nil
	}
	posts, err := q().Where(entpost.RoleIn(post.UnitHead, post.Leader), entpost.HasUnitWith(entunit.PathIn(above...))).WithUnit().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read heads above: %w", err)
	}
	for _, path := range slices.Backward(above) {
		var ids []ident.ID
		for _, p := range posts {
			head := p.Role == post.UnitHead || unit.Depth(path) == 0 && p.Role == post.Leader
			if head && p.Edges.Unit.Path == path {
				ids = append(ids, p.UserID)
			}
		}
		if len(ids) > 0 {
			return ordered(ids), nil
		}
	}
	return []ident.ID{}, nil
}

// holders lists the users of the posts of a query.
func holders(ctx context.Context, q *ent.PostQuery) ([]ident.ID, error) {
	posts, err := q.Select(entpost.FieldUserID).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read holders of posts: %w", err)
	}
	ids := make([]ident.ID, len(posts))
	for i, p := range posts {
		ids[i] = p.UserID
	}
	return ordered(ids), nil
}

// ordered sorts ids and leaves out repeated ones.
func ordered(ids []ident.ID) []ident.ID {
	slices.SortFunc(ids, ident.ID.Compare)
	return slices.Compact(ids)
}
