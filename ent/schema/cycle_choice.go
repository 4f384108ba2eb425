package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// CycleChoice names the report cycle of a plan, or of one task of it where that differs.
type CycleChoice struct{ ent.Schema }

// Mixin of the schema.
func (CycleChoice) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (CycleChoice) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("plan_id"),
		fixedRef("task_id"), // 0: the whole plan
		field.String("cycle"),
	}
}

// Indexes of the schema.
func (CycleChoice) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("plan_id", "task_id").Unique(),
	}
}
