package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// Urge is a recorded reminder that wants a reply, by a person or by the ladder.
type Urge struct{ ent.Schema }

// Mixin of the schema.
func (Urge) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Urge) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(ladder.Subject("")).Immutable(),
		fixedRef("subject_id"),
		fixedRef("unit_id"),
		text("content"),
		text("reason"),  // why it was urged again within the cool-down
		ref("event_id"), // whose messages say who has read it
		fixedRef("urged_by_id"),
		ref("step_id"),
		date("reply_due_date"),
		mayInstant("replied_at"),
		ref("replied_by_id"),
		text("reply"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Urge) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject", "subject_id", "id"),
		index.Fields("unit_id", "id"),
		index.Fields("urged_by_id", "id"),
		index.Fields("authority_id", "id"),
	}
}
