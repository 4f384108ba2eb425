package accounts

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/workday"
)

// unitFacts is what access to a unit is decided by.
func (s *Service) unitFacts(ctx context.Context, id ident.ID) (access.Facts, error) {
	r, err := s.store.Read().Unit.Get(ctx, id)
	if ent.IsNotFound(err) {
		return access.Facts{}, fault.Missing("unit")
	}
	if err != nil {
		return access.Facts{}, fmt.Errorf("read unit: %w", err)
	}
	return access.Facts{AuthorityID: r.AuthorityID, UnitID: r.ID, Path: r.Path}, nil
}

// userFacts is what access to a user is decided by.
func (s *Service) userFacts(ctx context.Context, id ident.ID) (access.Facts, error) {
	r, err := s.store.Read().User.Get(ctx, id)
	if ent.IsNotFound(err) {
		return access.Facts{}, fault.Missing("user")
	}
	if err != nil {
		return access.Facts{}, fmt.Errorf("read user: %w", err)
	}
	return access.Facts{AuthorityID: r.AuthorityID, OwnerID: r.ID}, nil
}

// AccessAnswer says why a user may or may not act on an object.
type AccessAnswer struct {
	UserID      ident.ID           `json:"user_id" doc:"Who was asked about"`
	UserName    string             `json:"user_name" doc:"Name of the user" example:"张伟"`
	Subject     string             `json:"subject" doc:"Kind of object" example:"duty"`
	SubjectID   ident.ID           `json:"subject_id" doc:"Object"`
	On          workday.Date       `json:"on" doc:"Day whose posts count" example:"2017-03-06"`
	Disabled    bool               `json:"disabled" doc:"Whether the account is closed, so that it holds no post" example:"false"`
	Explanation access.Explanation `json:"explanation" doc:"The decision and what it rests on. State and separation of duties are decided by the state tables after it"`
}

// AccessHolder is a user who may act on an object.
type AccessHolder struct {
	UserID   ident.ID      `json:"user_id" doc:"The user"`
	UserName string        `json:"user_name" doc:"Name of the user" example:"张伟"`
	Lines    []access.Line `json:"lines" doc:"Grants that reach the object"`
}

// AccessHolderPage is one page of them, oldest account first.
type AccessHolderPage struct {
	Items []AccessHolder `json:"items" doc:"Users who may"`
	Next  string         `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// facts finds what access to an object of the caller's authority is decided by.
func (s *Service) facts(ctx context.Context, permission access.Permission, subject string, id ident.ID) (access.Facts, error) {
	filter, err := s.gate.May(ctx, access.AccessExplain)
	if err != nil {
		return access.Facts{}, err
	}
	if !slices.Contains(access.Permissions, permission) {
		return access.Facts{}, fault.BadField("query.permission", "access.permission")
	}
	find, known := s.Objects[subject]
	if !known {
		return access.Facts{}, fault.BadField("query.subject", "access.subject")
	}
	facts, err := find(ctx, id)
	if err != nil {
		return access.Facts{}, err
	}
	if !filter.Everywhere && facts.AuthorityID != filter.AuthorityID {
		return access.Facts{}, fault.Missing(subject)
	}
	return facts, nil
}

// Explain answers "why may X do this, or why not" by the code that decides.
func (s *Service) Explain(ctx context.Context, userID ident.ID, permission access.Permission, subject string, id ident.ID) (AccessAnswer, error) {
	facts, err := s.facts(ctx, permission, subject, id)
	if err != nil {
		return AccessAnswer{}, err
	}
	row, err := s.store.Read().User.Query().Where(user.ID(userID), user.AuthorityID(facts.AuthorityID)).Only(ctx)
	if ent.IsNotFound(err) {
		return AccessAnswer{}, fault.Missing("user")
	}
	if err != nil {
		return AccessAnswer{}, fmt.Errorf("read user: %w", err)
	}
	on, err := s.Today(ctx, s.store.Read(), facts.AuthorityID)
	if err != nil {
		return AccessAnswer{}, err
	}
	actor, err := s.actor(ctx, row, on)
	if err != nil {
		return AccessAnswer{}, err
	}
	return AccessAnswer{UserID: row.ID, UserName: row.Name, Subject: subject, SubjectID: id, On: on, Disabled: !row.DisabledAt.IsZero(),
		Explanation: s.gate.Explain(actor, permission, facts)}, nil
}

// Who answers "who may do this" by the code that decides, over everybody who holds a post today.
func (s *Service) Who(ctx context.Context, permission access.Permission, subject string, id ident.ID, after string, limit int) (AccessHolderPage, error) {
	facts, err := s.facts(ctx, permission, subject, id)
	if err != nil {
		return AccessHolderPage{}, err
	}
	cursor, err := readCursor(after)
	if err != nil {
		return AccessHolderPage{}, err
	}
	on, err := s.Today(ctx, s.store.Read(), facts.AuthorityID)
	if err != nil {
		return AccessHolderPage{}, err
	}
	holders := []AccessHolder{}
	limit = pageSize(limit)
	err = s.eachActor(ctx, facts.AuthorityID, permission, on, cursor, func(a access.Actor) bool {
		if e := s.gate.Explain(a, permission, facts); e.Allowed {
			matching := slices.DeleteFunc(e.Lines, func(l access.Line) bool { return !l.Matches })
			holders = append(holders, AccessHolder{UserID: a.ID, UserName: a.Name, Lines: matching})
		}
		return len(holders) <= limit
	})
	if err != nil {
		return AccessHolderPage{}, err
	}
	page := AccessHolderPage{}
	page.Items, page.Next = cutPage(holders, limit, func(h AccessHolder) ident.ID { return h.UserID })
	return page, nil
}

// eachActor hands over, in the order of their ids, the users who hold a post of a role that has the permission at all.
func (s *Service) eachActor(ctx context.Context, authorityID ident.ID, permission access.Permission, on workday.Date, after ident.ID, visit func(access.Actor) bool) error {
	var roles []post.Role
	for _, r := range post.Roles {
		if len(s.gate.Scopes(r, permission)) > 0 {
			roles = append(roles, r)
		}
	}
	const chunk = 500
	for {
		users, err := s.store.Read().User.Query().Where(user.AuthorityID(authorityID), user.IDGT(after), user.DisabledAtIsNil()).
			Order(user.ByID()).Limit(chunk).All(ctx)
		if err != nil {
			return fmt.Errorf("read users: %w", err)
		}
		actors := make([]access.Actor, len(users))
		at := make(map[ident.ID]int, len(users))
		for i, u := range users {
			actors[i], at[u.ID], after = access.Actor{ID: u.ID, AuthorityID: u.AuthorityID, Name: u.Name}, i, u.ID
		}
		posts, err := s.store.Read().Post.Query().Where(entpost.UserIDIn(slices.Collect(maps.Keys(at))...), entpost.RoleIn(roles...), heldOn(on)).
			WithUnit().Order(entpost.ByID()).All(ctx)
		if err != nil {
			return fmt.Errorf("read posts: %w", err)
		}
		for _, p := range posts {
			actors[at[p.UserID]].Posts = append(actors[at[p.UserID]].Posts, held(p))
		}
		for _, a := range actors {
			if len(a.Posts) > 0 && !visit(a) {
				return nil
			}
		}
		if len(users) < chunk {
			return nil
		}
	}
}
