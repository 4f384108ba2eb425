package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/closeout"
)

// Signature is one step of a close-out, signed or sent back by somebody.
type Signature struct{ ent.Schema }

// Mixin of the schema.
func (Signature) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Signature) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("closing_id"),
		field.Int("ordinal").Immutable(),
		field.String("step").Immutable(),
		field.Enum("verdict").GoType(closeout.Verdict("")).Immutable(),
		fixedRef("signer_id"),
		fixedRef("acting_for_id"),
		text("note"),
		instant("at"),
	}
}

// Indexes of the schema.
func (Signature) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("closing_id", "ordinal").Unique(),
	}
}
