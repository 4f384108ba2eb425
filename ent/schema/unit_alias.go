package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// UnitAlias is a short name of a unit as documents write it.
type UnitAlias struct{ ent.Schema }

// Mixin of the schema.
func (UnitAlias) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (UnitAlias) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("unit_id"),
		field.String("name").Immutable(),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (UnitAlias) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "name"),
		index.Fields("unit_id"),
	}
}
