package accounts

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/duban-gov/duban/ent"
	entpost "github.com/duban-gov/duban/ent/post"
	"github.com/duban-gov/duban/ent/user"
	"github.com/duban-gov/duban/internal/access"
	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/units"
	"github.com/duban-gov/duban/internal/workday"
)

const maxPage = 200

func pageSize(limit int) int { return min(max(limit, 1), maxPage) }

// readCursor reads the id after which a page begins; no cursor is the beginning.
func readCursor(after string) (ident.ID, error) {
	if after == "" {
		return ident.ID{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return ident.ID{}, fault.BadField("query.after", "cursor")
	}
	id, err := ident.Parse(string(raw))
	if err != nil {
		return ident.ID{}, fault.BadField("query.after", "cursor")
	}
	return id, nil
}

// cutPage takes the one row more that tells of a next page away and makes the cursor.
func cutPage[T any](rows []T, limit int, id func(T) ident.ID) ([]T, string) {
	if len(rows) <= limit {
		return rows, ""
	}
	rows = rows[:limit]
	return rows, base64.RawURLEncoding.EncodeToString([]byte(id(rows[limit-1]).String()))
}

// UserPage is one page of users, oldest account first.
type UserPage struct {
	Items []User `json:"items" doc:"Users"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Users is one page of the users whom the caller may see; name narrows it to those whose name or login contains it.
func (s *Service) Users(ctx context.Context, name, after string, limit int) (UserPage, error) {
	filter, err := s.gate.May(ctx, access.UserRead)
	if err != nil {
		return UserPage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return UserPage{}, err
	}
	cursor, err := readCursor(after)
	if err != nil {
		return UserPage{}, err
	}
	q := s.store.Read().User.Query().Where(filter.Predicate(userColumns)).Where(user.IDGT(cursor))
	if name != "" {
		q.Where(user.Or(user.NameContains(name), user.LoginContains(foldLogin(name))))
	}
	limit = pageSize(limit)
	rows, err := q.Order(user.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return UserPage{}, fmt.Errorf("list users: %w", err)
	}
	page := UserPage{Items: []User{}}
	rows, page.Next = cutPage(rows, limit, func(r *ent.User) ident.ID { return r.ID })
	for _, r := range rows {
		page.Items = append(page.Items, s.userView(actor, r))
	}
	return page, nil
}

// GetUser is one user.
func (s *Service) GetUser(ctx context.Context, id ident.ID) (User, error) {
	filter, err := s.gate.May(ctx, access.UserRead)
	if err != nil {
		return User{}, err
	}
	row, err := seenUser(ctx, s.store.Read().User, filter, id)
	if err != nil {
		return User{}, err
	}
	actor, err := access.From(ctx)
	return s.userView(actor, row), err
}

// PostQuery selects posts; empty fields select all.
type PostQuery struct {
	UserID ident.ID
	UnitID ident.ID
	Role   post.Role
	On     workday.Date // only those held on the day
	After  string
	Limit  int
}

// PostPage is one page of posts, oldest first.
type PostPage struct {
	Items []Post `json:"items" doc:"Posts"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// Posts is one page of the posts that the caller may see.
func (s *Service) Posts(ctx context.Context, in PostQuery) (PostPage, error) {
	filter, err := s.gate.May(ctx, access.PostRead)
	if err != nil {
		return PostPage{}, err
	}
	actor, err := access.From(ctx)
	if err != nil {
		return PostPage{}, err
	}
	cursor, err := readCursor(in.After)
	if err != nil {
		return PostPage{}, err
	}
	q := s.store.Read().Post.Query().Where(filter.Predicate(postColumns)).Where(entpost.IDGT(cursor))
	if !in.UserID.IsZero() {
		q.Where(entpost.UserID(in.UserID))
	}
	if !in.UnitID.IsZero() {
		q.Where(entpost.UnitID(in.UnitID))
	}
	if in.Role != "" {
		q.Where(entpost.RoleEQ(in.Role))
	}
	if !in.On.IsZero() {
		q.Where(heldOn(in.On))
	}
	limit := pageSize(in.Limit)
	rows, err := q.WithUser().WithUnit().Order(entpost.ByID()).Limit(limit + 1).All(ctx)
	if err != nil {
		return PostPage{}, fmt.Errorf("list posts: %w", err)
	}
	page := PostPage{Items: []Post{}}
	rows, page.Next = cutPage(rows, limit, func(r *ent.Post) ident.ID { return r.ID })
	for _, r := range rows {
		page.Items = append(page.Items, s.postView(actor, r))
	}
	return page, nil
}

// GetPost is one post.
func (s *Service) GetPost(ctx context.Context, id ident.ID) (Post, error) {
	filter, err := s.gate.May(ctx, access.PostRead)
	if err != nil {
		return Post{}, err
	}
	row, err := s.store.Read().Post.Query().Where(entpost.ID(id)).Where(filter.Predicate(postColumns)).WithUser().WithUnit().Only(ctx)
	if ent.IsNotFound(err) {
		return Post{}, fault.Missing("post")
	}
	if err != nil {
		return Post{}, fmt.Errorf("read post: %w", err)
	}
	actor, err := access.From(ctx)
	return s.postView(actor, row), err
}

// Me is the signed-in user with what a page needs to draw itself.
type Me struct {
	User        User                `json:"user" doc:"The account"`
	Authority   units.Authority     `json:"authority" doc:"The authority"`
	Today       workday.Date        `json:"today" doc:"Calendar date in the authority's zone" example:"2017-03-06"`
	Posts       []Post              `json:"posts" doc:"Posts held today"`
	Permissions []access.Permission `json:"permissions" doc:"What the caller may do anywhere" example:"[\"duty.read\"]"`
	Enrol       bool                `json:"enrol" doc:"Whether the caller has to add a second factor before anything else" example:"false"`
}

// Me describes the caller.
func (s *Service) Me(ctx context.Context) (Me, error) {
	actor, err := access.From(ctx)
	if err != nil {
		return Me{}, err
	}
	client := s.store.Read()
	row, err := client.User.Get(ctx, actor.ID)
	if ent.IsNotFound(err) {
		return Me{}, unauthenticated()
	}
	if err != nil {
		return Me{}, fmt.Errorf("read user: %w", err)
	}
	me := Me{User: s.userView(actor, row), Posts: []Post{}, Permissions: []access.Permission{}, Enrol: actor.Enrol}
	if me.Authority, err = units.AuthorityOf(ctx, client, actor.AuthorityID); err != nil {
		return Me{}, err
	}
	if me.Today, err = s.Today(ctx, client, actor.AuthorityID); err != nil {
		return Me{}, err
	}
	posts, err := client.Post.Query().Where(entpost.UserID(actor.ID), heldOn(me.Today)).WithUser().WithUnit().Order(entpost.ByID()).All(ctx)
	if err != nil {
		return Me{}, fmt.Errorf("read posts: %w", err)
	}
	for _, r := range posts {
		me.Posts = append(me.Posts, s.postView(actor, r))
	}
	for _, p := range access.Permissions {
		if s.gate.Can(actor, p) {
			me.Permissions = append(me.Permissions, p)
		}
	}
	return me, nil
}
