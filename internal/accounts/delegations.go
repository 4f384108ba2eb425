package accounts

import (
	"context"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/predicate"
	entunit "github.com/duban-gov/duban/ent/unit"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
	"github.com/duban-gov/duban/internal/workday"
)

// Delegation is a post in which another person acts for a time for the one who holds it.
type Delegation struct {
	ID             ident.ID     `json:"id" doc:"Id of the delegated post"`
	GiverID        ident.ID     `json:"giver_id" doc:"Who holds the post and delegates it"`
	GiverName      string       `json:"giver_name" doc:"Name of who delegates it" example:"王芳"`
	UserID         ident.ID     `json:"user_id" doc:"Who acts in it"`
	UserName       string       `json:"user_name" doc:"Name of who acts in it" example:"张伟"`
	UnitID         ident.ID     `json:"unit_id" doc:"Unit of the post"`
	UnitName       string       `json:"unit_name" doc:"Name of the unit" example:"政策法规处"`
	Role           post.Role    `json:"role" enum:"unit_head,unit_clerk" doc:"Role of the post" example:"unit_head"`
	ValidFrom      workday.Date `json:"valid_from" doc:"First day" example:"2017-03-06"`
	ValidTo        workday.Date `json:"valid_to" doc:"Last day" example:"2017-03-17"`
	State          string       `json:"state" enum:"coming,in_force,ended" doc:"Whether it has not begun yet, is in force, or has ended" example:"in_force"`
	Version        int          `json:"version" doc:"Version to name in If-Match" example:"1"`
	AllowedActions []string     `json:"allowed_actions" doc:"What the caller may do with it now" example:"[\"take_back\"]"`
}

// DelegationPage is one page of the delegations by and to the caller.
type DelegationPage struct {
	Items []Delegation `json:"items" doc:"The latest first"`
	Next  string       `json:"next" doc:"Cursor of the next page; empty at the end"`
	Days  int          `json:"days" doc:"How many days one may last at most" example:"90"`
}

// delegations selects those that somebody gave or got.
func delegations(actor access.Actor) predicate.Post {
	return entpost.And(entpost.AuthorityID(actor.AuthorityID), entpost.Delegated(true), entpost.Or(entpost.UserID(actor.ID), entpost.ActingForID(actor.ID)))
}

// Delegations is one page of what the caller delegated and what was delegated to the caller.
func (s *Service) Delegations(ctx context.Context, after string, limit int) (DelegationPage, error) {
	page := DelegationPage{Items: []Delegation{}, Days: s.DelegationDays}
	if _, err := s.gate.May(ctx, access.PostDelegate); err != nil {
		return page, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return page, err
	}
	cursor, err := readCursor(after)
	if err != nil {
		return page, err
	}
	which := delegations(actor)
	if !cursor.IsZero() {
		which = entpost.And(which, entpost.IDLT(cursor))
	}
	limit = pageSize(limit)
	items, err := s.showDelegations(ctx, s.store.Read(), actor, which, limit+1)
	if err != nil {
		return page, err
	}
	page.Items, page.Next = cutPage(items, limit, func(d Delegation) ident.ID { return d.ID })
	return page, nil
}

func (s *Service) delegationView(ctx context.Context, client *ent.Client, actor access.Actor, id ident.ID) (Delegation, error) {
	views, err := s.showDelegations(ctx, client, actor, entpost.ID(id), 1)
	if err != nil || len(views) == 0 {
		return Delegation{}, err
	}
	return views[0], nil
}

func (s *Service) showDelegations(ctx context.Context, client *ent.Client, actor access.Actor, which predicate.Post, limit int) ([]Delegation, error) {
	rows, err := client.Post.Query().Where(which).WithUser().WithUnit().Order(ent.Desc(entpost.FieldID)).Limit(limit).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list delegations: %w", err)
	}
	today, err := s.Today(ctx, client, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	givers := make([]ident.ID, len(rows))
	for i, r := range rows {
		givers[i] = r.ActingForID
	}
	names, err := Names(ctx, client, givers)
	if err != nil {
		return nil, err
	}
	views := make([]Delegation, len(rows))
	for i, r := range rows {
		views[i] = Delegation{ID: r.ID, GiverID: r.ActingForID, GiverName: names[r.ActingForID], UserID: r.UserID, UserName: r.Edges.User.Name, UnitID: r.UnitID,
			UnitName: r.Edges.Unit.Name, Role: r.Role, ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, State: stateOf(r, today), Version: r.Version, AllowedActions: []string{}}
		if (r.ActingForID == actor.ID || r.UserID == actor.ID) && views[i].State != "ended" {
			views[i].AllowedActions = []string{"take_back"}
		}
	}
	return views, nil
}

func stateOf(r *ent.Post, today workday.Date) string {
	switch {
	case r.ValidTo.Before(today) || r.ValidTo.Before(r.ValidFrom):
		return "ended"
	case r.ValidFrom.After(today):
		return "coming"
	}
	return "in_force"
}

// Colleague is somebody to whom a post may be delegated.
type Colleague struct {
	UserID   ident.ID  `json:"user_id" doc:"Who"`
	UserName string    `json:"user_name" doc:"Name" example:"张伟"`
	UnitName string    `json:"unit_name" doc:"Unit of a post of theirs" example:"政策法规处"`
	Role     post.Role `json:"role" doc:"Role of that post" example:"unit_clerk"`
}

// ColleaguePage is one page of colleagues.
type ColleaguePage struct {
	Items []Colleague `json:"items" doc:"One line for each post of a colleague, the oldest first"`
	Next  string      `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Colleagues is one page of those to whom one's own post may be delegated from today on: who holds a post of their own in its unit
// or below it.
func (s *Service) Colleagues(ctx context.Context, postID ident.ID, after string, limit int) (ColleaguePage, error) {
	page := ColleaguePage{Items: []Colleague{}}
	filter, err := s.gate.May(ctx, access.PostDelegate)
	if err != nil {
		return page, err
	}
	cursor, err := readCursor(after)
	if err != nil {
		return page, err
	}
	client := s.store.Read()
	own, err := client.Post.Query().Where(entpost.ID(postID)).Where(filter.Predicate(postColumns)).WithUnit().Only(ctx)
	if ent.IsNotFound(err) {
		return page, fault.Missing("post")
	}
	if err != nil {
		return page, fmt.Errorf("read own post: %w", err)
	}
	today, err := s.Today(ctx, client, own.AuthorityID)
	if err != nil {
		return page, err
	}
	limit = pageSize(limit)
	rows, err := client.Post.Query().Where(entpost.AuthorityID(own.AuthorityID), entpost.IDGT(cursor), entpost.UserIDNEQ(own.UserID), entpost.Delegated(false),
		entpost.ActingForID(ident.ID{}), heldOn(today), entpost.RoleNotIn(post.SystemAdmin, post.SecurityAdmin, post.AuditAdmin),
		entpost.HasUserWith(user.DisabledAtIsNil()), entpost.HasUnitWith(entunit.PathGTE(own.Edges.Unit.Path), entunit.PathLT(unit.PathEnd(own.Edges.Unit.Path)))).
		WithUser().WithUnit().Order(entpost.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return page, fmt.Errorf("list colleagues: %w", err)
	}
	rows, page.Next = cutPage(rows, limit, func(r *ent.Post) ident.ID { return r.ID })
	for _, r := range rows {
		page.Items = append(page.Items, Colleague{UserID: r.UserID, UserName: r.Edges.User.Name, UnitName: r.Edges.Unit.Name, Role: r.Role})
	}
	return page, nil
}
