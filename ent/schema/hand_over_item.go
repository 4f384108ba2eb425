package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/handover"
)

// HandOverItem is one row of a hand-over list, as it stood when the list was drawn; it never changes.
type HandOverItem struct{ ent.Schema }

// Mixin of the schema.
func (HandOverItem) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (HandOverItem) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("hand_over_id"),
		field.Int("ordinal").Immutable(),
		field.Enum("kind").GoType(handover.Kind("")).Immutable(),
		fixedRef("object_id"),
		fixedRef("duty_id"),
		field.String("number").Immutable(),
		field.Text("title").Immutable(),
		date("original_due_date"),
		date("due_date"),
		field.String("light").Immutable(),
		field.String("status").Immutable(),
	}
}

// Indexes of the schema.
func (HandOverItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("hand_over_id", "ordinal").Unique(),
	}
}
