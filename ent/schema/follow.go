package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Follow says that a user keeps an eye on an object (关注).
type Follow struct{ ent.Schema }

// Mixin of the schema.
func (Follow) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Follow) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("user_id"),
		field.String("subject").Immutable(),
		fixedRef("subject_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (Follow) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("user_id", "subject", "subject_id").Unique(),
	}
}
