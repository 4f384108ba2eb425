package schema

import (
	"encoding/json"
	"entgo.io/ent/dialect/entsql"

	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/duty"
)

// Report is a unit's progress report for a period, or its completion request.
type Report struct{ ent.Schema }

// Mixin of the schema.
func (Report) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Report) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("duty_id"),
		field.Enum("kind").GoType(duty.ReportKind("")).Immutable(),
		field.String("period").Default(""),
		field.Enum("status").GoType(duty.ReportStatus("")).Default(string(duty.ReportDraft)),
		field.Int("progress").Default(0),
		text("narrative"),
		text("problems"),
		text("next_steps"),
		field.String("responsible").Default(""),
		text("measures"),
		field.JSON("figures", json.RawMessage{}).Optional(),
		ref("occurrence_id"),
		date("due_date"),
		date("handed_in_on"),
		ref("corrects_id"),
		field.Int("revision").Default(1),
		fixedRef("author_id"),
		ref("submitted_by_id"),
		mayInstant("submitted_at"),
		ref("reviewer_id"),
		mayInstant("reviewed_at"),
		ref("confirmed_by_id"),
		mayInstant("confirmed_at"),
		text("send_back_reason"),
		instant("created_at"),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (Report) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("duty", Duty.Type).Field("duty_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Report) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("duty_id", "id"),
		index.Fields("duty_id", "occurrence_id").Unique().Annotations(entsql.IndexWhere("occurrence_id <> 0 AND corrects_id = 0")),
		index.Fields("corrects_id").Unique().Annotations(entsql.IndexWhere("corrects_id <> 0")),
		index.Fields("authority_id", "status", "id").Annotations(entsql.IndexWhere("status IN ('submitted', 'reviewed')")), // what waits for a reviewer
	}
}
