package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// InspectionCheck is what the team found of one item of the check-list at one object.
type InspectionCheck struct{ ent.Schema }

// Mixin of the schema.
func (InspectionCheck) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (InspectionCheck) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("inspection_id"),
		fixedRef("unit_id"),
		path("unit_path"),
		field.Int("item").Immutable(),
		field.Enum("outcome").GoType(rectify.Outcome("")),
		text("note"),
		ref("checked_by_id"),
		field.Time("checked_at"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (InspectionCheck) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("inspection_id", "unit_id", "item").Unique(),
	}
}
