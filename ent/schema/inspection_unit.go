package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"
)

// InspectionUnit is a unit that an inspection is directed at (督查对象): with its dates it shows duplicate supervision (Order 733
// art. 15).
type InspectionUnit struct{ ent.Schema }

// Mixin of the schema.
func (InspectionUnit) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (InspectionUnit) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("inspection_id"),
		fixedRef("unit_id"),
	}
}

// Indexes of the schema.
func (InspectionUnit) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("inspection_id", "unit_id").Unique(),
		index.Fields("unit_id"),
	}
}
