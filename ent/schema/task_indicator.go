package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"
)

// TaskIndicator says that the reports on a task have to give an indicator.
type TaskIndicator struct{ ent.Schema }

// Mixin of the schema.
func (TaskIndicator) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (TaskIndicator) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("plan_id"),
		fixedRef("task_id"),
		fixedRef("indicator_id"),
	}
}

// Indexes of the schema.
func (TaskIndicator) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("task_id", "indicator_id").Unique(),
		index.Fields("indicator_id"),
		index.Fields("plan_id"),
	}
}
