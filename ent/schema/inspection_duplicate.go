package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// InspectionDuplicate is the answer to a warning that another inspection is at the same object over the same matter (Order 733 art. 15).
type InspectionDuplicate struct{ ent.Schema }

// Mixin of the schema.
func (InspectionDuplicate) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (InspectionDuplicate) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("inspection_id"),
		fixedRef("other_id"),
		field.Text("reason").Immutable(),
		fixedRef("answered_by_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (InspectionDuplicate) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("inspection_id", "other_id").Unique(),
		index.Fields("other_id"),
	}
}
