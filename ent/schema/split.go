package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/plan"
)

// Split says how the progress of a duty, or of a share of it, comes from the shares given to units below.
type Split struct{ ent.Schema }

// Mixin of the schema.
func (Split) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Split) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("duty_id"),
		fixedRef("share_id"),
		field.Enum("roll_up").GoType(plan.RollUp("")).Default(string(plan.All)),
		field.Int("roll_up_k").Default(0),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Split) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("duty_id", "share_id").Unique(),
	}
}
