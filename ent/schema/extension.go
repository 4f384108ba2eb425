package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/duty"
)

// Extension is a request for more time, asked before the due date; the original date is never overwritten.
type Extension struct{ ent.Schema }

// Mixin of the schema.
func (Extension) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Extension) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("duty_id"),
		field.Enum("status").GoType(duty.ExtensionStatus("")).Default(string(duty.ExtensionRequested)),
		date("from_date"),
		date("wanted_date"),
		date("granted_date"),
		text("reason"),
		field.Int("progress").Default(0),
		fixedRef("requested_by_id"),
		text("opinion"),
		ref("opined_by_id"),
		mayInstant("opined_at"),
		text("decision"),
		ref("decided_by_id"),
		mayInstant("decided_at"),
		instant("created_at"),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (Extension) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("duty", Duty.Type).Field("duty_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Extension) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("duty_id", "id"),
		index.Fields("authority_id", "status", "id"),
	}
}
