package access

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	"github.com/casbin/casbin/v2/persist"

	"github.com/duban-gov/duban/internal/fault"
	"github.com/duban-gov/duban/internal/post"
)

// Scope says how far a grant reaches from a post.
type Scope string

const (
	ScopeOwn        Scope = "own"        // what the user wrote or was sent
	ScopeUnit       Scope = "unit"       // the unit of the post
	ScopeSubtree    Scope = "subtree"    // that unit and all below it
	ScopeLead       Scope = "lead"       // duties of the unit with the part lead
	ScopeSupport    Scope = "support"    // duties of the unit with the part support
	ScopeSupervised Scope = "supervised" // what the user answers for as supervising leader
	ScopeAll        Scope = "all"        // everything of the authority
)

// Scopes lists every scope.
var Scopes = []Scope{ScopeOwn, ScopeUnit, ScopeSubtree, ScopeLead, ScopeSupport, ScopeSupervised, ScopeAll}

// grants is the policy compiled once: casbin is asked when a policy is loaded, never per request.
type grants map[post.Role]map[Permission][]Scope

// Gate answers what an actor may do. A new policy is compiled aside and swapped whole.
type Gate struct{ current atomic.Pointer[grants] }

// NewGate compiles a policy; an empty or faulty one is an error, so the program does not start open or closed by accident.
func NewGate(modelText, policyText string) (*Gate, error) {
	g := &Gate{}
	if err := g.Load(modelText, policyText); err != nil {
		return nil, err
	}
	return g, nil
}

// Load replaces the policy.
func (g *Gate) Load(modelText, policyText string) error {
	compiled, err := compile(modelText, policyText)
	if err != nil {
		return fmt.Errorf("load policy: %w", err)
	}
	g.current.Store(&compiled)
	return nil
}

// word is all that a policy value may be: no blank, no newline, no pattern.
var word = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)?$`)

func compile(modelText, policyText string) (grants, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	lines, err := policyLines(policyText)
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		if err := persist.LoadPolicyArray(append([]string{"p"}, line...), m); err != nil {
			return nil, fmt.Errorf("read policy line %v: %w", line, err)
		}
	}
	enforcer, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, fmt.Errorf("build enforcer: %w", err)
	}
	compiled := make(grants)
	for _, line := range lines {
		role, permission, scope := post.Role(line[0]), Permission(line[1]), Scope(line[2])
		allowed, err := enforcer.Enforce(line[0], line[1], line[2])
		if err != nil {
			return nil, fmt.Errorf("ask for %v: %w", line, err)
		}
		if !allowed {
			continue
		}
		if compiled[role] == nil {
			compiled[role] = make(map[Permission][]Scope)
		}
		if !slices.Contains(compiled[role][permission], scope) {
			compiled[role][permission] = append(compiled[role][permission], scope)
		}
	}
	if len(compiled) == 0 {
		return nil, fmt.Errorf("the policy allows nothing")
	}
	return compiled, nil
}

// policyLines reads "p, role, permission, scope" and refuses every word that is not known.
func policyLines(text string) ([][]string, error) {
	var lines [][]string
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, ",")
		for j := range parts {
			parts[j] = strings.TrimSpace(parts[j])
		}
		if err := checkLine(parts); err != nil {
			return nil, fmt.Errorf("policy line %d: %w", i+1, err)
		}
		lines = append(lines, parts[1:])
	}
	return lines, nil
}

func checkLine(parts []string) error {
	if len(parts) != 4 || parts[0] != "p" {
		return fmt.Errorf(`want "p, role, permission, scope"`)
	}
	for _, part := range parts[1:] {
		if !word.MatchString(part) {
			return fmt.Errorf("%q is not a plain word", part)
		}
	}
	switch {
	case !slices.Contains(append(slices.Clone(post.Roles), Job), post.Role(parts[1])):
		return fmt.Errorf("unknown role %q", parts[1])
	case !slices.Contains(Permissions, Permission(parts[2])):
		return fmt.Errorf("unknown permission %q", parts[2])
	case !slices.Contains(Scopes, Scope(parts[3])):
		return fmt.Errorf("unknown scope %q", parts[3])
	}
	return nil
}

// Scopes lists how far a role reaches with a permission; none means refused.
func (g *Gate) Scopes(role post.Role, permission Permission) []Scope {
	return (*g.current.Load())[role][permission]
}

// May says what the actor of the context may act on with a permission; a fault says which permission is missing.
func (g *Gate) May(ctx context.Context, permission Permission) (Filter, error) {
	actor, err := From(ctx)
	if err != nil {
		return Filter{}, err
	}
	if actor.Enrol {
		return Filter{}, fault.New(fault.Forbidden, "second_factor.required")
	}
	filter := g.Filter(actor, permission)
	if filter.Empty() {
		return Filter{}, Refused(permission, "post")
	}
	return filter, nil
}

// Refused is the refusal of a permission, naming the relation that was missing.
func Refused(permission Permission, relation string) *fault.Error {
	return fault.New(fault.Forbidden, "forbidden").With("permission", string(permission)).With("relation", relation)
}

// Filter is what an actor may act on with a permission; an empty one refuses everything.
func (g *Gate) Filter(actor Actor, permission Permission) Filter {
	filter := Filter{AuthorityID: actor.AuthorityID, UserID: actor.ID, Everywhere: actor.System != ""}
	if actor.Enrol || len(actor.Only) > 0 && !slices.Contains(actor.Only, permission) {
		return filter
	}
	for _, p := range actor.Posts {
		for _, scope := range g.Scopes(p.Role, permission) {
			filter.add(Reach{Scope: scope, UnitID: p.UnitID, Path: p.UnitPath, PostID: p.ID, Role: p.Role, ActingForID: p.ActingForID})
		}
	}
	return filter
}

// Can reports whether the actor has a permission anywhere; lists of buttons use it.
func (g *Gate) Can(actor Actor, permission Permission) bool {
	return !g.Filter(actor, permission).Empty()
}
