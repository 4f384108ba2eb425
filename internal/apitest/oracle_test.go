package apitest

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/duban-gov/duban/internal/access"
)

// oracle is the table of who may do what, read from testdata/oracle.txt. It is written by hand from the rules of the domain;
// nothing of it comes from the policy or the code.
type oracle struct {
	kinds []*kind
	rows  []*rule
}

// kind is one kind of object: who sees it, in general and in single states.
type kind struct {
	name, title string
	see         []grant
	seeIn       map[string][]grant // by state, instead of see
}

// rule is one line: who may do an operation in which states, and which relations it demands or excludes.
type rule struct {
	op, note  string
	kind      *kind
	who       []grant
	states    []string // empty: the operation has no object
	must, not []string
	gives     int // status of an allowed call, if it is not the operation's success
}

// grant is a role within a reach. The role "any" is every role, "signed" also those who hold no post, "public" also nobody.
type grant struct{ role, reach string }

const oracleFile = "testdata/oracle.txt"

func readOracle(t testing.TB) *oracle {
	t.Helper()
	raw, err := os.ReadFile(oracleFile)
	if err != nil {
		t.Fatal(err)
	}
	o := &oracle{}
	for i, line := range strings.Split(string(raw), "\n") {
		if err := o.read(strings.TrimSpace(line)); err != nil {
			t.Fatalf("%s:%d: %v", oracleFile, i+1, err)
		}
	}
	return o
}

func (o *oracle) read(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
		return nil
	case word == "kind":
		name, title, _ := strings.Cut(rest, " ")
		o.kinds = append(o.kinds, &kind{name: name, title: title, seeIn: map[string][]grant{}})
		return nil
	case word == "see":
		o.kinds[len(o.kinds)-1].see = grants(rest)
		return nil
	case strings.HasPrefix(word, "see:"):
		o.kinds[len(o.kinds)-1].seeIn[strings.TrimPrefix(word, "see:")] = grants(rest)
		return nil
	}
	parts := strings.Split(line, "|")
	if len(parts) != 5 {
		return fmt.Errorf("want operation | who | states | relations | note, have %q", line)
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	r := &rule{op: parts[0], kind: o.kinds[len(o.kinds)-1], who: grants(parts[1]), note: parts[4]}
	if parts[2] != "-" {
		r.states = strings.Fields(parts[2])
	}
	for _, relation := range strings.Fields(parts[3]) {
		switch relation[0] {
		case '+':
			r.must = append(r.must, relation[1:])
		case '-':
			r.not = append(r.not, relation[1:])
		case '=':
			_, _ = fmt.Sscan(relation[1:], &r.gives)
		default:
			return fmt.Errorf("a relation is +demanded or -excluded, have %q", relation)
		}
	}
	o.rows = append(o.rows, r)
	return nil
}

func grants(text string) []grant {
	var all []grant
	for _, word := range strings.Fields(text) {
		role, reach, _ := strings.Cut(word, "@")
		all = append(all, grant{role, reach})
	}
	return all
}

// rules lists the lines of an operation; several share it when its conditions differ by state.
func (o *oracle) rules(op string) []*rule {
	var all []*rule
	for _, r := range o.rows {
		if r.op == op {
			all = append(all, r)
		}
	}
	return all
}

// covers reports whether a line speaks of a state; "*.draft" is draft of any sort, "*" any state.
func (r *rule) covers(state string) bool {
	return slices.ContainsFunc(r.states, func(s string) bool {
		if suffix, any := strings.CutPrefix(s, "*"); any {
			return strings.HasSuffix(state, suffix)
		}
		return s == state
	})
}

// verdict is what a cell has to answer: a status, and what the code of a refusal begins with.
type verdict struct {
	status int
	code   string
	unseen bool // the caller does not see the object: the answer must be the one that an unknown id gets
}

func (v verdict) String() string { return strings.TrimSpace(fmt.Sprint(v.status, " ", v.code)) }

// expect says what the domain wants of an actor's call on an object (nil: there is none).
func (o *oracle) expect(rules []*rule, who *actor, on *object, success int) verdict {
	if who == nil {
		if rules[0].who[0].role == "public" {
			return allowed(rules[0], success)
		}
		return verdict{status: http.StatusUnauthorized, code: "unauthenticated"}
	}
	var may []grant
	for _, r := range rules {
		may = append(may, r.who...)
	}
	unseen := on != nil && !rules[0].kind.seenBy(who, on)
	if !slices.ContainsFunc(may, func(g grant) bool { return g.to(who) }) {
		return verdict{http.StatusForbidden, "forbidden", unseen}
	}
	switch {
	case on == nil:
		return allowed(rules[0], success)
	case unseen:
		return verdict{http.StatusNotFound, "not_found", true}
	case !slices.ContainsFunc(may, func(g grant) bool { return g.reaches(who, on) }):
		return verdict{status: http.StatusForbidden, code: "forbidden"}
	}
	return o.decide(rules, who, on, success)
}

// seenBy reports whether somebody sees an object of the kind.
func (k *kind) seenBy(who *actor, on *object) bool {
	see := k.see
	if only, hidden := k.seeIn[on.state]; hidden {
		see = only
	}
	return slices.ContainsFunc(see, func(g grant) bool { return g.reaches(who, on) })
}

// decide applies the law that stands above the grants: states, and who has to stand apart.
func (o *oracle) decide(rules []*rule, who *actor, on *object, success int) verdict {
	i := slices.IndexFunc(rules, func(r *rule) bool { return r.covers(on.state) })
	if i < 0 {
		return verdict{status: http.StatusConflict}
	}
	r := rules[i]
	if !slices.ContainsFunc(r.who, func(g grant) bool { return g.reaches(who, on) }) {
		return verdict{status: http.StatusForbidden, code: "forbidden"}
	}
	for _, relation := range r.must {
		if !on.stands(who, relation) {
			return verdict{status: http.StatusForbidden, code: "relation." + relation}
		}
	}
	for _, relation := range r.not {
		if on.stands(who, relation) {
			return verdict{status: http.StatusConflict, code: "separation."}
		}
	}
	return allowed(r, success)
}

func allowed(r *rule, success int) verdict {
	if r.gives != 0 {
		return verdict{status: r.gives}
	}
	return verdict{status: success}
}

// to reports whether somebody holds the role of the grant at all.
func (g grant) to(who *actor) bool {
	switch g.role {
	case "public", "signed":
		return true
	case "any":
		return len(who.posts) > 0
	}
	return slices.ContainsFunc(who.posts, func(p access.Post) bool { return string(p.Role) == g.role })
}

// reaches reports whether the grant of one of somebody's posts reaches an object.
func (g grant) reaches(who *actor, on *object) bool {
	if g.reach == "own" {
		return g.to(who) && slices.Contains(on.held[who.name], "owner")
	}
	if strings.HasSuffix(who.name, ".away") {
		return false
	}
	return slices.ContainsFunc(who.posts, func(p access.Post) bool {
		if string(p.Role) != g.role && g.role != "any" && g.role != "signed" {
			return false
		}
		switch g.reach {
		case "all":
			return true
		case "subtree":
			return strings.HasPrefix(on.unit.Path, p.UnitPath)
		case "unit":
			return on.unit.ID == p.UnitID
		}
		return false
	})
}

// stands reports whether somebody stands in a relation to an object.
func (on *object) stands(who *actor, relation string) bool {
	if relation == "holder" {
		return slices.ContainsFunc(who.posts, func(p access.Post) bool { return p.UnitID == on.unit.ID })
	}
	return slices.Contains(on.held[who.name], relation)
}
