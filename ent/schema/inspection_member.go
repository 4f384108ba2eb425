package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// InspectionMember is a person on an inspection's team; the leader answers for it (Order 733 art. 8).
type InspectionMember struct{ ent.Schema }

// Mixin of the schema.
func (InspectionMember) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (InspectionMember) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("inspection_id"),
		fixedRef("user_id"),
		field.Bool("leads").Default(false),
	}
}

// Indexes of the schema.
func (InspectionMember) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("inspection_id", "user_id").Unique(),
		index.Fields("user_id"),
	}
}
