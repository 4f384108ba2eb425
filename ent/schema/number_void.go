package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// NumberVoid is a number that was taken and then voided; it stays used and says why.
type NumberVoid struct{ ent.Schema }

// Mixin of the schema.
func (NumberVoid) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (NumberVoid) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind").Immutable(),
		field.Int("year").Immutable(),
		field.Int("serial").Immutable(),
		field.Text("reason").Immutable(),
		fixedRef("voided_by_id"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (NumberVoid) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "kind", "year", "serial").Unique(),
	}
}
