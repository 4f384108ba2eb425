package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// ClockPast is what a clock was told until an instant: together with the watch these rows replay its whole life, so that a new
// rule can be tried on what happened. A clock that nobody has touched since its start has none.
type ClockPast struct{ ent.Schema }

// Mixin of the schema.
func (ClockPast) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (ClockPast) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(ladder.Subject("")).Immutable(),
		fixedRef("subject_id"),
		field.Time("until").Immutable(),
		fixedRef("unit_id"),
		path("unit_path"),
		date("due_date"),
		field.Int("due_revision").Immutable(),
		date("sign_due_date"),
		field.Int("progress").Immutable(),
		field.Bool("running").Immutable(),
		field.Enum("light").GoType(ladder.Light("")).Immutable(),
	}
}

// Indexes of the schema.
func (ClockPast) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject", "subject_id", "id"),
	}
}
