package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/duty"
)

// MatterUnit is a unit that a supervised matter names, with its part.
type MatterUnit struct{ ent.Schema }

// Mixin of the schema.
func (MatterUnit) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (MatterUnit) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("matter_id"),
		fixedRef("unit_id"),
		field.Enum("part").GoType(duty.Part("")).Immutable(),
		field.Int("sort").Default(0),
	}
}

// Indexes of the schema.
func (MatterUnit) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("matter_id", "unit_id").Unique(),
		index.Fields("unit_id"),
	}
}
