package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/duban-gov/duban/internal/plan"
)

// Plan is a year's key points from one source document. Issuing freezes the baseline.
type Plan struct{ ent.Schema }

// Mixin of the schema.
func (Plan) Mixin() []ent.Mixin { return []ent.Mixin{Row{}} }

// Fields of the schema.
func (Plan) Fields() []ent.Field {
	return []ent.Field{
		field.Int("year").Default(0),
		field.String("title"),
		field.String("number").Default(""),
		field.Enum("status").GoType(plan.Status("")).Default(string(plan.Draft)),
		ref("document_id"),
		field.JSON("unplaced", json.RawMessage{}).Optional(),
		field.JSON("declarations", json.RawMessage{}).Optional(),
		date("issued_on"),
		mayInstant("issued_at"),
		ref("issued_by_id"),
		ref("created_by_id"),
		field.Int("duties").Default(0),
		field.Int("closed_duties").Default(0),
		field.Int("progress").Default(0),
		instant("created_at"),
		version(),
	}
}

// Indexes of the schema.
func (Plan) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("authority_id", "year", "id"),
	}
}

// Annotations of the schema.
func (Plan) Annotations() []schema.Annotation {
	return []schema.Annotation{
		checks(map[string]string{
			"plan_issued_has_instant": "(status = 'draft' OR issued_at IS NOT NULL)",
		}),
	}
}
