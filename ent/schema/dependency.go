package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Dependency lets a task start only after another has finished, with a lag.
type Dependency struct{ ent.Schema }

// Mixin of the schema.
func (Dependency) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Dependency) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("plan_id"),
		fixedRef("before_id"),
		fixedRef("after_id"),
		field.Int("lag").Default(0),
		field.Bool("working_days").Default(true),
	}
}

// Indexes of the schema.
func (Dependency) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("before_id", "after_id").Unique(),
		index.Fields("plan_id"),
	}
}
