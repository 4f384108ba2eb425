package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// NumberSeries hands out gapless numbers per authority, kind and year.
type NumberSeries struct{ ent.Schema }

// Fields of the schema.
func (NumberSeries) Fields() []ent.Field {
	return []ent.Field{
		key(),
		fixedRef("authority_id"),
		field.String("kind").Immutable(),
		field.Int("year").Immutable(),
		field.Int("last").Default(0),
	}
}

// Indexes of the schema.
func (NumberSeries) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "kind", "year").Unique(),
	}
}
