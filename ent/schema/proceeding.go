package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/supervise"
)

// Proceeding is an interview (约谈), a commendation (通报表扬) or a criticism (通报批评) of a unit.
type Proceeding struct{ ent.Schema }

// Mixin of the schema.
func (Proceeding) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Proceeding) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("kind").GoType(supervise.ProceedingKind("")).Immutable(),
		field.Int("year").Default(0),
		field.Int("serial").Default(0),
		field.String("number").Default(""),
		fixedRef("unit_id"),
		path("unit_path"),
		field.Enum("status").GoType(supervise.ProceedingStatus("")),
		field.Enum("audience").GoType(supervise.Audience("")).Default(string(supervise.ToUnit)),
		field.String("title"),
		text("grounds"),
		field.JSON("basis", json.RawMessage{}).Optional().Comment("the duties, notices and findings that it rests on"),
		field.String("origin").Default("").Comment("key of the rule step that proposed it, once; empty for a person"),
		ref("proposed_by_id"),
		ref("decided_by_id"),
		mayInstant("decided_at"),
		date("held_on"),
		field.String("place").Default(""),
		text("participants"),
		text("record"),
		ref("issued_by_id"),
		mayInstant("issued_at"),
		ref("signed_by_id"),
		mayInstant("signed_at"),
		text("reason"),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Proceeding) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "status", "id"),
		index.Fields("unit_id", "id"),
		index.Fields("authority_id", "kind", "year", "serial"),
		index.Fields("authority_id", "origin"),
	}
}

// Annotations of the schema.
func (Proceeding) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"proceeding_issued_has_number":   "(status NOT IN ('issued', 'signed') OR (number <> '' AND issued_at IS NOT NULL))",
			"proceeding_decided_by_somebody": "(status NOT IN ('approved', 'issued', 'signed') OR (decided_by_id <> 0 AND decided_by_id <> proposed_by_id))",
		}),
	}
}
