package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Occurrence is one report that a task asks for, written when its period opens: one row for all duties of the task. What a duty
// still owes follows from its reports; a million duties make no rows here.
type Occurrence struct{ ent.Schema }

// Mixin of the schema.
func (Occurrence) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Occurrence) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("clock_id"),
		fixedRef("plan_id"),
		fixedRef("task_id"),
		fixedRef("duty_id"), // 0: every duty of the task
		field.String("cycle").Immutable(),
		field.String("rule").Immutable().Comment("rule set and version that asked"),
		field.Bool("relative").Default(false).Comment("counts from the assignment"),
		field.String("period").Immutable(),
		date("period_from"),
		date("period_to"),
		date("opens_on"),
		date("due_date"),
		field.Time("due_at").Comment("end of the due date"),
		field.String("ask").Default("").Comment("fields that have to be filled in, separated by commas"),
		mayInstant("reminded_at"),
		mayInstant("closed_at"),
		mayInstant("next_at"), // when to remind or to close
	}
}

// Indexes of the schema.
func (Occurrence) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("task_id", "duty_id", "period", "due_date").Unique(),
		index.Fields("authority_id", "due_date", "id"),
		index.Fields("next_at"),
	}
}
