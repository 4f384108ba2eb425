// Package sample is a fictional provincial education department (岚江省教育厅) with its people, its 2017 open-government plan
// and a few small documents for tests. The province, its cities, universities and people are invented; a name that a real
// place or person also bears is chance. Everything is computed from tables and a seed, so the same options always give the
// same data. Pure: no I/O and no clock.
package sample

import (
	"github.com/duban-gov/duban/internal/post"
	"github.com/duban-gov/duban/internal/unit"
)

// Root is the code of the department itself, the root of the unit tree.
const Root = "JYT"

// FullSites is the number of service sites (阳光服务中心、站、点) of the full-size sample.
const FullSites = 9586

// Unit is one organisation. Parent is the code of the unit above, "" for the root; a parent stands before its children.
// Aliases are the short names by which documents call the unit. Sort orders the children of one parent.
type Unit struct {
	Code    string
	Name    string
	Kind    unit.Kind
	Parent  string
	Aliases []string
	Sort    int
}

// Roster is a named collective. Either Kind is set and every unit of that kind in the authority is a member, or Members
// lists the codes.
type Roster struct {
	Code    string
	Name    string
	Aliases []string
	Kind    unit.Kind
	Members []string
}

// Holds reports whether a unit is a member.
func (r Roster) Holds(u Unit) bool {
	if r.Kind != "" {
		return u.Kind == r.Kind
	}
	for _, code := range r.Members {
		if code == u.Code {
			return true
		}
	}
	return false
}

// Person is a user with one post: Role in the unit with code Unit. Supervises lists the units that a leader answers for
// (分管); it is empty for everybody else.
type Person struct {
	Login      string
	Name       string
	Title      string
	Role       post.Role
	Unit       string
	Supervises []string
}

// Data is a whole authority.
type Data struct {
	Units   []Unit
	Rosters []Roster
	People  []Person
}

// Options sets the size. Sites is the number of service sites, 0 to MaxSites (more is cut to that); schools come with them,
// since most sites stand in a school. Seed varies the names of schools and people below the leaders.
type Options struct {
	Sites int
	Seed  uint64
}

// Authority builds the sample authority.
func Authority(o Options) Data {
	units := department()
	units = append(units, universities()...)
	bureaus := cityBureaus()
	units = append(units, bureaus...)
	units = append(units, sites(bureaus, o)...)
	return Data{Units: units, Rosters: rosters(), People: people(units, o.Seed)}
}
