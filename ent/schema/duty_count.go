package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/duty"
)

// DutyCount is a maintained count of duties by unit, plan and status; lists never count.
type DutyCount struct{ ent.Schema }

// Fields of the schema.
func (DutyCount) Fields() []ent.Field {
	return []ent.Field{
		key(),
		fixedRef("authority_id"),
		fixedRef("plan_id"),
		fixedRef("unit_id"),
		path("unit_path"),
		field.Enum("status").GoType(duty.Status("")).Immutable(),
		field.Int("n").Default(0),
	}
}

// Indexes of the schema.
func (DutyCount) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("unit_id", "plan_id", "status").Unique(),
		index.Fields("authority_id", "status"),
	}
}
