package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/plan"
)

// Assignment is a responsible body as the draft names it; issuing turns it into duties.
type Assignment struct{ ent.Schema }

// Mixin of the schema.
func (Assignment) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Assignment) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("plan_id"),
		ref("task_id"),
		field.Enum("part").GoType(plan.AssignmentPart("")),
		field.String("name"),
		field.String("norm").Default(""),
		field.Int("span_start").Default(0),
		field.Int("span_end").Default(0),
		ref("unit_id"),
		ref("roster_id"),
		field.Bool("open_list").Default(false),
		field.Int("sort").Default(0),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (Assignment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("task", Task.Type).Field("task_id").Unique().Required(),
	}
}

// Indexes of the schema.
func (Assignment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("plan_id"),
		index.Fields("task_id", "sort"),
	}
}
