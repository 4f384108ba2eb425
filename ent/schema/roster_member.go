package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"
)

// RosterMember is a dated member of a listed roster.
type RosterMember struct{ ent.Schema }

// Mixin of the schema.
func (RosterMember) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (RosterMember) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("roster_id"),
		fixedRef("unit_id"),
		date("valid_from"),
		date("valid_to"),
	}
}

// Indexes of the schema.
func (RosterMember) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("roster_id", "unit_id", "valid_from").Unique(),
	}
}
