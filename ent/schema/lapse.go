package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Lapse is a report that was not in when its day ended (欠报): one row per duty and occurrence, with the day on which it came after
// all (迟报).
type Lapse struct{ ent.Schema }

// Mixin of the schema.
func (Lapse) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Lapse) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("occurrence_id"),
		fixedRef("plan_id"),
		fixedRef("task_id"),
		fixedRef("duty_id"),
		ref("unit_id"),
		path("unit_path"),
		ref("leader_id"),
		field.String("part").Default(""),
		field.String("period").Immutable(),
		date("due_date"),
		date("handed_in_on"),
	}
}

// Indexes of the schema.
func (Lapse) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("duty_id", "occurrence_id").Unique(),
		index.Fields("unit_id", "handed_in_on", "id"),
		index.Fields("plan_id", "handed_in_on", "id"),
		index.Fields("authority_id", "handed_in_on", "id"),
	}
}
