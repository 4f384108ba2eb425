package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// Watch is the narrow row beside a duty, notice or objection that the deadline check reads and writes: clocks, light, next check. Its id is
// that of its object.
type Watch struct{ ent.Schema }

// Mixin of the schema.
func (Watch) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Watch) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(ladder.Subject("")).Immutable(),
		ref("unit_id"),
		path("unit_path"),
		ref("leader_id"),
		date("start_date"),
		date("due_date"),
		field.Int("due_revision").Default(1),
		date("sign_due_date"),
		field.String("due_origin").Default("").Comment("how the due date was reckoned (workday.Origin); empty if it was stated"),
		field.String("sign_origin").Default("").Comment("how the last day to sign was reckoned"),
		field.Enum("light").GoType(ladder.Light("")).Default(string(ladder.Grey)),
		field.String("light_rule").Default(""),
		mayInstant("light_since"),
		mayInstant("next_check_at"),
		field.Int("progress").Default(0),
	}
}

// Indexes of the schema.
func (Watch) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("next_check_at"),
		index.Fields("unit_id", "light"),
	}
}
