package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Question is something in a draft that only a person can answer: an unknown or ambiguous name.
type Question struct{ ent.Schema }

// Mixin of the schema.
func (Question) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Question) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("plan_id"),
		ref("task_id"),
		ref("assignment_id"),
		field.Enum("kind").Values("unknown_name", "ambiguous_name", "no_deadline_year"),
		field.String("phrase").Default(""),
		field.Int("span_start").Default(0),
		field.Int("span_end").Default(0),
		field.JSON("suggestions", json.RawMessage{}).Optional(),
		field.String("answer").Default(""),
		ref("answer_id"),
		ref("answered_by_id"),
		mayInstant("answered_at"),
		instant("created_at"),
	}
}

// Indexes of the schema.
func (Question) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("plan_id"),
	}
}
