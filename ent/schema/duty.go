package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/duty"
)

// Duty is one unit's share in one task: the unit of accountability. Light and next check live in Watch, beside it.
type Duty struct{ ent.Schema }

// Mixin of the schema.
func (Duty) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Duty) Fields() []ent.Field {
	return []ent.Field{
		fixedRef("plan_id"),
		fixedRef("task_id"),
		ref("unit_id"),
		path("unit_path"),
		field.Enum("part").GoType(duty.Part("")),
		field.Enum("status").GoType(duty.Status("")).Default(string(duty.Assigned)),
		field.Bool("open").Default(true),
		field.Int("progress").Default(0),
		date("due_date"),
		date("original_due_date"),
		field.Int("due_revision").Default(1),
		date("accept_due_date"),
		ref("leader_id"),
		mayInstant("accepted_at"),
		ref("accepted_by_id"),
		mayInstant("closed_at"),
		ref("closed_by_id"),
		field.String("close_reason").Default(""),
		text("note"),
		ref("completion_id"),
		mayInstant("reported_at"),
		instant("created_at"),
		instant("updated_at"),
		version(),
	}
}

// Edges of the schema: foreign keys only.
func (Duty) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("task", Task.Type).Field("task_id").Unique().Required().Immutable(),
	}
}

// Indexes of the schema.
func (Duty) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("unit_id", "open", "due_date", "id"),
		index.Fields("authority_id", "open", "due_date", "id"),
		index.Fields("leader_id", "open", "due_date", "id"),
		index.Fields("unit_id", "open", "original_due_date", "id"),
		index.Fields("authority_id", "open", "original_due_date", "id"),
		index.Fields("task_id", "unit_id").Unique(),
		index.Fields("authority_id", "status", "id").Annotations(entsql.IndexWhere("status IN ('returned', 'review')")), // what waits for the office
	}
}

// Annotations of the schema.
func (Duty) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"duty_closed_has_instant": "(status <> 'closed' OR closed_at IS NOT NULL)",
			"duty_open_by_status":     "(open = (status NOT IN ('closed', 'cancelled')))",
			"duty_progress_range":     "(progress BETWEEN 0 AND 10000)",
		}),
	}
}
