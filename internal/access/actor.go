// Package access decides who may do what: the actor in the context, the list of permissions, the gate over the casbin policy
// (nothing else imports casbin), the scope of a grant as plain data, and the explanation of a decision.
package access

import (
	"context"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
)

// Job is the role of the program's own work; no person can hold it.
const Job post.Role = "job"

// Post is one post that the actor holds today.
type Post struct {
	ID          ident.ID
	UnitID      ident.ID
	UnitPath    string
	Role        post.Role
	ActingForID ident.ID // whom an acting officer stands in for
}

// Actor is who acts: a signed-in user with the posts held today, or the program itself under a name.
type Actor struct {
	ID          ident.ID
	AuthorityID ident.ID
	Name        string
	System      string // the name of a system actor ("deadlines"); empty for people
	Posts       []Post
	Only        []Permission // a token's limit; empty means all that the posts give
	SessionID   ident.ID
	Enrol       bool // may do nothing until a second factor is there
	RequestID   string
}

type actorKey struct{}

// With returns a context in which a acts.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// System returns a context in which the program itself acts under a name; its work is not bound to one authority.
func System(ctx context.Context, name string) context.Context {
	return With(ctx, Actor{Name: name, System: name, Posts: []Post{{Role: Job}}})
}

// From is the actor of the context; nobody is an unauthenticated fault.
func From(ctx context.Context) (Actor, error) {
	a, ok := ctx.Value(actorKey{}).(Actor)
	if !ok {
		return Actor{}, fault.New(fault.Unauthenticated, "unauthenticated")
	}
	return a, nil
}

// InUnit reports whether the actor holds a post in exactly this unit.
func (a Actor) InUnit(unit ident.ID) bool {
	for _, p := range a.Posts {
		if p.UnitID == unit && !unit.IsZero() {
			return true
		}
	}
	return false
}

// Has reports whether the actor holds a role anywhere.
func (a Actor) Has(role post.Role) bool {
	for _, p := range a.Posts {
		if p.Role == role {
			return true
		}
	}
	return false
}

// Post finds a post of the actor by its id; the zero post if they do not hold it.
func (a Actor) Post(id ident.ID) Post {
	for _, p := range a.Posts {
		if p.ID == id && !id.IsZero() {
			return p
		}
	}
	return Post{}
}

// MainPost is the post written into the history when no other is named: the first that the actor holds in their own right, else
// the first; the zero id if there is none.
func (a Actor) MainPost() ident.ID {
	for _, p := range a.Posts {
		if p.ActingForID.IsZero() {
			return p.ID
		}
	}
	if len(a.Posts) == 0 {
		return ident.ID{}
	}
	return a.Posts[0].ID
}
