package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/supervise"
)

// Matter is a supervised matter from a source other than a plan (督办事项): registered, approved, then a task of the year's
// plan of matters with a duty for each unit.
type Matter struct{ ent.Schema }

// Mixin of the schema.
func (Matter) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Matter) Fields() []ent.Field {
	return []ent.Field{
		field.Int("year").Default(0),
		field.Int("serial").Default(0),
		field.String("number").Default(""),
		field.String("title"),
		text("content"),
		field.Enum("source").GoType(supervise.Source("")),
		field.String("basis").Default("").Comment("number of the document, meeting or letter"),
		date("received_on"),
		field.Enum("urgency").GoType(supervise.Urgency("")).Default(string(supervise.Ordinary)),
		field.Enum("supervision").GoType(supervise.Supervision("")).Default(string(supervise.Daily)),
		ref("designation_id"),
		field.Enum("status").GoType(supervise.MatterStatus("")).Default(string(supervise.MatterDraft)),
		field.Bool("open").Default(true),
		date("due_date"),
		field.String("due_rule").Default("").Comment("rule that gave the due date; empty if a person named it"),
		ref("leader_id"),
		ref("instruction_id"),
		ref("plan_id"),
		ref("task_id"),
		fixedRef("created_by_id"),
		ref("proposed_by_id"),
		mayInstant("proposed_at"),
		ref("decided_by_id"),
		mayInstant("decided_at"),
		ref("closed_by_id"),
		mayInstant("closed_at"),
		text("conclusion"),
		text("reason"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Matter) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "status", "id"),
		index.Fields("authority_id", "year", "serial"),
		index.Fields("task_id"),
	}
}

// Annotations of the schema.
func (Matter) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"matter_active_has_number":  "(status NOT IN ('active', 'closed') OR (number <> '' AND task_id <> 0))",
			"matter_active_was_decided": "(status NOT IN ('active', 'closed') OR (decided_by_id <> 0 AND decided_by_id <> proposed_by_id))",
			"matter_closed_has_instant": "(status <> 'closed' OR closed_at IS NOT NULL)",
		}),
	}
}
