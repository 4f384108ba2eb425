package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Event is one line of the append-only history; triggers refuse update and delete.
type Event struct{ ent.Schema }

// Mixin of the schema.
func (Event) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Event) Fields() []ent.Field {
	return []ent.Field{
		field.Time("at").Immutable(),
		fixedRef("actor_id"),
		ref("post_id"),
		field.String("actor_name").Immutable(),
		field.String("subject").Immutable(),
		fixedRef("subject_id"),
		ref("plan_id"),
		ref("unit_id"),
		field.String("action").Immutable(),
		field.JSON("before", json.RawMessage{}).Optional(),
		field.JSON("after", json.RawMessage{}).Optional(),
		text("reason"),
		field.String("request_id").Default(""),
	}
}

// Indexes of the schema.
func (Event) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("subject", "subject_id", "id"),
		index.Fields("authority_id", "id"),
		index.Fields("unit_id", "id"),
		// What a person has done, without sign-ins and the lines that an issue, a new calendar or a revision writes by the thousand.
		index.Fields("actor_id", "id").Annotations(entsql.IndexWhere(
			"actor_id <> 0 AND subject NOT IN ('task', 'user') AND action NOT IN ('calendar.move', 'plan.amend')")),
	}
}
