package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// InspectionRevision is one version of an inspection's plan from its approval on, as a whole, with who made it and why.
type InspectionRevision struct{ ent.Schema }

// Mixin of the schema.
func (InspectionRevision) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (InspectionRevision) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("inspection_id"),
		field.Int("number").Immutable(),
		field.JSON("scheme", rectify.Scheme{}),
		field.Text("reason").Immutable(),
		fixedRef("made_by_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (InspectionRevision) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("inspection_id", "number").Unique(),
	}
}
