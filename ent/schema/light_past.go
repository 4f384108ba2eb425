package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// LightPast is the light of a duty or notice as it was until it changed (变灯前的灯): one row for each change, as with DutyPast.
type LightPast struct{ ent.Schema }

// Mixin of the schema.
func (LightPast) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (LightPast) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("subject_id"),
		field.Time("until").Immutable(),
		field.Enum("light").GoType(ladder.Light("")).Immutable(),
		field.String("light_rule").Immutable(),
		mayInstant("light_since"),
	}
}

// Indexes of the schema.
func (LightPast) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject_id", "until", "id"),
	}
}
