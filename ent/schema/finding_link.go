package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// FindingLink says that a finding repeats an earlier one of the same unit: proposed by likeness, decided by a person.
type FindingLink struct{ ent.Schema }

// Mixin of the schema.
func (FindingLink) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (FindingLink) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("finding_id"),
		fixedRef("earlier_id"),
		fixedRef("unit_id"),
		field.Int("similarity").Default(0),
		field.Enum("status").GoType(rectify.LinkStatus("")).Default(string(rectify.LinkProposed)),
		ref("decided_by_id"),
		mayInstant("decided_at"),
		text("note"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (FindingLink) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("finding_id", "earlier_id").Unique(),
		index.Fields("earlier_id"),
	}
}
