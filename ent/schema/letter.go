package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// Letter is a numbered letter of a colour (蓝、橙、红督办函) that the ladder sent. Its numbers have no gap; the reply that it wants is
// that of the urge of the same step.
type Letter struct{ ent.Schema }

// Mixin of the schema.
func (Letter) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Letter) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(ladder.Subject("")).Immutable(),
		fixedRef("subject_id"),
		fixedRef("unit_id"),
		path("unit_path"),
		field.Enum("colour").GoType(ladder.Colour("")).Immutable(),
		field.Int("year").Immutable(),
		field.Int("serial").Immutable(),
		field.String("number").Immutable(),
		field.String("title").Immutable(),
		fixedRef("step_id"),
		field.String("rule").Immutable(),
		date("due_date"),
		date("reply_due_date"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (Letter) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "year", "serial").Unique(),
		index.Fields("subject", "subject_id", "id"),
		index.Fields("step_id").Unique(),
	}
}
