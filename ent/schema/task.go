package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/plan"
)

// Task is a node of a plan's tree. Progress is in basis points (10000 = done).
type Task struct{ ent.Schema }

// Mixin of the schema.
func (Task) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Task) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("plan_id"),
		ref("parent_id"),
		field.String("path").Default("").Comment("place in the plan: four characters a level"),
		field.Enum("kind").GoType(plan.NodeKind("")),
		field.String("number").Default(""),
		field.String("title").Default(""),
		text("content"),
		field.Int("span_start").Default(0),
		field.Int("span_end").Default(0),
		field.Int("paragraph").Default(0),
		field.Enum("deadline_kind").GoType(plan.DeadlineKind("")).Default(string(plan.NoDeadline)),
		field.String("deadline_phrase").Default(""),
		field.String("deadline_rule").Default(""),
		field.Int("deadline_start").Default(0),
		field.Int("deadline_end").Default(0),
		date("start_date"),
		date("due_date"),
		field.String("recurrence").Default(""),
		field.JSON("milestones", json.RawMessage{}).Optional(),
		field.JSON("targets", json.RawMessage{}).Optional(),
		field.JSON("contract", json.RawMessage{}).Optional(),
		field.Int("weight").Default(1),
		field.Enum("roll_up").GoType(plan.RollUp("")).Default(string(plan.All)),
		field.Int("roll_up_k").Default(0),
		field.Int("progress").Default(0),
		field.Int("parts").Default(0),
		field.Int("closed_parts").Default(0),
		field.Int("part_sum").Default(0).Comment("sum of weight times progress over the parts, so that progress moves by deltas"),
		field.Int("part_weight").Default(0).Comment("sum of the weights of the parts"),
		ref("leader_id"),
		field.String("mode").Default(""),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (Task) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("plan", Plan.Type).Field("plan_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Task) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("plan_id", "path"),
		index.Fields("authority_id", "leader_id"),
		index.Fields("parent_id"),
	}
}
