package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/rectify"
)

// Finding is a fault found at an inspection: unit, severity, basis.
type Finding struct{ ent.Schema }

// Mixin of the schema.
func (Finding) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Finding) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("inspection_id"),
		ref("notice_id"),
		ref("duty_id"),
		fixedRef("unit_id"),
		path("unit_path"),
		field.Enum("severity").GoType(rectify.Severity("")),
		field.Enum("status").GoType(rectify.FindingStatus("")).Default(string(rectify.FindingOpen)),
		field.Text("description"),
		text("basis"),
		text("requirement"),
		fixedRef("found_by_id"),
		mayInstant("closed_at"),
		text("reason"),
		instant("created_at"),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (Finding) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("inspection", Inspection.Type).Field("inspection_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Finding) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("inspection_id", "id"),
		index.Fields("unit_id", "status", "id"),
		index.Fields("notice_id"),
		index.Fields("authority_id", "status", "id"),
	}
}
