package access

import "github.com/duban-gov/duban/internal/post"

// Line is one grant that was looked at for a decision.
type Line struct {
	Role    post.Role `json:"role" doc:"Role of the post"`
	Scope   Scope     `json:"scope" doc:"How far the grant reaches"`
	UnitID  string    `json:"unit_id" doc:"Unit of the post"`
	Matches bool      `json:"matches" doc:"Whether the object lies within it"`
}

// Explanation says why an actor may or may not act on an object. It is made by the code that decides.
type Explanation struct {
	Permission Permission `json:"permission" doc:"The permission asked for"`
	Allowed    bool       `json:"allowed" doc:"The decision"`
	Lines      []Line     `json:"lines" doc:"Grants that the actor's posts give for this permission"`
	Missing    string     `json:"missing,omitempty" doc:"What was missing: post (no post grants it), token (the token does not carry it), relation (no grant reaches the object)"`
}

// Explain decides and keeps the reasons.
func (g *Gate) Explain(actor Actor, permission Permission, facts Facts) Explanation {
	e := Explanation{Permission: permission, Lines: []Line{}}
	filter := g.Filter(actor, permission)
	for _, r := range filter.Reaches {
		single := filter
		single.Reaches = []Reach{r}
		matches := single.Covers(facts)
		e.Lines = append(e.Lines, Line{Role: r.Role, Scope: r.Scope, UnitID: r.UnitID.String(), Matches: matches})
		e.Allowed = e.Allowed || matches
	}
	if e.Allowed {
		return e
	}
	unlimited := actor
	unlimited.Only = nil
	switch {
	case len(filter.Reaches) > 0:
		e.Missing = "relation"
	case g.Can(unlimited, permission):
		e.Missing = "token"
	default:
		e.Missing = "post"
	}
	return e
}
