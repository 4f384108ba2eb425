package access

import (
	"entgo.io/ent/dialect/sql"

	"github.com/duban-gov/duban/internal/ident"
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
)

// Reach is one way in which a grant reaches objects, as plain data.
type Reach struct {
	Scope  Scope
	UnitID ident.ID
	Path   string
	PostID ident.ID
	Role   post.Role

	ActingForID ident.ID // whom the holder of the post stands in for
}

// Filter is the union of an actor's reaches for one permission. The same filter decides one object (Covers) and selects a
// list (Predicate): a list never shows what a single look would refuse, and the reverse.
type Filter struct {
	AuthorityID ident.ID
	UserID      ident.ID
	Everywhere  bool // the program itself: every authority
	Reaches     []Reach
}

// Facts are the columns of an object that reaches look at; what an object does not have stays zero and is never reached by it.
type Facts struct {
	AuthorityID ident.ID
	UnitID      ident.ID
	Path        string
	LeaderID    ident.ID
	OwnerID     ident.ID
	Part        string // "lead" or "support"
}

// Columns names the columns of a table that hold the facts; an empty name means that the table has none.
type Columns struct{ Authority, Unit, Path, Leader, Owner, Part string }

// Empty reports whether nothing is reached.
func (f Filter) Empty() bool { return len(f.Reaches) == 0 }

// add takes a reach in, leaving out what another one already contains, so that most filters are one predicate.
func (f *Filter) add(r Reach) {
	kept := f.Reaches[:0]
	for _, have := range f.Reaches {
		if contains(have, r) {
			return
		}
		if !contains(r, have) {
			kept = append(kept, have)
		}
	}
	f.Reaches = append(kept, r)
}

// contains reports whether all that b reaches, a reaches too. An acting officer's reach never takes the place of what the same
// person may do in their own right: the record says for whom an act was done.
func contains(a, b Reach) bool {
	if !a.ActingForID.IsZero() && a.ActingForID != b.ActingForID {
		return false
	}
	switch a.Scope {
	case ScopeAll:
		return true
	case ScopeSubtree:
		byUnit := b.Scope == ScopeSubtree || b.Scope == ScopeUnit || b.Scope == ScopeLead || b.Scope == ScopeSupport
		return byUnit && unit.Within(a.Path, b.Path)
	case ScopeUnit:
		byUnit := b.Scope == ScopeUnit || b.Scope == ScopeLead || b.Scope == ScopeSupport
		return byUnit && a.UnitID == b.UnitID
	default:
		return a.Scope == b.Scope && a.UnitID == b.UnitID
	}
}

// Post is the post by which the filter reaches an object: one held in the actor's own right, if any does; the zero id if none.
func (f Filter) Post(facts Facts) ident.ID {
	var acting ident.ID
	for _, r := range f.Reaches {
		if !f.reaches(r, facts) {
			continue
		}
		if r.ActingForID.IsZero() {
			return r.PostID
		}
		acting = r.PostID
	}
	return acting
}

// Covers decides one object.
func (f Filter) Covers(facts Facts) bool {
	if !f.Everywhere && facts.AuthorityID != f.AuthorityID {
		return false
	}
	for _, r := range f.Reaches {
		if f.reaches(r, facts) {
			return true
		}
	}
	return false
}

func (f Filter) reaches(r Reach, facts Facts) bool {
	switch r.Scope {
	case ScopeAll:
		return true
	case ScopeSubtree:
		return unit.Within(r.Path, facts.Path)
	case ScopeUnit:
		return same(facts.UnitID, r.UnitID)
	case ScopeLead, ScopeSupport:
		return same(facts.UnitID, r.UnitID) && facts.Part == string(r.Scope)
	case ScopeSupervised:
		return same(facts.LeaderID, f.UserID) || same(facts.LeaderID, r.ActingForID)
	case ScopeOwn:
		return same(facts.OwnerID, f.UserID)
	}
	return false
}

func same(a, b ident.ID) bool { return !a.IsZero() && a == b }

// Predicate selects the same objects in a query over a table with the given columns; ent takes it as any of its predicates.
func (f Filter) Predicate(c Columns) func(*sql.Selector) {
	return func(s *sql.Selector) {
		var ways []*sql.Predicate
		for _, r := range f.Reaches {
			if r.Scope == ScopeAll {
				ways = nil
				break
			}
			if way := f.way(s, c, r); way != nil {
				ways = append(ways, way)
			} else {
				ways = append(ways, sql.False())
			}
		}
		if f.Empty() {
			ways = append(ways, sql.False())
		}
		if !f.Everywhere {
			s.Where(sql.EQ(s.C(c.Authority), f.AuthorityID))
		}
		if len(ways) == 1 {
			s.Where(ways[0])
		} else if len(ways) > 1 {
			s.Where(sql.Or(ways...))
		}
	}
}

// way is the predicate of one reach; nil if the table has no such column.
func (f Filter) way(s *sql.Selector, c Columns, r Reach) *sql.Predicate {
	switch {
	case r.Scope == ScopeSubtree && c.Path != "" && r.Path != "":
		return sql.And(sql.GTE(s.C(c.Path), r.Path), sql.LT(s.C(c.Path), unit.PathEnd(r.Path)))
	case r.Scope == ScopeUnit && c.Unit != "" && !r.UnitID.IsZero():
		return sql.EQ(s.C(c.Unit), r.UnitID)
	case (r.Scope == ScopeLead || r.Scope == ScopeSupport) && c.Unit != "" && c.Part != "" && !r.UnitID.IsZero():
		return sql.And(sql.EQ(s.C(c.Unit), r.UnitID), sql.EQ(s.C(c.Part), string(r.Scope)))
	case r.Scope == ScopeSupervised && c.Leader != "" && !r.ActingForID.IsZero():
		return sql.In(s.C(c.Leader), f.UserID, r.ActingForID)
	case r.Scope == ScopeSupervised && c.Leader != "" && !f.UserID.IsZero():
		return sql.EQ(s.C(c.Leader), f.UserID)
	case r.Scope == ScopeOwn && c.Owner != "" && !f.UserID.IsZero():
		return sql.EQ(s.C(c.Owner), f.UserID)
	}
	return nil
}
