package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// ReportClock is the clock by which a task's reports fall due (报送周期): one row a task, for all its duties. A duty that changed
// hands has one of its own where the cycle counts from the assignment.
type ReportClock struct{ ent.Schema }

// Mixin of the schema.
func (ReportClock) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (ReportClock) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("plan_id"),
		fixedRef("task_id"),
		ref("duty_id"), // 0: every duty of the task
		field.String("cycle").Default("").Comment("id in the rule file; empty: the recurrence of the clause"),
		field.String("recurrence").Default(""),
		date("assigned_on"),
		date("opened_through"),
		mayInstant("next_at"),
	}
}

// Indexes of the schema.
func (ReportClock) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("task_id", "duty_id").Unique(),
		index.Fields("next_at"),
	}
}
