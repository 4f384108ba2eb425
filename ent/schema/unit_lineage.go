package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// UnitLineage is one change in a unit's identity: renamed, merged into another, or closed.
type UnitLineage struct{ ent.Schema }

// Mixin of the schema.
func (UnitLineage) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (UnitLineage) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("unit_id"),
		ref("other_id"),
		field.Enum("kind").Values("rename", "merge", "close"),
		field.String("old_name").Default(""),
		field.String("new_name").Default(""),
		date("on_date"),
		text("reason"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (UnitLineage) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("unit_id"),
	}
}
