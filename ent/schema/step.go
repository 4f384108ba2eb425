package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/ladder"
)

// Step is a rung of the ladder that was taken: exactly one per object, rule step and deadline revision.
type Step struct{ ent.Schema }

// Mixin of the schema.
func (Step) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Step) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("subject").GoType(ladder.Subject("")).Immutable(),
		fixedRef("subject_id"),
		field.String("rule_step").Immutable(),
		field.Int("due_revision").Immutable(),
		field.Enum("kind").GoType(ladder.StepKind("")).Immutable(),
		field.String("rule").Immutable(),
		date("due_date"),
		field.String("calendar").Default("").Immutable().Comment("version of the calendar by which the step was planned"),
		field.Time("planned_at").Immutable(),
		field.Time("taken_at").Immutable(),
		fixedRef("unit_id"),
		field.Int("recipients").Default(0),
		field.JSON("inputs", json.RawMessage{}).Optional(),
	}
}

// Indexes of the schema.
func (Step) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject", "subject_id", "rule_step", "due_revision").Unique(),
		index.Fields("authority_id", "id"),
	}
}
