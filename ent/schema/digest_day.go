package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"
)

// DigestDay says that a person was sent the digest of a day: one row per person and day.
type DigestDay struct{ ent.Schema }

// Mixin of the schema.
func (DigestDay) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (DigestDay) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("user_id"),
		date("day"),
		instant("at"),
	}
}

// Indexes of the schema.
func (DigestDay) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id", "day").Unique(),
	}
}
