package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// MatterPlan names the plan that holds an authority's supervised matters of one year; it is made with the first of them.
type MatterPlan struct{ ent.Schema }

// Mixin of the schema.
func (MatterPlan) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (MatterPlan) Fields() []ent.Field {
	return []ent.Field{
		field.Int("year").Immutable(),
		fixedRef("plan_id"),
	}
}

// Indexes of the schema.
func (MatterPlan) Indexes() []ent.Index {
	return []ent.Index{index.Fields("authority_id", "year").Unique()}
}
