package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/handover"
)

// HandOverSignature is one signature under a hand-over list: who, in which part, when, and under which text.
type HandOverSignature struct{ ent.Schema }

// Mixin of the schema.
func (HandOverSignature) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (HandOverSignature) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("hand_over_id"),
		field.Enum("part").GoType(handover.Part("")).Immutable(),
		fixedRef("signer_id"),
		field.String("hash").Immutable(),
		field.Time("at").Immutable(),
	}
}

// Indexes of the schema.
func (HandOverSignature) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("hand_over_id", "part").Unique(),
	}
}
